/* policy.ini: what applies to everybody.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CONFIG_POLICY_H
#define CADENCE_CONFIG_POLICY_H

#include <cadence/config.h>

#include "rows.h"

/* A row for every key of policy.ini, in its documented order. */
extern const CadenceTable cadence_policy_table;
#define CADENCE_POLICY_ROWS_MOST 64

/* What was found, by the table's order, for the list of settings and for messages. */
typedef struct {
  const char *file; /* borrowed */
  CadenceFound found[CADENCE_POLICY_ROWS_MOST];
} CadencePolicySource;

/* Every value known, by its preset where it is absent or at fault. Never NULL. */
CadencePolicy *cadence_policy_read(const CadenceKeyfile *keyfile, CadencePolicySource *source,
                                   CadenceFaults *faults);

/* Of CadenceSetting. */
GPtrArray *cadence_policy_settings(const CadencePolicy *policy, const CadencePolicySource *source);

/* The line of a key; 0 where it is absent. */
guint cadence_policy_line(const CadencePolicySource *source, const char *group, const char *key);

#endif
