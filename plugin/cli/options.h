/* Options that every command takes, before its name or behind it, and the reading of a command's
 * own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_OPTIONS_H
#define CADENCE_CLI_OPTIONS_H

#include "commands.h"

/* What was given to those that every command takes: one process, one run. */
typedef struct {
  char *now, *format, *color; /* NULL where not given */
  gboolean help, version;
} CliOptions;
extern CliOptions cli_given;
extern const GOptionEntry cli_global_options[];

/* Takes the options out of `words` (the program's name first). For `command` NULL it stops at the
 * first word that is none. G_OPTION_ERROR. */
gboolean cli_options_read(const CliCommand *command, GStrv *words,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Gives the app what `cli_given` says. G_OPTION_ERROR, CADENCE_ERROR_SYNTAX. */
gboolean cli_options_apply(CliApp *app, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes out of `words` (the program's name first) all from the first on that is neither an option
 * of every command nor of this one, nor the value of one. What was taken, owned by the caller. */
GStrv cli_options_split(const CliCommand *command, GStrv words);

#endif
