/* Who is a prospect: every agreement, and the parties of what scope.query matches.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <glib/gi18n-lib.h>

#include "store.h"

gboolean
cadence_scope_is_set(const CadenceContext *context)
{
  return *cadence_config_policy(context->config)->scope_query != '\0';
}

static void
add_name(CadenceStore *store, const CadenceContext *context, const char *address, GHashTable *names)
{
  const char *name = cadence_store_owner(store, context, address);
  if (*name && !g_hash_table_contains(names, name))
    g_hash_table_add(names, g_strdup(name));
}

void
cadence_message_parties(CadenceStore *store, const CadenceContext *context,
                        notmuch_message_t *message, GHashTable *names)
{
  g_auto(GStrv) senders = cadence_message_senders(message);
  gboolean ours =
      *senders && cadence_parties_find(context->parties, *senders, NULL) == CADENCE_PARTY_US;
  const CadenceMessage *header = cadence_store_header(store, message, FALSE);
  if (header && !ours && header->kind != CADENCE_KIND_REPLY && header->body_decides)
    header = cadence_store_header(store, message, TRUE);
  if (*senders && !ours)
    add_name(store, context, *senders, names);
  char **lists[] = {header ? header->to : NULL, header ? header->cc : NULL,
                    header ? header->bcc : NULL};
  for (guint i = 0; ours && header && i < G_N_ELEMENTS(lists); i++) {
    for (char **address = lists[i]; *address; address++)
      add_name(store, context, *address, names);
  }
  for (guint i = 0; !ours && header && header->recipients && i < header->recipients->len; i++)
    add_name(store, context, ((CadenceRecipient *)header->recipients->pdata[i])->address, names);
}

/* The To recipients of our mail, and the people who write to us: not the Cc, not lists and
 * machines. */
void
cadence_scope_of_message(CadenceStore *store, const CadenceContext *context,
                         notmuch_message_t *message, GHashTable *names)
{
  g_auto(GStrv) senders = cadence_message_senders(message);
  const CadenceMessage *header;
  if (!*senders)
    return;
  gboolean ours = cadence_parties_find(context->parties, *senders, NULL) == CADENCE_PARTY_US;
  const char *name = ours ? "" : cadence_store_owner(store, context, *senders);
  if (!ours && (!*name || g_hash_table_contains(names, name)))
    return;
  header = cadence_store_header(store, message, FALSE);
  for (char **address = ours && header ? header->to : NULL; address && *address; address++)
    add_name(store, context, *address, names);
  if (!ours && header && cadence_kind_is_reply(header->kind))
    add_name(store, context, *senders, names);
}

typedef struct {
  CadenceStore *store;
  const CadenceContext *context;
  GHashTable *among, *names;
  guint left;    /* of `among`, still to be met */
  time_t oldest; /* date of the oldest of them */
} Scope;

static gboolean
take_scope(notmuch_message_t *message, gpointer data)
{
  Scope *scope = data;
  if (scope->among && notmuch_message_get_date(message) < scope->oldest)
    return FALSE;
  const char *id = cadence_message_id(message);
  if (scope->among && !g_hash_table_contains(scope->among, id))
    return TRUE;
  if (!g_hash_table_contains(scope->store->drafts, id))
    cadence_scope_of_message(scope->store, scope->context, message, scope->names);
  return !scope->among || --scope->left > 0;
}

static gboolean
find_oldest(Scope *scope, GError **error)
{
  GHashTableIter iter;
  gpointer id;
  scope->oldest = G_MAXLONG;
  g_hash_table_iter_init(&iter, scope->among);
  while (g_hash_table_iter_next(&iter, &id, NULL)) {
    notmuch_message_t *found = NULL;
    if (!cadence_status_ok(notmuch_database_find_message(scope->store->db, id, &found),
                           scope->store->db, CADENCE_ERROR_IO, error))
      return FALSE;
    g_autoptr(NotmuchMessage) message = found;
    if (message)
      scope->oldest = MIN(scope->oldest, notmuch_message_get_date(message));
  }
  return TRUE;
}

#define IDS_MAX 1000 /* in a query; where more have come it is time to go through them */

