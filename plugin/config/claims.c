/* Finds the addresses and domains that two claim.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "claims.h"

#include <glib/gi18n-lib.h>

static char *
describe(CadencePlace place)
{
  g_autofree char *line = place.line > 0 ? g_strdup_printf(":%u", place.line) : g_strdup("");
  return g_strdup_printf("[%s] %s (%s%s)", cadence_quoted(place.group).text, place.key, place.file,
                         line);
}

static void
add_fault(const char *entry, const CadenceClaim *claim, const CadenceClaim *before,
          CadenceFaults *faults)
{
  g_autofree char *other = describe(before->place);
  cadence_faults_add(faults, claim->place,
                     g_strdup_printf(_("\"%s\" belongs to %s already; only one can have it"),
                                     cadence_quoted(entry).text, other));
}

static void
check_claim(GHashTable *holders, const CadenceClaim *claim, CadenceFaults *faults)
{
  for (GStrv entry = claim->entries; *entry && !cadence_faults_full(faults); entry++) {
    const CadenceClaim *before = g_hash_table_lookup(holders, *entry);
    if (!before)
      g_hash_table_insert(holders, *entry, (gpointer)claim);
    else if (before != claim)
      add_fault(*entry, claim, before, faults);
  }
}

void
cadence_claims_check(const GArray *claims, CadenceFaults *faults)
{
  g_autoptr(GHashTable) holders = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < claims->len && !cadence_faults_full(faults); i++)
    check_claim(holders, &g_array_index(claims, CadenceClaim, i), faults);
}
