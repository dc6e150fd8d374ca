/* Contacts off mail: small messages of our own that `log` wrote, told by their X-Cadence-Contact
 * field: a word for the channel, and "in" where they came to us.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store.h"

static const struct {
  const char *word;
  CadenceChannel channel;
} channels[] = {
    {"call", CADENCE_CHANNEL_PHONE},
    {"meeting", CADENCE_CHANNEL_MEETING},
    {"message", CADENCE_CHANNEL_OTHER},
    {"post", CADENCE_CHANNEL_POST},
};

gboolean
cadence_channel_from_log_word(const char *word, CadenceChannel *channel)
{
  for (guint i = 0; i < G_N_ELEMENTS(channels); i++) {
    if (g_strcmp0(word, channels[i].word) == 0) {
      *channel = channels[i].channel;
      return TRUE;
    }
  }
  return FALSE;
}

void
cadence_off_mail_take(CadenceContact *contact, const char *field)
{
  g_auto(GStrv) words = g_strsplit_set(field ? field : "", " \t;", 3);
  if (!cadence_channel_from_log_word(words[0], &contact->channel))
    return;
  if (g_strcmp0(words[1], "in") == 0) {
    contact->direction = CADENCE_INBOUND;
    contact->kind = CADENCE_KIND_REPLY;
  }
}
