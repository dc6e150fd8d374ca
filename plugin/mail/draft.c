/* Reading a draft: who it goes to and what it answers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/address.h>
#include <cadence/message.h>
#include <cadence/new-text.h>

#include <glib/gi18n-lib.h>

#include "header.h"
#include "msgid.h"

#define ANSWERS_MAX 1000

/* In-Reply-To in its order, then References from the last back, each id once. */
static GStrv
answers(const MailHeader *header)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GPtrArray) references = g_ptr_array_new_with_free_func(g_free);
  mail_msgid_append(mail_header_get(header, "In-Reply-To"), ids);
  mail_msgid_append(mail_header_get(header, "References"), references);
  for (guint i = references->len; i > 0; i--)
    g_ptr_array_add(ids, g_strdup(references->pdata[i - 1]));
  g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GStrvBuilder) once = g_strv_builder_new();
  for (guint i = 0; i < ids->len && g_hash_table_size(seen) < ANSWERS_MAX; i++) {
    if (g_hash_table_add(seen, ids->pdata[i]))
      g_strv_builder_add(once, ids->pdata[i]);
  }
  return g_strv_builder_end(once);
}

/* One envelope recipient: an address, or a name with one in brackets. */
static char *
envelope_address(const char *rcpt, GError **error)
{
  char *address = cadence_address_canonical(rcpt);
  if (address)
    return address;
  g_auto(GStrv) found = cadence_address_list(rcpt);
  if (g_strv_length(found) == 1)
    return g_strdup(found[0]);
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_INPUT, _("“%s” is no mail address"), rcpt);
  return NULL;
}

static void
add_all(GHashTable *set, GStrv list)
{
  for (char **address = list; *address; address++)
    g_hash_table_add(set, *address);
}

/* Puts envelope recipients that stand nowhere in the header at the end of `bcc`. */
static gboolean
join_envelope(CadenceDraft *draft, const char *const *rcpts, GError **error)
{
  g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GStrvBuilder) bcc = g_strv_builder_new();
  g_autoptr(GPtrArray) more = g_ptr_array_new_with_free_func(g_free);
  add_all(known, draft->to);
  add_all(known, draft->cc);
  add_all(known, draft->bcc);
  g_strv_builder_addv(bcc, (const char **)draft->bcc);
  for (; rcpts && *rcpts; rcpts++) {
    char *address = envelope_address(*rcpts, error);
    if (!address)
      return FALSE;
    g_ptr_array_add(more, address);
    if (g_hash_table_add(known, address))
      g_strv_builder_add(bcc, address);
  }
  g_strfreev(draft->bcc);
  draft->bcc = g_strv_builder_end(bcc);
  return TRUE;
}

static void
set_list(GStrv *list, GStrv value)
{
  g_strfreev(*list);
  *list = value;
}

/* Whatever stands beside it, an attachment is something new; and of a nudge enough is said. */
void
cadence_draft_read_text(CadenceDraft *draft)
{
  g_autoptr(GBytes) message = g_steal_pointer(&draft->message);
  if (!message)
    return;
  gsize length;
  const char *bytes = g_bytes_get_data(message, &length);
  g_autoptr(CadenceNewText) text = cadence_new_text_parse(bytes, length);
  draft->nudge = cadence_new_text_nudge(text);
  draft->said = text->attached || draft->nudge ? NULL : cadence_new_text_said(text);
}

static MailHeader *
read_header(const char *bytes, gsize length)
{
  gsize block = MIN(length, CADENCE_HEADER_MAX);
  cadence_mail_init();
  mail_header_ends(bytes, block, &block);
  return mail_header_new(bytes, block);
}

GStrv
cadence_draft_resent_to(const char *bytes, gsize length)
{
  static const char *const fields[] = {"Resent-To", "Resent-Cc", "Resent-Bcc"};
  g_autoptr(MailHeader) header = read_header(bytes, length);
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GStrvBuilder) all = g_strv_builder_new();
  for (guint i = 0; i < G_N_ELEMENTS(fields); i++) {
    g_auto(GStrv) addresses = mail_header_addresses(header, fields[i]);
    for (char **address = addresses; *address; address++)
      if (g_hash_table_add(seen, g_strdup(*address)))
        g_strv_builder_add(all, *address);
  }
  return g_strv_builder_end(all);
}

CadenceDraft *
cadence_draft_parse(const char *bytes, gsize length, const char *const *rcpts, GError **error)
{
  g_autoptr(MailHeader) header = read_header(bytes, length);
  if (header->fields->len == 0) {
    g_set_error_literal(error, CADENCE_ERROR, CADENCE_ERROR_INPUT,
                        _("the draft is no mail: it has no header field"));
    return NULL;
  }
  g_autoptr(CadenceDraft) draft = cadence_draft_new();
  const char *subject = mail_header_get(header, "Subject");
  draft->id = mail_msgid_own(mail_header_get(header, "Message-ID"));
  draft->subject = subject ? mail_header_decode(subject) : NULL;
  set_list(&draft->from, mail_header_addresses(header, "From"));
  set_list(&draft->to, mail_header_addresses(header, "To"));
  set_list(&draft->cc, mail_header_addresses(header, "Cc"));
  set_list(&draft->bcc, mail_header_addresses(header, "Bcc"));
  set_list(&draft->answers, answers(header));
  draft->message = g_bytes_new(bytes, MIN(length, CADENCE_TEXT_MAX + 1));
  return join_envelope(draft, rcpts, error) ? g_steal_pointer(&draft) : NULL;
}
