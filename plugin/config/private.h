/* What a CadenceConfig holds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CONFIG_PRIVATE_H
#define CADENCE_CONFIG_PRIVATE_H

#include <cadence/config.h>

#include "source.h"

struct _CadenceConfig {
  CadencePolicy *policy;
  GPtrArray *settings;   /* of CadenceSetting */
  GPtrArray *agreements; /* of CadenceAgreement */
  GHashTable *by_name;   /* name -> CadenceAgreement; both borrowed from `agreements` */
  char *digest;          /* NULL until it is asked for */
  guint64 hash;          /* of the bytes of both files */
};

#define CADENCE_POLICY_NAME "policy.ini"
#define CADENCE_AGREEMENTS_NAME "agreements.ini"

/* Both files, read and validated. CADENCE_ERROR_CONFIG for the first fault. */
CadenceConfig *cadence_config_read(const CadenceSource *policy, const CadenceSource *agreements,
                                   GError **error);

/* Owned by the caller. */
char *cadence_digest_new(const CadenceConfig *config);

#endif
