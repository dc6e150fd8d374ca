/* The new text: every line is what it is by the marks before it, and what is left is put together.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "new-text.h"

#include <string.h>

#include <cadence/message.h>

#include "file.h"
#include "marks.h"
#include "signature.h"
#include "text-part.h"

typedef struct {
  TextLines *lines;
  guint from;          /* no mark reaches before it */
  gboolean own;        /* the writer's own words were met */
  gboolean attributed; /* a quote was announced: from there on quoted lines are quotes */
  gboolean forwarded;  /* what follows is somebody else's, and there is nothing else */
} Sorting;

static void
set_kind(TextLines *lines, guint first, guint end, LineKind kind)
{
  for (guint i = first; i < end; i++)
    lines->line[i].kind = kind;
}

/* The end of the quoted lines that begin at `i`, with the empty lines among them. */
static guint
quoted_end(const TextLines *lines, guint i, guint depth)
{
  guint end = i;
  while (i < lines->n && lines->line[i].depth > depth) {
    end = i + 1;
    i = mail_lines_next(lines, end);
  }
  while (end < lines->n && lines->line[end].blank && lines->line[end].depth > depth)
    end++;
  return end;
}

/* What a mark announces: the quoted lines below it, else all that follows; where nothing stands
 * before it, that is what the message says. */
static guint
sort_mark(Sorting *sorting, guint first, guint end)
{
  TextLines *lines = sorting->lines;
  gboolean opens = lines->line[first].opens;
  set_kind(lines, first, end, LINE_MARK);
  guint next = mail_lines_next(lines, end);
  gboolean quoted = next < lines->n && lines->line[next].depth > lines->line[first].depth;
  sorting->attributed = TRUE;
  if (quoted && !opens) {
    end = quoted_end(lines, next, lines->line[first].depth);
    set_kind(lines, next, end, LINE_QUOTE);
  } else if (sorting->own || sorting->forwarded) {
    set_kind(lines, end, lines->n, LINE_QUOTE);
    end = lines->n;
  } else {
    sorting->forwarded = TRUE;
  }
  sorting->from = end;
  return end;
}

static guint
sort_line(Sorting *sorting, guint i)
{
  TextLines *lines = sorting->lines;
  guint first, end;
  if (lines->line[i].blank && !lines->line[i].opens)
    return i + 1;
  if (mail_mark_at(lines, i, sorting->from, &first, &end))
    return sort_mark(sorting, first, end);
  if (lines->line[i].depth > 0) {
    end = quoted_end(lines, i, 0);
    set_kind(lines, i, end, sorting->attributed ? LINE_QUOTE : LINE_CITED);
    return end;
  }
  lines->line[i].kind = sorting->forwarded ? LINE_CITED : LINE_OWN;
  sorting->own |= !sorting->forwarded && !lines->line[i].sent_from;
  return i + 1;
}

/* Quoted lines that nothing follows are what is answered, wherever something was said before. */
static void
drop_last_quote(const Sorting *sorting)
{
  for (guint i = sorting->lines->n; sorting->own && i > 0; i--) {
    TextLine *line = &sorting->lines->line[i - 1];
    if (line->kind == LINE_CITED)
      line->kind = LINE_QUOTE;
    else if (!line->blank && line->kind != LINE_SIGNATURE)
      break;
  }
}

static void
sort(TextLines *lines)
{
  Sorting sorting = {.lines = lines};
  mail_marks_prepare(lines);
  mail_signature_prepare(lines);
  for (guint i = 0; i < lines->n;)
    i = sort_line(&sorting, i);
  mail_signature_sort(lines);
  drop_last_quote(&sorting);
}

/* The lines of these kinds, without empty ones at the ends and never two in a row. */
static char *
join(const TextLines *lines, LineKind last)
{
  GString *out = g_string_new(NULL);
  gboolean blank = FALSE;
  for (guint i = 0; i < lines->n; i++) {
    const TextLine *line = &lines->line[i];
    if (line->blank && !(line->depth > 0 && line->kind == LINE_CITED && last == LINE_CITED)) {
      blank = TRUE;
    } else if (line->kind <= last) {
      g_string_append(out, blank && out->len > 0 ? "\n" : "");
      g_string_append_len(out, line->raw, line->text + line->length - line->raw);
      g_string_append_c(out, '\n');
      blank = FALSE;
    }
  }
  if (out->len > 0)
    g_string_truncate(out, out->len - 1);
  return g_string_free(out, FALSE);
}

CadenceNewText *
mail_new_text_of(GMimeObject *top)
{
  CadenceNewText *found = g_new0(CadenceNewText, 1);
  GString *text = g_string_new(NULL);
  if (top)
    mail_text_parts(top, text, &found->attached);
  g_autoptr(TextLines) lines = mail_lines_new(g_string_free(text, FALSE));
  sort(lines);
  found->text = join(lines, LINE_CITED);
  found->own = join(lines, LINE_OWN);
  return found;
}

/* What is cut off is an attachment, as a rule. */
CadenceNewText *
cadence_new_text_parse(const char *bytes, gsize length)
{
  cadence_mail_init();
  gboolean cut = length > CADENCE_TEXT_MAX;
  g_autoptr(GMimeMessage) message = mail_mime_parse(bytes, cut ? CADENCE_TEXT_MAX : length);
  CadenceNewText *found = mail_new_text_of(message ? g_mime_message_get_mime_part(message) : NULL);
  found->attached |= cut;
  return found;
}

CadenceNewText *
cadence_new_text_read(const char *filename, GError **error)
{
  g_autoptr(GByteArray) bytes = mail_file_read(filename, CADENCE_TEXT_MAX, error);
  return bytes ? cadence_new_text_parse((const char *)bytes->data, bytes->len) : NULL;
}

void
cadence_new_text_free(CadenceNewText *new_text)
{
  if (!new_text)
    return;
  g_free(new_text->text);
  g_free(new_text->own);
  g_free(new_text);
}
