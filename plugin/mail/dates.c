/* Days in a text. Each form is a function that reads it at one word and says where it ends; the
 * first that does decides.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dates.h"

#include <string.h>

#define SPAN 45       /* days of an absence whose dates say which way they are to be read */
#define BACK 30       /* days: what has no year lies no further before the mail */
#define BESIDE 3      /* words between a weekday and the date that says the same */
#define DATES_MAX 200 /* of one text */

typedef enum { ORDER_UNKNOWN, ORDER_DAY_FIRST, ORDER_MONTH_FIRST } Order;

typedef struct {
  const MailPhrases *text;
  CadenceDay written;
  Order order;    /* of dates in slashes */
  guint8 *months; /* by word: 1 to 12 where it names a month */
  guint8 *weekdays;
  guint8 *flags; /* by word */
  GArray *found;
} Reader;

enum {
  IN_MONTH = 1,
  END_OF = 2,
  MIDDLE_OF = 4,
  WEEK_OF = 8
}; /* of the phrase that ends before the word */

/* ---- words ---- */

static const MailWord *
word_at(const Reader *reader, guint i)
{
  return i < reader->text->words->len ? &g_array_index(reader->text->words, MailWord, i) : NULL;
}

/* The number that a word is, with what may follow its digits in `rest`; -1 where it begins with
 * none. */
