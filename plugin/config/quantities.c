/* Values that measure something: intervals, durations, caps, numbers, shares, time limits, days.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "quantities.h"

#include <cadence/duration.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "faults.h"

#define COUNT_MOST 999
#define MILLISECONDS_MOST 60000
#define DAYS_MOST 3660.0 /* ten years: beyond that it is a slip, and no one would notice */

#define SHOWN(value) (cadence_quoted(value).text)

static gboolean
is_never(const char *text)
{
  return g_str_equal(text, "never");
}

/* Digits alone, from 1 to `most`; 0 for anything else. */
static guint
read_number(const char *text, guint most)
{
  guint64 number;
  return g_ascii_string_to_unsigned(text, 10, 1, most, &number, NULL) ? (guint)number : 0;
}

static char *
too_long(const char *text)
{
  return g_strdup_printf(_("\"%s\" is longer than ten years"), SHOWN(text));
}

char *
cadence_quantities_read_intervals(const char *text, gpointer field)
{
  CadenceIntervals intervals;
  if (!cadence_intervals_parse(text, &intervals, NULL))
    return g_strdup_printf(
        _("\"%s\" is no cadence; write 30d, or up to 16 with blanks between: 3bd 5bd 2w 1mo"),
        SHOWN(text));
  for (guint i = 0; i < intervals.n; i++)
    if (cadence_duration_mean_days(intervals.step[i]) > DAYS_MOST)
      return too_long(text);
  *(CadenceIntervals *)field = intervals;
  return NULL;
}

char *
cadence_quantities_write_intervals(gconstpointer field)
{
  return cadence_intervals_to_string(field);
}

char *
cadence_quantities_read_duration(const char *text, gpointer field)
{
  CadenceDuration duration;
  if (!cadence_duration_parse(text, &duration, NULL))
    return g_strdup_printf(_("\"%s\" is no duration; write 3d, 2w, 1mo or 3bd"), SHOWN(text));
  if (cadence_duration_mean_days(duration) > DAYS_MOST)
    return too_long(text);
  *(CadenceDuration *)field = duration;
  return NULL;
}

char *
cadence_quantities_write_duration(gconstpointer field)
{
  return cadence_duration_to_string(*(const CadenceDuration *)field);
}

char *
cadence_quantities_read_duration_or_never(const char *text, gpointer field)
{
  CadenceDuration never = {0};
  if (!is_never(text))
    return cadence_quantities_read_duration(text, field);
  *(CadenceDuration *)field = never;
  return NULL;
}

char *
cadence_quantities_write_duration_or_never(gconstpointer field)
{
  const CadenceDuration *duration = field;
  return duration->count > 0 ? cadence_quantities_write_duration(field) : g_strdup("never");
}

char *
cadence_quantities_read_cap_or_never(const char *text, gpointer field)
{
  CadenceCap cap = {0};
  if (!is_never(text)) {
    if (!cadence_cap_parse(text, &cap, NULL))
      return g_strdup_printf(
          _("\"%s\" is no cap; write 5/30d (five in any 30 days), or never for none"), SHOWN(text));
    if (cadence_duration_mean_days(cap.window) > DAYS_MOST)
      return too_long(text);
  }
  *(CadenceCap *)field = cap;
  return NULL;
}

char *
cadence_quantities_write_cap_or_never(gconstpointer field)
{
  const CadenceCap *cap = field;
  return cap->count > 0 ? cadence_cap_to_string(*cap) : g_strdup("never");
}

char *
cadence_quantities_read_count(const char *text, gpointer field)
{
  guint count = read_number(text, COUNT_MOST);
  if (count == 0)
    return g_strdup_printf(_("\"%s\" is no number from 1 to 999"), SHOWN(text));
  *(guint *)field = count;
  return NULL;
}

char *
cadence_quantities_read_count_or_never(const char *text, gpointer field)
{
  guint count = read_number(text, COUNT_MOST);
  if (count == 0 && !is_never(text))
    return g_strdup_printf(_("\"%s\" is no number from 1 to 999; write never to switch it off"),
                           SHOWN(text));
  *(guint *)field = count;
  return NULL;
}

char *
cadence_quantities_write_count(gconstpointer field)
{
  guint count = *(const guint *)field;
  return count > 0 ? g_strdup_printf("%u", count) : g_strdup("");
}

char *
cadence_quantities_write_count_or_never(gconstpointer field)
{
  return *(const guint *)field > 0 ? cadence_quantities_write_count(field) : g_strdup("never");
}

/* Digits and at most one point: no sign, exponent, "nan" or the locale's comma. */
char *
cadence_quantities_read_share(const char *text, gpointer field)
{
  double share = 0;
  if (g_ascii_isdigit(*text) && strspn(text, "0123456789.") == strlen(text)) {
    char *end;
    share = g_ascii_strtod(text, &end);
    if (*end)
      share = 0;
  }
  if (!(share > 0 && share <= 1))
    return g_strdup_printf(_("\"%s\" is no share; write a number above 0 and up to 1, as 0.6"),
                           SHOWN(text));
  *(double *)field = share;
  return NULL;
}

char *
cadence_quantities_write_share(gconstpointer field)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  return g_strdup(g_ascii_formatd(digits, sizeof digits, "%.6g", *(const double *)field));
}

char *
cadence_quantities_read_milliseconds(const char *text, gpointer field)
{
  gsize digits = strspn(text, "0123456789");
  g_autofree char *number = g_strndup(text, digits);
  guint factor = g_str_equal(text + digits, "ms") ? 1 : g_str_equal(text + digits, "s") ? 1000 : 0;
  guint count = factor ? read_number(number, MILLISECONDS_MOST / factor) : 0;
  if (count == 0)
    return g_strdup_printf(_("\"%s\" is no time limit; write 200ms or 2s, a minute at most"),
                           SHOWN(text));
  *(guint *)field = count * factor;
  return NULL;
}

char *
cadence_quantities_write_milliseconds(gconstpointer field)
{
  return g_strdup_printf("%ums", *(const guint *)field);
}

char *
cadence_quantities_read_day(const char *text, gpointer field)
{
  if (!cadence_day_parse(text, field, NULL))
    return g_strdup_printf(_("\"%s\" is no day of the calendar; write it as 2026-01-31"),
                           SHOWN(text));
  return NULL;
}

char *
cadence_quantities_write_day(gconstpointer field)
{
  char *day = cadence_day_to_string(*(const CadenceDay *)field);
  return day ? day : g_strdup("");
}
