/* What is to be kept in properties, so that no message is read twice for it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "store.h"

GHashTable *
cadence_fresh_table_new(void)
{
  return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
}

/* What is too long to be kept is no prospect's address and no Message-ID that notmuch knows. */
void
cadence_fresh_add(GHashTable *fresh, const char *id, const char *key, const char *value)
{
  GPtrArray *properties = g_hash_table_lookup(fresh, id);
  if (strlen(value) > CADENCE_PROPERTY_MAX)
    return;
  if (!properties) {
    properties = g_ptr_array_new_with_free_func(g_free);
    g_hash_table_insert(fresh, g_strdup(id), properties);
  }
  for (guint i = 0; i + 1 < properties->len; i += 2) {
    if (g_str_equal(properties->pdata[i], key) && g_str_equal(properties->pdata[i + 1], value))
      return;
  }
  g_ptr_array_add(properties, g_strdup(key));
  g_ptr_array_add(properties, g_strdup(value));
}

static void
cache_recipient(GHashTable *fresh, const char *id, const CadenceRecipient *recipient)
{
  g_autofree char *value =
      g_strconcat(recipient->address, recipient->permanent ? NULL : " soft", NULL);
  cadence_fresh_add(fresh, id, CADENCE_PROPERTY_BOUNCED, value);
}

void
cadence_fresh_forget(GHashTable *fresh, const char *id)
{
  static const char *const keys[] = {CADENCE_PROPERTY_KIND, CADENCE_PROPERTY_BOUNCED,
                                     CADENCE_PROPERTY_RETURNED, CADENCE_PROPERTY_ABSENT,
                                     CADENCE_PROPERTY_PROPOSED};
  for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
    cadence_fresh_add(fresh, id, keys[i], "");
}

void
cadence_fresh_kind(GHashTable *fresh, const char *id, const CadenceMessage *header)
{
  if (!fresh || header->kind == CADENCE_KIND_REPLY)
    return;
  cadence_fresh_add(fresh, id, CADENCE_PROPERTY_KIND, cadence_kind_id(header->kind));
  for (guint i = 0; header->recipients && i < header->recipients->len; i++)
    cache_recipient(fresh, id, header->recipients->pdata[i]);
  if (header->returned)
    cadence_fresh_add(fresh, id, CADENCE_PROPERTY_RETURNED, header->returned);
  g_autofree char *proposed = cadence_day_to_string(header->proposed_until);
  if (proposed)
    cadence_fresh_add(fresh, id, CADENCE_PROPERTY_PROPOSED, proposed);
  if (header->kind != CADENCE_KIND_AUTO || !header->absence)
    return;
  g_autofree char *until = cadence_day_to_string(header->absent_until);
  cadence_fresh_add(fresh, id, CADENCE_PROPERTY_ABSENT, until ? until : "unknown");
}
