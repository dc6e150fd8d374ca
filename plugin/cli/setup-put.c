/* What the steps of a set-up put into a file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/base.h>
#include <glib/gi18n.h>
#include <string.h>

#include "setup.h"
#include "text.h"

/* The command, in the words of the step's file; NULL with an error, or where the client has ours.
 */
static char *
command_for(CliSetup *setup, const CliSetupStep *step, const char *text, GError **error)
{
  g_autofree char *old = step->ask(setup, text, error);
  return old ? cli_setup_command(setup, old, error) : NULL;
}

gboolean
cli_setup_put_text(CliSetup *setup, const CliSetupStep *step, GString *text, gboolean fresh,
                   GError **error)
{
  g_autoptr(GError) cause = NULL;
  g_autofree char *sendmail = step->ask ? command_for(setup, step, text->str, &cause) : NULL;
  if (cause) {
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
  }
  if (step->ask && !sendmail)
    return TRUE;
  g_autofree char *lines = cli_setup_fill(setup, step->text, sendmail);
  g_autofree char *undo = g_strdup_printf("notmuch-cadence setup %s --undo", setup->client->name);
  cli_setup_put_block(text, &step->place, lines, step->before, undo, fresh);
  return TRUE;
}

/* The last line that says something: what comes behind it is reached, unless it ends the script. */
static char *
last_line(const char *text)
{
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  const char *last = "";
  for (char **line = lines; *line; line++)
    if (**line && **line != '#')
      last = *line;
  return g_strdup(last);
}

/* A script of the shell, that notmuch may run, and whose end is reached. */
gboolean
cli_setup_put_hook(CliSetup *setup, const CliSetupStep *step, GString *text, gboolean fresh,
                   GError **error)
{
  g_autofree char *first = g_strndup(text->str, strcspn(text->str, "\n"));
  g_autofree char *last = last_line(text->str);
  g_autofree char *path = step->find(setup, step, error);
  const char *why = NULL;
  if (!path)
    return FALSE;
  if (!g_regex_match_simple("^#!.*\\b(sh|bash|dash|zsh|ksh)\\b", first, 0, 0))
    why = _("it is no script of the shell");
  else if (!fresh && !g_file_test(path, G_FILE_TEST_IS_EXECUTABLE))
    why = _("notmuch does not run it, for it is not executable");
  else if (g_str_has_prefix(last, "exec "))
    why = _("its last line hands over to another program");
  if (!why)
    return cli_setup_put_text(setup, step, text, fresh, error);
  g_autofree char *shown = g_filename_display_name(path);
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_CONFIG,
              _("%s: %s; have it run \"%s index --quiet\" yourself"), shown, why, setup->program);
  return FALSE;
}

typedef struct {
  CliSetup *setup;
  const CliSetupStep *step;
} Giving;

/* The quote around all of a value that the format takes away; 0 where there is none. */
static char
quote_of(const Giving *giving, const char *old)
{
  gsize length = strlen(old);
  gboolean around = giving->step->quoted && length > 1 && strchr("'\"", *old) &&
                    old[length - 1] == *old && strchr(old + 1, *old) == old + length - 1;
  return around ? *old : '\0';
}

/* What one account is to send by. What can't be wrapped is left alone, and said. */
static char *
give(const char *old, gpointer data)
{
  Giving *giving = data;
  g_autoptr(GError) cause = NULL;
  if (old && strstr(old, "://")) {
    g_autofree char *scheme = g_strndup(old, strcspn(old, ":"));
    cli_setup_note(giving->setup,
                   _("an account sends through %s, where nothing can stand between: left as it "
                     "is; a program such as msmtp could"),
                   scheme);
    return NULL;
  }
  char quote[] = {old ? quote_of(giving, old) : '\0', '\0'};
  g_autofree char *bare = *quote ? g_strndup(old + 1, strlen(old) - 2) : g_strdup(old);
  g_autofree char *command =
      cli_setup_command(giving->setup, bare ? bare : giving->step->usual, &cause);
  if (cause)
    cli_setup_note(giving->setup, "%s", cause->message);
  return command ? g_strconcat(quote, command, quote, NULL) : NULL;
}

gboolean
cli_setup_put_command(CliSetup *setup, const CliSetupStep *step, GString *text, gboolean fresh,
                      GError **error)
{
  Giving giving = {setup, step};
  cli_setup_put_value(text, &step->place, give, &giving, fresh);
  if (setup->commands > 0)
    return TRUE;
  const char *why = setup->notes->len > 0 ? setup->notes->pdata[0] : _("it names no account");
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_CONFIG,
              _("%s sends through no command that a hook could stand before: %s"),
              setup->client->name, why);
  return FALSE;
}

gboolean
cli_setup_put_plugin(CliSetup *setup, const CliSetupStep *step, GString *text, gboolean fresh,
                     GError **error)
{
  cli_setup_put_line(text, &step->place, step->text);
  return TRUE;
}

gboolean
cli_setup_take_plugin(const CliSetupStep *step, GString *text)
{
  cli_setup_take_line(text, &step->place, step->text);
  return FALSE;
}

/* Thunderbird looks here, and in the home folder; nowhere else. */
#define SYSTEM_MANIFEST "/usr/lib/mozilla/native-messaging-hosts/org.notmuch.cadence.json"

gboolean
cli_setup_put_manifest(CliSetup *setup, const CliSetupStep *step, GString *text, gboolean fresh,
                       GError **error)
{
  if (g_file_test(SYSTEM_MANIFEST, G_FILE_TEST_EXISTS)) {
    cli_setup_note(setup, _("%s is there, for every user"), SYSTEM_MANIFEST);
    return TRUE;
  }
  g_autofree char *all = cli_setup_fill(setup, step->text, NULL);
  g_string_assign(text, all);
  return TRUE;
}

/* It is named after us. */
gboolean
cli_setup_take_manifest(const CliSetupStep *step, GString *text)
{
  g_string_truncate(text, 0);
  return TRUE;
}
