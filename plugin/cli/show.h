/* The parts of what `show` prints about one prospect.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_SHOW_H
#define CADENCE_CLI_SHOW_H

#include "app.h"

/* The terms, each with where it comes from. */
void cli_show_terms(CliApp *app, const CadenceTerms *terms);

/* Counts and measures, then a line an address. */
void cli_show_measures(CliApp *app, const CadenceStanding *standing);
void cli_show_addresses(CliApp *app, const CadenceStanding *standing);

/* Who wrote when, the newest last; `most` contacts, 0 for all. */
void cli_show_timeline(CliApp *app, const CadenceStanding *standing, guint most);

/* A blank line and the title of a part. */
void cli_show_title(CliApp *app, const char *title);

/* Says that `n` older lines are left out, where there are any. */
void cli_show_left_out(CliApp *app, guint n);

#endif
