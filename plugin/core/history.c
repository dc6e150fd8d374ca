/* Contacts in any order -> history: each once, in order, with dates that can be believed, and with
 * what bounced taken back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "history.h"

#define CONTACT(array, i) ((CadenceContact *)g_ptr_array_index(array, i))

static gint64
earlier(gint64 a, gint64 b)
{
  return a > 0 && (b <= 0 || a < b) ? a : b;
}

/* Two finds of one message are one: the earlier of each date, whichever was found first. */
static void
merge(CadenceContact *known, const CadenceContact *contact)
{
  known->date = earlier(known->date, contact->date);
  known->received = earlier(known->received, contact->received);
  known->seen = earlier(known->seen, contact->seen);
  known->settled |= contact->settled;
  known->unread |= contact->unread;
}

static GHashTable *
drop_duplicates(GPtrArray *contacts)
{
  GHashTable *by_id = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < contacts->len;) {
    CadenceContact *contact = CONTACT(contacts, i);
    CadenceContact *known = g_hash_table_lookup(by_id, contact->id);
    if (!known) {
      g_hash_table_insert(by_id, contact->id, contact);
      i++;
      continue;
    }
    merge(known, contact);
    g_ptr_array_remove_index_fast(contacts, i);
  }
  return by_id;
}

/* A date later than now, or none, counts as the newest Received, else as the time when the index
 * first saw the message, else as now. */
static void
mend_date(CadenceContact *contact, gint64 now)
{
  const gint64 candidates[] = {contact->date, contact->received, contact->seen, now};
  for (guint i = 0; i < G_N_ELEMENTS(candidates); i++) {
    if (candidates[i] > 0 && candidates[i] <= now) {
      contact->date = candidates[i];
      return;
    }
  }
}

/* Contacts that answer each other in a circle answer nothing: each is a head of its own, so that it
 * does not matter where the circle was entered. Returns how much of the chain stands before it. */
static guint
cut_circle(const GPtrArray *chain, const CadenceContact *met, GHashTable *depths)
{
  guint start;
  if (!g_ptr_array_find((GPtrArray *)chain, met, &start))
    return chain->len;
  for (guint i = start; i < chain->len; i++)
    g_hash_table_insert(depths, CONTACT(chain, i), GUINT_TO_POINTER(1));
  return start;
}

/* How far down a chain of answers each contact is: 1 where it answers nothing that we have. Chains
 * come from mail, so they may be long: walked without recursion. */
static void
settle_chain(CadenceContact *contact, GHashTable *by_id, GHashTable *depths)
{
  g_autoptr(GPtrArray) chain = g_ptr_array_new();
  CadenceContact *parent = contact;
  while (parent && !g_hash_table_contains(depths, parent)) {
    g_hash_table_insert(depths, parent, GUINT_TO_POINTER(0));
    g_ptr_array_add(chain, parent);
    parent = parent->answers ? g_hash_table_lookup(by_id, parent->answers) : NULL;
  }
  guint left = cut_circle(chain, parent, depths);
  guint depth = parent ? GPOINTER_TO_UINT(g_hash_table_lookup(depths, parent)) : 0;
  for (guint i = left; i > 0; i--) {
    CadenceContact *child = CONTACT(chain, i - 1);
    if (parent)
      child->date = MAX(child->date, parent->date);
    g_hash_table_insert(depths, child, GUINT_TO_POINTER(++depth));
    parent = child;
  }
}

static int
compare_contacts(gconstpointer a, gconstpointer b, gpointer depths)
{
  const CadenceContact *x = *(CadenceContact *const *)a, *y = *(CadenceContact *const *)b;
  if (x->date != y->date)
    return x->date < y->date ? -1 : 1;
  guint dx = GPOINTER_TO_UINT(g_hash_table_lookup(depths, x));
  guint dy = GPOINTER_TO_UINT(g_hash_table_lookup(depths, y));
  if (dx != dy)
    return dx < dy ? -1 : 1;
  if (x->direction != y->direction)
    return x->direction == CADENCE_OUTBOUND ? -1 : 1;
  return g_strcmp0(x->id, y->id);
}

static gboolean
names(const CadenceContact *contact, const char *address)
{
  return contact->addresses && g_strv_contains((const char *const *)contact->addresses, address);
}

/* The mail that a bounce or report at index `i` speaks of: the one whose Message-ID it returns,
 * else the newest before it to that address. NULL where neither is here. */
