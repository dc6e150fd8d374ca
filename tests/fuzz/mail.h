/* What targets hold of addresses.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_FUZZ_MAIL_H
#define CADENCE_FUZZ_MAIL_H

#include <cadence/cadence.h>

#include "fuzz.h"

/* A canonical address: its own canonical form, with a party, in ASCII domains. */
static inline void
fuzz_holds_address(const char *address)
{
  g_autofree char *again = cadence_address_canonical(address);
  HOLDS(g_strcmp0(again, address) == 0);
  fuzz_holds_line(address);
}

/* Canonical addresses, each once. */
static inline void
fuzz_holds_addresses(GStrv list)
{
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  for (HOLDS(list); *list; list++) {
    fuzz_holds_address(*list);
    HOLDS(g_hash_table_add(seen, *list));
  }
}

#endif
