/* What an agreement says, key by key.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_AGREEMENT_H
#define CADENCE_CLI_AGREEMENT_H

#include <cadence/terms.h>

/* The value of one of cadence_agreement_keys() as it would be written; NULL where it is not set,
 * and for an `agreement` that is NULL. Owned by the caller. */
char *cli_agreement_value(const CadenceAgreement *agreement, const char *key);

/* TRUE for the keys whose value is a day. */
gboolean cli_agreement_key_is_day(const char *key);

/* TRUE for those that settle how often, by which channel and until when: they have a day on which
 * that was agreed. */
gboolean cli_agreement_key_is_settled(const char *key);

#endif
