/* A prospect's contacts: what the index proposes, compared exactly.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "store.h"

#define STRANGERS_READ 10 /* messages of third parties read to learn which addresses are lists */

typedef struct {
  CadenceStore *store;
  const CadenceContext *context;
  const char *prospect;
  gboolean agreed;  /* the files name it; else scope does */
  gboolean covered; /* the last pass read its mail */
  GPtrArray *contacts;
  GHashTable *lists; /* addresses that List-Post names */
  GHashTable *fresh; /* may be NULL */
  guint strangers;
} Gathering;

static gboolean
is_ours(const Gathering *gathering, char **senders)
{
  return *senders &&
         cadence_parties_find(gathering->context->parties, *senders, NULL) == CADENCE_PARTY_US;
}

static gboolean
is_theirs(const Gathering *gathering, const char *address)
{
  return g_str_equal(cadence_store_owner(gathering->store, gathering->context, address),
                     gathering->prospect);
}

/* The prospect's among the recipients, each once. */
static GStrv
their_recipients(const Gathering *gathering, const char *id, const CadenceMessage *header)
{
  g_autoptr(GStrvBuilder) found = g_strv_builder_new();
  GHashTable *crowd = cadence_store_crowd(gathering->store, gathering->context, id, header);
  const GPtrArray *theirs = crowd ? g_hash_table_lookup(crowd, gathering->prospect) : NULL;
  for (guint i = 0; theirs && i < theirs->len; i++)
    g_strv_builder_add(found, theirs->pdata[i]);
  if (crowd)
    return g_strv_builder_end(found);
  g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
  char **lists[] = {header->to, header->cc, header->bcc};
  for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
    for (char **address = lists[i]; *address; address++) {
      if (is_theirs(gathering, *address) && g_hash_table_add(known, *address))
        g_strv_builder_add(found, *address);
    }
  }
  return g_strv_builder_end(found);
}

/* --- its kind --- */

static void
add_recipient(const Gathering *gathering, CadenceContact *contact, const char *address,
              gboolean permanent)
{
  if (!is_theirs(gathering, address))
    return;
  if (!contact->recipients)
    contact->recipients = g_ptr_array_new_with_free_func((GDestroyNotify)cadence_recipient_free);
  g_ptr_array_add(contact->recipients, cadence_recipient_new(address, permanent));
}

static void
take_cached_kind(const Gathering *gathering, CadenceContact *contact, notmuch_message_t *message)
{
  g_auto(GStrv) recipients = cadence_property_values(message, CADENCE_PROPERTY_BOUNCED);
  for (char **one = recipients; *one; one++) {
    gboolean soft = g_str_has_suffix(*one, " soft");
    if (soft)
      (*one)[strlen(*one) - strlen(" soft")] = '\0';
    add_recipient(gathering, contact, *one, !soft);
  }
  const char *value = NULL;
  (void)notmuch_message_get_property(message, CADENCE_PROPERTY_RETURNED, &value);
  contact->returned = g_strdup(value);
  value = NULL;
  (void)notmuch_message_get_property(message, CADENCE_PROPERTY_ABSENT, &value);
  contact->absence = value != NULL;
  if (value && !cadence_day_parse(value, &contact->absent_until, NULL))
    contact->absent_until = CADENCE_DAY_NONE;
  value = NULL;
  (void)notmuch_message_get_property(message, CADENCE_PROPERTY_PROPOSED, &value);
  if (value && !cadence_day_parse(value, &contact->proposed_until, NULL))
    contact->proposed_until = CADENCE_DAY_NONE;
}

/* A list of our own (sales@ as a group that mails its members) is an address of ours: what people
 * write to it they wrote to us. */
static gboolean
came_by_our_list(const Gathering *gathering, const CadenceMessage *header)
{
  for (char **post = header->list_posts; *post; post++) {
    if (cadence_parties_find(gathering->context->parties, *post, NULL) == CADENCE_PARTY_US)
      return header->kind == CADENCE_KIND_LIST;
  }
  return FALSE;
}

static void
take_read_kind(const Gathering *gathering, CadenceContact *contact, const CadenceMessage *header)
{
  if (came_by_our_list(gathering, header))
    return;
  contact->kind = header->kind;
  contact->absence = header->absence;
  contact->absent_until = header->absent_until;
  contact->proposed_until = header->proposed_until;
  contact->returned = g_strdup(header->returned);
  for (guint i = 0; header->recipients && i < header->recipients->len; i++) {
    const CadenceRecipient *recipient = header->recipients->pdata[i];
    add_recipient(gathering, contact, recipient->address, recipient->permanent);
  }
  cadence_fresh_kind(gathering->fresh, contact->id, header);
}

