/* What the mail says about each address of a prospect: bounced, opted out, absent.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "course.h"
#include "history.h"

#include <string.h>

static void
address_facts_free(CadenceAddressFacts *facts)
{
  g_free(facts->address);
  g_free(facts);
}

static CadenceAddressFacts *
facts_of(GHashTable *table, const char *address)
{
  CadenceAddressFacts *facts = g_hash_table_lookup(table, address);
  if (!facts) {
    facts = g_new0(CadenceAddressFacts, 1);
    facts->address = g_strdup(address);
    g_hash_table_insert(table, facts->address, facts);
  }
  return facts;
}

static void
note_works(CadenceAddressFacts *facts)
{
  facts->bounced = CADENCE_DAY_NONE;
  facts->bounced_id = NULL;
}

/* An absence that names no return date lasts as long as the policy says. */
static void
note_absence(CadenceAddressFacts *facts, const CadenceContact *contact, const CadenceTerms *terms)
{
  facts->absent_since = contact->day;
  facts->absent_until = contact->absent_until;
  if (facts->absent_until == CADENCE_DAY_NONE)
    facts->absent_until = cadence_duration_after(contact->day, terms->policy->absence);
  facts->absent_id = contact->id;
}

static void
note_inbound(CadenceAddressFacts *facts, const CadenceContact *contact, const CadenceTerms *terms)
{
  if (contact->channel == CADENCE_CHANNEL_MAIL)
    note_works(facts);
  if (cadence_contact_is_reply(contact)) {
    facts->inbound++;
    facts->absent_since = facts->absent_until = CADENCE_DAY_NONE;
    facts->absent_id = NULL;
  }
  if (contact->kind == CADENCE_KIND_OPT_OUT && contact->counts) {
    facts->opted_out = contact->day;
    facts->opted_out_id = contact->id;
  }
  if (contact->kind == CADENCE_KIND_AUTO && contact->absence && contact->counts)
    note_absence(facts, contact, terms);
}

/* Bounces and delivery reports speak of their recipients, whoever sent them. */
static void
note_report(GHashTable *table, const CadenceContact *contact)
{
  for (guint i = 0; contact->recipients && i < contact->recipients->len; i++) {
    const CadenceRecipient *recipient = contact->recipients->pdata[i];
    CadenceAddressFacts *facts = facts_of(table, recipient->address);
    if (contact->kind == CADENCE_KIND_DELIVERY) {
      note_works(facts);
    } else if (recipient->permanent && contact->counts) {
      facts->bounced = contact->day;
      facts->bounced_id = contact->id;
    }
  }
}

static int
compare_facts(gconstpointer a, gconstpointer b)
{
  const CadenceAddressFacts *x = *(CadenceAddressFacts *const *)a,
                            *y = *(CadenceAddressFacts *const *)b;
  return strcmp(x->address, y->address);
}

GPtrArray *
cadence_address_facts(const GPtrArray *contacts, const CadenceTerms *terms)
{
  g_autoptr(GHashTable) table = g_hash_table_new(g_str_hash, g_str_equal);
  for (char **entry = terms->agreement ? terms->agreement->match : NULL; entry && *entry; entry++) {
    if (strchr(*entry, '@'))
      facts_of(table, *entry);
  }
  for (guint i = 0; i < contacts->len; i++) {
    const CadenceContact *contact = contacts->pdata[i];
    gboolean report =
        contact->kind == CADENCE_KIND_BOUNCE || contact->kind == CADENCE_KIND_DELIVERY;
    if (report)
      note_report(table, contact);
    for (char **address = report ? NULL : contact->addresses; address && *address; address++) {
      if (contact->direction == CADENCE_INBOUND)
        note_inbound(facts_of(table, *address), contact, terms);
      else
        facts_of(table, *address)->outbound++;
    }
  }
  GPtrArray *facts = g_ptr_array_new_with_free_func((GDestroyNotify)address_facts_free);
  GHashTableIter iter;
  gpointer one;
  g_hash_table_iter_init(&iter, table);
  while (g_hash_table_iter_next(&iter, NULL, &one))
    g_ptr_array_add(facts, one);
  g_ptr_array_sort(facts, compare_facts);
  return facts;
}
