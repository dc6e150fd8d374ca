/* What the two halves of the scenario reader share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_TEST_SCENARIO_PRIVATE_H
#define CADENCE_TEST_SCENARIO_PRIVATE_H

#include "scenario.h"

/* Sets the error "WHAT: TEXT" and returns FALSE. */
gboolean scenario_fail(GError **error, const char *what, const char *text);

/* `bob` -> bob@acme.example; lists are split at commas. */
GStrv scenario_people(const char *text);

/* Those of `addresses` (may be NULL) that belong to prospect `i`. */
GStrv scenario_members(const Scenario *scenario, guint i, char *const *addresses);

/* The mail of that id; NULL where there is none. */
const CadenceContact *scenario_mail(const Scenario *scenario, const char *id);

#endif
