/* A progress bar on standard error, where that is a terminal and the work is long.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_PROGRESS_H
#define CADENCE_CLI_PROGRESS_H

#include "terminal.h"

typedef struct {
  const CliTerminal *terminal;
  gint64 begun; /* of the monotonic timer, microseconds */
  gint64 drawn; /* likewise; 0: nothing stands on the screen */
} CliProgress;

void cli_progress_begin(CliProgress *progress, const CliTerminal *terminal);

/* A CadenceProgress; `data` is the CliProgress. */
void cli_progress_draw(guint done, guint total, gpointer data);

/* Takes it off the screen. */
void cli_progress_end(CliProgress *progress);

#endif
