/* Phrases in a text. The words of the tables are numbered, so that each word of the text is looked
 * up once, and phrases are then compared by numbers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "phrases.h"

#include <string.h>

#define STEM_MIN 3 /* bytes of what may go on; as in phrases/generate */

/* What phrases are made of (phrases/generate): the number of a word, or one of these. 0 ends a
 * phrase, or a choice inside it. */
enum {
  CODE_STEM = 0x4000,   /* and its number: a word that begins so */
  CODE_GAP = 0x8000,    /* and how many words at most */
  CODE_CHOICE = 0xC000, /* then the length of all choices; each is led by its own length */
  CODE_BEGINS,
  CODE_ENDS,
  CODE_KIND = 0xC000, /* the bits that tell these apart */
};

/* clang-format off */
#define CODE(...)
#define WORD(word)
#define FROM(number)
#define STEM(stem)
#define ENTRY(first, meaning, start)
#define NEGATIVE(not_meaning, meaning)

static const guint16 code[] = {
#undef CODE
#define CODE(...) __VA_ARGS__,
#include "phrases.inc"
#undef CODE
#define CODE(...)
};

/* Sorted; a word's number is its place, from 1 on. */
static const char *const words[] = {
#undef WORD
#define WORD(word) word,
#include "phrases.inc"
#undef WORD
#define WORD(word)
};

/* By a byte, how many words begin with a lesser one. */
static const guint16 words_from[257] = {
#undef FROM
#define FROM(number) number,
#include "phrases.inc"
#undef FROM
#define FROM(number)
};

static const char *const stems[] = {
#undef STEM
#define STEM(stem) stem,
#include "phrases.inc"
#undef STEM
#define STEM(stem)
};

/* What may begin with a word or stem; sorted by that, those of one meaning in a row. */
static const struct {
  guint16 first;
  guint8 meaning;
  guint32 start; /* in `code` */
} entries[] = {
#undef ENTRY
#define ENTRY(first, meaning, start) {first, meaning, start},
#include "phrases.inc"
#undef ENTRY
#define ENTRY(first, meaning, start)
};

static const struct {
  MailMeaning not_meaning, meaning;
} negatives[] = {
#undef NEGATIVE
#define NEGATIVE(not_meaning, meaning) {not_meaning, meaning},
#include "phrases.inc"
};
/* clang-format on */

G_STATIC_ASSERT(G_N_ELEMENTS(words) < CODE_STEM && N_MEANINGS <= G_MAXUINT8);

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

/* ---- matching ---- */

static const MailWord *
word_at(const MailPhrases *text, guint i)
{
  return i < text->words->len ? &g_array_index(text->words, MailWord, i) : NULL;
}

/* By bytes, at most `limit` of the word's. */
static int
compare(const MailPhrases *text, const MailWord *word, const char *with, gsize limit)
{
  gsize n = MIN(word->length, limit), m = MIN(strlen(with), limit);
  int order = memcmp(text->folded + word->start, with, MIN(n, m));
  return order ? order : (n > m) - (n < m);
}

