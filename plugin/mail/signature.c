/* Finding signatures. A closing and a name ("Best regards, ...") are words of the writer and stay.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "signature.h"

#include <string.h>

#include "phrases.h"

#define SENT_FROM_MAX 120  /* bytes of a line that says what it was sent from */
#define SHORT_MAX 40       /* bytes of a closing or a name above such a line */
#define BELOW_SENT_FROM 3  /* lines */
#define SIGNATURE_MAX 12   /* lines under a delimiter that is not quite one */
#define FOOTER_RULE 20     /* signs of a rule above a list's footer */
#define DISCLAIMER_MIN 80  /* bytes of a paragraph that says what is confidential */
#define DISCLAIMER_WORDS 2 /* phrases in it */

static gboolean
begins_with(const MailPhrases *text, MailMeaning meaning)
{
  guint index = 0;
  const MailHit *hit = mail_phrases_hit(text, meaning, &index);
  return hit && hit->first == 0;
}

void
mail_signature_prepare(TextLines *lines)
{
  for (guint i = 0; i < lines->n; i++) {
    TextLine *line = &lines->line[i];
    gboolean apart = i == 0 || lines->line[i - 1].blank || lines->line[i - 1].length < SHORT_MAX ||
                     lines->line[i - 1].sent_from;
    if (line->blank || line->depth > 0 || line->length > SENT_FROM_MAX || !apart)
      continue;
    g_autoptr(MailPhrases) text = mail_phrases_among(line->text, line->length, MAIL_QUOTE_MEANINGS);
    line->sent_from = begins_with(text, MEANING_SENT_FROM);
  }
}

/* ---- the end of a stretch between quotes ---- */

static gboolean
is_left(const TextLine *line)
{
  return line->kind == LINE_OWN || line->kind == LINE_CITED;
}

static gboolean
is_one_of(const TextLine *line, const char *const *all, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    if (strlen(all[i]) == line->length && memcmp(all[i], line->text, line->length) == 0)
      return TRUE;
  }
  return FALSE;
}

/* RFC 3676 section 4.3, and what people take for it. */
static gboolean
is_delimiter(const TextLine *line)
{
  static const char *const delimiters[] = {"--", "---", "\xe2\x80\x94", "\xe2\x80\x93"};
  return line->depth == 0 && (is_one_of(line, delimiters, G_N_ELEMENTS(delimiters)) ||
                              (line->length >= 2 && strspn(line->text, "_") == line->length));
}

static gboolean
is_exact_delimiter(const TextLine *line)
{
  return strcmp(line->raw, "-- ") == 0;
}

/* Nothing but signs: what closes a text, but says nothing. U+1427 is what a tracker leaves. */
static gboolean
is_rule(const TextLine *line)
{
  return line->depth == 0 && (strcmp(line->text, "\xe1\x90\xa7") == 0 ||
                              (line->length >= 2 && strspn(line->text, "-_=*#~+") == line->length));
}

static gboolean
is_footer(const TextLines *lines, guint i, guint end)
{
  const TextLine *line = &lines->line[i];
  if (line->depth > 0 || line->length < FOOTER_RULE || strspn(line->text, "_-=*") != line->length)
    return FALSE;
  for (guint k = i + 1; k < end; k++) {
    if (strstr(lines->line[k].text, "http") || strchr(lines->line[k].text, '@'))
      return TRUE;
  }
  return FALSE;
}

/* Where the signature of this stretch begins; `end` where it has none. */
static guint
signature_start(const TextLines *lines, guint first, guint end)
{
  for (guint i = first; i < end; i++) {
    if (is_exact_delimiter(&lines->line[i]))
      return i;
  }
  guint start = end, below = 0;
  for (guint i = end; i > first && below <= SIGNATURE_MAX; i--) {
    if (is_delimiter(&lines->line[i - 1]) || is_footer(lines, i - 1, end))
      start = i - 1;
    below += lines->line[i - 1].blank ? 0 : 1;
  }
  return start;
}

static void
drop(TextLines *lines, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    lines->line[i].kind = LINE_SIGNATURE;
}

/* Several things that only disclaimers say, in one long paragraph; or the title of one. */
static void
drop_disclaimer(TextLines *lines, guint first, guint end)
{
  g_autoptr(GString) joined = g_string_new(NULL);
  for (guint i = first; i < end; i++) {
    g_string_append_len(joined, lines->line[i].text, lines->line[i].length);
    g_string_append_c(joined, ' ');
  }
  g_autoptr(MailPhrases) text = mail_phrases_among(joined->str, joined->len, MAIL_QUOTE_MEANINGS);
  guint index = 0, n = 0, until = 0;
  const MailHit *hit;
  while ((hit = mail_phrases_hit(text, MEANING_DISCLAIMER, &index))) {
    n += hit->first >= until ? 1 : 0;
    until = MAX(until, hit->end);
  }
  gboolean title = n == 1 && until == text->words->len && text->words->len <= 3;
  if (title || (n >= DISCLAIMER_WORDS && joined->len >= DISCLAIMER_MIN))
    drop(lines, first, end);
}

static void
drop_disclaimers(TextLines *lines, guint first, guint end)
{
  while (first < end) {
    guint stop = first;
    while (stop < end && !lines->line[stop].blank && lines->line[stop].depth == 0)
      stop++;
    if (stop > first)
      drop_disclaimer(lines, first, stop);
    first = stop + 1;
  }
}

/* A name or two may stand below such a line, no more. */
static void
drop_sent_from(TextLines *lines, guint first, guint end)
{
  guint below = 0;
  for (guint i = end; i > first && below <= BELOW_SENT_FROM; i--) {
    TextLine *line = &lines->line[i - 1];
    if (line->sent_from)
      drop(lines, i - 1, i);
    else
      below += !line->blank;
  }
}

static void
drop_stretch(TextLines *lines, guint first, guint end)
{
  guint start = signature_start(lines, first, end);
  drop(lines, start, end);
  drop_disclaimers(lines, first, start);
  drop_sent_from(lines, first, start);
  for (; start > first; start--) {
    const TextLine *line = &lines->line[start - 1];
    if (!line->blank && !is_rule(line) && is_left(line))
      break;
    drop(lines, start - 1, start);
  }
}

void
mail_signature_sort(TextLines *lines)
{
  for (guint first = 0; first < lines->n;) {
    guint end = first;
    while (end < lines->n && lines->line[end].kind != LINE_QUOTE &&
           lines->line[end].kind != LINE_MARK)
      end++;
    drop_stretch(lines, first, end);
    first = end + 1;
  }
}
