/* Finding what announces a quote. The words are in phrases/quotes.phrases; what they must stand
 * beside (a date, an address, other fields) is here, so that a sentence with such a word is none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "marks.h"

#include <string.h>

#include "phrases.h"

#define LABEL_MAX 40      /* bytes of a field's name */
#define FIELDS_MAX 24     /* lines of a block of fields */
#define ATTRIBUTION_MAX 7 /* lines of one */
#define ATTRIBUTION_BYTES 400
#define BEGINNING_BYTES 48 /* of one, in which its date begins */
#define RULE_LEAST 5       /* signs of a rule */
#define SENDER_LINES 3     /* above such a block */
#define SENDER_BYTES 100
#define TAIL 5        /* words that may stand behind the verb: "het volgende geschreven", a name */
#define TAIL_DATED 12 /* with a date among them */

/* ---- fields ---- */

enum {
  FIELD_NONE = 0,
  FIELD_FROM = 1 << 0,
  FIELD_DATE = 1 << 1,
  FIELD_TO = 1 << 2,
  FIELD_SUBJECT = 1 << 3,
  FIELD_OTHER = 1 << 4,
};

static const struct {
  MailMeaning meaning;
  guint8 field;
} fields[] = {
    {MEANING_FIELD_FROM, FIELD_FROM},   {MEANING_FIELD_DATE, FIELD_DATE},
    {MEANING_FIELD_TO, FIELD_TO},       {MEANING_FIELD_SUBJECT, FIELD_SUBJECT},
    {MEANING_FIELD_OTHER, FIELD_OTHER},
};

/* Whether the text is a phrase of that meaning and nothing else. */
static gboolean
is_phrase(const MailPhrases *text, MailMeaning meaning)
{
  guint index = 0;
  const MailHit *hit;
  while ((hit = mail_phrases_hit(text, meaning, &index))) {
    if (hit->first == 0 && hit->end == text->words->len)
      return TRUE;
  }
  return FALSE;
}

/* The length of a label with its colon, which may be the wide one (U+FF1A); 0 where none stands. */
static gsize
label_length(const char *text)
{
  for (gsize i = 0; i < LABEL_MAX && text[i]; i++) {
    if (text[i] == ':')
      return i + 1;
    if (g_str_has_prefix(text + i, "\xef\xbc\x9a"))
      return i + 3;
  }
  return 0;
}

static guint8
field_of(const TextLine *line)
{
  const char *text = line->text + strspn(line->text, "*_| ");
  gsize length = label_length(text);
  if (length == 0)
    return FIELD_NONE;
  g_autoptr(MailPhrases) label = mail_phrases_among(text, length, MAIL_QUOTE_MEANINGS);
  guint8 found = FIELD_NONE;
  for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
    if (is_phrase(label, fields[i].meaning))
      found |= fields[i].field;
  }
  return found;
}

void
mail_marks_prepare(TextLines *lines)
{
  for (guint i = 0; i < lines->n; i++)
    lines->line[i].field = field_of(&lines->line[i]);
}

static gboolean
has_address(const TextLine *line)
{
  const char *at = strchr(line->text, '@');
  return at && at > line->text && g_ascii_isgraph(at[-1]) && g_ascii_isalnum(at[1]);
}

typedef struct {
  guint end; /* behind the last field and the lines that it goes on in */
  guint8 seen;
  guint n;
  gboolean address;
} Block;

/* Fields one below the other, each perhaps on several lines, perhaps parted by single empty lines.
 */
static Block
read_block(const TextLines *lines, guint i)
{
  Block block = {.end = i};
  guint depth = lines->line[i].depth, loose = 0;
  for (guint k = i; k < lines->n && k < i + FIELDS_MAX; k++) {
    const TextLine *line = &lines->line[k];
    if (!line->blank && line->depth != depth)
      break;
    if (line->field) {
      loose = 0;
      block.seen |= line->field;
      block.n++;
      block.address |= has_address(line);
      block.end = k + 1;
    } else if (++loose > (line->blank || lines->line[k - 1].blank ? 1 : 4)) {
      break;
    }
  }
  return block;
}

