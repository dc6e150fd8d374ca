/* What is said of a verdict in more than one place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_VERDICT_TEXT_H
#define CADENCE_CLI_VERDICT_TEXT_H

#include "app.h"

/* One line, for the head of a dialog: whether the draft is better not sent, and from when on it is
 * fine. `verdict` NULL: it could not be made. NULL where there is nothing to say; else owned by the
 * caller. */
char *cli_verdict_summary(const CadenceVerdict *verdict);

/* Decision and reasons, as text. Nothing against it: not a word. */
void cli_verdict_print(CliApp *app, const CadenceVerdict *verdict);

#endif
