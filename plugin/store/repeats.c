/* Whether a draft says again what an earlier attempt said.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/new-text.h>
#include <cadence/similar.h>

#include "store.h"

#define EARLIER_MAX 5 /* attempts that a draft is compared with, the last ones */

typedef struct {
  const char *id;
  char *said; /* NULL where no file of it can be read */
} Earlier;

static gboolean
read_earlier(CadenceStore *store, gpointer data, GError **error)
{
  Earlier *earlier = data;
  notmuch_message_t *found = NULL;
  if (!cadence_status_ok(notmuch_database_find_message(store->db, earlier->id, &found), store->db,
                         CADENCE_ERROR_IO, error))
    return FALSE;
  g_autoptr(NotmuchMessage) message = found;
  const char *filename = message ? notmuch_message_get_filename(message) : NULL;
  g_autoptr(CadenceNewText) text = filename ? cadence_new_text_read(filename, NULL) : NULL;
  earlier->said = text ? cadence_new_text_said(text) : NULL;
  return TRUE;
}

static gboolean
is_repeated(CadenceStore *store, const CadenceContext *context, const CadenceDraft *draft,
            const char *id, gboolean *repeated, GError **error)
{
  Earlier earlier = {.id = id};
  if (!cadence_store_steadily(store, read_earlier, &earlier, error))
    return FALSE;
  double share = earlier.said ? cadence_similar_share(draft->said, earlier.said) : 0;
  *repeated = share >= cadence_config_policy(context->config)->repeats;
  g_free(earlier.said);
  return TRUE;
}

gboolean
cadence_find_repeated(CadenceStore *store, const CadenceContext *context,
                      const CadenceStanding *standing, CadenceDraft *draft, GHashTable *compared,
                      GError **error)
{
  if (standing->attempts == 0)
    return TRUE;
  cadence_draft_read_text(draft);
  /* Of so short a text that it does not even repeat itself nothing need be read. */
  gboolean last = !draft->said || cadence_similar_share(draft->said, draft->said) <= 0;
  guint read = 0;
  for (guint i = standing->contacts->len; !last && i > 0 && read < EARLIER_MAX; i--) {
    const CadenceContact *contact = standing->contacts->pdata[i - 1];
    gboolean repeated = FALSE;
    last = contact == standing->first_attempt || draft->repeats;
    if (contact->direction != CADENCE_OUTBOUND || contact->channel != CADENCE_CHANNEL_MAIL)
      continue;
    read++;
    if (!g_hash_table_add(compared, g_strdup(contact->id)))
      continue;
    if (!is_repeated(store, context, draft, contact->id, &repeated, error))
      return FALSE;
    if (repeated && !draft->repeats)
      draft->repeats = g_strdup(contact->id);
  }
  return TRUE;
}
