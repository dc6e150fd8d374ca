/* Cutting a text to words: first everything is taken away that people write in several ways and the
 * tables in one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "phrases.h"

#include <string.h>

/* ---- folding ---- */

static char
fold_ascii(char c)
{
  if (c == '`')
    return '\'';
  return c == '\n' || !g_ascii_iscntrl(c) ? c : ' ';
}

static gunichar
fold_char(gunichar u)
{
  switch (u) {
  case 0x2018: /* quotation marks and accents that stand for an apostrophe */
  case 0x2019:
  case 0x201b:
  case 0x02bc:
  case 0x00b4:
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
      g_string_append_c(out, fold_ascii((char)u));
    else if (g_unichar_type(u) != G_UNICODE_NON_SPACING_MARK)
      g_string_append_unichar(out, fold_char(u));
  }
  return g_string_free(out, FALSE);
}

/* ---- cutting ---- */

static gboolean
is_letter(gunichar u)
{
  if (u < 0x80)
    return u == '\'' || g_ascii_isalnum((int)u);
  return g_unichar_isalpha(u) || g_unichar_type(u) == G_UNICODE_LETTER_NUMBER ||
         g_unichar_type(u) == G_UNICODE_OTHER_NUMBER || g_unichar_isdigit(u);
}

static gboolean
is_blank(char c)
{
  return c == ' ' || c == '\n' || c == '\0';
}

/* "9. März": a number of a day, so no sentence ends behind it. */
static gboolean
is_day(const char *text, const char *dot)
{
  const char *start = dot;
  while (start > text && g_ascii_isdigit(start[-1]))
    start--;
  return dot - start <= 2 && dot[1] == ' ' && g_unichar_isalpha(g_utf8_get_char(dot + 2));
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
  if (u == '.' && c - text >= 1 && g_ascii_isdigit(c[-1]) && is_day(text, c))
    return;
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

/* "December27th" is two words; "Q2" is one. */
static gboolean
is_glued(const char *start, const char *c)
{
  return c - start >= 3 && g_ascii_isdigit(*c) && !g_ascii_isdigit(c[-1]);
}

void
mail_phrases_cut(MailPhrases *text)
{
  MailWord next = {.begins = TRUE, .sentence = TRUE};
  const char *c = text->folded;
  while (*c) {
    const char *start = c;
    while (*c && is_letter(g_utf8_get_char(c)) && !is_glued(start, c))
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
