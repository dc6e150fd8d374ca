/* A pass: everything where we do not know the database, the day is a new one, what decides for
 * everybody changed, or messages are gone; else what changed since the last pass and the agreements
 * that are others now.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "pass.h"
#include "glass.h"

#include <string.h>

/* --- bookkeeping --- */

void
cadence_pass_enqueue(CadencePass *pass, const char *prospect)
{
  if (g_hash_table_contains(pass->queued, prospect))
    return;
  char *name = g_strdup(prospect);
  g_hash_table_add(pass->queued, name);
  g_ptr_array_add(pass->queue, name);
}

CadenceMark *
cadence_pass_mark(CadencePass *pass, const char *id)
{
  CadenceMark *mark = g_hash_table_lookup(pass->marks, id);
  if (!mark) {
    mark = g_new0(CadenceMark, 1);
    mark->id = g_strdup(id);
    mark->prospects = g_ptr_array_new_with_free_func(g_free);
    mark->group = mark;
    g_hash_table_insert(pass->marks, mark->id, mark);
  }
  return mark;
}

void
cadence_pass_clear(CadencePass *pass)
{
  for (guint state = 0; state < CADENCE_N_STATES; state++)
    g_free(pass->names.was[state]);
  cadence_last_pass_clear(&pass->last);
  g_clear_pointer(&pass->queued, g_hash_table_unref);
  g_clear_pointer(&pass->asked, g_hash_table_unref);
  g_clear_pointer(&pass->gone, g_hash_table_unref);
  g_clear_pointer(&pass->queue, g_ptr_array_unref);
  g_clear_pointer(&pass->prospects, g_hash_table_unref);
  g_clear_pointer(&pass->marks, g_hash_table_unref);
  g_clear_pointer(&pass->fresh, g_hash_table_unref);
  g_free(pass->uuid);
  g_free(pass->terms);
  g_free(pass->tags);
  g_free(pass->files);
}

/* --- what to look at --- */

/* "STATE=TAG" a line: what the tags were called at the last pass. */
static void
name_tags(CadencePass *pass)
{
  const CadencePolicy *policy = cadence_config_policy(pass->context->config);
  g_autoptr(GString) text = g_string_new(NULL);
  g_auto(GStrv) lines = g_strsplit(pass->last.tags ? pass->last.tags : "", "\n", -1);
  for (guint state = 0; state < CADENCE_N_STATES; state++) {
    g_autofree char *key = g_strconcat(cadence_state_id((CadenceState)state), "=", NULL);
    const char *was = policy->tag[state];
    for (char **line = lines; *line; line++) {
      if (g_str_has_prefix(*line, key))
        was = *line + strlen(key);
    }
    pass->names.was[state] = g_strdup(was);
    pass->names.is[state] = policy->tag[state];
    g_string_append_printf(text, "%s%s\n", key, policy->tag[state]);
  }
  pass->tags = g_string_free(g_steal_pointer(&text), FALSE);
}

/* Where nobody can tell, they may be. */
static gboolean
messages_are_gone(const CadencePass *pass)
{
  return !pass->counted || !pass->last.counted || pass->removed != pass->last.removed;
}

static gboolean
needs_everything(const CadencePass *pass)
{
  const CadenceLastPass *last = &pass->last;
  return pass->options->full || !last->known || !last->terms || !last->tags ||
         last->revision > pass->revision || messages_are_gone(pass) ||
         cadence_day_of(last->instant, pass->context->clock->zone) != pass->context->clock->today ||
         !(pass->same_files || cadence_terms_hold(last->terms, pass->context)) ||
         !g_str_equal(last->tags, pass->tags);
}

/* Whose state the message bears. A mail to thousands may bear that of them all, so each message is
 * asked but once. */
static gboolean
enqueue_bearer(notmuch_message_t *message, gpointer data)
{
  CadencePass *pass = data;
  char *id = g_strdup(cadence_message_id(message));
  if (!g_hash_table_add(pass->asked, id))
    return TRUE;
  g_auto(GStrv) names = cadence_property_values(message, CADENCE_PROPERTY_PROSPECT);
  for (char **name = names; *name; name++)
    cadence_pass_enqueue(pass, *name);
  return TRUE;
}