/* The number of a word; 0 where no phrase has it. */
static guint16
number_of(const MailPhrases *text, const MailWord *word)
{
  guchar first = (guchar)text->folded[word->start];
  gsize low = words_from[first], high = words_from[first + 1];
  while (low < high) {
    gsize middle = low + (high - low) / 2;
    int order = compare(text, word, words[middle], G_MAXSIZE);
    if (order == 0)
      return (guint16)(middle + 1);
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return 0;
}

static gboolean
has_stem(const MailPhrases *text, const MailWord *word, const char *stem)
{
  gsize length = strlen(stem);
  return word->length >= length && memcmp(text->folded + word->start, stem, length) == 0;
}

/* Whether one sign or word is there; `*i` goes behind it. */
static gboolean
match_one(const MailPhrases *text, guint16 wanted, guint *i)
{
  const MailWord *word = word_at(text, *i);
  if (wanted == CODE_BEGINS || wanted == CODE_ENDS)
    return !word || word->begins;
  if (!word)
    return FALSE;
  gboolean there = wanted & CODE_STEM ? has_stem(text, word, stems[wanted & ~CODE_KIND])
                                      : word->number == wanted;
  *i += there;
  return there;
}

static guint match(const MailPhrases *text, const guint16 *wanted, const guint16 *rest, guint i);

/* A gap of up to `width` words that does not reach across the end of a sentence. */
static guint
match_gap(const MailPhrases *text, const guint16 *wanted, const guint16 *rest, guint i, guint width)
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
match_choice(const MailPhrases *text, const guint16 *wanted, guint i)
{
  const guint16 *choice = wanted + 2, *close = choice + wanted[1];
  guint farthest = 0;
  const MailWord *word = word_at(text, i);
  for (; choice < close; choice += *choice + 1) {
    gboolean is_word = choice[1] && !(choice[1] & CODE_KIND);
    if (is_word && (!word || word->number != choice[1]))
      continue;
    guint end = match(text, choice + 1, close, i);
    farthest = MAX(farthest, end);
  }
  return farthest;
}

/* Where the phrase ends whose codes `wanted`, and behind them `rest` (may be NULL), stand from word
 * i on; 0 where they do not. A phrase has few gaps, and no choice inside another
 * (phrases/generate), so it does not go deep. */
static guint
match(const MailPhrases *text, const guint16 *wanted, const guint16 *rest, guint i)
{
  for (; *wanted || rest; wanted++) {
    if (*wanted == 0 && rest) {
      wanted = rest - 1;
      rest = NULL;
    } else if (*wanted == CODE_CHOICE) {
      return match_choice(text, wanted, i);
    } else if ((*wanted & CODE_KIND) == CODE_GAP) {
      return match_gap(text, wanted + 1, rest, i, *wanted & ~CODE_KIND);
    } else if (!match_one(text, *wanted, &i)) {
      return 0;
    }
  }
  return i;
}

/* ---- looking ---- */

static void
keep(MailPhrases *text, const MailHit *hit)
{
  if (hit->end)
    g_array_append_val(text->hits, *hit);
}

static gsize
first_entry(guint16 first)
{
  gsize low = 0, high = G_N_ELEMENTS(entries);
  while (low < high) {
    gsize middle = low + (high - low) / 2;
    if (entries[middle].first < first)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* The longest phrase of each meaning that begins with word i, by its number or that of a stem. */
static void
find_by(MailPhrases *text, guint i, guint16 first)
{
  MailHit best = {0};
  for (gsize e = first_entry(first); e < G_N_ELEMENTS(entries) && entries[e].first == first; e++) {
    if (entries[e].meaning < text->least || entries[e].meaning > text->most)
      continue;
    guint end = match(text, code + entries[e].start, NULL, i);
    if (entries[e].meaning != best.meaning) {
      keep(text, &best);
      best = (MailHit){.meaning = entries[e].meaning};
    }
    if (end > best.end)
      best = (MailHit){entries[e].meaning, i, end};
  }
  keep(text, &best);
}

/* Stems are sorted, so those that may fit stand in a row. */
static void
find_by_stems(MailPhrases *text, guint i)
{
  const MailWord *word = word_at(text, i);
  gsize low = 0, high = G_N_ELEMENTS(stems);
  while (low < high) {
    gsize middle = low + (high - low) / 2;
    if (compare(text, word, stems[middle], STEM_MIN) > 0)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < G_N_ELEMENTS(stems) && compare(text, word, stems[low], STEM_MIN) == 0; low++) {
    if (has_stem(text, word, stems[low]))
      find_by(text, i, (guint16)(CODE_STEM | low));
  }
}

static void
find_all(MailPhrases *text)
{
  for (guint i = 0; i < text->words->len; i++) {
    MailWord *word = &g_array_index(text->words, MailWord, i);
    word->number = number_of(text, word);
  }
  for (guint i = 0; i < text->words->len; i++) {
    const MailWord *word = &g_array_index(text->words, MailWord, i);
    if (word->number)
      find_by(text, i, word->number);
    find_by_stems(text, i);
  }
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
  for (gsize i = 0; i < G_N_ELEMENTS(negatives); i++) {
    if (mail_phrases_hit(text, negatives[i].not_meaning, NULL))
      take_away(text, negatives[i].not_meaning, negatives[i].meaning);
  }
}

MailPhrases *
mail_phrases_new(const char *text, gssize length)
{
  return mail_phrases_among(text, length, 0, N_MEANINGS - 1);
}

MailPhrases *
mail_phrases_among(const char *text, gssize length, MailMeaning least, MailMeaning most)
{
  MailPhrases *new = g_new0(MailPhrases, 1);
  new->least = least;
  new->most = most;
  new->folded = mail_phrases_fold(text, length);
  new->words = g_array_new(FALSE, FALSE, sizeof(MailWord));
  new->hits = g_array_new(FALSE, FALSE, sizeof(MailHit));
  mail_phrases_cut(new);
  find_all(new);
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
  const MailWord *first = &g_array_index(text->words, MailWord, hit->first);
  const MailWord *last = &g_array_index(text->words, MailWord, hit->end - 1);
  const char *end = text->folded + last->start + last->length;
  GString *quote = g_string_new(NULL);
  for (const char *c = text->folded + first->start; c < end; c++) {
    if (!g_ascii_isspace(*c))
      g_string_append_c(quote, *c);
    else if (!g_ascii_isspace(c[-1]))
      g_string_append_c(quote, ' ');
  }
  return g_string_free(quote, FALSE);
}
