/* What the parts of `suggest` share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_SUGGEST_H
#define CADENCE_CLI_SUGGEST_H

#include "prospects.h"

/* Walks through the candidates (of CliProspect) on a terminal and makes agreements with those that
 * are wanted. */
gboolean cli_suggest_walk(CliApp *app, const GPtrArray *candidates,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The cadence to propose; "" for none. Owned by the caller. */
char *cli_suggest_cadence(const CadenceStanding *standing);

/* The day of the newest attempt or reply. */
CadenceDay cli_suggest_last(const CadenceStanding *standing);

#endif