static char *
query_ids(GHashTable *ids)
{
  g_autoptr(GString) query = g_string_new("(or");
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init(&iter, ids);
  while (g_hash_table_iter_next(&iter, &id, NULL)) {
    g_autofree char *string = cadence_query_quoted(id);
    g_string_append_printf(query, " (id %s)", string);
  }
  return g_strconcat(query->str, ")", NULL);
}

/* The query is the user's and is never pasted into another. Where libnotmuch can't combine the two,
 * those in question are met among all that it matches: from the newest back, for what has just
 * arrived is seldom old, and asking each message for its id costs ten times what sorting does. */
static gboolean
run_scope(Scope *scope, const char *query, GError **error)
{
  gboolean possible = scope->left <= IDS_MAX;
  if (!scope->among)
    return cadence_query_each(scope->store, query, FALSE, take_scope, scope, error);
  g_autofree char *ids = possible ? query_ids(scope->among) : NULL;
  if (ids && !cadence_query_within(scope->store, query, ids, take_scope, scope, &possible, error))
    return FALSE;
  return possible || (find_oldest(scope, error) &&
                      cadence_query_newest(scope->store, query, take_scope, scope, error));
}

gboolean
cadence_scope_parties(CadenceStore *store, const CadenceContext *context, GHashTable *among,
                      GHashTable *names, GError **error)
{
  const char *query = cadence_config_policy(context->config)->scope_query;
  Scope scope = {.store = store,
                 .context = context,
                 .among = among,
                 .names = names,
                 .left = among ? g_hash_table_size(among) : 0};
  if (!*query || (among && scope.left == 0))
    return TRUE;
  if (!cadence_find_drafts(store, context, error))
    return FALSE;
  if (run_scope(&scope, query, error))
    return TRUE;
  if (g_error_matches(*error, CADENCE_ERROR, CADENCE_ERROR_QUERY))
    g_prefix_error(error, "scope.query: ");
  return FALSE;
}

/* --- who is left --- */

typedef struct {
  CadenceStore *store;
  const CadenceContext *context;
  GHashTable *missing; /* names that no message has brought into scope yet */
  const char *wanted;  /* the one of them that is looked for; NULL: all */
} Roll;

static gboolean
call_roll(notmuch_message_t *message, gpointer data)
{
  Roll *roll = data;
  g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer name;
  if (g_hash_table_contains(roll->store->drafts, cadence_message_id(message)))
    return TRUE;
  cadence_scope_of_message(roll->store, roll->context, message, names);
  g_hash_table_iter_init(&iter, names);
  while (g_hash_table_iter_next(&iter, &name, NULL))
    g_hash_table_remove(roll->missing, name);
  return roll->wanted ? g_hash_table_contains(roll->missing, roll->wanted)
                      : g_hash_table_size(roll->missing) > 0;
}

/* Mostly they are in scope by mail of their own. Whoever is not found so (notmuch does not index
 * some addresses) is looked for among all that the query matches. */
static gboolean
call_among_their_mail(Roll *roll, const char *query, GError **error)
{
  gboolean possible = TRUE;
  g_autofree char **names = (char **)g_hash_table_get_keys_as_array(roll->missing, NULL);
  g_auto(GStrv) copies = g_strdupv(names); /* the table loses its keys meanwhile */
  for (char **name = copies; *name && possible; name++) {
    const char *const entries[] = {*name, NULL};
    g_autofree char *mail = cadence_query_mail(entries);
    g_autofree char *string = mail ? cadence_query_quoted(mail) : NULL;
    g_autofree char *ours = g_strdup_printf("(infix %s)", string);
    if (!mail || !g_hash_table_contains(roll->missing, *name))
      continue;
    roll->wanted = *name;
    if (!cadence_query_within(roll->store, query, ours, call_roll, roll, &possible, error))
      return FALSE;
  }
  roll->wanted = NULL;
  return TRUE;
}

gboolean
cadence_scope_missing(CadenceStore *store, const CadenceContext *context, GHashTable *missing,
                      GError **error)
{
  const char *query = cadence_config_policy(context->config)->scope_query;
  Roll roll = {.store = store, .context = context, .missing = missing};
  if (!*query || g_hash_table_size(missing) == 0)
    return TRUE;
  if (!cadence_find_drafts(store, context, error) || !call_among_their_mail(&roll, query, error))
    return FALSE;
  return g_hash_table_size(missing) == 0 ||
         cadence_query_newest(store, query, call_roll, &roll, error);
}

