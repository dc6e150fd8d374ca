/* The new text of a message, and what rules make of it. Twice the bytes take no more than so much
 * longer: driver.c and libFuzzer bound the time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/cadence.h>
#include <string.h>

#include "fuzz.h"

/* UTF-8 without control characters but line feed and tab. */
static void
holds_text(const char *text)
{
  HOLDS(text && g_utf8_validate(text, -1, NULL));
  for (; *text; text = g_utf8_next_char(text))
    HOLDS(*text == '\n' || *text == '\t' || !g_unichar_iscntrl(g_utf8_get_char(text)));
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  cadence_mail_init();
  g_autoptr(CadenceNewText) text = cadence_new_text_parse((const char *)data, size);
  g_autofree char *said = cadence_new_text_said(text);
  g_autofree char *nudge = cadence_new_text_nudge(text);
  holds_text(text->text);
  holds_text(text->own);
  holds_text(said);
  if (nudge)
    holds_text(nudge);
  double share = cadence_similar_share(said, text->text);
  HOLDS(share >= 0.0 && share <= 1.0);
  double same = cadence_similar_share(said, said);
  HOLDS(same == 0.0 || same == 1.0);

  g_autoptr(CadenceDraft) draft = cadence_draft_parse((const char *)data, size, NULL, NULL);
  if (!draft)
    return 0;
  cadence_draft_read_text(draft);
  fuzz_holds_utf8(draft->nudge);
  return 0;
}
