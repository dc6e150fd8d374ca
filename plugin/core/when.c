/* Reads days as people type them: a table of forms, the first that knows the words decides.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/when.h>

#include <cadence/duration.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "quoted.h"
#include "when-forms.h"

#define BYTES 64 /* of the longest text that is looked at */

static const char *const weekdays[] = {"monday", "tuesday",  "wednesday", "thursday",
                                       "friday", "saturday", "sunday",    NULL};
static const char *const numbers[] = {"one",   "two",   "three", "four", "five", "six",
                                      "seven", "eight", "nine",  "ten",  NULL};

static const struct {
  const char *name;
  CadenceDuration one;
} units[] = {
    {"d", {1, CADENCE_UNIT_DAYS}},       {"day", {1, CADENCE_UNIT_DAYS}},
    {"days", {1, CADENCE_UNIT_DAYS}},    {"bd", {1, CADENCE_UNIT_BUSINESS_DAYS}},
    {"w", {1, CADENCE_UNIT_WEEKS}},      {"week", {1, CADENCE_UNIT_WEEKS}},
    {"weeks", {1, CADENCE_UNIT_WEEKS}},  {"mo", {1, CADENCE_UNIT_MONTHS}},
    {"month", {1, CADENCE_UNIT_MONTHS}}, {"months", {1, CADENCE_UNIT_MONTHS}},
    {"year", {12, CADENCE_UNIT_MONTHS}}, {"years", {12, CADENCE_UNIT_MONTHS}},
};

CadenceReading
cadence_when_refuse(GError **error, const char *text, const char *what)
{
  g_autofree char *quoted = cadence_core_quoted(text);
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_SYNTAX, "%s %s", quoted, what);
  return CADENCE_READING_REFUSED;
}

CadenceReading
cadence_when_found(CadenceDay which, CadenceDay *day)
{
  *day = which;
  return which == CADENCE_DAY_NONE ? CADENCE_READING_OTHER : CADENCE_READING_FOUND;
}

guint
cadence_when_name(const char *const *names, const char *word, gsize least)
{
  for (guint i = 0; names[i]; i++)
    if (strlen(word) >= MIN(least, strlen(names[i])) && g_str_has_prefix(names[i], word))
      return i + 1;
  return 0;
}

int
cadence_when_number(const char *word)
{
  int number = 0;
  gsize length = strlen(word);
  if (length == 0 || length > 4 || strspn(word, "0123456789") < length)
    return -1;
  for (; *word; word++)
    number = number * 10 + g_ascii_digit_value(*word);
  return number;
}

static CadenceDay
move(CadenceDay day, CadenceDuration duration, int direction)
{
  return direction == CADENCE_AHEAD ? cadence_duration_after(day, duration)
                                    : cadence_duration_before(day, duration);
}

/* What "next" or "last" before the last of one or two words says; `lean` for one word alone. */
static gboolean
read_direction(const CadenceWhen *when, int *direction)
{
  *direction = when->lean;
  if (when->n == 1)
    return TRUE;
  if (when->n != 2)
    return FALSE;
  *direction = g_str_equal(when->word[0], "next") ? CADENCE_AHEAD : CADENCE_BACK;
  return *direction == CADENCE_AHEAD || g_str_equal(when->word[0], "last");
}

static CadenceReading
read_iso(const CadenceWhen *when, CadenceDay *day, GError **error)
{
  return when->n == 1 && cadence_day_parse(when->word[0], day, NULL) ? CADENCE_READING_FOUND
                                                                     : CADENCE_READING_OTHER;
}

static CadenceReading
read_near(const CadenceWhen *when, CadenceDay *day, GError **error)
{
  static const char *const names[] = {"yesterday", "today", "tomorrow", NULL};
  guint name = when->n == 1 ? cadence_when_name(names, when->word[0], G_MAXSIZE) : 0;
  return name == 0
             ? CADENCE_READING_OTHER
             : cadence_when_found(CLAMP(when->today + (int)name - 2, 1, CADENCE_DAY_LAST), day);
}

