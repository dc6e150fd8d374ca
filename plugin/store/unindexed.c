/* Addresses that notmuch does not index, because they are none by RFC 5322 (two dots in a row, a
 * dot at an end): mail systems that hand them out exist all the same. No query finds them, so all
 * mail is gone through, once a run and only where such an address is asked for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store.h"

typedef struct {
  CadenceStore *store;
  const CadenceContext *context;
} Sweep;

static void
note(CadenceStore *store, char **addresses, const char *id)
{
  for (; *addresses; addresses++) {
    if (cadence_address_is_indexed(*addresses))
      continue;
    GPtrArray *ids = g_hash_table_lookup(store->unindexed, *addresses);
    if (!ids) {
      ids = g_ptr_array_new_with_free_func(g_free);
      g_hash_table_insert(store->unindexed, g_strdup(*addresses), ids);
    }
    g_ptr_array_add(ids, g_strdup(id));
  }
}

static gboolean
take(notmuch_message_t *message, gpointer data)
{
  Sweep *sweep = data;
  const char *id = cadence_message_id(message);
  g_auto(GStrv) senders = cadence_message_senders(message);
  note(sweep->store, senders, id);
  if (!*senders ||
      cadence_parties_find(sweep->context->parties, *senders, NULL) != CADENCE_PARTY_US)
    return TRUE;
  const CadenceMessage *header = cadence_store_header(sweep->store, message, FALSE);
  if (header) {
    note(sweep->store, header->to, id);
    note(sweep->store, header->cc, id);
    note(sweep->store, header->bcc, id);
  }
  return TRUE;
}

static gboolean
sweep_all(CadenceStore *store, const CadenceContext *context, GError **error)
{
  Sweep sweep = {.store = store, .context = context};
  if (store->unindexed)
    return TRUE;
  store->unindexed =
      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  if (cadence_query_each(store, "*", FALSE, take, &sweep, error))
    return TRUE;
  g_clear_pointer(&store->unindexed, g_hash_table_unref);
  return FALSE;
}

static gboolean
each_of(CadenceStore *store, const GPtrArray *ids, CadenceEach each, gpointer data, GError **error)
{
  for (guint i = 0; ids && i < ids->len; i++) {
    notmuch_message_t *found = NULL;
    if (!cadence_status_ok(notmuch_database_find_message(store->db, ids->pdata[i], &found),
                           store->db, CADENCE_ERROR_IO, error))
      return FALSE;
    g_autoptr(NotmuchMessage) message = found;
    if (message && !each(message, data))
      return TRUE;
  }
  return TRUE;
}

gboolean
cadence_unindexed_each(CadenceStore *store, const CadenceContext *context,
                       const char *const *entries, CadenceEach each, gpointer data, GError **error)
{
  for (; *entries; entries++) {
    if (cadence_address_is_indexed(*entries))
      continue;
    if (!sweep_all(store, context, error) ||
        !each_of(store, g_hash_table_lookup(store->unindexed, *entries), each, data, error))
      return FALSE;
  }
  return TRUE;
}
