/* Phrases in a text. The tables come sorted by the first bytes of their first word, so that each
 * word of the text is held against a handful of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "phrases.h"

#include <string.h>

#define KEY 3 /* bytes of a first word by which phrases are sorted; as in phrases/generate */

typedef struct {
  MailMeaning meaning;
  const char *pattern; /* folded, with single blanks between what it says one after the other */
} Phrase;

static const Phrase phrases[] = {
#define PHRASE(meaning, pattern) {meaning, pattern},
#define ENTRY(key, number)
#define NEGATIVE(not_meaning, meaning)
#include "phrases.inc"
#undef PHRASE
#undef ENTRY
};

/* Where to find the phrases that begin with a word, by its first bytes; sorted. */
static const struct {
  char key[KEY + 1];
  guint16 number; /* in `phrases` */
} entries[] = {
#define PHRASE(meaning, pattern)
#define ENTRY(key, number) {key, number},
#include "phrases.inc"
#undef ENTRY
#undef NEGATIVE
};

/* From MEANING_NOT_X to MEANING_X, and to N_MEANINGS from others. */
static MailMeaning
taken_by(MailMeaning meaning)
{
  static const struct {
    MailMeaning not_meaning, meaning;
  } negatives[] = {
#define ENTRY(key, number)
#define NEGATIVE(not_meaning, meaning) {not_meaning, meaning},
#include "phrases.inc"
#undef PHRASE
#undef ENTRY
#undef NEGATIVE
  };
  for (gsize i = 0; i < G_N_ELEMENTS(negatives); i++) {
    if (negatives[i].not_meaning == meaning)
      return negatives[i].meaning;
  }
  return N_MEANINGS;
}

void
mail_phrases_free(MailPhrases *text)
{
  if (!text)
    return;
  g_free(text->folded);
  g_clear_pointer(&text->words, g_array_unref);
  g_clear_pointer(&text->hits, g_array_unref);
  g_free(text);
}

/* ---- folding ---- */

static gunichar
fold_char(gunichar u)
{
  switch (u) {
  case 0x2018: /* quotation marks and accents that stand for an apostrophe */
  case 0x2019:
  case 0x201b:
  case 0x02bc:
  case 0x00b4:
  case '`':
    return '\'';
  case 0x0131: /* i without its dot */
    return 'i';
  case 0x2010: /* hyphens and dashes */
  case 0x2011:
  case 0x2012:
  case 0x2013:
  case 0x2014:
  case 0x2015:
  case 0x2212:
    return '-';
  case '\n':
    return '\n';
  default:
    return g_unichar_isspace(u) || g_unichar_iscntrl(u) ? ' ' : u;
  }
}

static gboolean
is_ascii(const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++) {
    if (text[i] == '\0' || (guchar)text[i] >= 0x80)
      return FALSE;
  }
  return TRUE;
}

