/* Queries: running them, and writing the ones that propose a prospect's mail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store.h"

#include <string.h>

/* Words longer than this are not indexed (Xapian's TermGenerator). */
#define WORD_MAX 64

static notmuch_query_t *
prepared(CadenceStore *store, notmuch_query_t *query, gboolean all)
{
  notmuch_query_set_sort(query, NOTMUCH_SORT_UNSORTED);
  notmuch_query_set_omit_excluded(query, all ? NOTMUCH_EXCLUDE_FALSE : NOTMUCH_EXCLUDE_ALL);
  for (char **tag = store->exclude; !all && *tag; tag++)
    (void)notmuch_query_add_tag_exclude(query, *tag);
  return query;
}

static notmuch_query_t *
query_new(CadenceStore *store, const char *text, gboolean all)
{
  return prepared(store, notmuch_query_create(store->db, text), all);
}

static gboolean
each_match(CadenceStore *store, notmuch_query_t *query, CadenceEach each, gpointer data,
           GError **error)
{
  notmuch_messages_t *messages;
  if (!cadence_status_ok(notmuch_query_search_messages(query, &messages), store->db,
                         CADENCE_ERROR_QUERY, error))
    return FALSE;
  gboolean go_on = TRUE;
  for (; go_on && notmuch_messages_valid(messages); notmuch_messages_move_to_next(messages)) {
    g_autoptr(NotmuchMessage) message = notmuch_messages_get(messages);
    if (message)
      go_on = each(message, data);
  }
  return cadence_store_whole(store, error);
}

gboolean
cadence_query_each(CadenceStore *store, const char *text, gboolean all, CadenceEach each,
                   gpointer data, GError **error)
{
  g_autoptr(NotmuchQuery) query = query_new(store, text, all);
  return each_match(store, query, each, data, error);
}

#define WINDOW 64 /* messages */

/* The next messages, each looked at. */
static void
fill(GPtrArray *window, notmuch_messages_t *messages, CadenceEach look, gpointer data)
{
  g_ptr_array_set_size(window, 0);
  for (; window->len < WINDOW && notmuch_messages_valid(messages);
       notmuch_messages_move_to_next(messages)) {
    notmuch_message_t *message = notmuch_messages_get(messages);
    if (!message)
      continue;
    (void)look(message, data);
    g_ptr_array_add(window, message);
  }
}

gboolean
cadence_query_each_ahead(CadenceStore *store, const char *text, CadenceEach look, CadenceEach each,
                         gpointer data, GError **error)
{
  notmuch_messages_t *messages;
  g_autoptr(NotmuchQuery) query = query_new(store, text, FALSE);
  g_autoptr(GPtrArray) window =
      g_ptr_array_new_with_free_func((GDestroyNotify)notmuch_message_destroy);
  if (!cadence_status_ok(notmuch_query_search_messages(query, &messages), store->db,
                         CADENCE_ERROR_QUERY, error))
    return FALSE;
  gboolean go_on = TRUE;
  while (go_on && notmuch_messages_valid(messages)) {
    fill(window, messages, look, data);
    for (guint i = 0; go_on && i < window->len; i++)
      go_on = each(window->pdata[i], data);
  }
  return cadence_store_whole(store, error);
}

gboolean
cadence_query_newest(CadenceStore *store, const char *text, CadenceEach each, gpointer data,
                     GError **error)
{
  g_autoptr(NotmuchQuery) query = query_new(store, text, FALSE);
  notmuch_query_set_sort(query, NOTMUCH_SORT_NEWEST_FIRST);
  return each_match(store, query, each, data, error);
}

char *
cadence_query_quoted(const char *text)
{
  g_autoptr(GString) string = g_string_new("\"");
  for (; *text; text++) {
    if (*text == '"' || *text == '\\')
      g_string_append_c(string, '\\');
    g_string_append_c(string, *text);
  }
  return g_strconcat(string->str, "\"", NULL);
}

gboolean
cadence_query_within(CadenceStore *store, const char *text, const char *ours, CadenceEach each,
                     gpointer data, gboolean *possible, GError **error)
{
  notmuch_query_t *created = NULL;
  *possible = notmuch_built_with("sexp_queries");
  if (!*possible)
    return TRUE;
  g_autofree char *theirs = cadence_query_quoted(text);
  gboolean everything = g_str_equal(text, "*"); /* which notmuch knows only where it stands alone */
  g_autofree char *both =
      everything ? g_strdup(ours) : g_strdup_printf("(and (infix %s) %s)", theirs, ours);
  if (!cadence_status_ok(
          notmuch_query_create_with_syntax(store->db, both, NOTMUCH_QUERY_SYNTAX_SEXP, &created),
          store->db, CADENCE_ERROR_QUERY, error))
    return FALSE;
  g_autoptr(NotmuchQuery) query = prepared(store, created, FALSE);
  notmuch_query_set_sort(query, NOTMUCH_SORT_NEWEST_FIRST);
  return each_match(store, query, each, data, error);
}

