/* Which bodies were read for the kind of their message before. A plain reply bears no kind, so that
 * it was read is told by three things: the last pass looked at its prospect, by the same files and
 * rules; and nobody has touched the message since.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "pass.h"

struct _CadenceKinds {
  gboolean outdated;   /* other rules told what is cached */
  char *files;         /* what the config was read from, as the context says */
  gboolean same;       /* the last pass read the very files that we have, by our rules */
  char *terms;         /* else: its terms; NULL where nothing of it can be relied on */
  gulong revision;     /* of the last pass; then: messages changed up to there are in `changed` */
  GHashTable *changed; /* set of Message-IDs changed since the last pass */
};

void
cadence_kinds_free(CadenceKinds *kinds)
{
  if (!kinds)
    return;
  g_free(kinds->files);
  g_free(kinds->terms);
  g_hash_table_unref(kinds->changed);
  g_free(kinds);
}

static CadenceKinds *
kinds_new(CadenceStore *store, const CadenceContext *context)
{
  CadenceKinds *kinds = g_new0(CadenceKinds, 1);
  CadenceLastPass last = {0};
  cadence_last_pass_read(store->db, &last);
  g_autofree char *files =
      cadence_files_value(context->files, g_time_zone_get_identifier(context->clock->zone));
  kinds->files = g_strdup(context->files);
  kinds->same = last.known && context->files && g_strcmp0(last.files, files) == 0;
  kinds->outdated = !kinds->same && last.terms && cadence_terms_outdated(last.terms);
  if (!kinds->same && last.known && cadence_terms_hold(last.terms, context))
    kinds->terms = g_steal_pointer(&last.terms);
  kinds->revision = last.revision;
  kinds->changed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  cadence_last_pass_clear(&last);
  return kinds;
}

static gboolean
is_usable(const CadenceKinds *kinds)
{
  return kinds->same || kinds->terms;
}

static gboolean
note_changed(notmuch_message_t *message, gpointer data)
{
  g_hash_table_add(data, g_strdup(cadence_message_id(message)));
  return TRUE;
}

/* Where only one prospect is asked for, only its mail is gone through: somebody may have tagged
 * everything. */
static gboolean
find_changed(CadenceStore *store, const char *const *entries, GError **error)
{
  CadenceKinds *kinds = store->kinds;
  const char *uuid;
  gulong revision = notmuch_database_get_revision(store->db, &uuid);
  if (!is_usable(kinds) || revision <= kinds->revision)
    return TRUE;
  g_autofree char *mail = entries ? cadence_query_mail(entries) : NULL;
  g_autofree char *reports = mail ? cadence_query_reports(entries) : NULL;
  g_autofree char *query =
      mail ? g_strdup_printf("lastmod:%lu.. and (%s or (%s))", kinds->revision + 1, mail, reports)
           : g_strdup_printf("lastmod:%lu..", kinds->revision + 1);
  if (!cadence_query_each(store, query, TRUE, note_changed, kinds->changed, error))
    return FALSE;
  kinds->revision = mail ? kinds->revision : revision;
  return TRUE;
}

/* Whether the last pass had this very agreement; one without an agreement, whether it bears a state
 * since then. */
static gboolean
find_covered(CadenceStore *store, const CadenceContext *context, const char *prospect,
             gboolean *covered, GError **error)
{
  guint bearers = 0;
  const CadenceAgreement *agreement = cadence_config_agreement(context->config, prospect);
  if (agreement) {
    *covered = store->kinds->same || cadence_terms_have(store->kinds->terms, context, agreement);
    return TRUE;
  }
  g_autofree char *query = cadence_query_property(CADENCE_PROPERTY_PROSPECT, prospect);
  if (!cadence_query_count(store, query, &bearers, error))
    return FALSE;
  *covered = bearers > 0;
  return TRUE;
}

gboolean
cadence_kinds_prepare(CadenceStore *store, const CadenceContext *context, const char *prospect,
                      const char *const *entries, gboolean *covered, GError **error)
{
  *covered = FALSE;
  if (store->kinds && g_strcmp0(store->kinds->files, context->files) != 0)
    g_clear_pointer(&store->kinds, cadence_kinds_free);
  if (!store->kinds)
    store->kinds = kinds_new(store, context);
  if (!find_changed(store, entries, error))
    return FALSE;
  return !is_usable(store->kinds) || find_covered(store, context, prospect, covered, error);
}

gboolean
cadence_kinds_outdated(const CadenceStore *store)
{
  return store->kinds->outdated;
}

gboolean
cadence_kinds_changed(const CadenceStore *store, const char *id)
{
  return g_hash_table_contains(store->kinds->changed, id);
}
