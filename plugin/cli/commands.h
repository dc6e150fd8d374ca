/* The commands, one row each: dispatch, usage and help are read from the table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_COMMANDS_H
#define CADENCE_CLI_COMMANDS_H

#include "app.h"

/* Does the work. `arguments` are what is left when the options are taken out, as the shell gave
 * them. Returns the exit status; where `error` is set, that decides instead (exit.h). */
typedef int (*CliRun)(CliApp *app, char **arguments, GError **error);

typedef struct {
  const char *name;
  const char *arguments;   /* for the usage line; marked for translation; may be "" */
  const char *summary;     /* a line; marked for translation */
  const char *description; /* a paragraph for its own help; marked for translation */
  const GOptionEntry *options;
  CliRun run;
} CliCommand;

/* Ends with a row without a name. */
extern const CliCommand cli_commands[];

/* NULL where there is no such command. */
const CliCommand *cli_command_find(const char *name);

/* "unknown command", with the one that was likely meant. Always G_OPTION_ERROR. */
void cli_command_unknown(const char *name, GError **error);

/* What --help and help say; `command` NULL: about the program. Owned by the caller. */
char *cli_help_text(const CliCommand *command, guint width);

int cli_index(CliApp *app, char **arguments, GError **error);
int cli_check(CliApp *app, char **arguments, GError **error);
int cli_sendmail(CliApp *app, char **arguments, GError **error);
int cli_allow(CliApp *app, char **arguments, GError **error);
int cli_why(CliApp *app, char **arguments, GError **error);
int cli_list(CliApp *app, char **arguments, GError **error);
int cli_show(CliApp *app, char **arguments, GError **error);
int cli_agree(CliApp *app, char **arguments, GError **error);
int cli_hold(CliApp *app, char **arguments, GError **error);
int cli_nurture(CliApp *app, char **arguments, GError **error);
int cli_bury(CliApp *app, char **arguments, GError **error);
int cli_revive(CliApp *app, char **arguments, GError **error);
int cli_settle(CliApp *app, char **arguments, GError **error);
int cli_optout(CliApp *app, char **arguments, GError **error);
int cli_log(CliApp *app, char **arguments, GError **error);
int cli_suggest(CliApp *app, char **arguments, GError **error);
int cli_setup(CliApp *app, char **arguments, GError **error);
int cli_explain(CliApp *app, char **arguments, GError **error);
int cli_config(CliApp *app, char **arguments, GError **error);
int cli_native_host(CliApp *app, char **arguments, GError **error);
int cli_help(CliApp *app, char **arguments, GError **error);

extern const GOptionEntry cli_index_options[];
extern const GOptionEntry cli_check_options[];
extern const GOptionEntry cli_sendmail_options[];
extern const GOptionEntry cli_allow_options[];
extern const GOptionEntry cli_list_options[];
extern const GOptionEntry cli_show_options[];
extern const GOptionEntry cli_agree_options[];
extern const GOptionEntry cli_hold_options[];
extern const GOptionEntry cli_nurture_options[];
extern const GOptionEntry cli_bury_options[];
extern const GOptionEntry cli_revive_options[];
extern const GOptionEntry cli_settle_options[];
extern const GOptionEntry cli_optout_options[];
extern const GOptionEntry cli_log_options[];
extern const GOptionEntry cli_suggest_options[];
extern const GOptionEntry cli_setup_options[];

#endif
