/* What a CadenceConfig holds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CONFIG_PRIVATE_H
#define CADENCE_CONFIG_PRIVATE_H

#include <cadence/config.h>

struct _CadenceConfig {
  CadencePolicy *policy;
  GPtrArray *settings;   /* of CadenceSetting */
  GPtrArray *agreements; /* of CadenceAgreement */
  GHashTable *by_name;   /* name -> CadenceAgreement; both borrowed from `agreements` */
  char *digest;          /* NULL until it is asked for */
};

/* Owned by the caller. */
char *cadence_digest_new(const CadenceConfig *config);

#endif
