/* Durations, cadences and caps: reading, writing, adding to a day.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/duration.h>

#include <string.h>

#include <glib/gi18n-lib.h>

#include "quoted.h"

static const struct {
  const char *suffix;
  double mean_days;
} units[] = {
    [CADENCE_UNIT_DAYS] = {"d", 1.0},
    [CADENCE_UNIT_BUSINESS_DAYS] = {"bd", 7.0 / 5.0},
    [CADENCE_UNIT_WEEKS] = {"w", 7.0},
    [CADENCE_UNIT_MONTHS] = {"mo", 365.2425 / 12.0},
};

static gboolean
syntax_error(GError **error, const char *text, const char *what)
{
  g_autofree char *quoted = cadence_core_quoted(text);
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_SYNTAX, "%s %s", quoted, what);
  return FALSE;
}

/* A number from 1 to CADENCE_DURATION_MAX at the head of `text`; 0 where there is none. */
static guint
leading_count(const char *text, const char **rest)
{
  guint count = 0;
  for (*rest = text; g_ascii_isdigit(**rest); (*rest)++) {
    count = count * 10 + (guint)g_ascii_digit_value(**rest);
    if (count > CADENCE_DURATION_MAX)
      return 0;
  }
  return count;
}

gboolean
cadence_duration_parse(const char *text, CadenceDuration *duration, GError **error)
{
  const char *suffix;
  guint count = leading_count(text, &suffix);
  for (guint unit = 0; count > 0 && unit < G_N_ELEMENTS(units); unit++) {
    if (g_str_equal(suffix, units[unit].suffix)) {
      *duration = (CadenceDuration){.count = count, .unit = (CadenceUnit)unit};
      return TRUE;
    }
  }
  return syntax_error(error, text, _("is no duration; write 3d, 3bd (business days), 2w or 1mo"));
}

char *
cadence_duration_to_string(CadenceDuration duration)
{
  if (duration.count == 0)
    return g_strdup("");
  return g_strdup_printf("%u%s", duration.count, units[duration.unit].suffix);
}

/* Business days in either direction: whole weeks at once, then day by day. */
static CadenceDay
step_business_days(CadenceDay day, guint count, int direction)
{
  day += direction * (int)(count / 5) * 7;
  for (guint left = count % 5; left > 0; left--) {
    do
      day += direction;
    while (!cadence_day_is_business(day));
  }
  return day;
}

/* Weekends have no place in the count of whole weeks: it starts from the business day that a
 * weekend leans to (Saturday + 5bd is Friday, as from the Friday before). */
static CadenceDay
business_start(CadenceDay day, int direction)
{
  while (!cadence_day_is_business(day))
    day -= direction;
  return day;
}

static CadenceDay
step_months(CadenceDay day, guint count, int direction)
{
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_julian(&date, (guint32)day);
  int months = g_date_get_year(&date) * 12 + g_date_get_month(&date) - 1 + direction * (int)count;
  if (months < 12)
    return 1;
  if (months / 12 > 9999)
    return CADENCE_DAY_LAST;
  GDateYear year = (GDateYear)(months / 12);
  GDateMonth month = (GDateMonth)(months % 12 + 1);
  int last = g_date_get_days_in_month(month, year);
  return cadence_day_from_ymd(year, (int)month, MIN(g_date_get_day(&date), last));
}

static CadenceDay
step(CadenceDay day, CadenceDuration duration, int direction)
{
  int count = (int)MIN(duration.count, CADENCE_DURATION_MAX);
  if (day == CADENCE_DAY_NONE || count == 0)
    return day;
  switch (duration.unit) {
  case CADENCE_UNIT_DAYS:
    day += direction * count;
    break;
  case CADENCE_UNIT_WEEKS:
    day += direction * count * 7;
    break;
  case CADENCE_UNIT_BUSINESS_DAYS:
    day = step_business_days(business_start(day, direction), (guint)count, direction);
    break;
  case CADENCE_UNIT_MONTHS:
    day = step_months(day, (guint)count, direction);
    break;
  }
  return CLAMP(day, 1, CADENCE_DAY_LAST);
}

CadenceDay
cadence_duration_after(CadenceDay day, CadenceDuration duration)
{
  return step(day, duration, 1);
}

CadenceDay
cadence_duration_before(CadenceDay day, CadenceDuration duration)
{
  return step(day, duration, -1);
}

double
cadence_duration_mean_days(CadenceDuration duration)
{
  return duration.count * units[duration.unit].mean_days;
}

gboolean
cadence_intervals_parse(const char *text, CadenceIntervals *intervals, GError **error)
{
  CadenceIntervals found = {0};
  g_auto(GStrv) words = g_strsplit_set(text, " \t", -1);
  for (char **word = words; *word; word++) {
    if (!**word)
      continue;
    if (found.n == CADENCE_INTERVALS_MAX)
      return syntax_error(error, text, _("has more than 16 intervals; the last one repeats"));
    if (!cadence_duration_parse(*word, &found.step[found.n], error))
      return FALSE;
    found.n++;
  }
  if (found.n == 0)
    return syntax_error(error, text, _("names no interval; write one or more of 3bd, 2w, 1mo"));
  *intervals = found;
  return TRUE;
}

char *
cadence_intervals_to_string(const CadenceIntervals *intervals)
{
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < intervals->n; i++) {
    g_autofree char *one = cadence_duration_to_string(intervals->step[i]);
    g_string_append_printf(text, "%s%s", i ? " " : "", one);
  }
  return g_string_free(g_steal_pointer(&text), FALSE);
}

CadenceDuration
cadence_intervals_step(const CadenceIntervals *intervals, guint k)
{
  if (intervals->n == 0)
    return (CadenceDuration){0};
  return intervals->step[CLAMP(k, 1, intervals->n) - 1];
}

gboolean
cadence_cap_parse(const char *text, CadenceCap *cap, GError **error)
{
  const char *slash;
  CadenceCap found = {.count = leading_count(text, &slash)};
  if (found.count == 0 || *slash != '/' || !cadence_duration_parse(slash + 1, &found.window, NULL))
    return syntax_error(error, text, _("is no cap; write 5/30d for five in thirty days"));
  *cap = found;
  return TRUE;
}

char *
cadence_cap_to_string(CadenceCap cap)
{
  if (cap.count == 0)
    return g_strdup("");
  g_autofree char *window = cadence_duration_to_string(cap.window);
  return g_strdup_printf("%u/%s", cap.count, window);
}