/* The kind that is cached; NULL for none, and where this pass is to find out anew. */
static const char *
cached_kind(const Gathering *gathering, notmuch_message_t *message)
{
  const char *kind = NULL;
  (void)notmuch_message_get_property(message, CADENCE_PROPERTY_KIND, &kind);
  gboolean outdated = gathering->fresh && cadence_kinds_outdated(gathering->store);
  if (kind && outdated)
    cadence_fresh_forget(gathering->fresh, cadence_message_id(message));
  return outdated ? NULL : kind;
}

/* Whether nobody has read the body of a message yet for its kind. */
static gboolean
needs_body(const Gathering *gathering, notmuch_message_t *message)
{
  const char *id = cadence_message_id(message);
  return !cached_kind(gathering, message) &&
         !(gathering->covered && !cadence_kinds_changed(gathering->store, id));
}

/* The header of a message that may have been sent to us, and its body where that is needed. */
static const CadenceMessage *
inbound_header(const Gathering *gathering, notmuch_message_t *message)
{
  return cadence_store_header(gathering->store, message, needs_body(gathering, message));
}

/* The kind of an inbound message: as cached, else as it was read. */
static void
take_kind(const Gathering *gathering, CadenceContact *contact, notmuch_message_t *message,
          const CadenceMessage *header)
{
  const char *cached = cached_kind(gathering, message);
  if (cached && cadence_kind_from_id(cached, &contact->kind))
    take_cached_kind(gathering, contact, message);
  else if (header)
    take_read_kind(gathering, contact, header);
}

/* --- one message --- */

static void
take_tags(const Gathering *gathering, CadenceContact *contact, notmuch_message_t *message)
{
  const char *settled = cadence_config_policy(gathering->context->config)->settled_tag;
  notmuch_tags_t *tags = notmuch_message_get_tags(message);
  for (; notmuch_tags_valid(tags); notmuch_tags_move_to_next(tags)) {
    const char *tag = notmuch_tags_get(tags);
    contact->settled |= *settled && g_str_equal(tag, settled);
    contact->unread |= g_str_equal(tag, "unread");
  }
  notmuch_tags_destroy(tags);
}

/* Only a message without a believable date needs to know when the index first saw it. */
static void
take_dates(const Gathering *gathering, CadenceContact *contact, notmuch_message_t *message,
           const CadenceMessage *header)
{
  const CadenceClock *clock = gathering->context->clock;
  const char *seen = NULL;
  CadenceDay day;
  contact->received = header ? header->received : 0;
  if (contact->date > 0 && contact->date <= clock->now)
    return;
  if (contact->received > 0 && contact->received <= clock->now)
    return;
  (void)notmuch_message_get_property(message, CADENCE_PROPERTY_SEEN, &seen);
  if (seen && cadence_day_parse(seen, &day, NULL)) {
    if (!cadence_instant_parse(seen, clock->zone, &contact->seen, NULL))
      contact->seen = 0;
  } else if (gathering->fresh) {
    g_autofree char *today = cadence_day_to_string(clock->today);
    cadence_fresh_add(gathering->fresh, contact->id, CADENCE_PROPERTY_SEEN, today);
  }
}

static char *
answered_id(const CadenceMessage *header)
{
  if (header->in_reply_to)
    return g_strdup(header->in_reply_to);
  guint n = g_strv_length(header->references);
  return n ? g_strdup(header->references[n - 1]) : NULL;
}

static CadenceContact *
contact_of(const Gathering *gathering, notmuch_message_t *message, CadenceDirection direction,
           const CadenceMessage *header)
{
  CadenceContact *contact = cadence_contact_new(
      cadence_message_id(message), direction,
      direction == CADENCE_OUTBOUND ? CADENCE_KIND_OUTBOUND : CADENCE_KIND_REPLY,
      notmuch_message_get_date(message));
  contact->thread = g_strdup(notmuch_message_get_thread_id(message));
  contact->subject = g_strdup(notmuch_message_get_header(message, "subject"));
  contact->from = g_strdup(notmuch_message_get_header(message, "from"));
  if (header)
    contact->answers = answered_id(header);
  take_tags(gathering, contact, message);
  take_dates(gathering, contact, message, header);
  return contact;
}

static void
note_lists(Gathering *gathering, const CadenceMessage *header)
{
  for (char **address = header->list_posts; !gathering->agreed && *address; address++)
    g_hash_table_add(gathering->lists, g_strdup(*address));
}

