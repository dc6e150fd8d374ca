/* Days and instants: tests/cases/day.cases, and the calendar as a whole.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <cadence/day.h>

#include "fields.h"
#include "table.h"

/* What stands between the double quotes of a field. */
static char *
quoted(const char *field)
{
  gsize length = strlen(field);
  g_assert(length >= 2 && field[0] == '"' && field[length - 1] == '"');
  return g_strndup(field + 1, length - 2);
}

static CadenceDay
day(const char *text)
{
  CadenceDay found;
  return cadence_day_parse(text, &found, NULL) ? found : CADENCE_DAY_NONE;
}

/* A text that cannot be read leaves the value alone and sets the error. */
static char *
read_day(const char *text)
{
  CadenceDay found = 42;
  g_autoptr(GError) error = NULL;
  if (cadence_day_parse(text, &found, &error))
    return error ? g_strdup("a day and an error") : field_day(found);
  if (found != 42 || !g_error_matches(error, CADENCE_ERROR, CADENCE_ERROR_SYNTAX))
    return g_strdup("an error that is none");
  return g_strdup("error");
}

static char *
read_instant(const char *text, GTimeZone *zone)
{
  gint64 found = 42;
  g_autoptr(GError) error = NULL;
  if (cadence_instant_parse(text, zone, &found, &error))
    return cadence_instant_to_string(found, zone);
  if (found != 42 || !g_error_matches(error, CADENCE_ERROR, CADENCE_ERROR_SYNTAX))
    return g_strdup("an error that is none");
  return g_strdup("error");
}

static char *
day_of(const char *text, GTimeZone *zone)
{
  gint64 instant;
  if (!cadence_instant_parse(text, zone, &instant, NULL))
    return g_strdup("no instant");
  CadenceClock clock = cadence_clock(instant, zone);
  if (clock.now != instant || clock.zone != zone || clock.today != cadence_day_of(instant, zone))
    return g_strdup("a clock that goes wrong");
  return field_day(clock.today);
}

static char *
check(char **field)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(strchr(field[2], '/') ? field[2] : "UTC");
  char *actual = NULL;
  if (!zone)
    return g_strdup("there is no such zone");
  if (g_str_equal(field[0], "day of")) {
    actual = day_of(field[1], zone);
  } else if (g_str_equal(field[0], "day")) {
    g_autofree char *text = quoted(field[1]);
    actual = read_day(text);
  } else if (g_str_equal(field[0], "instant")) {
    g_autofree char *text = quoted(field[1]);
    actual = read_instant(text, zone);
  } else if (g_str_equal(field[0], "next business day")) {
    actual = field_day(cadence_day_next_business(day(field[1])));
  } else if (g_str_equal(field[0], "business day between")) {
    gboolean between = cadence_day_business_between(day(field[1]), day(field[2]));
    actual = g_strdup(between ? "yes" : "no");
  } else {
    return g_strdup("what is this?");
  }
  return field_differs("it", actual, field[3]);
}

static void
test_table(void **unused)
{
  assert_int_equal(table_run("day.cases", 4, check), 0);
}

/* Day after day through the whole calendar, against GDate. */
static void
test_every_day(void **unused)
{
  GDate date;
  g_date_clear(&date, 1);
  g_date_set_dmy(&date, 1, G_DATE_JANUARY, 1);
  for (CadenceDay number = 1; number <= CADENCE_DAY_LAST; number++) {
    GDateWeekday weekday = g_date_get_weekday(&date);
    CadenceDay found = cadence_day_from_ymd(g_date_get_year(&date), g_date_get_month(&date),
                                            g_date_get_day(&date));
    if (found != number)
      fail_msg("day %d comes out as %d", number, found);
    if (cadence_day_is_business(number) != (weekday <= G_DATE_FRIDAY))
      fail_msg("day %d is a %d", number, weekday);
    if (number < CADENCE_DAY_LAST)
      g_date_add_days(&date, 1);
  }
}

static void
test_round_trip(void **unused)
{
  for (CadenceDay number = 1; number <= CADENCE_DAY_LAST; number += 97) {
    g_autofree char *text = cadence_day_to_string(number);
    assert_int_equal(day(text), number);
  }
}

static void
test_no_day(void **unused)
{
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
  assert_null(cadence_day_to_string(CADENCE_DAY_NONE));
  assert_null(cadence_day_to_string(-1));
  assert_null(cadence_day_to_string(CADENCE_DAY_LAST + 1));
  assert_null(cadence_instant_to_string(0, utc));
  assert_int_equal(cadence_day_of(G_MAXINT64, utc), CADENCE_DAY_NONE);
  assert_int_equal(cadence_day_of(G_MININT64, utc), CADENCE_DAY_NONE);
  assert_int_equal(cadence_day_of(253402300800, utc), CADENCE_DAY_NONE);
  assert_int_equal(cadence_day_of(253402300799, utc), CADENCE_DAY_LAST);
  assert_int_equal(cadence_day_from_ymd(2026, 2, 29), CADENCE_DAY_NONE);
  assert_int_equal(cadence_day_from_ymd(0, 1, 1), CADENCE_DAY_NONE);
  assert_int_equal(cadence_day_from_ymd(10000, 1, 1), CADENCE_DAY_NONE);
  assert_int_equal(cadence_day_from_ymd(2026, -1, 1), CADENCE_DAY_NONE);
  assert_int_equal(cadence_day_from_ymd(G_MAXINT, G_MAXINT, G_MAXINT), CADENCE_DAY_NONE);
}

/* An hour that a zone leaves out or has twice is still of that day. */
static void
test_hours_that_are_not_or_are_twice(void **unused)
{
  static const struct {
    const char *text, *zone, *day;
  } hours[] = {{"2026-03-29T02:30:00", "Europe/Berlin", "2026-03-29"},
               {"2026-10-25T02:30:00", "Europe/Berlin", "2026-10-25"},
               {"2026-03-08T02:30:00", "America/New_York", "2026-03-08"},
               {"2026-11-01T01:30:00", "America/New_York", "2026-11-01"},
               {"2026-10-04T02:15:00", "Australia/Lord_Howe", "2026-10-04"},
               {"2026-04-05T01:45:00", "Australia/Lord_Howe", "2026-04-05"}};
  for (guint i = 0; i < G_N_ELEMENTS(hours); i++) {
    gint64 instant;
    g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(hours[i].zone);
    assert_true(cadence_instant_parse(hours[i].text, zone, &instant, NULL));
    assert_int_equal(cadence_day_of(instant, zone), day(hours[i].day));
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_table),
      cmocka_unit_test(test_every_day),
      cmocka_unit_test(test_round_trip),
      cmocka_unit_test(test_no_day),
      cmocka_unit_test(test_hours_that_are_not_or_are_twice),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
