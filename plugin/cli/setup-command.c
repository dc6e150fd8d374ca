/* The command that a client is to send mail by, and the texts it stands in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/base.h>
#include <glib/gi18n.h>
#include <string.h>

#include "setup.h"
#include "text.h"

/* Clients split the command as a shell does, at blanks only, or at blanks and quotes: put in front
 * of what is a program and its words, ours means the same to all of them. */
#define WORDS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+@:,=- \t'\"~"

static const char *const defaults[] = {"sendmail", "/usr/sbin/sendmail", NULL};
static const char *const ours[] = {"notmuch-cadence", "cadence-sendmail", NULL};

/* The program in it, without its folder; owned by the caller. */
static char *
program_of(const char *word)
{
  return g_path_get_basename(word);
}

static gboolean
is_simple(const char *command, const char *word)
{
  return command[strspn(command, WORDS)] == '\0' && !strchr(word, '=') && *word != '-' &&
         (*word != '~' || word[1] == '/') && !strchr(command + 1, '~');
}

static gboolean
refuse(const char *command, GError **error)
{
  g_autofree char *shown = cli_clean(command);
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_CONFIG,
              _("\"%s\" is more than a program and its words; put it into a script, and let the "
                "client send by that"),
              shown);
  return FALSE;
}

char *
cli_setup_command(CliSetup *setup, const char *old, GError **error)
{
  g_autofree char *clean = g_strstrip(g_strdup(old ? old : ""));
  g_autofree char *word = g_strndup(clean, strcspn(clean, " \t"));
  g_autofree char *program = program_of(word);
  if (strpbrk(setup->program, " \t'\"~") || !is_simple(setup->program, setup->program)) {
    refuse(setup->program, error);
    return NULL;
  }
  if (g_strv_contains(ours, program)) {
    setup->commands++;
    cli_setup_note(setup, _("\"%s\" is ours already, written by hand: left as it is"), clean);
    return NULL;
  }
  if (*clean && !is_simple(clean, word)) {
    refuse(clean, error);
    return NULL;
  }
  setup->commands++;
  const char *rest = clean + strlen(word);
  g_autofree char *home = *word == '~' ? g_strconcat(g_get_home_dir(), word + 1, NULL) : NULL;
  gboolean usual = !*word || g_strv_contains(defaults, word);
  return g_strdup_printf("%s sendmail%s --client=%s%s%s%s", setup->program,
                         setup->client->confirm ? " --confirm=10min" : "", setup->client->name,
                         usual ? "" : " --mta=",
                         usual  ? ""
                         : home ? home
                                : word,
                         rest);
}

/* What may stand between two percent signs. */
static char *
value_of(const CliSetup *setup, const char *name, const char *sendmail)
{
  if (g_str_equal(name, "sendmail")) {
    g_auto(GStrv) parts = g_strsplit(sendmail ? sendmail : "", "\"", -1);
    return g_strjoinv("\\\"", parts); /* it stands in double quotes everywhere */
  }
  if (g_str_equal(name, "program"))
    return g_strdup(setup->program);
  if (g_str_equal(name, "lisp"))
    return g_strdup(CADENCE_LISPDIR);
  if (g_str_equal(name, "examples"))
    return g_strdup(CADENCE_EXAMPLES);
  g_assert_cmpstr(name, ==, "host");
  g_autofree char *directory = g_path_get_dirname(setup->program);
  return g_build_filename(directory, "cadence-native-host", NULL);
}

char *
cli_setup_fill(const CliSetup *setup, const char *text, const char *sendmail)
{
  g_auto(GStrv) parts = g_strsplit(text, "%", -1);
  for (guint i = 1; parts[i - 1] && parts[i] && parts[i + 1]; i += 2) {
    char *value = value_of(setup, parts[i], sendmail);
    g_free(parts[i]);
    parts[i] = value;
  }
  return g_strjoinv("", parts);
}
