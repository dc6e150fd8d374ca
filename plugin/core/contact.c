/* Contacts as values.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/contact.h>

CadenceContact *
cadence_contact_new(const char *id, CadenceDirection direction, CadenceKind kind, gint64 date)
{
  CadenceContact *contact = g_new0(CadenceContact, 1);
  contact->id = g_strdup(id);
  contact->direction = direction;
  contact->kind = kind;
  contact->date = date;
  return contact;
}

CadenceContact *
cadence_contact_copy(const CadenceContact *contact)
{
  CadenceContact *copy = g_memdup2(contact, sizeof *contact);
  copy->id = g_strdup(contact->id);
  copy->thread = g_strdup(contact->thread);
  copy->answers = g_strdup(contact->answers);
  copy->subject = g_strdup(contact->subject);
  copy->from = g_strdup(contact->from);
  copy->returned = g_strdup(contact->returned);
  copy->addresses = NULL;
  copy->recipients = NULL;
  copy->returned_from = NULL;
  return copy;
}

void
cadence_contact_free(CadenceContact *contact)
{
  if (!contact)
    return;
  g_free(contact->id);
  g_free(contact->thread);
  g_free(contact->answers);
  g_free(contact->subject);
  g_free(contact->from);
  g_strfreev(contact->addresses);
  g_clear_pointer(&contact->recipients, g_ptr_array_unref);
  g_free(contact->returned);
  g_clear_pointer(&contact->returned_from, g_hash_table_unref);
  g_free(contact);
}

GPtrArray *
cadence_contacts_new(void)
{
  return g_ptr_array_new_with_free_func((GDestroyNotify)cadence_contact_free);
}

CadenceRecipient *
cadence_recipient_new(const char *address, gboolean permanent)
{
  CadenceRecipient *recipient = g_new0(CadenceRecipient, 1);
  recipient->address = g_strdup(address);
  recipient->permanent = permanent;
  return recipient;
}

void
cadence_recipient_free(CadenceRecipient *recipient)
{
  if (!recipient)
    return;
  g_free(recipient->address);
  g_free(recipient);
}