/* Three fields of a mail, or two of which one has an address; never only places and dates. */
static gboolean
is_block(const Block *block)
{
  gboolean from = block->seen & FIELD_FROM, date = block->seen & FIELD_DATE;
  gboolean to = block->seen & FIELD_TO, subject = block->seen & FIELD_SUBJECT;
  if (block->n >= 3)
    return (from && subject) || (to && subject && (date || block->seen & FIELD_OTHER)) ||
           (from && date && to && block->address);
  return block->n == 2 && from && block->address && (date || subject || to);
}

/* ---- separators ---- */

static gboolean
is_rule(const TextLine *line)
{
  return line->length >= RULE_LEAST && strspn(line->text, "-_=*") == line->length;
}

/* The rest of a separator that was broken: "AM -------------" */
static gboolean
is_broken_rule(const TextLine *line)
{
  return line->length >= RULE_LEAST &&
         strcspn(line->text, "-") + strspn(line->text + strcspn(line->text, "-"), "-") ==
             line->length &&
         g_str_has_suffix(line->text, "-----");
}

/* "-----Original Message-----", "Begin forwarded message:" */
static gboolean
is_separator(const TextLine *line)
{
  if (line->blank || line->length > 200)
    return FALSE;
  gsize rule = strspn(line->text, "*-_= ");
  gboolean colon = line->text[line->length - 1] == ':';
  if (rule < 2 && !colon)
    return FALSE;
  g_autoptr(MailPhrases) text =
      mail_phrases_among(line->text + rule, line->length - rule, MAIL_QUOTE_MEANINGS);
  guint index = 0;
  const MailHit *hit = mail_phrases_hit(text, MEANING_SEPARATOR, &index);
  if (!hit || hit->first != 0)
    return FALSE;
  gboolean closed = strchr("-_=*", line->text[line->length - 1]) != NULL;
  return rule >= RULE_LEAST || (rule >= 2 && (closed || hit->end == text->words->len)) ||
         (colon && hit->end + 1 >= text->words->len);
}

/* ---- attributions ---- */

/* "10:58", "20.42", "9h05"; a year; "2/3/16" */
static gboolean
has_date(const char *text)
{
  for (const char *c = text; *c; c++) {
    if (!g_ascii_isdigit(*c) || (c > text && g_ascii_isalnum(c[-1])))
      continue;
    gsize n = strspn(c, "0123456789");
    if (n == 4 && (g_str_has_prefix(c, "19") || g_str_has_prefix(c, "20")))
      return TRUE;
    if (n <= 4 && c[n] && strchr(":./-h", c[n]) && g_ascii_isdigit(c[n + 1]))
      return TRUE;
    c += n - 1;
  }
  return FALSE;
}

static gboolean
ends_in_colon(const TextLine *line)
{
  const char *end = line->text + line->length;
  return line->length > 0 && (end[-1] == ':' || g_str_has_suffix(line->text, "\xef\xbc\x9a") ||
                              (line->length > 3 && memcmp(end - 3, "\xef\xbc\x9a", 3) == 0));
}

/* "wrote:", "schrieb am Fr., 28. Apr. 2017:" */
static gboolean
ends_in_verb(const char *joined)
{
  g_autoptr(MailPhrases) text = mail_phrases_among(joined, -1, MAIL_QUOTE_MEANINGS);
  guint index = 0, n = text->words->len;
  const MailHit *hit;
  while ((hit = mail_phrases_hit(text, MEANING_WROTE, &index))) {
    const MailWord *last = &g_array_index(text->words, MailWord, hit->end - 1);
    gboolean dated = has_date(text->folded + last->start + last->length);
    if (hit->end + (dated ? TAIL_DATED : TAIL) + 1 >= n)
      return TRUE;
  }
  return FALSE;
}

