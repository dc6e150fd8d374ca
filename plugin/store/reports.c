/* Whether there may be bounces and delivery reports.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store.h"

gboolean
cadence_reports_possible(CadenceStore *store, const char *const *entries, gboolean *possible,
                         GError **error)
{
  g_autofree char *named = cadence_query_named(entries);
  guint count = 0;
  if (!store->reports_known && !cadence_query_count(store, CADENCE_REPORTS, &store->reports, error))
    return FALSE;
  store->reports_known = TRUE;
  if (named && store->reports > 0 && !cadence_query_count(store, named, &count, error))
    return FALSE;
  *possible = count > 0;
  return TRUE;
}