/* Everybody, and whoever bears a state by an earlier pass but is no prospect any more. */
static gboolean
enqueue_everything(CadencePass *pass, GError **error)
{
  g_autoptr(GPtrArray) names = cadence_store_prospects(pass->store, pass->context, error);
  if (!names)
    return FALSE;
  pass->prospects = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < names->len; i++) {
    g_hash_table_add(pass->prospects, g_strdup(names->pdata[i]));
    cadence_pass_enqueue(pass, names->pdata[i]);
  }
  for (guint state = 0; state < CADENCE_N_STATES; state++) {
    g_autofree char *query =
        cadence_query_property(CADENCE_PROPERTY_STATE, cadence_state_id((CadenceState)state));
    if (!cadence_query_each(pass->store, query, TRUE, enqueue_bearer, pass, error))
      return FALSE;
  }
  return TRUE;
}

static void
enqueue_changed_terms(CadencePass *pass)
{
  const GPtrArray *agreements = cadence_config_agreements(pass->context->config);
  for (guint i = 0; i < agreements->len && !pass->same_files; i++) {
    const CadenceAgreement *agreement = agreements->pdata[i];
    if (cadence_terms_differ(pass->terms, pass->last.terms, pass->context, agreement))
      cadence_pass_enqueue(pass, agreement->name);
  }
}

/* --- what changed --- */

typedef struct {
  CadencePass *pass;
  GHashTable *unknown; /* Message-IDs whose parties we do not know to be prospects */
} Changed;

static gboolean
is_known(CadencePass *pass, const char *name)
{
  guint count = 0;
  if (cadence_parties_entries(pass->context->parties, name))
    return TRUE;
  g_autofree char *query = cadence_query_property(CADENCE_PROPERTY_PROSPECT, name);
  return cadence_query_count(pass->store, query, &count, NULL) && count > 0;
}

/* A message that was there at the last pass may have been what made somebody a prospect, and may
 * match scope.query no more. What has arrived since takes nobody out of scope. */
static void
doubt_scope(CadencePass *pass, notmuch_message_t *message)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer name;
  if (!cadence_scope_is_set(pass->context) ||
      notmuch_message_get_date(message) > pass->last.instant)
    return;
  cadence_scope_of_message(pass->store, pass->context, message, names);
  g_hash_table_iter_init(&iter, names);
  while (g_hash_table_iter_next(&iter, &name, NULL)) {
    if (!cadence_parties_entries(pass->context->parties, name) && is_known(pass, name))
      g_hash_table_add(pass->gone, g_strdup(name));
  }
}

static gboolean
take_changed(notmuch_message_t *message, gpointer data)
{
  Changed *changed = data;
  g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer name;
  enqueue_bearer(message, changed->pass);
  doubt_scope(changed->pass, message);
  cadence_message_parties(changed->pass->store, changed->pass->context, message, names);
  g_hash_table_iter_init(&iter, names);
  while (g_hash_table_iter_next(&iter, &name, NULL)) {
    if (g_hash_table_contains(changed->pass->queued, name) || is_known(changed->pass, name))
      cadence_pass_enqueue(changed->pass, name);
    else
      g_hash_table_add(changed->unknown, g_strdup(cadence_message_id(message)));
  }
  return TRUE;
}

static gboolean
enqueue_changes(CadencePass *pass, GError **error)
{
  g_autoptr(GHashTable) unknown = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  Changed changed = {.pass = pass, .unknown = unknown};
  GHashTableIter iter;
  gpointer name;
  if (pass->last.revision < pass->revision) {
    g_autofree char *query = g_strdup_printf("lastmod:%lu..", pass->last.revision + 1);
    if (!cadence_query_each(pass->store, query, TRUE, take_changed, &changed, error))
      return FALSE;
  }
  if (!cadence_scope_parties(pass->store, pass->context, unknown, names, error) ||
      !cadence_scope_missing(pass->store, pass->context, pass->gone, error))
    return FALSE;
  g_hash_table_iter_init(&iter, names);
  while (g_hash_table_iter_next(&iter, &name, NULL))
    cadence_pass_enqueue(pass, name);
  enqueue_changed_terms(pass);
  return TRUE;
}

/* --- the whole --- */

