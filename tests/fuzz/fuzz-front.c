/* Front ends in mail clients: what they make of what their child printed (its exit status, a line
 * of
 * %%, the output), and the drafts that they make of what stands in a window.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "clients/common/draft.h"
#include "clients/common/verdict.h"

#include <string.h>

#include "fuzz.h"

static void
holds_verdict(const FrontOutput *output)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(FrontVerdict) verdict = front_verdict_read(output, &error);
  fuzz_holds_error(verdict != NULL, error);
  if (!verdict)
    return;
  HOLDS((int)verdict->decision == output->status);
  fuzz_holds_line(verdict->summary);
  for (guint i = 0; i < verdict->reasons->len; i++)
    fuzz_holds_line(((const FrontReason *)verdict->reasons->pdata[i])->message);
}

/* One field at most: whatever is behind a line's end goes on with it. */
static void
holds_draft(const char *name, const char *value)
{
  g_autoptr(GString) draft = g_string_new(NULL);
  front_draft_field(draft, name, value);
  front_draft_ids(draft, "References", value);
  g_auto(GStrv) lines = g_strsplit_set(draft->str, "\r\n", -1);
  guint fields = 0;
  for (char **line = lines; *line; line++)
    fields += **line && **line != ' ' && **line != '\t';
  HOLDS(fields <= 2);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_auto(GStrv) texts = fuzz_texts(data, size, 2);
  const char *first = texts[0] ? texts[0] : "", *second = *first ? texts[1] : NULL;
  if (!second)
    return 0;
  FrontOutput output = {.status = *first - '0',
                        .out = (char *)second,
                        .length = strlen(second),
                        .err = (char *)first};
  holds_verdict(&output);
  holds_draft(first, second);
  return 0;
}