static CadenceReading
read_weekday(const CadenceWhen *when, CadenceDay *day, GError **error)
{
  int direction;
  guint weekday = cadence_when_name(weekdays, when->word[when->n - 1], CADENCE_WHEN_LETTERS);
  if (weekday == 0 || !read_direction(when, &direction))
    return CADENCE_READING_OTHER;
  int today = (when->today - 1) % 7 + 1; /* day 1, 0001-01-01, is a Monday */
  int ahead = ((int)weekday - today + 7) % 7;
  int days = direction == CADENCE_BACK ? ahead - 7 : ahead > 0 ? ahead : 7;
  return cadence_when_found(CLAMP(when->today + days, 1, CADENCE_DAY_LAST), day);
}

/* A unit by its name; its count is 0 for none. */
static CadenceDuration
find_unit(const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS(units); i++)
    if (g_str_equal(word, units[i].name))
      return units[i].one;
  return (CadenceDuration){0};
}

static CadenceReading
read_next_unit(const CadenceWhen *when, CadenceDay *day, GError **error)
{
  int direction;
  if (when->n != 2 || !read_direction(when, &direction))
    return CADENCE_READING_OTHER;
  const char *word = when->word[1];
  if (!g_str_equal(word, "week") && !g_str_equal(word, "month") && !g_str_equal(word, "year"))
    return CADENCE_READING_OTHER;
  return cadence_when_found(move(when->today, find_unit(word), direction), day);
}

static int
read_count(const char *word)
{
  if (g_str_equal(word, "a") || g_str_equal(word, "an"))
    return 1;
  guint named = cadence_when_name(numbers, word, G_MAXSIZE);
  return named > 0 ? (int)named : cadence_when_number(word);
}

/* "3w", "3 weeks" or "3 business days", in words `begin` up to `end`. */
static gboolean
read_length(const CadenceWhen *when, guint begin, guint end, CadenceDuration *length)
{
  if (end - begin == 1)
    return cadence_duration_parse(when->word[begin], length, NULL);
  gboolean business = end - begin == 3 && g_str_equal(when->word[begin + 1], "business");
  if (end - begin != (business ? 3 : 2))
    return FALSE;

  CadenceDuration unit = find_unit(when->word[end - 1]);
  int count = read_count(when->word[begin]);
  if (business && (unit.unit != CADENCE_UNIT_DAYS || !g_str_has_prefix(when->word[end - 1], "day")))
    return FALSE;
  if (unit.count == 0 || count < 1 || count * (int)unit.count > CADENCE_DURATION_MAX)
    return FALSE;
  *length = (CadenceDuration){(guint)count * unit.count,
                              business ? CADENCE_UNIT_BUSINESS_DAYS : unit.unit};
  return TRUE;
}

static CadenceReading
read_distance(const CadenceWhen *when, CadenceDay *day, GError **error)
{
  CadenceDuration length;
  gboolean in = g_str_equal(when->word[0], "in");
  gboolean ago = g_str_equal(when->word[when->n - 1], "ago");
  guint begin = in ? 1 : 0, end = when->n - (ago ? 1 : 0);
  if ((in && ago) || end <= begin || !read_length(when, begin, end, &length))
    return CADENCE_READING_OTHER;
  return cadence_when_found(move(when->today, length,
                                 in    ? CADENCE_AHEAD
                                 : ago ? CADENCE_BACK
                                       : when->lean),
                            day);
}

static CadenceReading (*const forms[])(const CadenceWhen *when, CadenceDay *day, GError **error) = {
    read_iso,
    read_near,
    read_weekday,
    read_next_unit,
    read_distance,
    cadence_when_read_numbers,
    cadence_when_read_month,
};

