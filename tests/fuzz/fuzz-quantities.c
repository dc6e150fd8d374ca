/* Durations, cadences, caps, days and instants: whatever is read is written so that it reads as the
 * same, and sums stay in the calendar.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/cadence.h>
#include <string.h>

#include "fuzz.h"

#define NOW 1775044800 /* 2026-04-01T12:00:00Z */

static void
holds_day(CadenceDay day)
{
  HOLDS(day > CADENCE_DAY_NONE && day <= CADENCE_DAY_LAST);
  g_autofree char *written = cadence_day_to_string(day);
  CadenceDay again;
  HOLDS(cadence_day_parse(written, &again, NULL) && again == day);
}

static void
holds_duration(const char *text)
{
  CadenceDuration duration, again;
  g_autoptr(GError) error = NULL;
  gboolean read = cadence_duration_parse(text, &duration, &error);
  fuzz_holds_error(read, error);
  if (!read)
    return;
  g_autofree char *written = cadence_duration_to_string(duration);
  HOLDS(duration.count >= 1 && duration.count <= CADENCE_DURATION_MAX);
  HOLDS(cadence_duration_parse(written, &again, NULL));
  HOLDS(again.count == duration.count && again.unit == duration.unit);
  for (CadenceDay day = 1; day <= CADENCE_DAY_LAST; day += CADENCE_DAY_LAST / 2) {
    holds_day(cadence_duration_after(day, duration));
    holds_day(cadence_duration_before(day, duration));
  }
}

static void
holds_intervals(const char *text)
{
  CadenceIntervals intervals, again;
  g_autoptr(GError) error = NULL;
  gboolean read = cadence_intervals_parse(text, &intervals, &error);
  fuzz_holds_error(read, error);
  if (!read)
    return;
  g_autofree char *written = cadence_intervals_to_string(&intervals);
  HOLDS(cadence_intervals_parse(written, &again, NULL) && again.n == intervals.n);
  g_autofree char *twice = cadence_intervals_to_string(&again);
  HOLDS(g_str_equal(written, twice));
}

static void
holds_cap(const char *text)
{
  CadenceCap cap, again;
  g_autoptr(GError) error = NULL;
  gboolean read = cadence_cap_parse(text, &cap, &error);
  fuzz_holds_error(read, error);
  if (!read)
    return;
  g_autofree char *written = cadence_cap_to_string(cap);
  HOLDS(cadence_cap_parse(written, &again, NULL) && again.count == cap.count);
}

static void
holds_instant(gboolean read, gint64 instant, const GError *error, GTimeZone *zone)
{
  fuzz_holds_error(read, error);
  g_autofree char *written = read ? cadence_instant_to_string(instant, zone) : NULL;
  gint64 again;
  if (written)
    HOLDS(cadence_instant_parse(written, zone, &again, NULL) && again == instant);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_autofree char *text = fuzz_text(data, size);
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
  CadenceClock clock = cadence_clock(NOW, zone);
  g_autoptr(GError) at_day = NULL;
  g_autoptr(GError) at_when = NULL;
  g_autoptr(GError) at_instant = NULL;
  g_autoptr(GError) at_when_instant = NULL;
  CadenceDay day = CADENCE_DAY_NONE;
  gint64 instant = 0;
  holds_duration(text);
  holds_intervals(text);
  holds_cap(text);
  if (cadence_day_parse(text, &day, &at_day))
    holds_day(day);
  fuzz_holds_error(at_day == NULL, at_day);
  if (cadence_when_parse(text, clock.today, &day, &at_when))
    holds_day(day);
  fuzz_holds_error(at_when == NULL, at_when);
  gboolean read = cadence_instant_parse(text, zone, &instant, &at_instant);
  holds_instant(read, instant, at_instant, zone);
  read = cadence_when_instant_parse(text, &clock, &instant, &at_when_instant);
  holds_instant(read, instant, at_when_instant, zone);
  return 0;
}