/* --- names --- */

static int
compare_names(gconstpointer a, gconstpointer b)
{
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static GPtrArray *
sorted_names(GHashTable *names)
{
  GPtrArray *sorted = g_ptr_array_new_with_free_func(g_free);
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init(&iter, names);
  while (g_hash_table_iter_next(&iter, &name, NULL))
    g_ptr_array_add(sorted, g_strdup(name));
  g_ptr_array_sort(sorted, compare_names);
  return sorted;
}

static GHashTable *
names_new(void)
{
  return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

typedef struct {
  const CadenceContext *context;
  GHashTable *names;
  const char *query;
} Search;

static gboolean
find_scope(CadenceStore *store, gpointer data, GError **error)
{
  Search *search = data;
  GError *failed = NULL;
  g_hash_table_remove_all(search->names);
  if (cadence_scope_parties(store, search->context, NULL, search->names, &failed))
    return TRUE;
  g_propagate_error(error, failed);
  return FALSE;
}

GPtrArray *
cadence_store_prospects(CadenceStore *store, const CadenceContext *context, GError **error)
{
  g_autoptr(GHashTable) names = names_new();
  Search search = {.context = context, .names = names};
  if (!cadence_store_steadily(store, find_scope, &search, error))
    return NULL;
  const GPtrArray *agreements = cadence_config_agreements(context->config);
  for (guint i = 0; i < agreements->len; i++)
    g_hash_table_add(names, g_strdup(((CadenceAgreement *)agreements->pdata[i])->name));
  return sorted_names(names);
}

/* --- by the marks of the last pass --- */

typedef struct {
  GHashTable *names; /* of those that bear a state that is wanted */
  GHashTable *borne; /* of all that bear one */
  guint states;
  guint state; /* asked for now */
} Bearing;

static gboolean
take_bearer(notmuch_message_t *message, gpointer data)
{
  Bearing *bearing = data;
  g_auto(GStrv) names = cadence_property_values(message, CADENCE_PROPERTY_PROSPECT);
  for (char **name = names; *name; name++) {
    g_hash_table_add(bearing->borne, g_strdup(*name));
    if (bearing->states & (1u << bearing->state))
      g_hash_table_add(bearing->names, g_strdup(*name));
  }
  return TRUE;
}

static gboolean
find_bearing(CadenceStore *store, gpointer data, GError **error)
{
  Bearing *bearing = data;
  g_hash_table_remove_all(bearing->names);
  g_hash_table_remove_all(bearing->borne);
  for (bearing->state = 0; bearing->state < CADENCE_N_STATES; bearing->state++) {
    g_autofree char *query =
        cadence_query_property(CADENCE_PROPERTY_STATE, cadence_state_id(bearing->state));
    if (!cadence_query_each(store, query, TRUE, take_bearer, bearing, error))
      return FALSE;
  }
  return TRUE;
}

/* Without a contact there is no message to bear a state: such a prospect may be in any. */
GPtrArray *
cadence_store_prospects_in(CadenceStore *store, const CadenceContext *context, guint states,
                           GError **error)
{
  g_autoptr(GHashTable) names = names_new(), borne = names_new();
  Bearing bearing = {.names = names, .borne = borne, .states = states};
  if (!cadence_store_steadily(store, find_bearing, &bearing, error))
    return NULL;
  const GPtrArray *agreements = cadence_config_agreements(context->config);
  for (guint i = 0; i < agreements->len; i++) {
    const char *name = ((CadenceAgreement *)agreements->pdata[i])->name;
    if (!g_hash_table_contains(borne, name))
      g_hash_table_add(names, g_strdup(name));
  }
  return sorted_names(names);
}

/* --- candidates --- */

static gboolean
take_candidate(notmuch_message_t *message, gpointer data)
{
  gpointer *both = data; /* the store, and the Search */
  const Search *search = both[1];
  g_auto(GStrv) senders = cadence_message_senders(message);
  if (*senders &&
      cadence_parties_find(search->context->parties, *senders, NULL) == CADENCE_PARTY_US)
    cadence_message_parties(both[0], search->context, message, search->names);
  return TRUE;
}

static gboolean
find_candidates(CadenceStore *store, gpointer data, GError **error)
{
  Search *search = data;
  gpointer both[] = {store, search};
  g_hash_table_remove_all(search->names);
  return cadence_query_each(store, search->query, FALSE, take_candidate, both, error);
}

GPtrArray *
cadence_store_candidates(CadenceStore *store, const CadenceContext *context, gint64 since,
                         GError **error)
{
  g_autoptr(GHashTable) names = names_new();
  g_autofree char *query = cadence_query_mail(cadence_store_us(store));
  g_autofree char *recent =
      query ? g_strdup_printf("date:@%" G_GINT64_FORMAT ".. and (%s)", since, query) : NULL;
  CadenceContext everybody = *context;
  Search search = {.context = &everybody, .names = names, .query = recent};
  everybody.everybody = TRUE;
  if (recent && !cadence_store_steadily(store, find_candidates, &search, error))
    return NULL;
  g_autoptr(GPtrArray) prospects = cadence_store_prospects(store, context, error);
  if (!prospects)
    return NULL;
  for (guint i = 0; i < prospects->len; i++)
    g_hash_table_remove(names, prospects->pdata[i]);
  return sorted_names(names);
}

/* --- as `check` decides --- */

typedef struct {
  const CadenceContext *context;
  const char *address;
  char *name;
} Asking;

static gboolean
ask_prospect(CadenceStore *store, gpointer data, GError **error)
{
  Asking *asking = data;
  const char *prospect;
  guint count = 0;
  g_clear_pointer(&asking->name, g_free);
  const char *name = cadence_store_owner(store, asking->context, asking->address);
  if (!*name)
    return TRUE;
  if (cadence_parties_find(asking->context->parties, asking->address, &prospect) ==
      CADENCE_PARTY_PROSPECT) {
    asking->name = g_strdup(prospect);
    return TRUE;
  }
  g_autofree char *query = cadence_query_property(CADENCE_PROPERTY_PROSPECT, name);
  if (!cadence_query_count(store, query, &count, error))
    return FALSE;
  asking->name = count || asking->context->everybody ? g_strdup(name) : NULL;
  return TRUE;
}

char *
cadence_store_prospect_of(CadenceStore *store, const CadenceContext *context, const char *address,
                          GError **error)
{
  Asking asking = {.context = context, .address = address};
  if (!cadence_store_steadily(store, ask_prospect, &asking, error)) {
    g_free(asking.name);
    return NULL;
  }
  return asking.name;
}

static gboolean
take_match(notmuch_message_t *message, gpointer data)
{
  gpointer *both = data; /* the store, and the Search */
  const Search *search = both[1];
  cadence_message_parties(both[0], search->context, message, search->names);
  return TRUE;
}

static gboolean
find_matching(CadenceStore *store, gpointer data, GError **error)
{
  Search *search = data;
  gpointer both[] = {store, search};
  g_hash_table_remove_all(search->names);
  return cadence_query_each(store, search->query, FALSE, take_match, both, error);
}

/* The parties of the messages, less those that only scope would name and the index does not know.
 */
GPtrArray *
cadence_store_prospects_matching(CadenceStore *store, const CadenceContext *context,
                                 const char *query, GError **error)
{
  g_autoptr(GHashTable) names = names_new();
  Search search = {.context = context, .names = names, .query = query};
  if (!cadence_store_steadily(store, find_matching, &search, error))
    return NULL;
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init(&iter, names);
  while (g_hash_table_iter_next(&iter, &name, NULL)) {
    guint count = 0;
    if (context->everybody || cadence_parties_entries(context->parties, name))
      continue;
    g_autofree char *known = cadence_query_property(CADENCE_PROPERTY_PROSPECT, name);
    if (!cadence_query_count(store, known, &count, error))
      return NULL;
    if (count == 0)
      g_hash_table_iter_remove(&iter);
  }
  return sorted_names(names);
}
