/* Messages, header and parts: what kind they are, and whom they report.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mail.h"

#define EVIDENCE_MAX 200 /* bytes */
#define REFERENCES_MAX 1000

static void
holds_rules(const GPtrArray *rules)
{
  for (guint i = 0; i < rules->len; i++) {
    const CadenceRule *rule = rules->pdata[i];
    HOLDS(rule->id && strlen(rule->evidence) <= EVIDENCE_MAX);
    fuzz_holds_line(rule->evidence);
  }
}

static void
holds_recipients(const GPtrArray *recipients)
{
  for (guint i = 0; recipients && i < recipients->len; i++)
    fuzz_holds_address(((const CadenceRecipient *)recipients->pdata[i])->address);
}

static void
holds(const CadenceMessage *message)
{
  fuzz_holds_utf8(message->id);
  fuzz_holds_utf8(message->from);
  fuzz_holds_utf8(message->subject);
  fuzz_holds_utf8(message->in_reply_to);
  fuzz_holds_utf8(message->contact);
  fuzz_holds_utf8(message->returned);
  fuzz_holds_addresses(message->sender);
  fuzz_holds_addresses(message->to);
  fuzz_holds_addresses(message->cc);
  fuzz_holds_addresses(message->bcc);
  fuzz_holds_addresses(message->list_posts);
  fuzz_holds_utf8_list((const char *const *)message->references);
  HOLDS(g_strv_length(message->references) <= REFERENCES_MAX);
  HOLDS(message->date >= 0 && message->received >= 0);
  HOLDS(message->absent_until >= CADENCE_DAY_NONE && message->absent_until <= CADENCE_DAY_LAST);
  HOLDS(message->kind != CADENCE_KIND_OUTBOUND && cadence_kind_id(message->kind));
  holds_rules(message->rules);
  holds_recipients(message->recipients);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CadenceMessage) head = cadence_message_parse((const char *)data, size, FALSE, &error);
  g_autoptr(CadenceMessage) whole = cadence_message_parse((const char *)data, size, TRUE, NULL);
  fuzz_holds_error(head != NULL, error);
  HOLDS((head != NULL) == (whole != NULL));
  if (!head)
    return 0;
  holds(head);
  holds(whole);
  HOLDS(g_strcmp0(head->id, whole->id) == 0);
  if (!head->body_decides)
    HOLDS(head->kind == whole->kind && !whole->body_decides);
  return 0;
}
