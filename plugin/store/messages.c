/* What is known of messages and addresses while a command runs: headers read lately, and whose an
 * address is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "store.h"

#define HEADERS_COST_MAX 200000 /* addresses kept of messages read lately; about 100 bytes each */
#define OWNERS_MAX 100000

/* Asked for as a header it comes by itself; the other way libnotmuch reads all terms of the message
 * first, of which a mail to thousands has thousands. In a database from before notmuch 0.10 it may
 * come as the file has it, in brackets. */
const char *
cadence_message_id(notmuch_message_t *message)
{
  const char *id = notmuch_message_get_header(message, "message-id");
  return id && *id && *id != '<' ? id : notmuch_message_get_message_id(message);
}

/* --- headers --- */

static guint
cost_of(const CadenceMessage *message)
{
  return 8 + g_strv_length(message->to) + g_strv_length(message->cc) + g_strv_length(message->bcc);
}

/* Only the last of the references is ever asked for. */
static void
drop_references(CadenceMessage *message)
{
  guint n = g_strv_length(message->references);
  if (n < 2)
    return;
  char *last = message->references[n - 1];
  message->references[n - 1] = NULL;
  g_strfreev(message->references);
  message->references = g_new0(char *, 2);
  message->references[0] = last;
}

static GStrv
filenames_of(notmuch_message_t *message)
{
  g_autoptr(GStrvBuilder) all = g_strv_builder_new();
  notmuch_filenames_t *names = notmuch_message_get_filenames(message);
  for (; notmuch_filenames_valid(names); notmuch_filenames_move_to_next(names))
    g_strv_builder_add(all, notmuch_filenames_get(names));
  notmuch_filenames_destroy(names);
  return g_strv_builder_end(all);
}

CadenceMessage *
cadence_read_first(const GStrv filenames, gboolean body)
{
  CadenceMessage *message = NULL;
  for (char **name = filenames; !message && *name; name++)
    message = cadence_message_read(*name, body, NULL);
  return message;
}

static CadenceMessage *
read_first_file(notmuch_message_t *message, gboolean body)
{
  g_auto(GStrv) filenames = filenames_of(message);
  return cadence_read_first(filenames, body);
}

static gboolean
is_known(const CadenceMessage *read, gboolean body)
{
  return read && !(body && read->body_decides);
}

void
cadence_store_look_ahead(CadenceStore *store, notmuch_message_t *message, gboolean body)
{
  const char *id = cadence_message_id(message);
  if (store->ahead && !is_known(g_hash_table_lookup(store->headers, id), body))
    cadence_ahead_ask(store->ahead, id, filenames_of(message), body);
}

const CadenceMessage *
cadence_store_header(CadenceStore *store, notmuch_message_t *message, gboolean body)
{
  const char *id = cadence_message_id(message);
  CadenceMessage *read = g_hash_table_lookup(store->headers, id);
  if (is_known(read, body))
    return read;
  if (!store->ahead || !cadence_ahead_take(store->ahead, id, body, &read))
    read = read_first_file(message, body);
  if (!read) {
    g_hash_table_add(store->gone, g_strdup(id));
    return NULL;
  }
  drop_references(read);
  store->headers_cost += cost_of(read);
  if (store->headers_cost > HEADERS_COST_MAX) {
    g_hash_table_remove_all(store->headers);
    g_hash_table_remove_all(store->crowds);
    g_hash_table_remove_all(store->crowd_contacts);
    store->headers_cost = cost_of(read);
  }
  g_hash_table_insert(store->headers, g_strdup(id), read);
  return read;
}

/* --- whose --- */

GStrv
cadence_message_senders(notmuch_message_t *message)
{
  const char *from = notmuch_message_get_header(message, "from");
  return from && *from ? cadence_address_list(from) : g_new0(char *, 1);
}

const char *
cadence_store_owner(CadenceStore *store, const CadenceContext *context, const char *address)
{
  const char *prospect;
  CadencePartyRole role = cadence_parties_find(context->parties, address, &prospect);
  if (role != CADENCE_PARTY_UNKNOWN)
    return prospect ? prospect : "";
  if (!cadence_scope_is_set(context) && !context->everybody)
    return "";
  const char *known = g_hash_table_lookup(store->owners, address);
  if (known)
    return known;
  if (g_hash_table_size(store->owners) >= OWNERS_MAX)
    g_hash_table_remove_all(store->owners);
  CadenceGroup group = cadence_config_policy(context->config)->group;
  char *name =
      cadence_address_is_machine(address) ? g_strdup("") : cadence_address_party(address, group);
  if (strlen(name) > CADENCE_PROPERTY_MAX) /* RFC 5321 section 4.5.3.1 allows a few bytes more */
    *name = '\0';
  g_hash_table_insert(store->owners, g_strdup(address), name);
  return name;
}

#define CROWD 64 /* recipients */

static void
add_to_crowd(GHashTable *crowd, const char *owner, const char *address)
{
  GPtrArray *theirs = g_hash_table_lookup(crowd, owner);
  if (!*owner)
    return;
  if (!theirs) {
    theirs = g_ptr_array_new_with_free_func(g_free);
    g_hash_table_insert(crowd, g_strdup(owner), theirs);
  }
  g_ptr_array_add(theirs, g_strdup(address));
}

GHashTable *
cadence_store_crowd(CadenceStore *store, const CadenceContext *context, const char *id,
                    const CadenceMessage *header)
{
  char **lists[] = {header->to, header->cc, header->bcc};
  GHashTable *crowd = g_hash_table_lookup(store->crowds, id);
  if (crowd || cost_of(header) < CROWD)
    return crowd;
  g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
  crowd = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
    for (char **address = lists[i]; *address; address++) {
      if (g_hash_table_add(known, *address))
        add_to_crowd(crowd, cadence_store_owner(store, context, *address), *address);
    }
  }
  g_hash_table_insert(store->crowds, g_strdup(id), crowd);
  return crowd;
}
