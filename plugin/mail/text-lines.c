/* Cutting a text into lines.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "text-lines.h"

#include <string.h>

#include "html-text.h"

#define INDENT_MAX 4 /* blanks before quote marks */
#define INITIALS_MAX 4

/* Neither seen nor a blank: byte order marks, joiners, direction marks, soft hyphens. */
static gboolean
is_invisible(gunichar u)
{
  return u == 0xad || u == 0xfeff || (u >= 0x200b && u <= 0x200f) || (u >= 0x202a && u <= 0x202e) ||
         (u >= 0x2060 && u <= 0x2064) || (u >= 0x2066 && u <= 0x2069) || u == 0x034f;
}

static gboolean
is_blank(gunichar u)
{
  return u == '\t' || g_unichar_isspace(u);
}

/* Line ends become LF; a control character is left out in place, but one that is ours. */
static void
clean(char *text)
{
  char *out = text;
  for (const char *c = text; *c;) {
    const char *next = g_utf8_next_char(c);
    gunichar u = g_utf8_get_char(c);
    if (u == 0xfeff || u == 0x200b || u == 0xad)
      ;
    else if (u == 0x2028 || u == 0x2029 || (u == '\r' && *next != '\n'))
      *out++ = '\n';
    else if (u == '\n' || u == '\t' || u == (guchar)*MAIL_QUOTED_FROM_HERE || !g_unichar_iscntrl(u))
      while (c < next)
        *out++ = *c++;
    c = next;
  }
  *out = '\0';
}

/* "DQ> ": some editors quote with the initials of whom they quote. */
static gsize
initials_length(const char *text)
{
  gsize n = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  return n >= 1 && n <= INITIALS_MAX && text[n] == '>' && strchr("> ", text[n + 1]) ? n : 0;
}

/* "| quoted"; what ends in a bar too is a row of a table. */
static gboolean
is_bar(const char *text)
{
  return text[0] == '|' && strchr("| >", text[1]) && !g_str_has_suffix(text + 1, "|");
}

/* Behind quote marks: ">", ">>", "> >". An mbox escapes "From " at the start of a line with one. */
static const char *
skip_marks(const char *raw, guint16 *depth)
{
  const char *c = raw + strspn(raw, " \t");
  if (c - raw > INDENT_MAX || g_str_has_prefix(c, ">From "))
    return raw;
  c += initials_length(c);
  while (*c == '>' || is_bar(c)) {
    *depth += *depth < G_MAXUINT16 ? 1 : 0;
    c++;
    if (*c == ' ' && (c[1] == '>' || c[1] == '|'))
      c++;
  }
  return *depth > 0 ? c : raw;
}

static const char *
skip_blanks(const char *text)
{
  while (*text && (is_blank(g_utf8_get_char(text)) || is_invisible(g_utf8_get_char(text))))
    text = g_utf8_next_char(text);
  return text;
}

static guint
trimmed_length(const char *text)
{
  const char *end = text + strlen(text);
  while (end > text) {
    const char *before = g_utf8_prev_char(end);
    if (!is_blank(g_utf8_get_char(before)) && !is_invisible(g_utf8_get_char(before)))
      break;
    end = before;
  }
  return end - text;
}

static TextLine
make_line(char *raw)
{
  TextLine line = {.raw = raw, .kind = LINE_OWN};
  char *mark = strchr(raw, *MAIL_QUOTED_FROM_HERE);
  line.opens = mark != NULL;
  for (; mark; mark = strchr(mark, *MAIL_QUOTED_FROM_HERE))
    *mark = ' ';
  line.text = skip_blanks(skip_marks(raw, &line.depth));
  line.length = trimmed_length(line.text);
  line.blank = line.length == 0;
  return line;
}

TextLines *
mail_lines_new(char *text)
{
  TextLines *lines = g_new0(TextLines, 1);
  g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(TextLine));
  clean(text);
  lines->buffer = text;
  while (text && all->len < MAIL_LINES_MAX) {
    char *newline = strchr(text, '\n');
    if (newline)
      *newline = '\0';
    TextLine line = make_line(text);
    g_array_append_val(all, line);
    text = newline ? newline + 1 : NULL;
  }
  lines->n = all->len;
  lines->line = g_array_steal(all, NULL);
  return lines;
}

void
mail_lines_free(TextLines *lines)
{
  if (!lines)
    return;
  g_free(lines->line);
  g_free(lines->buffer);
  g_free(lines);
}

guint
mail_lines_next(const TextLines *lines, guint i)
{
  while (i < lines->n && lines->line[i].blank)
    i++;
  return i;
}
