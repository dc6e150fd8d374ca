/* Cleaning, measuring, cutting and wrapping.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "text.h"

#include <string.h>

#define MARKS_MAX 4  /* over one letter; no script needs more */
#define ROOM_LEAST 8 /* columns of a wrapped line, however narrow the terminal */

typedef enum {
  KEEP,
  BLANK,
  REPLACE,
  DROP,
} Fate;

static gboolean
is_mark(gunichar c)
{
  return g_unichar_iszerowidth(c);
}

static Fate
fate_of(gunichar c)
{
  switch (g_unichar_type(c)) {
  case G_UNICODE_CONTROL:
    return c == '\t' || c == '\n' || c == '\r' || c == 0x85 ? BLANK : REPLACE;
  case G_UNICODE_LINE_SEPARATOR:
  case G_UNICODE_PARAGRAPH_SEPARATOR:
  case G_UNICODE_SPACE_SEPARATOR:
    return BLANK;
  case G_UNICODE_FORMAT:
    return DROP;
  case G_UNICODE_SURROGATE:
    return REPLACE;
  default:
    break;
  }
  /* Hangul fillers, Mongolian and other variation selectors: nothing is seen of them. */
  return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 ? DROP : KEEP;
}

/* One character more; `marks` counts those that stand over the last letter. */
static void
add_clean(GString *clean, gunichar c, guint *marks)
{
  Fate fate = fate_of(c);
  *marks = is_mark(c) ? *marks + 1 : 0;
  if (fate == DROP || *marks > MARKS_MAX)
    return;
  if (fate == REPLACE)
    g_string_append(clean, "\xEF\xBF\xBD");
  else if (fate == KEEP)
    g_string_append_unichar(clean, c);
  else if (clean->len > 0 && clean->str[clean->len - 1] != ' ')
    g_string_append_c(clean, ' ');
}

char *
cli_clean(const char *foreign)
{
  GString *clean = g_string_new(NULL);
  guint marks = 0, n = 0;
  gsize left = foreign ? strnlen(foreign, (gsize)CLI_CLEAN_MAX * 16) : 0;
  g_autofree char *valid = g_utf8_make_valid(foreign ? foreign : "", (gssize)left);
  for (const char *at = valid; *at && n < CLI_CLEAN_MAX; at = g_utf8_next_char(at), n++)
    add_clean(clean, g_utf8_get_char(at), &marks);
  if (clean->len > 0 && clean->str[clean->len - 1] == ' ')
    g_string_truncate(clean, clean->len - 1);
  return g_string_free(clean, FALSE);
}

static guint
columns_of(gunichar c)
{
  if (g_unichar_iszerowidth(c))
    return 0;
  return g_unichar_iswide(c) ? 2 : 1;
}

guint
cli_width(const char *text)
{
  guint width = 0;
  for (; *text; text = g_utf8_next_char(text))
    width += columns_of(g_utf8_get_char(text));
  return width;
}

/* The first byte behind as many characters as fit. */
static const char *
fitting(const char *text, guint width)
{
  guint used = 0;
  for (; *text; text = g_utf8_next_char(text)) {
    used += columns_of(g_utf8_get_char(text));
    if (used > width)
      break;
  }
  return text;
}

char *
cli_fit(const char *text, guint width, const char *mark)
{
  if (cli_width(text) <= width)
    return g_strdup(text);
  guint room = cli_width(mark);
  const char *end = fitting(text, width > room ? width - room : width);
  while (end > text && end[-1] == ' ')
    end--;
  return g_strdup_printf("%.*s%s", (int)(end - text), text, width > room ? mark : "");
}

void
cli_pad(GString *out, guint n)
{
  while (n-- > 0)
    g_string_append_c(out, ' ');
}

/* Where the line that starts at `text` ends: behind its last word that fits, or within a word that
 * alone is too long. */
static const char *
line_end(const char *text, guint room)
{
  const char *end = fitting(text, room);
  if (!*end || *end == ' ')
    return end;
  for (const char *at = end; at > text; at--)
    if (*at == ' ')
      return at;
  return end > text ? end : g_utf8_next_char(text);
}

void
cli_wrap(GString *out, const char *text, guint indent, guint width)
{
  g_autofree char *clean = cli_clean(text);
  guint room = width > indent + ROOM_LEAST ? width - indent : ROOM_LEAST;
  const char *at = clean;
  while (width > 0 && cli_width(at) > room) {
    const char *end = line_end(at, room);
    g_string_append_len(out, at, end - at);
    g_string_append_c(out, '\n');
    cli_pad(out, indent);
    for (at = end; *at == ' ';)
      at++;
  }
  g_string_append(out, at);
  g_string_append_c(out, '\n');
}