static gboolean
find_work(CadenceStore *store, gpointer data, GError **error)
{
  CadencePass *pass = data;
  const char *uuid;
  g_ptr_array_set_size(pass->queue, 0);
  g_hash_table_remove_all(pass->queued);
  g_hash_table_remove_all(pass->asked);
  g_hash_table_remove_all(pass->gone);
  g_clear_pointer(&pass->prospects, g_hash_table_unref);
  /* Counted before the snapshot is taken: what goes in between, the next pass notices. */
  pass->counted = cadence_glass_removed(notmuch_database_get_path(store->db), &pass->removed);
  (void)notmuch_database_reopen(store->db, NOTMUCH_DATABASE_MODE_READ_ONLY);
  pass->revision = notmuch_database_get_revision(store->db, &uuid);
  g_free(pass->uuid);
  pass->uuid = g_strdup(uuid);
  if (pass->options->remove)
    return cadence_pass_forget_all(pass, error);
  pass->full = needs_everything(pass);
  return pass->full ? enqueue_everything(pass, error) : enqueue_changes(pass, error);
}

gboolean
cadence_pass_begin(CadencePass *pass, GError **error)
{
  pass->queue = g_ptr_array_new();
  pass->queued = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  pass->gone = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  pass->asked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  pass->marks =
      g_hash_table_new_full(g_str_hash, g_str_equal, NULL, (GDestroyNotify)cadence_mark_free);
  pass->fresh = cadence_fresh_table_new();
  pass->files = cadence_files_value(pass->context->files,
                                    g_time_zone_get_identifier(pass->context->clock->zone));
  cadence_last_pass_read(pass->store->db, &pass->last);
  pass->same_files = pass->files[0] && g_strcmp0(pass->files, pass->last.files) == 0;
  pass->terms = pass->same_files && pass->last.terms ? g_strdup(pass->last.terms)
                                                     : cadence_terms_value(pass->context);
  name_tags(pass);
  return cadence_store_steadily(pass->store, find_work, pass, error);
}

/* --- one prospect --- */

typedef struct {
  CadencePass *pass;
  CadenceMark *first; /* of the prospect's marks: all of them are written together */
} Bearers;

static void
join(Bearers *bearers, CadenceMark *mark)
{
  if (bearers->first)
    cadence_mark_join(mark, bearers->first);
  bearers->first = mark;
}

/* A message that bore this prospect's state: it may bear others', who then must be looked at too.
 */
static gboolean
take_old_bearer(notmuch_message_t *message, gpointer data)
{
  Bearers *bearers = data;
  join(bearers, cadence_pass_mark(bearers->pass, cadence_message_id(message)));
  return enqueue_bearer(message, bearers->pass);
}

typedef struct {
  CadencePass *pass;
  const char *id;
} Shared;

static gboolean
find_sharers(CadenceStore *store, gpointer data, GError **error)
{
  Shared *shared = data;
  notmuch_message_t *found = NULL;
  if (!cadence_status_ok(notmuch_database_find_message(store->db, shared->id, &found), store->db,
                         CADENCE_ERROR_IO, error))
    return FALSE;
  g_autoptr(NotmuchMessage) message = found;
  return !message || enqueue_bearer(message, shared->pass);
}

static gboolean
enqueue_sharers(CadencePass *pass, const char *id, GError **error)
{
  Shared shared = {.pass = pass, .id = id};
  return g_hash_table_contains(pass->asked, id) ||
         cadence_store_steadily(pass->store, find_sharers, &shared, error);
}

static gboolean
bear(CadencePass *pass, Bearers *bearers, const char *prospect, GError **error)
{
  CadenceTerms terms =
      cadence_terms_fold(cadence_config_policy(pass->context->config),
                         cadence_config_agreement(pass->context->config, prospect));
  GPtrArray *contacts = cadence_gather(pass->store, pass->context, prospect, pass->fresh, error);
  if (!contacts)
    return FALSE;
  g_autoptr(CadenceStanding) standing =
      cadence_standing_new(prospect, contacts, &terms, pass->context->clock);
  const CadenceContact *bearer = cadence_standing_bearer(standing);
  if (!bearer && !terms.agreement)
    return TRUE;
  pass->result->prospects++;
  pass->result->states[standing->state]++;
  if (!bearer)
    return TRUE;
  CadenceMark *mark = cadence_pass_mark(pass, bearer->id);
  cadence_mark_bear(mark, standing);
  join(bearers, mark);
  return enqueue_sharers(pass, bearer->id, error);
}

