/* Reads a day of the calendar as people type it: by numbers, or with the name of its month.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "when-forms.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "quoted.h"

static const char *const months[] = {"january",  "february", "march",  "april",     "may",
                                     "june",     "july",     "august", "september", "october",
                                     "november", "december", NULL};

/* The next such day or the last, today counting: 29 February may take eight years. */
static CadenceDay
without_year(const CadenceWhen *when, int month, int day_of_month)
{
  GDate today;
  g_date_clear(&today, 1);
  g_date_set_julian(&today, (guint32)when->today);
  int year = g_date_get_year(&today);
  for (int years = 0; years <= 8; years++) {
    CadenceDay day = cadence_day_from_ymd(year + years * when->lean, month, day_of_month);
    if (day != CADENCE_DAY_NONE && (day - when->today) * when->lean >= 0)
      return day;
  }
  return CADENCE_DAY_NONE;
}

/* `year` as it was typed; NULL where there is none. */
static CadenceReading
read_parts(const CadenceWhen *when, const char *year, int month, int day_of_month, CadenceDay *day,
           GError **error)
{
  if (!year)
    return cadence_when_found(without_year(when, month, day_of_month), day);
  int number = cadence_when_number(year);
  if (number < 0)
    return CADENCE_READING_OTHER;
  if (strlen(year) != 4)
    return cadence_when_refuse(error, when->text,
                               _("may be of any century; write the year with four digits"));
  return cadence_when_found(cadence_day_from_ymd(number, month, day_of_month), day);
}

/* Two numbers of which either may be the month. */
static CadenceReading
read_either(const CadenceWhen *when, int first, int second, const char *year, CadenceDay *day,
            GError **error)
{
  CadenceDay other = CADENCE_DAY_NONE;
  CadenceReading reading = read_parts(when, year, second, first, day, error);
  if (reading == CADENCE_READING_REFUSED || first == second)
    return reading;
  CadenceReading swapped = read_parts(when, year, first, second, &other, error);
  if (reading == CADENCE_READING_FOUND && swapped == CADENCE_READING_FOUND) {
    g_autofree char *one = cadence_day_to_string(*day), *two = cadence_day_to_string(other);
    g_autofree char *quoted = cadence_core_quoted(when->text);
    g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_SYNTAX,
                _("%s may be %s or %s; write the one that you mean"), quoted, one, two);
    return CADENCE_READING_REFUSED;
  }
  return swapped == CADENCE_READING_FOUND ? cadence_when_found(other, day) : reading;
}

/* 24/12/2026, 24.12., 2026/12/24: two or three numbers, parted by the same character. */
CadenceReading
cadence_when_read_numbers(const CadenceWhen *when, CadenceDay *day, GError **error)
{
  gsize head = strspn(when->word[0], "0123456789");
  char separator[] = {when->word[0][head], '\0'};
  if (when->n != 1 || head == 0 || !*separator || !strchr("/.-", *separator))
    return CADENCE_READING_OTHER;
  g_auto(GStrv) part = g_strsplit(when->word[0], separator, 4);
  guint n = g_strv_length(part);
  gboolean dots = *separator == '.';
  if (n < 2 || n > 3)
    return CADENCE_READING_OTHER;

  const char *last = n == 3 ? part[2] : NULL;
  int first = cadence_when_number(part[0]), second = cadence_when_number(part[1]);
  if (strlen(part[0]) == 4)
    return last ? read_parts(when, part[0], second, cadence_when_number(last), day, error)
                : CADENCE_READING_OTHER;
  if (first < 1 || first > 31 || second < 1 || second > 31)
    return CADENCE_READING_OTHER;
  if (dots) /* only ever written day first */
    return read_parts(when, last && *last ? last : NULL, second, first, day, error);
  return read_either(when, first, second, last, day, error);
}

/* 24, 24th: the day of a month; -1 for what is none. */
static int
read_ordinal(const char *word)
{
  gsize digits = strspn(word, "0123456789");
  const char *suffix = word + digits;
  gboolean ordinal = g_str_equal(suffix, "st") || g_str_equal(suffix, "nd") ||
                     g_str_equal(suffix, "rd") || g_str_equal(suffix, "th");
  g_autofree char *number = g_strndup(word, digits);
  return digits <= 2 && (ordinal || !*suffix) ? cadence_when_number(number) : -1;
}

CadenceReading
cadence_when_read_month(const CadenceWhen *when, CadenceDay *day, GError **error)
{
  guint at = cadence_when_name(months, when->word[0], CADENCE_WHEN_LETTERS) > 0 ? 0 : 1;
  guint month = at < when->n ? cadence_when_name(months, when->word[at], CADENCE_WHEN_LETTERS) : 0;
  if (month == 0 || when->n > 3)
    return CADENCE_READING_OTHER;
  /* "December 2026" has no day of the month, "24 Dec" and "Dec 24" have. */
  guint next = 1;
  int day_of_month = 1;
  if (at == 1 || (when->n > 1 && read_ordinal(when->word[1]) > 0)) {
    day_of_month = read_ordinal(when->word[1 - at]);
    next = 2;
  }
  if (when->n > next + 1)
    return CADENCE_READING_OTHER;
  return read_parts(when, when->n > next ? when->word[next] : NULL, (int)month, day_of_month, day,
                    error);
}
