/* Adds entries to a list and takes them out, without writing the rest of it anew.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "matches.h"

#include <cadence/address.h>

#include "names.h"

/* Finds an entry by what it stands for, however it is written. `*at` is where; 0 is its length
 * where there is none. `*before` is the end of the entry before it, NULL for the first. */
static gsize
find(const char *list, const char *canonical, const char **at, const char **before)
{
  gsize length;
  *before = NULL;
  for (*at = list; (length = cadence_names_item(at)) > 0; *at += length) {
    g_autofree char *item = g_strndup(*at, length);
    g_autofree char *found = cadence_entry_canonical(item);
    if (g_strcmp0(found, canonical) == 0)
      return length;
    *before = *at + length;
  }
  return 0;
}

/* What stands between the last two entries, owned by the caller; a blank where there are not two,
 * or where a separator ends the list already. */
static char *
separator(const char *list)
{
  const char *begin = NULL, *end = NULL, *at = list;
  for (gsize length; (length = cadence_names_item(&at)) > 0; at += length) {
    begin = end;
    end = at + length;
  }
  if (!begin || *end)
    return g_strdup(" ");
  at = begin;
  cadence_names_item(&at);
  return g_strndup(begin, at - begin);
}

void
cadence_matches_add(GString *list, const char *entries)
{
  const char *at, *before;
  for (gsize length; (length = cadence_names_item(&entries)) > 0; entries += length) {
    g_autofree char *item = g_strndup(entries, length);
    g_autofree char *canonical = cadence_entry_canonical(item);
    if (find(list->str, canonical, &at, &before) > 0)
      continue;
    g_autofree char *between = list->len > 0 ? separator(list->str) : g_strdup("");
    g_string_append_printf(list, "%s%s", between, item);
  }
}

/* FALSE where it is not there; it may be there more than once. */
static gboolean
take_out(GString *list, const char *canonical)
{
  gboolean taken = FALSE;
  const char *at, *before;
  for (gsize length; (length = find(list->str, canonical, &at, &before)) > 0; taken = TRUE) {
    const char *begin = before ? before : at, *end = at + length;
    if (!before)
      cadence_names_item(&end);
    g_string_erase(list, begin - list->str, end - begin);
  }
  return taken;
}

gboolean
cadence_matches_remove(GString *list, const char *entries, char **missing)
{
  for (gsize length; (length = cadence_names_item(&entries)) > 0; entries += length) {
    g_autofree char *item = g_strndup(entries, length);
    g_autofree char *canonical = cadence_entry_canonical(item);
    if (take_out(list, canonical))
      continue;
    *missing = g_steal_pointer(&item);
    return FALSE;
  }
  return TRUE;
}

gboolean
cadence_matches_empty(const char *list)
{
  return cadence_names_item(&list) == 0;
}