gboolean
cadence_query_count(CadenceStore *store, const char *text, guint *count, GError **error)
{
  g_autoptr(NotmuchQuery) query = query_new(store, text, TRUE);
  return cadence_status_ok(notmuch_query_count_messages(query, count), store->db,
                           CADENCE_ERROR_QUERY, error);
}

char *
cadence_query_property(const char *key, const char *value)
{
  g_auto(GStrv) parts = g_strsplit(value, "\"", -1);
  g_autofree char *doubled = g_strjoinv("\"\"", parts);
  return g_strdup_printf("property:\"%s=%s\"", key, doubled);
}

static gboolean
is_letter(char c)
{
  return g_ascii_isalnum(c) || c == '_' || (guchar)c >= 0x80;
}

/* An entry as a phrase. A dot, apostrophe or ampersand between letters stays, for Xapian may have
 * indexed it as part of a word; everything else that is no letter goes, lest it mean something to
 * the query parser (".." is a range, even inside quotes). Too long words are not indexed, so only
 * what follows the last of them can be asked for. */
static char *
phrase_of(const char *entry)
{
  g_autoptr(GString) phrase = g_string_new(NULL);
  gsize word = 0;
  for (const char *c = entry; *c; c++) {
    gboolean letter = is_letter(*c);
    gboolean infix = strchr(".'&", *c) && c > entry && is_letter(c[-1]) && is_letter(c[1]);
    word = letter ? word + 1 : 0;
    g_string_append_c(phrase, letter || infix ? *c : ' ');
    if (word > WORD_MAX)
      g_string_truncate(phrase, 0);
  }
  return g_strdup(g_strstrip(phrase->str));
}

/* Internationalised domains are indexed decoded. */
static char *
decoded(const char *entry)
{
  const char *at = strrchr(entry, '@');
  const char *domain = at ? at + 1 : entry;
  if (!strstr(domain, "xn--"))
    return NULL;
  g_autofree char *unicode = g_hostname_to_unicode(domain);
  return unicode ? g_strdup_printf("%.*s%s", (int)(domain - entry), entry, unicode) : NULL;
}

static void
add_proposals(GString *query, const char *format, const char *entry)
{
  g_autofree char *phrase = phrase_of(entry);
  g_auto(GStrv) parts = g_strsplit(format, "%", -1);
  g_autofree char *proposal = g_strjoinv(phrase, parts);
  if (*phrase)
    g_string_append_printf(query, "%s%s", query->len ? " or " : "", proposal);
}

/* `format` for each entry, `%` standing for its phrase; NULL where no entry can be asked for. */
static char *
query_entries(const char *const *entries, const char *format)
{
  g_autoptr(GString) query = g_string_new(NULL);
  for (; *entries; entries++) {
    g_autofree char *unicode = decoded(*entries);
    add_proposals(query, format, *entries);
    if (unicode)
      add_proposals(query, format, unicode);
  }
  return query->len ? g_string_free(g_steal_pointer(&query), FALSE) : NULL;
}

char *
cadence_query_mail(const char *const *entries)
{
  return query_entries(entries, "from:\"%\" or to:\"%\"");
}

/* Without a field Xapian would look in those of sender and recipients as well, which takes three
 * times as long. */
char *
cadence_query_named(const char *const *entries)
{
  return query_entries(entries, "body:\"%\" or subject:\"%\"");
}

char *
cadence_query_reports(const char *const *entries)
{
  g_autofree char *named = cadence_query_named(entries);
  return named ? g_strdup_printf("(%s) and (%s)", CADENCE_REPORTS, named) : NULL;
}

GStrv
cadence_property_values(notmuch_message_t *message, const char *key)
{
  g_autoptr(GStrvBuilder) values = g_strv_builder_new();
  notmuch_message_properties_t *properties = notmuch_message_get_properties(message, key, TRUE);
  for (; notmuch_message_properties_valid(properties);
       notmuch_message_properties_move_to_next(properties))
    g_strv_builder_add(values, notmuch_message_properties_value(properties));
  notmuch_message_properties_destroy(properties);
  return g_strv_builder_end(values);
}
