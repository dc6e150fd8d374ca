/* The words and numbers of a text in which days are looked for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "date-reader.h"

#include <string.h>

#define BACK 30       /* days: what has no year lies no further before the mail */
#define DATES_MAX 200 /* of one text */

const MailWord *
mail_date_word(const MailDateReader *reader, guint i)
{
  return i < reader->text->words->len ? &g_array_index(reader->text->words, MailWord, i) : NULL;
}

/* The number that a word is, with what may follow its digits in `rest`; -1 where it begins with
 * none. */
static int
number_at(const MailDateReader *reader, guint i, const char **rest, gsize *rest_length)
{
  const MailWord *word = mail_date_word(reader, i);
  int number = 0;
  guint n = 0;
  const char *c = word ? reader->text->folded + word->start : "";
  for (; word && n < word->length && g_ascii_isdigit(c[n]); n++)
    number = n < 4 ? number * 10 + (c[n] - '0') : -1;
  if (n == 0 || n > 4)
    return -1;
  *rest = c + n;
  *rest_length = word->length - n;
  return number;
}

int
mail_date_number(const MailDateReader *reader, guint i)
{
  const char *rest;
  gsize length;
  int number = number_at(reader, i, &rest, &length);
  return number >= 0 && length == 0 ? number : -1;
}

gboolean
mail_date_joined(const MailDateReader *reader, guint i, const char *separator)
{
  const MailWord *word = mail_date_word(reader, i), *next = mail_date_word(reader, i + 1);
  guint end = word ? word->start + word->length : 0;
  return word && next && next->start - end == strlen(separator) &&
         memcmp(reader->text->folded + end, separator, strlen(separator)) == 0;
}

gboolean
mail_date_followed(const MailDateReader *reader, guint i, char c)
{
  const MailWord *word = mail_date_word(reader, i);
  return word && reader->text->folded[word->start + word->length] == c;
}

gboolean
mail_date_is_one_of(const MailDateReader *reader, guint i, const char *const *words)
{
  const MailWord *word = mail_date_word(reader, i);
  for (; word && *words; words++) {
    if (strlen(*words) == word->length &&
        memcmp(reader->text->folded + word->start, *words, word->length) == 0)
      return TRUE;
  }
  return FALSE;
}

int
mail_date_day_number(const MailDateReader *reader, guint i, gboolean *ordinal)
{
  static const char *const endings[] = {"st", "nd", "rd",  "th", "er", "e",  "ste",
                                        "de", "го", "ого", "o",  "a",  "-го"};
  const char *rest = "";
  gsize length = 0;
  int number = number_at(reader, i, &rest, &length);
  *ordinal = FALSE;
  for (gsize k = 0; number > 0 && k < G_N_ELEMENTS(endings); k++)
    *ordinal |= strlen(endings[k]) == length && memcmp(rest, endings[k], length) == 0;
  return number >= 1 && number <= 31 && (length == 0 || *ordinal) ? number : 0;
}

int
mail_date_year_number(const MailDateReader *reader, guint i, gboolean short_too)
{
  int number = mail_date_number(reader, i);
  if (number >= 1970 && number <= 2199)
    return number;
  return short_too && number >= 0 && number <= 99 ? 2000 + number : 0;
}

/* ---- days ---- */

int
mail_date_year_of(CadenceDay day)
{
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_julian(&date, (guint32)day);
  return g_date_get_year(&date);
}

int
mail_date_month_of(CadenceDay day)
{
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_julian(&date, (guint32)day);
  return (int)g_date_get_month(&date);
}

CadenceDay
mail_date_day_in(const MailDateReader *reader, int year, int month, int day)
{
  if (year)
    return cadence_day_from_ymd(year, month, day);
  if (reader->written == CADENCE_DAY_NONE)
    return CADENCE_DAY_NONE;
  for (int y = mail_date_year_of(reader->written) - 1; y <= mail_date_year_of(reader->written) + 1;
       y++) {
    CadenceDay found = cadence_day_from_ymd(y, month, day);
    if (found != CADENCE_DAY_NONE && found >= reader->written - BACK)
      return found;
  }
  return CADENCE_DAY_NONE;
}

guint
mail_date_take_span(MailDateReader *reader, CadenceDay day, CadenceDay last, guint first, guint end)
{
  gboolean week = first < reader->text->words->len && (reader->flags[first] & WEEK_OF);
  MailDate date = {day, week ? day + 4 : last, first, end};
  if (day == CADENCE_DAY_NONE || reader->found->len >= DATES_MAX)
    return 0;
  g_array_append_val(reader->found, date);
  return end;
}

guint
mail_date_take(MailDateReader *reader, CadenceDay day, guint first, guint end)
{
  return mail_date_take_span(reader, day, day, first, end);
}
