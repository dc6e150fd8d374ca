/* Asking on a terminal.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_PROMPT_H
#define CADENCE_CLI_PROMPT_H

#include "app.h"

/* TRUE where somebody can be asked: standard input and standard error are a terminal, and the
 * output is for people. */
gboolean cli_can_ask(const CliApp *app);

/* Shows what has been printed so far, then asks `question` (cleaned here) and returns the line that
 * is typed, without blanks around it; NULL where the input ends. Owned by the caller. */
char *cli_ask(CliApp *app, const char *question);

#endif
