/* Drafts: what recipients a message has, whatever its bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mail.h"

#define ANSWERS_MAX 1000

/* Whom the header names already changes nothing as a recipient of the envelope. */
static void
holds_with_envelope(const char *bytes, gsize size, const CadenceDraft *draft)
{
  g_autoptr(CadenceDraft) again =
      cadence_draft_parse(bytes, size, (const char *const *)draft->to, NULL);
  HOLDS(again);
  HOLDS(g_strv_equal((const char *const *)again->to, (const char *const *)draft->to));
  HOLDS(g_strv_equal((const char *const *)again->bcc, (const char *const *)draft->bcc));
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CadenceDraft) draft = cadence_draft_parse((const char *)data, size, NULL, &error);
  fuzz_holds_error(draft != NULL, error);
  if (!draft)
    return 0;
  fuzz_holds_addresses(draft->from);
  fuzz_holds_addresses(draft->to);
  fuzz_holds_addresses(draft->cc);
  fuzz_holds_addresses(draft->bcc);
  g_auto(GStrv) resent = cadence_draft_resent_to((const char *)data, size);
  fuzz_holds_addresses(resent);
  fuzz_holds_utf8(draft->id);
  fuzz_holds_utf8(draft->subject);
  fuzz_holds_utf8_list((const char *const *)draft->answers);
  HOLDS(g_strv_length(draft->answers) <= ANSWERS_MAX);
  holds_with_envelope((const char *)data, size, draft);
  return 0;
}