/* The words of `text`, in small letters; FALSE where there are none, or more than any form has. */
static gboolean
split(CadenceWhen *when, char *small)
{
  char *rest = small;
  for (;;) {
    rest += strspn(rest, " \t,");
    if (!*rest)
      return when->n > 0;
    if (when->n == CADENCE_WHEN_WORDS)
      return FALSE;
    when->word[when->n++] = rest;
    rest += strcspn(rest, " \t,");
    if (*rest)
      *rest++ = '\0';
  }
}

static gboolean
read_day(const char *text, CadenceDay today, int lean, CadenceDay *day, GError **error)
{
  CadenceDay which = CADENCE_DAY_NONE;
  CadenceWhen when = {.text = text, .today = today, .lean = lean};
  g_autofree char *small = strlen(text) <= BYTES ? g_ascii_strdown(text, -1) : g_strdup("");
  CadenceReading reading = CADENCE_READING_OTHER;
  if (split(&when, small))
    for (guint i = 0; reading == CADENCE_READING_OTHER && i < G_N_ELEMENTS(forms); i++)
      reading = forms[i](&when, &which, error);
  if (reading == CADENCE_READING_OTHER)
    cadence_when_refuse(
        error, text,
        _("is no day that is known here; write 2026-12-24, 24 Dec, tomorrow, next monday, 3w or "
          "in 3 weeks"));
  if (reading != CADENCE_READING_FOUND)
    return FALSE;
  *day = which;
  return TRUE;
}

gboolean
cadence_when_parse(const char *text, CadenceDay today, CadenceDay *day, GError **error)
{
  return read_day(text, today, CADENCE_AHEAD, day, error);
}

/* Where a time of day, "9:30" or "14:30", ends the text; NULL where none does. */
static const char *
find_time(const char *text)
{
  const char *colon = strrchr(text, ':');
  if (!colon || colon == text || !g_ascii_isdigit(colon[-1]))
    return NULL;
  const char *begin = colon - 1;
  if (begin > text && g_ascii_isdigit(begin[-1]))
    begin--;
  gboolean apart = begin == text || strchr(" \tTt", begin[-1]);
  gboolean minutes = strlen(colon) == 3 && g_ascii_isdigit(colon[1]) && g_ascii_isdigit(colon[2]);
  return apart && minutes ? begin : NULL;
}

/* The day that stands before a time, "at" or "T" between them; today where nothing does. */
static gboolean
read_day_of_time(const char *text, const char *time, const CadenceClock *clock, CadenceDay *day,
                 GError **error)
{
  g_autofree char *before = g_strndup(text, time - text);
  gsize length = strlen(g_strstrip(before));
  if (length > 2 && g_ascii_strcasecmp(before + length - 3, " at") == 0)
    before[length - 3] = '\0';
  else if (length > 1 && g_ascii_isdigit(before[length - 2]) && strchr("Tt", before[length - 1]))
    before[length - 1] = '\0';
  *day = clock->today;
  return !*before || read_day(before, clock->today, CADENCE_BACK, day, error);
}

gboolean
cadence_when_instant_parse(const char *text, const CadenceClock *clock, gint64 *instant,
                           GError **error)
{
  CadenceDay day;
  if (g_ascii_strcasecmp(text, "now") == 0) {
    *instant = clock->now;
    return TRUE;
  }
  const char *time = find_time(text);
  if (!time && strchr(text, ':'))
    return cadence_instant_parse(text, clock->zone, instant, error);
  if (time ? !read_day_of_time(text, time, clock, &day, error)
           : !read_day(text, clock->today, CADENCE_BACK, &day, error))
    return FALSE;

  gint64 read;
  g_autofree char *date = cadence_day_to_string(day);
  g_autofree char *iso =
      g_strdup_printf("%sT%s%s:00", date, time && time[1] == ':' ? "0" : "", time ? time : "12:00");
  if (!cadence_instant_parse(iso, clock->zone, &read, NULL)) {
    cadence_when_refuse(error, text,
                        _("is no instant; write it as 2026-12-24 09:30 or yesterday 14:30"));
    return FALSE;
  }
  *instant = !time && day == clock->today ? MIN(read, clock->now) : read;
  return TRUE;
}