/* What is read of a mail of ours to thousands is read once, not for every one of them. */
static CadenceContact *
outbound_contact(const Gathering *gathering, notmuch_message_t *message,
                 const CadenceMessage *header)
{
  GHashTable *known = gathering->store->crowd_contacts;
  const char *id = cadence_message_id(message);
  const CadenceContact *contact = g_hash_table_lookup(known, id);
  if (contact)
    return cadence_contact_copy(contact);
  CadenceContact *first = contact_of(gathering, message, CADENCE_OUTBOUND, header);
  if (g_hash_table_contains(gathering->store->crowds, id))
    g_hash_table_insert(known, g_strdup(id), cadence_contact_copy(first));
  return first;
}

/* Without its file only the index can be believed: it proposed the message for this prospect. */
static void
take_outbound(Gathering *gathering, notmuch_message_t *message)
{
  const CadenceMessage *header = cadence_store_header(gathering->store, message, FALSE);
  g_auto(GStrv) addresses =
      header ? their_recipients(gathering, cadence_message_id(message), header) : NULL;
  if (header)
    note_lists(gathering, header);
  if (header && !*addresses)
    return;
  CadenceContact *contact = outbound_contact(gathering, message, header);
  contact->addresses = g_steal_pointer(&addresses);
  cadence_off_mail_take(contact, header ? header->contact : NULL);
  g_ptr_array_add(gathering->contacts, contact);
}

/* A machine's address (mailer-daemon@, noreply@) is nobody to write to: the contact bears no
 * address. */
static void
take_inbound(Gathering *gathering, notmuch_message_t *message, const char *sender)
{
  const CadenceMessage *header = inbound_header(gathering, message);
  CadenceContact *contact = contact_of(gathering, message, CADENCE_INBOUND, header);
  const char *addresses[] = {cadence_address_is_machine(sender) ? NULL : sender, NULL};
  contact->addresses = g_strdupv((char **)addresses);
  take_kind(gathering, contact, message, header);
  g_ptr_array_add(gathering->contacts, contact);
}

static gboolean
is_hidden(const Gathering *gathering, notmuch_message_t *message)
{
  return g_hash_table_contains(gathering->store->drafts, cadence_message_id(message));
}

/* Mail of third parties to the prospect is none of ours, but may show that an address is a list's.
 * Of most such mail not even the id is asked for, which would have all terms of it read. */
static void
take_stranger(Gathering *gathering, notmuch_message_t *message)
{
  if (gathering->agreed || gathering->strangers >= STRANGERS_READ || is_hidden(gathering, message))
    return;
  gathering->strangers++;
  const CadenceMessage *header = cadence_store_header(gathering->store, message, FALSE);
  if (header)
    note_lists(gathering, header);
}

static gboolean
take_mail(notmuch_message_t *message, gpointer data)
{
  Gathering *gathering = data;
  g_auto(GStrv) senders = cadence_message_senders(message);
  gboolean ours = is_ours(gathering, senders);
  gboolean theirs = !ours && *senders && is_theirs(gathering, *senders);
  if (!ours && !theirs)
    take_stranger(gathering, message);
  else if (is_hidden(gathering, message))
    return TRUE;
  else if (ours)
    take_outbound(gathering, message);
  else
    take_inbound(gathering, message, *senders);
  return TRUE;
}

/* What take_mail() will want to read. */
static gboolean
look_ahead(notmuch_message_t *message, gpointer data)
{
  const Gathering *gathering = data;
  g_auto(GStrv) senders = cadence_message_senders(message);
  gboolean ours = is_ours(gathering, senders);
  if (!ours && !(*senders && is_theirs(gathering, *senders)))
    return TRUE;
  if (!is_hidden(gathering, message))
    cadence_store_look_ahead(gathering->store, message, !ours && needs_body(gathering, message));
  return TRUE;
}

/* All mail from and to the entries. */
static gboolean
find_mail(Gathering *gathering, const char *const *entries, GError **error)
{
  CadenceStore *store = gathering->store;
  g_autofree char *query = cadence_query_mail(entries);
  if (!query)
    return TRUE;
  if (!store->ahead)
    return cadence_query_each(store, query, FALSE, take_mail, gathering, error);
  gboolean found = cadence_query_each_ahead(store, query, look_ahead, take_mail, gathering, error);
  cadence_ahead_drop(store->ahead);
  return found;
}

/* A report from somewhere else is the prospect's when it speaks of one of its addresses. */
static gboolean
take_report(notmuch_message_t *message, gpointer data)
{
  Gathering *gathering = data;
  g_auto(GStrv) senders = cadence_message_senders(message);
  if (is_hidden(gathering, message) || is_ours(gathering, senders) ||
      (*senders && is_theirs(gathering, *senders)))
    return TRUE;
  const CadenceMessage *header = inbound_header(gathering, message);
  g_autoptr(CadenceContact) contact = contact_of(gathering, message, CADENCE_INBOUND, header);
  contact->addresses = g_new0(char *, 1);
  take_kind(gathering, contact, message, header);
  gboolean report = contact->kind == CADENCE_KIND_BOUNCE || contact->kind == CADENCE_KIND_DELIVERY;
  if (report && contact->recipients)
    g_ptr_array_add(gathering->contacts, g_steal_pointer(&contact));
  return TRUE;
}

