/* A logged contact: its subject and, behind a line of %%, its text, whatever they say. No header
 * comes into the message but those meant.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail.h"

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  cadence_mail_init();
  g_auto(GStrv) texts = fuzz_texts(data, size, 3);
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
  g_autoptr(GError) error = NULL;
  guint n = g_strv_length(texts);
  CadenceLogEntry entry = {.id = "log@test.example",
                           .from = "rep@example.com",
                           .to = "buyer@acme.example",
                           .word = "call",
                           .direction = CADENCE_OUTBOUND,
                           .date = 1775044800,
                           .answers = n > 2 ? texts[2] : NULL,
                           .subject = n > 0 ? texts[0] : NULL,
                           .text = n > 1 ? texts[1] : NULL};
  g_autoptr(GBytes) bytes = cadence_log_message(&entry, zone, &error);
  fuzz_holds_error(bytes != NULL, error);
  if (!bytes)
    return 0;
  gsize length;
  const char *mail = g_bytes_get_data(bytes, &length);
  g_autoptr(CadenceMessage) message = cadence_message_parse(mail, length, TRUE, NULL);
  HOLDS(message && g_strcmp0(message->id, entry.id) == 0);
  HOLDS(g_strv_length(message->sender) == 1 && g_str_equal(message->sender[0], entry.from));
  HOLDS(g_strv_length(message->to) == 1 && g_str_equal(message->to[0], entry.to));
  HOLDS(!*message->cc && !*message->bcc && message->date == entry.date && message->contact);
  fuzz_holds_utf8(message->subject);
  return 0;
}
