/* Single messages, by their Message-ID.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store.h"

typedef struct {
  const char *id;
  gint64 date;
  char *filename;
} Lookup;

static gboolean
look_up(CadenceStore *store, gpointer data, GError **error)
{
  Lookup *lookup = data;
  notmuch_message_t *found = NULL;
  if (!cadence_status_ok(notmuch_database_find_message(store->db, lookup->id, &found), store->db,
                         CADENCE_ERROR_QUERY, error))
    return FALSE;
  g_autoptr(NotmuchMessage) message = found;
  lookup->date = message ? notmuch_message_get_date(message) : 0;
  g_free(lookup->filename);
  lookup->filename = message ? g_strdup(notmuch_message_get_filename(message)) : NULL;
  return cadence_store_whole(store, error);
}

gboolean
cadence_store_date(CadenceStore *store, const char *id, gint64 *date, GError **error)
{
  Lookup lookup = {.id = id};
  gboolean found = cadence_store_steadily(store, look_up, &lookup, error);
  g_free(lookup.filename);
  *date = found ? lookup.date : *date;
  return found;
}

gboolean
cadence_store_filename(CadenceStore *store, const char *id, char **filename, GError **error)
{
  Lookup lookup = {.id = id};
  if (cadence_store_steadily(store, look_up, &lookup, error)) {
    *filename = lookup.filename;
    return TRUE;
  }
  g_free(lookup.filename);
  return FALSE;
}
