/* What reaches a terminal: one line without a control character or one that is not seen, in as many
 * columns as there are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/text.h"

#include <string.h>

#include "fuzz.h"

#define WIDTH 40
#define INDENT 6

static void
holds_clean(const char *text)
{
  fuzz_holds_line(text);
  for (; *text; text = g_utf8_next_char(text)) {
    GUnicodeType type = g_unichar_type(g_utf8_get_char(text));
    HOLDS(type != G_UNICODE_FORMAT && type != G_UNICODE_LINE_SEPARATOR &&
          type != G_UNICODE_PARAGRAPH_SEPARATOR && type != G_UNICODE_SURROGATE);
  }
}

static void
holds_lines(const char *text, guint width)
{
  g_autoptr(GString) out = g_string_new(NULL);
  cli_pad(out, INDENT);
  cli_wrap(out, text, INDENT, width);
  g_auto(GStrv) lines = g_strsplit(out->str, "\n", -1);
  for (char **line = lines; *line; line++) {
    holds_clean(*line);
    HOLDS(cli_width(*line) <= width);
  }
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_autofree char *text = fuzz_text(data, size);
  g_autofree char *clean = cli_clean(text);
  g_autofree char *again = cli_clean(clean);
  holds_clean(clean);
  HOLDS(g_utf8_strlen(clean, -1) <= CLI_CLEAN_MAX);
  HOLDS(g_str_equal(clean, again));
  for (guint width = 1; width < WIDTH; width += WIDTH / 4) {
    g_autofree char *fit = cli_fit(clean, width, "...");
    HOLDS(cli_width(fit) <= width);
    holds_clean(fit);
  }
  holds_lines(text, WIDTH);
  return 0;
}
