/* The file of a refusal: what is read is written so that it reads as the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include <string.h>

#include "fuzz.h"

static void
holds_verdict(const CadenceVerdict *verdict)
{
  for (guint i = 0; i < verdict->reasons->len; i++) {
    const CadenceReason *reason = verdict->reasons->pdata[i];
    HOLDS(cadence_reason_id(reason->id) && cadence_severity_id(reason->severity));
    fuzz_holds_utf8(reason->message);
    fuzz_holds_utf8_list((const char *const *)reason->evidence);
  }
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_autoptr(SendmailRefusal) refusal = sendmail_record_parse((const char *)data, size);
  if (!refusal)
    return 0;
  HOLDS(refusal->recipients && refusal->at > 0 && refusal->allowed >= 0);
  holds_verdict(refusal->verdict);
  g_autofree char *written = sendmail_record_text(refusal);
  g_autoptr(SendmailRefusal) again = sendmail_record_parse(written, strlen(written));
  HOLDS(again && sendmail_refusal_covers(refusal, again->verdict));
  g_autofree char *twice = sendmail_record_text(again);
  HOLDS(g_str_equal(written, twice));
  return 0;
}
