/* The journal of what was sent: whatever stands in the file, its entries are sound; each is written
 * so that it reads as the same, and one more line is one more entry.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/cadence.h>

#include "fuzz.h"

#define NOW 1775044800 /* 2026-04-01T12:00:00Z */
#define WRITTEN_MAX 3

static void
holds_same(const CadenceSent *a, const CadenceSent *b)
{
  HOLDS(a->at == b->at && g_strcmp0(a->id, b->id) == 0 && g_strcmp0(a->answers, b->answers) == 0);
  HOLDS(g_strv_equal((const char *const *)a->recipients, (const char *const *)b->recipients));
}

static void
holds_sent(const CadenceSent *sent)
{
  fuzz_holds_utf8(sent->id);
  fuzz_holds_utf8(sent->answers);
  fuzz_holds_utf8_list((const char *const *)sent->recipients);
  HOLDS(sent->at > NOW - CADENCE_JOURNAL_DAYS * 24 * 60 * 60);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  const char *folder = fuzz_folder();
  fuzz_put("sent", data, size);
  g_autoptr(GPtrArray) journal = cadence_journal_read(folder, NOW);
  for (guint i = 0; i < journal->len; i++)
    holds_sent(journal->pdata[i]);
  guint more = MIN(journal->len, WRITTEN_MAX);
  for (guint i = 0; i < more; i++)
    HOLDS(cadence_journal_add(folder, journal->pdata[i], NULL));
  g_autoptr(GPtrArray) again = cadence_journal_read(folder, NOW);
  /* A last line without an end is no entry before, and may be one when it has been ended. */
  HOLDS(again->len == journal->len + more || again->len == journal->len + more + 1);
  for (guint i = 0; i < more; i++)
    holds_same(journal->pdata[i], again->pdata[again->len - more + i]);
  return 0;
}
