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

/* What is wrong with `key = value`, whatever else the group says: a sentence for people, owned by
 * the caller; NULL where nothing is. The value has passed cadence_keyfile_value_fault. */
char *cadence_agreements_fault(const char *key, const char *value);

/* The canonical address or domain that a group of this name matches where it has no `match`; owned
 * by the caller. NULL where the name is a mere name. */
char *cadence_agreements_entry(const char *name);

#endif