/* Begins as attributions do: "On", "Am", a date, a weekday and a date. */
static gboolean
begins_so(const TextLine *line)
{
  gsize head = MIN(line->length, BEGINNING_BYTES);
  for (gsize k = 0; k < head; k++) {
    if (g_ascii_isdigit(line->text[k]))
      return TRUE;
  }
  g_autoptr(MailPhrases) text = mail_phrases_among(line->text, head, MAIL_QUOTE_MEANINGS);
  guint index = 0;
  const MailHit *hit = mail_phrases_hit(text, MEANING_ON, &index);
  return hit && hit->first == 0;
}

static gboolean
may_begin(const TextLine *line)
{
  return line->blank ||
         (!strchr("<>[(:", line->text[0]) && !g_str_has_prefix(line->text, "mailto:"));
}

static gboolean
begins_paragraph(const TextLines *lines, guint i)
{
  return i == 0 || lines->line[i - 1].blank || lines->line[i - 1].depth != lines->line[i].depth;
}

/* A ">" that closes an address and stands first on its line is no quote mark. */
static gboolean
is_loose_end(const TextLine *line)
{
  return line->depth == 1 && line->length < 60 && ends_in_colon(line) && !strchr(line->text, '@');
}

typedef struct {
  GString *joined;
  gboolean date, address, verb;
  gboolean quoted; /* what follows it is */
  gboolean colon;
} Attribution;

/* The part of it that stands on this line is put before what was read so far. */
static void
take_line(Attribution *attribution, const TextLine *line)
{
  g_string_prepend_c(attribution->joined, ' ');
  g_string_prepend_len(attribution->joined, line->text, line->length);
  attribution->date |= has_date(line->text);
  attribution->address |= strchr(line->text, '@') && strpbrk(line->text, "<[(");
  if (!attribution->verb && attribution->joined->len <= ATTRIBUTION_BYTES)
    attribution->verb = ends_in_verb(attribution->joined->str);
}

/* What the words must stand beside, by how the first line begins. */
static gboolean
is_attribution(const Attribution *attribution, const TextLines *lines, guint first)
{
  gboolean either = attribution->date || attribution->address;
  if (!may_begin(&lines->line[first]))
    return FALSE;
  if (begins_so(&lines->line[first]) && attribution->verb && either)
    return TRUE;
  if (!attribution->colon)
    return FALSE;
  if (begins_so(&lines->line[first]) && attribution->date && attribution->address)
    return TRUE;
  return begins_paragraph(lines, first) &&
         (attribution->quoted ? attribution->verb || attribution->address
                              : attribution->verb && either);
}

static gboolean
is_quoted_below(const TextLines *lines, guint i, guint depth)
{
  guint next = mail_lines_next(lines, i + 1);
  return next < lines->n && lines->line[next].depth > depth;
}

/* The attribution whose last line is `i`, as short as it can be: where it begins, or G_MAXUINT. */
static guint
attribution_start(const TextLines *lines, guint i, guint from)
{
  const TextLine *last = &lines->line[i];
  guint depth = is_loose_end(last) ? 0 : last->depth, loose = G_MAXUINT;
  g_autoptr(GString) joined = g_string_new(NULL);
  Attribution attribution = {
      .joined = joined, .quoted = is_quoted_below(lines, i, depth), .colon = ends_in_colon(last)};
  for (guint k = i + 1; k > from && i - (k - 1) < ATTRIBUTION_MAX; k--) {
    const TextLine *line = &lines->line[k - 1];
    if (line->blank && k <= i && may_begin(&lines->line[k]))
      break;
    if (line->blank)
      continue;
    if (k <= i && line->depth != depth)
      break;
    take_line(&attribution, line);
    if (joined->len > ATTRIBUTION_BYTES)
      break;
    if (is_attribution(&attribution, lines, k - 1))
      return k - 1;
    if (loose == G_MAXUINT && attribution.verb && attribution.address && attribution.colon)
      loose = k - 1;
  }
  return loose;
}

