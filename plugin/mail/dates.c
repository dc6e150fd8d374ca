/* Days in a text. Each form is a function that reads it at one word and says where it ends; the
 * first that does decides.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "date-reader.h"

#define SPAN 45  /* days of an absence whose dates say which way they are to be read */
#define BESIDE 3 /* words between a weekday and the date that says the same */

/* ---- forms; each returns the word behind what it read, or 0 ---- */

/* Three numbers joined by one sign: 2026-03-09, 9.3.2026, 9/3/26. */
static gboolean
three_numbers(const MailDateReader *reader, guint i, const char *sign, int n[3])
{
  for (guint k = 0; k < 3; k++)
    n[k] = mail_date_number(reader, i + k);
  return n[0] >= 0 && n[1] >= 1 && n[2] >= 0 && mail_date_joined(reader, i, sign) &&
         mail_date_joined(reader, i + 1, sign);
}

static guint
read_iso(MailDateReader *reader, guint i)
{
  static const char *const signs[] = {"-", "/", "."};
  int n[3];
  for (gsize s = 0; s < G_N_ELEMENTS(signs); s++) {
    if (three_numbers(reader, i, signs[s], n) && n[0] >= 1970 && n[0] <= 2199)
      return mail_date_take(reader, cadence_day_from_ymd(n[0], n[1], n[2]), i, i + 3);
  }
  return 0;
}