static int
number_at(const Reader *reader, guint i, const char **rest, gsize *rest_length)
{
  const MailWord *word = word_at(reader, i);
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

/* A number and nothing else. */
static int
plain_number(const Reader *reader, guint i)
{
  const char *rest;
  gsize length;
  int number = number_at(reader, i, &rest, &length);
  return number >= 0 && length == 0 ? number : -1;
}

/* What stands between words i and i + 1. */
static gboolean
joined_by(const Reader *reader, guint i, const char *separator)
{
  const MailWord *word = word_at(reader, i), *next = word_at(reader, i + 1);
  guint end = word ? word->start + word->length : 0;
  return word && next && next->start - end == strlen(separator) &&
         memcmp(reader->text->folded + end, separator, strlen(separator)) == 0;
}

static gboolean
followed_by(const Reader *reader, guint i, char c)
{
  const MailWord *word = word_at(reader, i);
  return word && reader->text->folded[word->start + word->length] == c;
}

static gboolean
is_one_of(const Reader *reader, guint i, const char *const *words)
{
  const MailWord *word = word_at(reader, i);
  for (; word && *words; words++) {
    if (strlen(*words) == word->length &&
        memcmp(reader->text->folded + word->start, *words, word->length) == 0)
      return TRUE;
  }
  return FALSE;
}

/* A day of a month: "3", "3rd", "1er", "3го". */
static int
day_number(const Reader *reader, guint i, gboolean *ordinal)
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

/* A year of four digits, or with `short_too` of two. */
static int
year_number(const Reader *reader, guint i, gboolean short_too)
{
  int number = plain_number(reader, i);
  if (number >= 1970 && number <= 2199)
    return number;
  return short_too && number >= 0 && number <= 99 ? 2000 + number : 0;
}

/* ---- days ---- */

static int
year_of(CadenceDay day)
{
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_julian(&date, (guint32)day);
  return g_date_get_year(&date);
}

static int
month_of(CadenceDay day)
{
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_julian(&date, (guint32)day);
  return (int)g_date_get_month(&date);
}

/* Without a year (0): the first such day that is not longer ago than BACK days. */
static CadenceDay
day_in(const Reader *reader, int year, int month, int day)
{
  if (year)
    return cadence_day_from_ymd(year, month, day);
  if (reader->written == CADENCE_DAY_NONE)
    return CADENCE_DAY_NONE;
  for (int y = year_of(reader->written) - 1; y <= year_of(reader->written) + 1; y++) {
    CadenceDay found = cadence_day_from_ymd(y, month, day);
    if (found != CADENCE_DAY_NONE && found >= reader->written - BACK)
      return found;
  }
  return CADENCE_DAY_NONE;
}

static guint
take_span(Reader *reader, CadenceDay day, CadenceDay last, guint first, guint end)
{
  gboolean week = first < reader->text->words->len && (reader->flags[first] & WEEK_OF);
  MailDate date = {day, week ? day + 4 : last, first, end};
  if (day == CADENCE_DAY_NONE || reader->found->len >= DATES_MAX)
    return 0;
  g_array_append_val(reader->found, date);
  return end;
}

static guint
take(Reader *reader, CadenceDay day, guint first, guint end)
{
  return take_span(reader, day, day, first, end);
}

/* ---- forms; each returns the word behind what it read, or 0 ---- */

/* Three numbers joined by one sign: 2026-03-09, 9.3.2026, 9/3/26. */
static gboolean
three_numbers(const Reader *reader, guint i, const char *sign, int n[3])
{
  for (guint k = 0; k < 3; k++)
    n[k] = plain_number(reader, i + k);
  return n[0] >= 0 && n[1] >= 1 && n[2] >= 0 && joined_by(reader, i, sign) &&
         joined_by(reader, i + 1, sign);
}

static guint
read_iso(Reader *reader, guint i)
{
  static const char *const signs[] = {"-", "/", "."};
  int n[3];
  for (gsize s = 0; s < G_N_ELEMENTS(signs); s++) {
    if (three_numbers(reader, i, signs[s], n) && n[0] >= 1970 && n[0] <= 2199)
      return take(reader, cadence_day_from_ymd(n[0], n[1], n[2]), i, i + 3);
  }
  return 0;
}

/* 9.3.2026, 9.3.26, and "9.3." where nothing follows but a blank. */
static guint
read_dotted(Reader *reader, guint i)
{
  int n[3];
  if (three_numbers(reader, i, ".", n)) {
    int year = year_number(reader, i + 2, TRUE);
    return year ? take(reader, day_in(reader, year, n[1], n[0]), i, i + 3) : 0;
  }
  if (plain_number(reader, i) < 1 || plain_number(reader, i + 1) < 1 || !joined_by(reader, i, "."))
    return 0;
  const MailWord *month = word_at(reader, i + 1);
  if (month->length != 2 && !followed_by(reader, i + 1, '.'))
    return 0;
  return take(reader, day_in(reader, 0, plain_number(reader, i + 1), plain_number(reader, i)), i,
              i + 2);
}

static Order
order_of(int a, int b)
{
  if (a > 12 && a <= 31 && b <= 12)
    return ORDER_DAY_FIRST;
  return b > 12 && b <= 31 && a <= 12 ? ORDER_MONTH_FIRST : ORDER_UNKNOWN;
}

/* Two numbers, and a year behind them or not; with hyphens a year there must be. */
static gboolean
slashed(const Reader *reader, guint i, int n[3], guint *end)
{
  if (three_numbers(reader, i, "/", n) || three_numbers(reader, i, "-", n)) {
    n[2] = year_number(reader, i + 2, TRUE);
    *end = i + 3;
    return n[2] > 0 && n[0] >= 1 && n[0] <= 31 && n[1] <= 31;
  }
  n[0] = plain_number(reader, i);
  n[1] = plain_number(reader, i + 1);
  n[2] = 0;
  *end = i + 2;
  return n[0] >= 1 && n[1] >= 1 && n[0] <= 31 && n[1] <= 31 && joined_by(reader, i, "/") &&
         !joined_by(reader, i + 1, "/") && !(n[0] == 24 && n[1] == 7); /* "around the clock" */
}

static CadenceDay
slashed_day(const Reader *reader, const int n[3], Order order)
{
  gboolean day_first = order == ORDER_DAY_FIRST;
  return day_in(reader, n[2], day_first ? n[1] : n[0], day_first ? n[0] : n[1]);
}

static guint
read_slashed(Reader *reader, guint i)
{
  int n[3];
  guint end;
  if (!slashed(reader, i, n, &end))
    return 0;
  Order order = order_of(n[0], n[1]);
  order = order == ORDER_UNKNOWN ? reader->order : order;
  if (order == ORDER_UNKNOWN && n[0] != n[1])
    return 0;
  return take(reader, slashed_day(reader, n, order), i, end);
}

/* Whether some dates in slashes enclose the day of the mail when read so: whoever is away says from
 * when to when. */
static gboolean
encloses(const Reader *reader, Order order)
{
  CadenceDay least = CADENCE_DAY_LAST, most = CADENCE_DAY_NONE;
  int n[3];
  guint end;
  for (guint i = 0; i < reader->text->words->len; i++) {
    CadenceDay day = slashed(reader, i, n, &end) ? slashed_day(reader, n, order) : CADENCE_DAY_NONE;
    if (day == CADENCE_DAY_NONE)
      continue;
    least = MIN(least, day);
    most = MAX(most, day);
  }
  return least < most && most - least <= SPAN && least - 1 <= reader->written &&
         reader->written <= most;
}

/* The order of all dates in slashes, where each that tells tells the same. */
static Order
find_order(const Reader *reader)
{
  gboolean seen[3] = {FALSE};
  int n[3];
  guint end;
  for (guint i = 0; i < reader->text->words->len; i++) {
    if (slashed(reader, i, n, &end))
      seen[order_of(n[0], n[1])] = TRUE;
  }
  if (seen[ORDER_DAY_FIRST] == seen[ORDER_MONTH_FIRST]) {
    seen[ORDER_DAY_FIRST] = encloses(reader, ORDER_DAY_FIRST);
    seen[ORDER_MONTH_FIRST] = encloses(reader, ORDER_MONTH_FIRST);
  }
  if (seen[ORDER_DAY_FIRST] == seen[ORDER_MONTH_FIRST])
    return ORDER_UNKNOWN;
  return seen[ORDER_DAY_FIRST] ? ORDER_DAY_FIRST : ORDER_MONTH_FIRST;
}

/* A year behind word i - 1, perhaps behind "of" or its like. */
static int
year_behind(const Reader *reader, guint *i)
{
  static const char *const of[] = {"of", "de", "del", "di", NULL};
  guint at = is_one_of(reader, *i, of) ? *i + 1 : *i;
  int year = year_number(reader, at, FALSE);
  if (year)
    *i = at + 1;
  return year;
}

/* "9 March 2026", "9. März", "9 de marzo de 2026", "9-Mar", "the 9th of March". */
static guint
read_day_month(Reader *reader, guint i)
{
  static const char *const of[] = {"of", "de", "di", "d'", NULL};
  gboolean ordinal;
  int day = day_number(reader, i, &ordinal);
  guint at = i + 1;
  if (day == 0)
    return 0;
  at += is_one_of(reader, at, of);
  int month = at < reader->text->words->len ? reader->months[at] : 0;
  if (month == 0 || word_at(reader, at)->colon)
    return 0;
  guint end = at + 1;
  int year = year_behind(reader, &end);
  return take(reader, day_in(reader, year, month, day), i, end);
}

/* The end of a span: "March 3-7", "March 3 through the 7th". */
static guint
read_span(Reader *reader, guint i, int year, int month)
{
  static const char *const to[] = {"to", "through", "thru", "till", "until", "and", "bis", NULL};
  gboolean ordinal;
  guint at = i;
  if (!joined_by(reader, i - 1, "-") && !joined_by(reader, i - 1, " - ")) {
    if (!is_one_of(reader, at, to))
      return 0;
    at++;
  }
  at += is_one_of(reader, at, (const char *const[]){"the", NULL});
  int day = day_number(reader, at, &ordinal);
  guint end = at + 1;
  if (day == 0 || followed_by(reader, at, ':') ||
      (end < reader->text->words->len && reader->months[end]))
    return 0;
  int later = year_behind(reader, &end);
  return take(reader, day_in(reader, later ? later : year, month, day), at, end);
}

/* "March 9, 2026", "Mar. 9th". */
static guint
read_month_day(Reader *reader, guint i)
{
  static const char *const the[] = {"the", NULL};
  gboolean ordinal;
  guint at = i + 1 + is_one_of(reader, i + 1, the);
  int day = day_number(reader, at, &ordinal);
  if (reader->months[i] == 0 || day == 0 || followed_by(reader, at, ':'))
    return 0;
  guint end = at + 1;
  int year = year_behind(reader, &end);
  if (!take(reader, day_in(reader, year, reader->months[i], day), i, end))
    return 0;
  guint span = read_span(reader, end, year, reader->months[i]);
  return span ? span : end;
}

/* The last day of the month in which `day` lies. */
static CadenceDay
end_of_month(CadenceDay day)
{
  CadenceDay last = day;
  while (month_of(last + 1) == month_of(day))
    last++;
  return last;
}

/* "in March", "end of March", "March 2026": its first day, its last, its middle. */
static guint
read_month(Reader *reader, guint i)
{
  guint8 flags = reader->flags[i] & (IN_MONTH | END_OF | MIDDLE_OF), end = 0;
  guint behind = i + 1;
  int year = reader->months[i] ? year_behind(reader, &behind) : 0;
  if (reader->months[i] == 0 || (!flags && !year) || reader->written == CADENCE_DAY_NONE)
    return end;
  CadenceDay day = day_in(reader, year, reader->months[i], 1);
  if (day == CADENCE_DAY_NONE)
    return 0;
  CadenceDay last = end_of_month(day);
  if (flags & END_OF)
    day = last;
  return take_span(reader, flags & MIDDLE_OF ? day + 14 : day, last, i, behind);
}

/* "Q2", "Q2 2026": its first day. */
static guint
read_quarter(Reader *reader, guint i)
{
  const MailWord *word = word_at(reader, i);
  const char *c = reader->text->folded + word->start;
  guint behind = i + 1;
  if (word->length != 2 || c[0] != 'q' || c[1] < '1' || c[1] > '4')
    return 0;
  int year = year_behind(reader, &behind);
  return take(reader, day_in(reader, year, 3 * (c[1] - '1') + 1, 1), i, behind);
}

/* "the 9th", "am 9.", "le 9": the next such day. */
static guint
read_day_alone(Reader *reader, guint i)
{
  static const char *const the[] = {"the", "am",  "dem", "den", "zum", "le", "au",
                                    "el",  "dia", "al",  "il",  "dal", NULL};
  gboolean ordinal;
  int day = day_number(reader, i, &ordinal);
  gboolean named = i > 0 && is_one_of(reader, i - 1, the);
  if (day == 0 || reader->written == CADENCE_DAY_NONE || (!ordinal && !named) ||
      followed_by(reader, i, ':') || followed_by(reader, i, '%'))
    return 0;
  int month = month_of(reader->written), year = year_of(reader->written);
  for (int k = 0; k < 3; k++) {
    CadenceDay found =
        cadence_day_from_ymd(year + (month - 1 + k) / 12, (month - 1 + k) % 12 + 1, day);
    if (found != CADENCE_DAY_NONE && found >= reader->written)
      return take(reader, found, i, i + 1);
  }
  return 0;
}

/* The next such day after the mail's. The Julian day 1 was a Monday. */
static guint
read_weekday(Reader *reader, guint i)
{
  if (reader->weekdays[i] == 0 || reader->written == CADENCE_DAY_NONE)
    return 0;
  int today = (reader->written - 1) % 7 + 1;
  int ahead = (reader->weekdays[i] - today + 7) % 7;
  return take(reader, reader->written + (ahead ? ahead : 7), i, i + 1);
}

/* ---- all of them ---- */

static const struct {
  guint (*read)(Reader *reader, guint i);
} forms[] = {
    {read_iso},       {read_dotted}, {read_slashed}, {read_day_month},
    {read_month_day}, {read_month},  {read_quarter}, {read_day_alone},
};

/* Which words name months and weekdays, and what stands before them. */
static void
mark_words(Reader *reader)
{
  for (guint i = 0; i < reader->text->hits->len; i++) {
    const MailHit *hit = &g_array_index(reader->text->hits, MailHit, i);
    if (hit->meaning >= MEANING_MONTH_1 && hit->meaning <= MEANING_MONTH_12)
      reader->months[hit->first] = (guint8)(hit->meaning - MEANING_MONTH_1 + 1);
    else if (hit->meaning >= MEANING_WEEKDAY_1 && hit->meaning <= MEANING_WEEKDAY_7)
      reader->weekdays[hit->first] = (guint8)(hit->meaning - MEANING_WEEKDAY_1 + 1);
    else if (hit->meaning == MEANING_IN_MONTH)
      reader->flags[hit->end] |= IN_MONTH;
    else if (hit->meaning == MEANING_END_OF)
      reader->flags[hit->end] |= END_OF;
    else if (hit->meaning == MEANING_MIDDLE_OF)
      reader->flags[hit->end] |= MIDDLE_OF;
    else if (hit->meaning == MEANING_WEEK_OF)
      reader->flags[hit->end] |= WEEK_OF;
  }
}

static void
read_relative(Reader *reader, const MailHit *hit)
{
  CadenceDay written = reader->written;
  int today = (written - 1) % 7 + 1, month = written ? month_of(written) : 0;
  if (written == CADENCE_DAY_NONE)
    return;
  if (hit->meaning == MEANING_TOMORROW)
    (void)take(reader, written + 1, hit->first, hit->end);
  else if (hit->meaning == MEANING_NEXT_WEEK)
    (void)take(reader, written + 8 - today, hit->first, hit->end);
  else if (hit->meaning == MEANING_NEXT_MONTH)
    (void)take(reader, cadence_day_from_ymd(year_of(written) + month / 12, month % 12 + 1, 1),
               hit->first, hit->end);
  else if (hit->meaning == MEANING_NEXT_YEAR)
    (void)take(reader, cadence_day_from_ymd(year_of(written) + 1, 1, 1), hit->first, hit->end);
}

static int
compare_dates(gconstpointer a, gconstpointer b)
{
  const MailDate *x = a, *y = b;
  return x->first < y->first ? -1 : x->first > y->first;
}

/* Whether a date stands so near to word i that it says which day the weekday means. */
static gboolean
is_dated(const Reader *reader, guint n, guint i)
{
  for (guint k = 0; k < n; k++) {
    const MailDate *date = &g_array_index(reader->found, MailDate, k);
    if ((date->first > i && date->first <= i + BESIDE) || (date->end <= i && i < date->end + 2))
      return TRUE;
  }
  return FALSE;
}

static void
read_weekdays(Reader *reader)
{
  guint n = reader->found->len;
  for (guint i = 0; i < reader->text->words->len; i++) {
    if (reader->weekdays[i] && !is_dated(reader, n, i))
      (void)read_weekday(reader, i);
  }
}

static void
read_all(Reader *reader)
{
  for (guint i = 0; i < reader->text->words->len;) {
    guint end = 0;
    for (gsize k = 0; !end && k < G_N_ELEMENTS(forms); k++)
      end = forms[k].read(reader, i);
    i = end ? end : i + 1;
  }
  read_weekdays(reader);
  for (guint i = 0; i < reader->text->hits->len; i++)
    read_relative(reader, &g_array_index(reader->text->hits, MailHit, i));
  g_array_sort(reader->found, compare_dates);
}

GArray *
mail_dates_find(const MailPhrases *text, CadenceDay written)
{
  guint n = text->words->len;
  g_autofree guint8 *marks = g_new0(guint8, 3 * (gsize)(n + 1));
  Reader reader = {.text = text,
                   .written = written,
                   .months = marks,
                   .weekdays = marks + n + 1,
                   .flags = marks + 2 * (n + 1),
                   .found = g_array_new(FALSE, FALSE, sizeof(MailDate))};
  mark_words(&reader);
  reader.order = find_order(&reader);
  read_all(&reader);
  return reader.found;
}