/* Everything that the tables write in one way and people in several. */
static char *
normalise(const char *text, gsize length)
{
  g_autofree char *valid = g_utf8_make_valid(text, (gssize)length);
  g_autofree char *apart = g_utf8_normalize(valid, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = g_utf8_casefold(apart, -1);
  return g_utf8_normalize(folded, -1, G_NORMALIZE_ALL);
}

char *
mail_phrases_fold(const char *text, gssize length)
{
  gsize size = MIN(length < 0 ? strlen(text) : (gsize)length, MAIL_PHRASES_MAX);
  g_autofree char *whole =
      is_ascii(text, size) ? g_ascii_strdown(text, (gssize)size) : normalise(text, size);
  GString *out = g_string_sized_new(strlen(whole));
  for (const char *c = whole; *c; c = g_utf8_next_char(c)) {
    gunichar u = g_utf8_get_char(c);
    if (u < 0x80)
      g_string_append_c(out, (char)fold_char(u));
    else if (g_unichar_type(u) != G_UNICODE_NON_SPACING_MARK)
      g_string_append_unichar(out, fold_char(u));
  }
  return g_string_free(out, FALSE);
}

/* ---- cutting ---- */

static gboolean
is_letter(gunichar u)
{
  return u == '\'' || g_unichar_isalpha(u) || g_unichar_type(u) == G_UNICODE_LETTER_NUMBER ||
         g_unichar_type(u) == G_UNICODE_OTHER_NUMBER || g_unichar_isdigit(u);
}

static gboolean
is_blank(char c)
{
  return c == ' ' || c == '\n' || c == '\0';
}

/* What a sign that is no letter does to the word after it. */
static void
separate(const char *text, const char *c, MailWord *next)
{
  gunichar u = g_utf8_get_char(c);
  const char *after = g_utf8_next_char(c);
  gboolean spaced = (c == text || is_blank(c[-1])) && is_blank(*after);
  if (u == '\n' || (u < 128 && strchr("()[]{}<>*|", (int)u)) || (u == '-' && spaced))
    next->begins = TRUE;
  if (u == '\n' && *(after + strspn(after, " ")) == '\n')
    next->sentence = TRUE;
  if (u == 0x3002 || (u < 128 && strchr(".!?;", (int)u) && !g_ascii_isalnum(*after)))
    next->begins = next->sentence = TRUE;
}

/* Apostrophes at its ends are quotation marks. FALSE where nothing else is in it. */
static gboolean
trim(const char *folded, MailWord *word)
{
  while (word->length > 0 && folded[word->start] == '\'') {
    word->start++;
    word->length--;
  }
  while (word->length > 0 && folded[word->start + word->length - 1] == '\'')
    word->length--;
  return word->length > 0;
}

static void
cut(MailPhrases *text)
{
  MailWord next = {.begins = TRUE, .sentence = TRUE};
  const char *c = text->folded;
  while (*c) {
    const char *start = c;
    while (*c && is_letter(g_utf8_get_char(c)))
      c = g_utf8_next_char(c);
    next.colon = c == start && *c == ':';
    next.start = (guint)(start - text->folded);
    next.length = next.colon ? 1 : (guint)(c - start);
    if (trim(text->folded, &next)) {
      g_array_append_val(text->words, next);
      next = (MailWord){0};
    }
    if (c == start) {
      separate(text->folded, c, &next);
      c = g_utf8_next_char(c);
    }
  }
}

/* ---- matching ---- */

static const MailWord *
word_at(const MailPhrases *text, guint i)
{
  return i < text->words->len ? &g_array_index(text->words, MailWord, i) : NULL;
}

static gboolean
is_word(const MailPhrases *text, const MailWord *word, const char *wanted, gsize length)
{
  gboolean starts = wanted[length - 1] == '*';
  length -= starts;
  return (starts ? word->length >= length : word->length == length) &&
         memcmp(text->folded + word->start, wanted, length) == 0;
}

/* Whether the sign or word at `wanted` is there; `*i` goes behind it. */
static gboolean
match_one(const MailPhrases *text, const char *wanted, gsize length, guint *i)
{
  const MailWord *word = word_at(text, *i);
  if (*wanted == '^' || *wanted == '$')
    return !word || word->begins;
  if (!word || !is_word(text, word, wanted, length))
    return FALSE;
  ++*i;
  return TRUE;
}

static guint match(const MailPhrases *text, const char *wanted, const char *rest, guint i);

/* A gap of up to `width` words that does not reach across the end of a sentence. */
static guint
match_gap(const MailPhrases *text, const char *wanted, const char *rest, guint i, guint width)
{
  for (guint skipped = 0; skipped <= width; skipped++, i++) {
    const MailWord *word = word_at(text, i);
    guint end = match(text, wanted, rest, i);
    if (!word || word->sentence)
      return end == i ? end : 0; /* but its end may be what follows */
    if (end)
      return end;
  }
  return 0;
}

/* The choice that leads farthest. */
static guint
match_choice(const MailPhrases *text, const char *wanted, guint i)
{
  const char *close = strchr(wanted, ')'), *choice = wanted + 1;
  const char *rest = close + 1 + (close[1] == ' ');
  guint farthest = 0;
  for (; choice <= close; choice += strcspn(choice, "|)") + 1) {
    guint end = match(text, choice, rest, i);
    farthest = MAX(farthest, end);
  }
  return farthest;
}

/* Where the phrase ends whose words `wanted`, and behind them `rest` (may be NULL), stand from word
 * i on; 0 where they do not. A phrase has few gaps, and no choice inside another
 * (phrases/generate), so it does not go deep. */
static guint
match(const MailPhrases *text, const char *wanted, const char *rest, guint i)
{
  while (TRUE) {
    gsize length = strcspn(wanted, " |)");
    if (length == 0 && !rest)
      return i;
    if (length == 0) {
      wanted = rest;
      rest = NULL;
      continue;
    }
    if (*wanted == '(')
      return match_choice(text, wanted, i);
    const char *next = wanted + length + (wanted[length] == ' ');
    if (g_str_has_prefix(wanted, "..."))
      return match_gap(text, next, rest, i, (guint)g_ascii_strtoull(wanted + 3, NULL, 10));
    if (!match_one(text, wanted, length, &i))
      return 0;
    wanted = next;
  }
}

/* By the first KEY bytes of a first word. */
static int
compare_key(const char *key, const char *word, gsize length)
{
  gsize n = strlen(key), m = MIN(length, KEY);
  int order = memcmp(key, word, MIN(n, m));
  return order ? order : (n > m) - (n < m);
}

static gsize
first_entry(const char *word, gsize length)
{
  gsize low = 0, high = G_N_ELEMENTS(entries);
  while (low < high) {
    gsize middle = low + (high - low) / 2;
    if (compare_key(entries[middle].key, word, length) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void
keep(MailPhrases *text, const MailHit *hit)
{
  if (hit->end)
    g_array_append_val(text->hits, *hit);
}

/* The longest phrase of each meaning that begins with word i. Phrases of one meaning are numbered
 * in a row. */
static void
find_at(MailPhrases *text, guint i)
{
  const MailWord *word = word_at(text, i);
  const char *start = text->folded + word->start;
  MailHit best = {0};
  for (gsize e = first_entry(start, word->length);
       e < G_N_ELEMENTS(entries) && compare_key(entries[e].key, start, word->length) == 0; e++) {
    const Phrase *phrase = &phrases[entries[e].number];
    guint end = match(text, phrase->pattern, NULL, i);
    if (phrase->meaning != best.meaning) {
      keep(text, &best);
      best = (MailHit){.meaning = phrase->meaning};
    }
    if (end > best.end)
      best = (MailHit){phrase->meaning, i, end};
  }
  keep(text, &best);
}

/* Drops the hits of `meaning` that share a word with one of `not_meaning`. */
static void
take_away(MailPhrases *text, MailMeaning not_meaning, MailMeaning meaning)
{
  g_autofree gboolean *taken = g_new0(gboolean, text->words->len + 1);
  guint index = 0, kept = 0;
  const MailHit *negative;
  while ((negative = mail_phrases_hit(text, not_meaning, &index))) {
    for (guint word = negative->first; word < negative->end; word++)
      taken[word] = TRUE;
  }
  for (guint i = 0; i < text->hits->len; i++) {
    MailHit hit = g_array_index(text->hits, MailHit, i);
    gboolean away = FALSE;
    for (guint word = hit.first; hit.meaning == meaning && word < hit.end; word++)
      away |= taken[word];
    if (!away)
      g_array_index(text->hits, MailHit, kept++) = hit;
  }
  g_array_set_size(text->hits, kept);
}

static void
apply_negatives(MailPhrases *text)
{
  for (guint meaning = 0; meaning < N_MEANINGS; meaning++) {
    MailMeaning taken = taken_by((MailMeaning)meaning);
    if (taken != N_MEANINGS && mail_phrases_hit(text, (MailMeaning)meaning, NULL))
      take_away(text, (MailMeaning)meaning, taken);
  }
}

MailPhrases *
mail_phrases_new(const char *text, gssize length)
{
  MailPhrases *new = g_new0(MailPhrases, 1);
  new->folded = mail_phrases_fold(text, length);
  new->words = g_array_new(FALSE, FALSE, sizeof(MailWord));
  new->hits = g_array_new(FALSE, FALSE, sizeof(MailHit));
  cut(new);
  for (guint i = 0; i < new->words->len; i++)
    find_at(new, i);
  apply_negatives(new);
  return new;
}

const MailHit *
mail_phrases_hit(const MailPhrases *text, MailMeaning meaning, guint *index)
{
  guint i = index ? *index : 0;
  const MailHit *found = NULL;
  for (; !found && i < text->hits->len; i++) {
    const MailHit *hit = &g_array_index(text->hits, MailHit, i);
    if (hit->meaning == meaning)
      found = hit;
  }
  if (index)
    *index = i;
  return found;
}

char *
mail_phrases_quote(const MailPhrases *text, const MailHit *hit)
{
  const MailWord *last = word_at(text, hit->end - 1);
  const char *end = text->folded + last->start + last->length;
  GString *quote = g_string_new(NULL);
  for (const char *c = text->folded + word_at(text, hit->first)->start; c < end; c++) {
    if (!is_blank(*c))
      g_string_append_c(quote, *c);
    else if (!is_blank(c[-1]))
      g_string_append_c(quote, ' ');
  }
  return g_string_free(quote, FALSE);
}