static CadenceContact *
returned_mail(const GPtrArray *contacts, guint i, const char *address, GHashTable *by_id)
{
  const CadenceContact *bounce = CONTACT(contacts, i);
  CadenceContact *named = bounce->returned ? g_hash_table_lookup(by_id, bounce->returned) : NULL;
  if (named && named->direction == CADENCE_OUTBOUND)
    return named;
  for (guint k = i; k > 0; k--) {
    CadenceContact *mail = CONTACT(contacts, k - 1);
    if (mail->direction == CADENCE_OUTBOUND && names(mail, address))
      return mail;
  }
  return NULL;
}

/* A mail to several people of the prospect is taken back only when it reached none of them. A
 * report may name the address that a forwarder wrote to: where the mail had one address, that is
 * the one. */
static void
take_back(GPtrArray *contacts, guint i, GHashTable *by_id)
{
  const CadenceContact *bounce = CONTACT(contacts, i);
  for (guint r = 0; bounce->recipients && r < bounce->recipients->len; r++) {
    const char *address = ((CadenceRecipient *)bounce->recipients->pdata[r])->address;
    CadenceContact *mail = returned_mail(contacts, i, address, by_id);
    guint n = mail && mail->addresses ? g_strv_length(mail->addresses) : 0;
    if (!mail || mail->taken_back || (n > 1 && !names(mail, address)))
      continue;
    if (!mail->returned_from)
      mail->returned_from = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_hash_table_add(mail->returned_from, g_strdup(address));
    mail->taken_back = g_hash_table_size(mail->returned_from) >= MAX(n, 1);
  }
}

gboolean
cadence_reply_open(const CadenceContact *reply, const CadenceTerms *terms, CadenceDay day)
{
  return !cadence_reply_settled(reply) &&
         day < cadence_duration_after(reply->day, terms->policy->owed_lapse);
}

gboolean
cadence_reply_settled(const CadenceContact *reply)
{
  return reply->settled || reply->kind == CADENCE_KIND_PUTS_OFF;
}

gboolean
cadence_contact_is_attempt(const CadenceContact *contact)
{
  return contact->direction == CADENCE_OUTBOUND && !contact->taken_back;
}

gboolean
cadence_contact_is_reply(const CadenceContact *contact)
{
  return contact->direction == CADENCE_INBOUND && cadence_kind_is_reply(contact->kind);
}

/* An outbound contact answers a reply when one stands last before it and either it says so
 * (In-Reply-To) or that reply was still open on that day. */
static void
mark_answers(GPtrArray *contacts, const CadenceTerms *terms)
{
  g_autoptr(GHashTable) waiting = g_hash_table_new(g_str_hash, g_str_equal);
  const CadenceContact *newest = NULL;
  for (guint i = 0; i < contacts->len; i++) {
    CadenceContact *contact = CONTACT(contacts, i);
    if (cadence_contact_is_reply(contact)) {
      g_hash_table_add(waiting, contact->id);
      newest = contact;
    } else if (cadence_contact_is_attempt(contact)) {
      contact->answered =
          newest && (cadence_reply_open(newest, terms, contact->day) ||
                     (contact->answers && g_hash_table_contains(waiting, contact->answers)));
      g_hash_table_remove_all(waiting);
      newest = NULL;
    }
  }
}

void
cadence_history_prepare(GPtrArray *contacts, const CadenceTerms *terms, const CadenceClock *clock)
{
  CadenceDay revived = terms->agreement ? terms->agreement->revived : CADENCE_DAY_NONE;
  g_autoptr(GHashTable) by_id = drop_duplicates(contacts);
  g_autoptr(GHashTable) depths = g_hash_table_new(NULL, NULL);
  for (guint i = 0; i < contacts->len; i++)
    mend_date(CONTACT(contacts, i), clock->now);
  for (guint i = 0; i < contacts->len; i++)
    settle_chain(CONTACT(contacts, i), by_id, depths);
  g_ptr_array_sort_with_data(contacts, compare_contacts, depths);
  for (guint i = 0; i < contacts->len; i++) {
    CadenceContact *contact = CONTACT(contacts, i);
    contact->day = cadence_day_of(contact->date, clock->zone);
    contact->counts = contact->day >= revived;
  }
  for (guint i = 0; i < contacts->len; i++) {
    if (CONTACT(contacts, i)->kind == CADENCE_KIND_BOUNCE)
      take_back(contacts, i, by_id);
  }
  mark_answers(contacts, terms);
}
