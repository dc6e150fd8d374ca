/* Whose an address is: ours, a prospect's, ignored, or nobody's that we know. Entries are addresses
 * and domains; the most specific one that names an address wins (address, then its domain, then the
 * domain's parents), and a domain covers its sub-domains. Nothing is compared by look or by any
 * other suffix, so `eve@acme.com.evil.example` is not at `acme.com`.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_PARTIES_H
#define CADENCE_PARTIES_H

#include <cadence/base.h>

G_BEGIN_DECLS

typedef enum {
  CADENCE_PARTY_UNKNOWN,
  CADENCE_PARTY_US,
  CADENCE_PARTY_IGNORED,
  CADENCE_PARTY_PROSPECT,
} CadencePartyRole;

typedef struct _CadenceParties CadenceParties;

/* A table that knows nobody yet. Owned by the caller. */
CADENCE_API CadenceParties *cadence_parties_new(void);
CADENCE_API void cadence_parties_free(CadenceParties *parties);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CadenceParties, cadence_parties_free)

/* Gives `entry` (canonical address or domain, address.h) to a role; `prospect` names whose it is
 * for CADENCE_PARTY_PROSPECT and is NULL otherwise. The same entry given twice to one owner is
 * nothing new; to two owners, CADENCE_ERROR_CONFIG naming both. */
CADENCE_API gboolean cadence_parties_add(CadenceParties *parties, const char *entry,
                                         CadencePartyRole role, const char *prospect,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whose `address` (canonical) is. `prospect`, where not NULL, is set to the prospect's name (owned
 * by `parties`) or NULL. */
CADENCE_API CadencePartyRole cadence_parties_find(const CadenceParties *parties,
                                                  const char *address, const char **prospect);

/* The entries of one prospect in the order they were given; owned by `parties`; NULL for a prospect
 * that has none. NULL-terminated. */
CADENCE_API const char *const *cadence_parties_entries(const CadenceParties *parties,
                                                       const char *prospect);

G_END_DECLS

#endif
