/* agreements.ini: what was settled with each prospect.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CONFIG_AGREEMENTS_H
#define CADENCE_CONFIG_AGREEMENTS_H

#include <cadence/config.h>

#include "rows.h"

/* A row for every key of agreements.ini, in its documented order. */
extern const CadenceTable cadence_agreement_table;

/* Of CadenceAgreement, in the file's order. `lines` (of guint) gets, for each, the line that says
 * what it matches: its `match`, else its group's. */
GPtrArray *cadence_agreements_read(const CadenceKeyfile *keyfile, GArray *lines,
                                   CadenceFaults *faults);

#endif