/* --- all of them --- */

/* Mail to a list is no contact with a person; what was sent to a person besides stays. */
static void
drop_lists(Gathering *gathering)
{
  for (guint i = gathering->contacts->len; g_hash_table_size(gathering->lists) && i > 0; i--) {
    CadenceContact *contact = gathering->contacts->pdata[i - 1];
    g_autoptr(GStrvBuilder) people = g_strv_builder_new();
    gboolean had = contact->addresses && *contact->addresses;
    for (char **address = contact->addresses; had && *address; address++) {
      if (!g_hash_table_contains(gathering->lists, *address))
        g_strv_builder_add(people, *address);
    }
    if (!had)
      continue;
    g_strfreev(contact->addresses);
    contact->addresses = g_strv_builder_end(people);
    if (!*contact->addresses)
      g_ptr_array_remove_index(gathering->contacts, i - 1);
  }
}

static gboolean
note_draft(notmuch_message_t *message, gpointer data)
{
  g_hash_table_add(data, g_strdup(cadence_message_id(message)));
  return TRUE;
}

gboolean
cadence_find_drafts(CadenceStore *store, const CadenceContext *context, GError **error)
{
  const char *query = cadence_config_policy(context->config)->drafts;
  if (store->drafts)
    return TRUE;
  g_autoptr(GHashTable) drafts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  if (*query && !cadence_query_each(store, query, TRUE, note_draft, drafts, error)) {
    g_prefix_error(error, "scope.drafts: ");
    return FALSE;
  }
  store->drafts = g_steal_pointer(&drafts);
  return TRUE;
}

static gboolean
find_reports(Gathering *gathering, const char *const *entries, GError **error)
{
  CadenceStore *store = gathering->store;
  gboolean may = store->single;
  if (!may && !cadence_reports_possible(store, entries, &may, error))
    return FALSE;
  g_autofree char *query = may ? cadence_query_reports(entries) : NULL;
  return !query || cadence_query_each(store, query, FALSE, take_report, gathering, error);
}

static gboolean
find_contacts(CadenceStore *store, gpointer data, GError **error)
{
  Gathering *gathering = data;
  const char *const named[] = {gathering->prospect, NULL};
  const char *const *entries =
      cadence_parties_entries(gathering->context->parties, gathering->prospect);
  gathering->agreed = entries != NULL;
  entries = entries ? entries : named;
  g_ptr_array_set_size(gathering->contacts, 0);
  g_hash_table_remove_all(gathering->lists);
  gathering->strangers = 0;
  if (!cadence_find_drafts(store, gathering->context, error) ||
      !cadence_kinds_prepare(store, gathering->context, gathering->prospect,
                             store->single ? entries : NULL, &gathering->covered, error))
    return FALSE;
  if (!find_mail(gathering, entries, error) ||
      !cadence_unindexed_each(store, gathering->context, entries, take_mail, gathering, error) ||
      !find_reports(gathering, entries, error))
    return FALSE;
  drop_lists(gathering);
  return cadence_gather_sent(store, gathering->context, gathering->prospect, gathering->contacts,
                             error);
}

GPtrArray *
cadence_gather(CadenceStore *store, const CadenceContext *context, const char *prospect,
               GHashTable *fresh, GError **error)
{
  g_autoptr(GPtrArray) contacts = cadence_contacts_new();
  g_autoptr(GHashTable) lists = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  Gathering gathering = {.store = store,
                         .context = context,
                         .prospect = prospect,
                         .contacts = contacts,
                         .lists = lists,
                         .fresh = fresh};
  if (!cadence_store_steadily(store, find_contacts, &gathering, error))
    return NULL;
  return g_steal_pointer(&contacts);
}

GPtrArray *
cadence_store_contacts(CadenceStore *store, const CadenceContext *context, const char *prospect,
                       GError **error)
{
  return cadence_gather(store, context, prospect, NULL, error);
}

CadenceStanding *
cadence_store_standing(CadenceStore *store, const CadenceContext *context, const char *prospect,
                       CadenceTerms *terms, GError **error)
{
  GPtrArray *contacts = cadence_gather(store, context, prospect, NULL, error);
  if (!contacts)
    return NULL;
  *terms = cadence_terms_fold(cadence_config_policy(context->config),
                              cadence_config_agreement(context->config, prospect));
  if (contacts->len == 0 && !terms->agreement) {
    g_ptr_array_unref(contacts);
    return NULL;
  }
  return cadence_standing_new(prospect, contacts, terms, context->clock);
}