/* "2013/7/20 Name <name@example.com>", "2016-03-03 17:21 GMT+01:00 Name": Gmail of those years. */
static gboolean
is_bare_date(const TextLines *lines, guint i)
{
  const TextLine *line = &lines->line[i];
  gsize year = strspn(line->text, "0123456789");
  if (year != 4 || !line->text[4] || !strchr("-/.", line->text[4]) || line->length > 200)
    return FALSE;
  gsize date = strspn(line->text, "0123456789-/.");
  if (date < 8 || date > 10 || line->text[date] != ' ')
    return FALSE;
  const char *end = line->text + line->length - 1;
  if (*end == ':')
    end--;
  return (*end == '>' && strchr(line->text, '@')) || strstr(line->text, " GMT+") ||
         strstr(line->text, " GMT-");
}

/* Zoho: "---- On ... wrote ----" */
static gboolean
is_dashed(const TextLine *line)
{
  if (line->length < 20 || line->length > ATTRIBUTION_BYTES || line->text[0] != '-' ||
      line->text[line->length - 1] != '-' || !has_date(line->text))
    return FALSE;
  g_autofree char *head = g_strndup(line->text, line->length);
  return ends_in_verb(head);
}

static gboolean
attribution_at(const TextLines *lines, guint i, guint from, guint *first, guint *end)
{
  const TextLine *line = &lines->line[i];
  *end = i + 1;
  *first = i;
  if (is_bare_date(lines, i) || is_dashed(line))
    return TRUE;
  if (!ends_in_colon(line) && !is_quoted_below(lines, i, line->depth))
    return FALSE;
  *first = attribution_start(lines, i, from);
  return *first != G_MAXUINT;
}

/* ---- all of them ---- */

/* Rules and separators above a block belong to it. */
static guint
with_rules_above(const TextLines *lines, guint i, guint from)
{
  guint first = i;
  for (guint k = i; k > from && i - k < 6; k--) {
    const TextLine *above = &lines->line[k - 1];
    if (is_rule(above) || is_separator(above))
      first = k - 1;
    else if (!above->blank)
      break;
  }
  return first;
}

/* Lotus Notes puts "Name", or "Name on 04/02/2001 05:44 PM", above a block that has no From. */
static guint
with_sender_above(const TextLines *lines, guint i, guint from)
{
  for (guint k = i; k > from && i - k < SENDER_LINES; k--) {
    const TextLine *line = &lines->line[k - 1];
    if (line->blank || line->length > SENDER_BYTES)
      break;
    if (!has_date(line->text))
      continue;
    gboolean alone = g_ascii_isdigit(line->text[0]);
    return alone && k - 1 > from && !lines->line[k - 2].blank ? k - 2 : k - 1;
  }
  return i;
}

static guint
block_start(const TextLines *lines, const Block *block, guint i, guint from)
{
  guint first = block->seen & FIELD_FROM ? i : with_sender_above(lines, i, from);
  return with_rules_above(lines, first, from);
}

gboolean
mail_mark_at(const TextLines *lines, guint i, guint from, guint *first, guint *end)
{
  const TextLine *line = &lines->line[i];
  if (line->opens) {
    *first = i;
    *end = i + 1;
    return TRUE;
  }
  if (line->blank)
    return FALSE;
  if (line->field & ~FIELD_OTHER) {
    Block block = read_block(lines, i);
    *first = block_start(lines, &block, i, from);
    *end = block.end;
    if (is_block(&block))
      return TRUE;
  }
  if (is_separator(line)) {
    *first = i;
    *end = i + 1 < lines->n && is_broken_rule(&lines->line[i + 1]) ? i + 2 : i + 1;
    guint next = mail_lines_next(lines, *end);
    Block block = {.end = *end};
    if (next < lines->n && lines->line[next].field)
      block = read_block(lines, next);
    if (is_block(&block))
      *end = block.end;
    return TRUE;
  }
  return attribution_at(lines, i, from, first, end);
}
