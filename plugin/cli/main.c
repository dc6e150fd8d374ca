/* notmuch-cadence: finds the command, runs it, and turns what comes back into output and an exit
 * status.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <sysexits.h>

#include "commands.h"
#include "exit.h"
#include "options.h"
#include "sturdy.h"

static void
set_up(void)
{
  cli_terminal_guard();
  /* A reader that went away, and a file that may not grow, is a failed write, and is reported. */
  (void)signal(SIGPIPE, SIG_IGN);
  (void)signal(SIGXFSZ, SIG_IGN);
  (void)setlocale(LC_ALL, "");
  bindtextdomain(GETTEXT_PACKAGE, CADENCE_LOCALEDIR);
  bind_textdomain_codeset(GETTEXT_PACKAGE, "UTF-8");
  textdomain(GETTEXT_PACKAGE);
  g_set_prgname("notmuch-cadence");
}

/* --help and --version win over everything else that was given. TRUE where one was. */
static gboolean
answered(CliApp *app, const CliCommand *command)
{
  if (cli_given.help) {
    g_autofree char *text = cli_help_text(command, app->terminal.width);
    g_string_append(app->out, text);
  } else if (cli_given.version) {
    g_string_append(app->out, "notmuch-cadence " CADENCE_VERSION "\n");
  }
  return cli_given.help || cli_given.version;
}

/* Other names under which mail clients run a command. */
static const struct {
  const char *program, *command;
} aliases[] = {
    {"cadence-sendmail", "sendmail"},
    {"cadence-native-host", "native-host"},
};

/* NULL for the program's own name, and where it was given none. */
static const char *
alias_of(const char *program)
{
  g_autofree char *name = g_path_get_basename(program ? program : "");
  for (guint i = 0; i < G_N_ELEMENTS(aliases); i++)
    if (g_str_equal(name, aliases[i].program))
      return aliases[i].command;
  return NULL;
}

/* "--" is for us, not for the command. */
static char **
arguments_of(GStrv words)
{
  char **arguments = words + 1;
  return *arguments && g_str_equal(*arguments, "--") ? arguments + 1 : arguments;
}

/* The words of `sendmail` are another program's, from the first on that is no option of ours. */
static int
run_command(CliApp *app, const CliCommand *command, GStrv *words, GError **error)
{
  g_auto(GStrv) theirs = command->run == cli_sendmail ? cli_options_split(command, *words) : NULL;
  if (!cli_options_read(command, words, error))
    return EX_USAGE;
  if (answered(app, command))
    return EX_OK;
  if (!cli_options_apply(app, error))
    return EX_USAGE;
  return command->run(app, theirs ? theirs : arguments_of(*words), error);
}

/* Every word is the other program's. */
static int
run_alias(CliApp *app, const CliCommand *command, GStrv words, GError **error)
{
  cli_terminal_init(&app->terminal, CLI_COLOR_AUTO);
  return command->run(app, words + 1, error);
}

/* The words before the command are options of the program; the command's name is taken out. */
static int
run(CliApp *app, GStrv *words, const CliCommand **command, GError **error)
{
  const char *alias = alias_of((*words)[0]);
  if (alias) {
    *command = cli_command_find(alias);
    return run_alias(app, *command, *words, error);
  }
  cli_terminal_init(&app->terminal, CLI_COLOR_AUTO);
  if (!cli_options_read(NULL, words, error))
    return EX_USAGE;
  if (answered(app, NULL))
    return EX_OK;
  const char *name = (*words)[1];
  if (!name) {
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("no command was given"));
    return EX_USAGE;
  }
  *command = cli_command_find(name);
  if (!*command) {
    cli_command_unknown(name, error);
    return EX_USAGE;
  }
  g_free((*words)[1]);
  for (guint i = 1; (*words)[i]; i++)
    (*words)[i] = (*words)[i + 1];
  return run_command(app, *command, words, error);
}

static int
report(const GError *error, const CliCommand *command)
{
  cli_say("%s", error->message);
  if (error->domain == G_OPTION_ERROR)
    cli_say(_("see: notmuch-cadence %s%s--help"), command ? command->name : "", command ? " " : "");
  return cli_exit_status(error);
}

static int
write_out(CliApp *app, int status)
{
  if (app->out->len == 0 || cli_terminal_write(app->out->str, app->json))
    return status;
  cli_say(_("cannot write to standard output: %s"), g_strerror(errno));
  return EX_IOERR;
}

int
main(int argc, char **argv)
{
  set_up();
  cli_sturdy_init(argv);
  g_autoptr(CliApp) app = cli_app_new();
  g_auto(GStrv) words = g_strdupv(argv);
  g_autoptr(GError) error = NULL;
  const CliCommand *command = NULL;
  int status = run(app, &words, &command, &error);
  int written = write_out(app, status);
  if (error)
    status = report(error, command);
  cli_sturdy_end();
  return written == EX_IOERR ? EX_IOERR : status;
}
