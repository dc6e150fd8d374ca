/* Who claims which address or domain, over both files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CONFIG_CLAIMS_H
#define CADENCE_CONFIG_CLAIMS_H

#include "faults.h"

typedef struct {
  CadencePlace place; /* of the key (or group) that claims; its strings are borrowed */
  GStrv entries;      /* borrowed */
} CadenceClaim;

/* Adds a fault for every entry that two of the claims (of CadenceClaim) hold. */
void cadence_claims_check(const GArray *claims, CadenceFaults *faults);

#endif
