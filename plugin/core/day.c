/* Calendar days and instants, on GDate and GDateTime.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/day.h>

#include <string.h>

#include <glib/gi18n-lib.h>

#include "quoted.h"

CadenceClock
cadence_clock(gint64 now, GTimeZone *zone)
{
  return (CadenceClock){.now = now, .today = cadence_day_of(now, zone), .zone = zone};
}

CadenceDay
cadence_day_from_ymd(int year, int month, int day)
{
  GDate date;
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
    return CADENCE_DAY_NONE;
  if (!g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
    return CADENCE_DAY_NONE;
  g_date_clear(&date, 1);
  g_date_set_dmy(&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  return (CadenceDay)g_date_get_julian(&date);
}

CadenceDay
cadence_day_of(gint64 instant, GTimeZone *zone)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(instant);
  g_autoptr(GDateTime) local = utc ? g_date_time_to_timezone(utc, zone) : NULL;
  if (!local)
    return CADENCE_DAY_NONE;
  return cadence_day_from_ymd(g_date_time_get_year(local), g_date_time_get_month(local),
                              g_date_time_get_day_of_month(local));
}

/* `count` digits at `text`, or -1. */
static int
digits(const char *text, int count)
{
  int value = 0;
  for (int i = 0; i < count; i++) {
    if (!g_ascii_isdigit(text[i]))
      return -1;
    value = value * 10 + g_ascii_digit_value(text[i]);
  }
  return value;
}

gboolean
cadence_day_parse(const char *text, CadenceDay *day, GError **error)
{
  CadenceDay found = CADENCE_DAY_NONE;
  if (strlen(text) == 10 && text[4] == '-' && text[7] == '-')
    found = cadence_day_from_ymd(digits(text, 4), digits(text + 5, 2), digits(text + 8, 2));
  if (found == CADENCE_DAY_NONE) {
    g_autofree char *quoted = cadence_core_quoted(text);
    g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_SYNTAX,
                _("%s is no day; write it as 2026-12-24"), quoted);
    return FALSE;
  }
  *day = found;
  return TRUE;
}

static GDate
to_gdate(CadenceDay day)
{
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_julian(&date, (guint32)day);
  return date;
}

char *
cadence_day_to_string(CadenceDay day)
{
  if (day <= CADENCE_DAY_NONE || day > CADENCE_DAY_LAST)
    return NULL;
  GDate date = to_gdate(day);
  return g_strdup_printf("%04d-%02d-%02d", g_date_get_year(&date), g_date_get_month(&date),
                         g_date_get_day(&date));
}

gboolean
cadence_day_is_business(CadenceDay day)
{
  return (day - 1) % 7 < 5; /* day 1, 0001-01-01, is a Monday */
}

CadenceDay
cadence_day_next_business(CadenceDay day)
{
  do
    day++;
  while (!cadence_day_is_business(day));
  return MIN(day, CADENCE_DAY_LAST);
}

gboolean
cadence_day_business_between(CadenceDay earlier, CadenceDay later)
{
  return earlier < later && cadence_day_next_business(earlier) < later;
}

gboolean
cadence_instant_parse(const char *text, GTimeZone *zone, gint64 *instant, GError **error)
{
  CadenceDay day;
  g_autofree char *noon = NULL;
  if (cadence_day_parse(text, &day, NULL))
    text = noon = g_strconcat(text, "T12:00:00", NULL);
  g_autoptr(GDateTime) time = g_date_time_new_from_iso8601(text, zone);
  gint64 found = time ? g_date_time_to_unix(time) : 0;
  if (found <= 0) {
    g_autofree char *quoted = cadence_core_quoted(text);
    g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_SYNTAX,
                _("%s is no instant; write it as 2026-12-24 or 2026-12-24T09:30:00+01:00"), quoted);
    return FALSE;
  }
  *instant = found;
  return TRUE;
}

char *
cadence_instant_to_string(gint64 instant, GTimeZone *zone)
{
  g_autoptr(GDateTime) utc = instant ? g_date_time_new_from_unix_utc(instant) : NULL;
  g_autoptr(GDateTime) local = utc ? g_date_time_to_timezone(utc, zone) : NULL;
  return local ? g_date_time_format(local, "%Y-%m-%dT%H:%M:%S%:z") : NULL;
}
