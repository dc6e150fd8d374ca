/* Durations, cadences and caps: tests/cases/duration.cases, and what holds for all of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <cadence/duration.h>

#include "fields.h"
#include "table.h"

static CadenceDuration
duration(const char *text)
{
  CadenceDuration found = {0};
  g_assert(cadence_duration_parse(text, &found, NULL));
  return found;
}

/* A failure must set the error and leave the value alone. */
static char *
error_or(gboolean good, const GError *error, gboolean untouched, char *text)
{
  g_autofree char *owned = text;
  if (good)
    return error ? g_strdup("a value and an error") : g_steal_pointer(&owned);
  if (!untouched || !g_error_matches(error, CADENCE_ERROR, CADENCE_ERROR_SYNTAX))
    return g_strdup("an error that is none");
  return g_strdup("error");
}

static char *
read_duration(const char *text)
{
  CadenceDuration found = {0};
  g_autoptr(GError) error = NULL;
  gboolean good = cadence_duration_parse(text, &found, &error);
  return error_or(good, error, found.count == 0, cadence_duration_to_string(found));
}

static char *
read_intervals(const char *text)
{
  CadenceIntervals found = {0};
  g_autoptr(GError) error = NULL;
  gboolean good = cadence_intervals_parse(text, &found, &error);
  return error_or(good, error, found.n == 0, cadence_intervals_to_string(&found));
}

static char *
read_cap(const char *text)
{
  CadenceCap found = {0};
  g_autoptr(GError) error = NULL;
  gboolean good = cadence_cap_parse(text, &found, &error);
  return error_or(good, error, found.count == 0, cadence_cap_to_string(found));
}

static char *
check_sum(char **field)
{
  CadenceDay day;
  CadenceDuration by = {0};
  if (!cadence_day_parse(field[0], &day, NULL) || !cadence_duration_parse(field[1], &by, NULL))
    return g_strdup("no day or no duration");
  char *faults = NULL;
  if (!g_str_equal(field[2], "-"))
    faults = field_differs("after it", field_day(cadence_duration_after(day, by)), field[2]);
  if (!g_str_equal(field[3], "-"))
    faults = field_join(
        faults, field_differs("before it", field_day(cadence_duration_before(day, by)), field[3]));
  return faults;
}

static char *
check(char **field)
{
  static const struct {
    const char *word;
    char *(*read)(const char *text);
  } readers[] = {{"reads", read_duration}, {"every", read_intervals}, {"cap", read_cap}};
  for (guint i = 0; i < G_N_ELEMENTS(readers); i++) {
    if (g_str_equal(field[0], readers[i].word)) {
      g_autofree char *text = g_strndup(field[1] + 1, strlen(field[1]) - 2);
      return field_differs("it", readers[i].read(text), field[2]);
    }
  }
  return check_sum(field);
}

static void
test_table(void **unused)
{
  assert_int_equal(table_run("duration.cases", 4, check), 0);
}

/* Business days one by one come to the same as all at once. */
static void
test_business_days_add_up(void **unused)
{
  CadenceDay start = cadence_day_from_ymd(2026, 1, 5);
  for (CadenceDay day = start; day < start + 7; day++) {
    CadenceDay after = day, before = day;
    for (guint count = 1; count < 60; count++) {
      CadenceDuration by = {count, CADENCE_UNIT_BUSINESS_DAYS};
      do
        after++;
      while (!cadence_day_is_business(after));
      do
        before--;
      while (!cadence_day_is_business(before));
      assert_int_equal(cadence_duration_after(day, by), after);
      assert_int_equal(cadence_duration_before(day, by), before);
    }
  }
}

/* Later days and longer durations never come out earlier, and all stays within the calendar. */
static void
test_sums_keep_order(void **unused)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed(20260105);
  for (guint i = 0; i < 100000; i++) {
    CadenceDay day = g_rand_int_range(rand, 1, CADENCE_DAY_LAST);
    CadenceDuration by = {(guint)g_rand_int_range(rand, 1, CADENCE_DURATION_MAX),
                          (CadenceUnit)g_rand_int_range(rand, 0, 4)};
    CadenceDuration more = {by.count + 1, by.unit};
    CadenceDay after = cadence_duration_after(day, by), before = cadence_duration_before(day, by);
    assert_in_range(after, day, CADENCE_DAY_LAST);
    assert_in_range(before, 1, day);
    assert_true(cadence_duration_after(day + 1, by) >= after);
    assert_true(cadence_duration_after(day, more) >= after);
    assert_true(cadence_duration_before(day, more) <= before);
  }
}

static void
test_none(void **unused)
{
  CadenceDay day = cadence_day_from_ymd(2026, 1, 5);
  const CadenceDuration none = {0};
  const CadenceIntervals no_intervals = {0};
  g_autofree char *text = cadence_duration_to_string(none);
  g_autofree char *intervals = cadence_intervals_to_string(&no_intervals);
  g_autofree char *cap = cadence_cap_to_string((CadenceCap){0});
  assert_string_equal(text, "");
  assert_string_equal(intervals, "");
  assert_string_equal(cap, "");
  assert_int_equal(cadence_duration_after(day, none), day);
  assert_int_equal(cadence_duration_before(day, none), day);
  assert_int_equal(cadence_duration_after(CADENCE_DAY_NONE, duration("1mo")), CADENCE_DAY_NONE);
  assert_int_equal(cadence_duration_before(CADENCE_DAY_NONE, duration("1bd")), CADENCE_DAY_NONE);
}

/* The last interval repeats; none is asked for before the first. */
static void
test_steps(void **unused)
{
  static const guint counts[] = {3, 3, 5, 2, 1, 1, 1};
  CadenceIntervals intervals;
  assert_true(cadence_intervals_parse("3bd 5bd 2w 1mo", &intervals, NULL));
  for (guint k = 0; k < G_N_ELEMENTS(counts); k++)
    assert_int_equal(cadence_intervals_step(&intervals, k).count, counts[k]);
  assert_int_equal(cadence_intervals_step(&intervals, G_MAXUINT).unit, CADENCE_UNIT_MONTHS);
  intervals.n = 0;
  assert_int_equal(cadence_intervals_step(&intervals, 3).count, 0);
}

static void
test_mean_days(void **unused)
{
  assert_float_equal(cadence_duration_mean_days(duration("30d")), 30.0, 1e-9);
  assert_float_equal(cadence_duration_mean_days(duration("5bd")), 7.0, 1e-9);
  assert_float_equal(cadence_duration_mean_days(duration("2w")), 14.0, 1e-9);
  assert_float_equal(cadence_duration_mean_days(duration("12mo")), 365.2425, 1e-9);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_table),           cmocka_unit_test(test_business_days_add_up),
      cmocka_unit_test(test_sums_keep_order), cmocka_unit_test(test_none),
      cmocka_unit_test(test_steps),           cmocka_unit_test(test_mean_days),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