typedef struct {
  CadencePass *pass;
  Bearers *bearers;
  const char *prospect;
} Look;

static gboolean
find_old_bearers(CadenceStore *store, gpointer data, GError **error)
{
  Look *look = data;
  g_autofree char *query = cadence_query_property(CADENCE_PROPERTY_PROSPECT, look->prospect);
  return cadence_query_each(store, query, TRUE, take_old_bearer, look->bearers, error);
}

static gboolean
look_at(CadencePass *pass, const char *prospect, GError **error)
{
  Bearers bearers = {.pass = pass};
  Look look = {.pass = pass, .bearers = &bearers, .prospect = prospect};
  if (!cadence_store_steadily(pass->store, find_old_bearers, &look, error))
    return FALSE;
  if (g_hash_table_contains(pass->gone, prospect) ||
      (pass->prospects && !g_hash_table_contains(pass->prospects, prospect)))
    return TRUE;
  return bear(pass, &bearers, prospect, error);
}

/* --- the differences --- */

#define MARKS_AT_ONCE 100 /* looked at on one snapshot */

typedef struct {
  CadencePass *pass;
  GPtrArray *marks;
  guint next;
} Differences;

static gboolean
find_difference(CadenceStore *store, CadencePass *pass, CadenceMark *mark, GError **error)
{
  GPtrArray *changes = pass->options->dry_run ? pass->result->changes : NULL;
  guint told = pass->result->changes->len;
  notmuch_message_t *found = NULL;
  if (!cadence_status_ok(notmuch_database_find_message(store->db, mark->id, &found), store->db,
                         CADENCE_ERROR_IO, error))
    return FALSE;
  g_autoptr(NotmuchMessage) message = found;
  mark->changes = message && cadence_mark_differs(mark, message, &pass->names, changes);
  if (!cadence_store_whole(store, error)) {
    g_ptr_array_set_size(pass->result->changes, (gint)told);
    return FALSE;
  }
  pass->result->messages += mark->changes;
  return TRUE;
}

/* Goes on where it was when the snapshot was pulled away. */
static gboolean
find_some_differences(CadenceStore *store, gpointer data, GError **error)
{
  Differences *differences = data;
  guint end = MIN(differences->next + MARKS_AT_ONCE, differences->marks->len);
  for (; differences->next < end; differences->next++) {
    if (!find_difference(store, differences->pass, differences->marks->pdata[differences->next],
                         error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
find_differences(CadencePass *pass, GError **error)
{
  g_autoptr(GPtrArray) marks = g_ptr_array_new();
  Differences differences = {.pass = pass, .marks = marks};
  GHashTableIter iter;
  gpointer mark;
  g_hash_table_iter_init(&iter, pass->marks);
  while (g_hash_table_iter_next(&iter, NULL, &mark))
    g_ptr_array_add(marks, mark);
  while (differences.next < marks->len) {
    if (!cadence_store_steadily(pass->store, find_some_differences, &differences, error))
      return FALSE;
  }
  return TRUE;
}

static void
hand_out_fresh(CadencePass *pass)
{
  GHashTableIter iter;
  gpointer id, properties;
  g_hash_table_iter_init(&iter, pass->fresh);
  while (g_hash_table_iter_next(&iter, &id, &properties))
    cadence_pass_mark(pass, id)->fresh = properties;
}

static gboolean
look_at_all(CadencePass *pass, GError **error)
{
  for (guint i = 0; i < pass->queue->len; i++) {
    if (!look_at(pass, pass->queue->pdata[i], error))
      return FALSE;
    if (pass->options->progress)
      pass->options->progress(i + 1, pass->queue->len, pass->options->data);
  }
  return TRUE;
}

gboolean
cadence_pass_work(CadencePass *pass, GError **error)
{
  CadenceStore *store = pass->store;
  store->ahead =
      pass->full && pass->options->readers ? cadence_ahead_new(pass->options->readers) : NULL;
  gboolean looked = look_at_all(pass, error);
  g_clear_pointer(&store->ahead, cadence_ahead_free);
  if (!looked)
    return FALSE;
  hand_out_fresh(pass);
  return find_differences(pass, error);
}