/* 9.3.2026, 9.3.26, and "9.3." where nothing follows but a blank. */
static guint
read_dotted(MailDateReader *reader, guint i)
{
  int n[3];
  if (three_numbers(reader, i, ".", n)) {
    int year = mail_date_year_number(reader, i + 2, TRUE);
    return year ? mail_date_take(reader, mail_date_day_in(reader, year, n[1], n[0]), i, i + 3) : 0;
  }
  if (mail_date_number(reader, i) < 1 || mail_date_number(reader, i + 1) < 1 ||
      !mail_date_joined(reader, i, "."))
    return 0;
  const MailWord *month = mail_date_word(reader, i + 1);
  if (month->length != 2 && !mail_date_followed(reader, i + 1, '.'))
    return 0;
  return mail_date_take(
      reader,
      mail_date_day_in(reader, 0, mail_date_number(reader, i + 1), mail_date_number(reader, i)), i,
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
slashed(const MailDateReader *reader, guint i, int n[3], guint *end)
{
  if (three_numbers(reader, i, "/", n) || three_numbers(reader, i, "-", n)) {
    n[2] = mail_date_year_number(reader, i + 2, TRUE);
    *end = i + 3;
    return n[2] > 0 && n[0] >= 1 && n[0] <= 31 && n[1] <= 31;
  }
  n[0] = mail_date_number(reader, i);
  n[1] = mail_date_number(reader, i + 1);
  n[2] = 0;
  *end = i + 2;
  return n[0] >= 1 && n[1] >= 1 && n[0] <= 31 && n[1] <= 31 && mail_date_joined(reader, i, "/") &&
         !mail_date_joined(reader, i + 1, "/") &&
         !(n[0] == 24 && n[1] == 7); /* "around the clock" */
}

static CadenceDay
slashed_day(const MailDateReader *reader, const int n[3], Order order)
{
  gboolean day_first = order == ORDER_DAY_FIRST;
  return mail_date_day_in(reader, n[2], day_first ? n[1] : n[0], day_first ? n[0] : n[1]);
}

static guint
read_slashed(MailDateReader *reader, guint i)
{
  int n[3];
  guint end;
  if (!slashed(reader, i, n, &end))
    return 0;
  Order order = order_of(n[0], n[1]);
  order = order == ORDER_UNKNOWN ? reader->order : order;
  if (order == ORDER_UNKNOWN && n[0] != n[1])
    return 0;
  return mail_date_take(reader, slashed_day(reader, n, order), i, end);
}

/* Whether some dates in slashes enclose the day of the mail when read so: whoever is away says from
 * when to when. */
static gboolean
encloses(const MailDateReader *reader, Order order)
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
find_order(const MailDateReader *reader)
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
year_behind(const MailDateReader *reader, guint *i)
{
  static const char *const of[] = {"of", "de", "del", "di", NULL};
  guint at = mail_date_is_one_of(reader, *i, of) ? *i + 1 : *i;
  int year = mail_date_year_number(reader, at, FALSE);
  if (year)
    *i = at + 1;
  return year;
}

/* "9 March 2026", "9. März", "9 de marzo de 2026", "9-Mar", "the 9th of March". */
static guint
read_day_month(MailDateReader *reader, guint i)
{
  static const char *const of[] = {"of", "de", "di", "d'", NULL};
  gboolean ordinal;
  int day = mail_date_day_number(reader, i, &ordinal);
  guint at = i + 1;
  if (day == 0)
    return 0;
  at += mail_date_is_one_of(reader, at, of);
  int month = at < reader->text->words->len ? reader->months[at] : 0;
  if (month == 0 || mail_date_word(reader, at)->colon)
    return 0;
  guint end = at + 1;
  int year = year_behind(reader, &end);
  return mail_date_take(reader, mail_date_day_in(reader, year, month, day), i, end);
}

/* The end of a span: "March 3-7", "March 3 through the 7th". */
static guint
read_span(MailDateReader *reader, guint i, int year, int month)
{
  static const char *const to[] = {"to", "through", "thru", "till", "until", "and", "bis", NULL};
  gboolean ordinal;
  guint at = i;
  if (!mail_date_joined(reader, i - 1, "-") && !mail_date_joined(reader, i - 1, " - ")) {
    if (!mail_date_is_one_of(reader, at, to))
      return 0;
    at++;
  }
  at += mail_date_is_one_of(reader, at, (const char *const[]){"the", NULL});
  int day = mail_date_day_number(reader, at, &ordinal);
  guint end = at + 1;
  if (day == 0 || mail_date_followed(reader, at, ':') ||
      (end < reader->text->words->len && reader->months[end]))
    return 0;
  int later = year_behind(reader, &end);
  return mail_date_take(reader, mail_date_day_in(reader, later ? later : year, month, day), at,
                        end);
}

/* "March 9, 2026", "Mar. 9th". */
static guint
read_month_day(MailDateReader *reader, guint i)
{
  static const char *const the[] = {"the", NULL};
  gboolean ordinal;
  guint at = i + 1 + mail_date_is_one_of(reader, i + 1, the);
  int day = mail_date_day_number(reader, at, &ordinal);
  if (reader->months[i] == 0 || day == 0 || mail_date_followed(reader, at, ':'))
    return 0;
  guint end = at + 1;
  int year = year_behind(reader, &end);
  if (!mail_date_take(reader, mail_date_day_in(reader, year, reader->months[i], day), i, end))
    return 0;
  guint span = read_span(reader, end, year, reader->months[i]);
  return span ? span : end;
}

/* The last day of the month in which `day` lies. */
static CadenceDay
end_of_month(CadenceDay day)
{
  CadenceDay last = day;
  while (mail_date_month_of(last + 1) == mail_date_month_of(day))
    last++;
  return last;
}

/* "in March", "end of March", "March 2026": its first day, its last, its middle. */
static guint
read_month(MailDateReader *reader, guint i)
{
  guint8 flags = reader->flags[i] & (IN_MONTH | END_OF | MIDDLE_OF), end = 0;
  guint behind = i + 1;
  int year = reader->months[i] ? year_behind(reader, &behind) : 0;
  if (reader->months[i] == 0 || (!flags && !year) || reader->written == CADENCE_DAY_NONE)
    return end;
  CadenceDay day = mail_date_day_in(reader, year, reader->months[i], 1);
  if (day == CADENCE_DAY_NONE)
    return 0;
  CadenceDay last = end_of_month(day);
  if (flags & END_OF)
    day = last;
  return mail_date_take_span(reader, flags & MIDDLE_OF ? day + 14 : day, last, i, behind);
}

/* "Q2", "Q2 2026": its first day. */
static guint
read_quarter(MailDateReader *reader, guint i)
{
  const MailWord *word = mail_date_word(reader, i);
  const char *c = reader->text->folded + word->start;
  guint behind = i + 1;
  if (word->length != 2 || c[0] != 'q' || c[1] < '1' || c[1] > '4')
    return 0;
  int year = year_behind(reader, &behind);
  return mail_date_take(reader, mail_date_day_in(reader, year, 3 * (c[1] - '1') + 1, 1), i, behind);
}

/* "the 9th", "am 9.", "le 9": the next such day. */
static guint
read_day_alone(MailDateReader *reader, guint i)
{
  static const char *const the[] = {"the", "am",  "dem", "den", "zum", "le", "au",
                                    "el",  "dia", "al",  "il",  "dal", NULL};
  gboolean ordinal;
  int day = mail_date_day_number(reader, i, &ordinal);
  gboolean named = i > 0 && mail_date_is_one_of(reader, i - 1, the);
  if (day == 0 || reader->written == CADENCE_DAY_NONE || (!ordinal && !named) ||
      mail_date_followed(reader, i, ':') || mail_date_followed(reader, i, '%'))
    return 0;
  int month = mail_date_month_of(reader->written), year = mail_date_year_of(reader->written);
  for (int k = 0; k < 3; k++) {
    CadenceDay found =
        cadence_day_from_ymd(year + (month - 1 + k) / 12, (month - 1 + k) % 12 + 1, day);
    if (found != CADENCE_DAY_NONE && found >= reader->written)
      return mail_date_take(reader, found, i, i + 1);
  }
  return 0;
}

/* The next such day after the mail's. The Julian day 1 was a Monday. */
static guint
read_weekday(MailDateReader *reader, guint i)
{
  if (reader->weekdays[i] == 0 || reader->written == CADENCE_DAY_NONE)
    return 0;
  int today = (reader->written - 1) % 7 + 1;
  int ahead = (reader->weekdays[i] - today + 7) % 7;
  return mail_date_take(reader, reader->written + (ahead ? ahead : 7), i, i + 1);
}

/* ---- all of them ---- */

static const struct {
  guint (*read)(MailDateReader *reader, guint i);
} forms[] = {
    {read_iso},       {read_dotted}, {read_slashed}, {read_day_month},
    {read_month_day}, {read_month},  {read_quarter}, {read_day_alone},
};

/* Which words name months and weekdays, and what stands before them. */
static void
mark_words(MailDateReader *reader)
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
read_relative(MailDateReader *reader, const MailHit *hit)
{
  CadenceDay written = reader->written;
  int today = (written - 1) % 7 + 1, month = written ? mail_date_month_of(written) : 0;
  if (written == CADENCE_DAY_NONE)
    return;
  if (hit->meaning == MEANING_TOMORROW)
    (void)mail_date_take(reader, written + 1, hit->first, hit->end);
  else if (hit->meaning == MEANING_NEXT_WEEK)
    (void)mail_date_take(reader, written + 8 - today, hit->first, hit->end);
  else if (hit->meaning == MEANING_NEXT_MONTH)
    (void)mail_date_take(
        reader, cadence_day_from_ymd(mail_date_year_of(written) + month / 12, month % 12 + 1, 1),
        hit->first, hit->end);
  else if (hit->meaning == MEANING_NEXT_YEAR)
    (void)mail_date_take(reader, cadence_day_from_ymd(mail_date_year_of(written) + 1, 1, 1),
                         hit->first, hit->end);
}

static int
compare_dates(gconstpointer a, gconstpointer b)
{
  const MailDate *x = a, *y = b;
  return x->first < y->first ? -1 : x->first > y->first;
}

/* Whether a date stands so near to word i that it says which day the weekday means. */
static gboolean
is_dated(const MailDateReader *reader, guint n, guint i)
{
  for (guint k = 0; k < n; k++) {
    const MailDate *date = &g_array_index(reader->found, MailDate, k);
    if ((date->first > i && date->first <= i + BESIDE) || (date->end <= i && i < date->end + 2))
      return TRUE;
  }
  return FALSE;
}

static void
read_weekdays(MailDateReader *reader)
{
  guint n = reader->found->len;
  for (guint i = 0; i < reader->text->words->len; i++) {
    if (reader->weekdays[i] && !is_dated(reader, n, i))
      (void)read_weekday(reader, i);
  }
}

static void
read_all(MailDateReader *reader)
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
  MailDateReader reader = {.text = text,
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
