/* The interval that is proposed where none is agreed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scenario.h"

static void
check(const char *mail, const char *expected)
{
  g_autoptr(GError) error = NULL;
  CadenceIntervals proposed = {.n = 7};
  Scenario *scenario = scenario_new("-", mail, "2026-12-31", &error);
  assert_non_null(scenario);
  CadenceStanding *standing = scenario_standing(scenario, 0, &scenario->clock);
  gboolean found = cadence_standing_propose(standing, &proposed);
  g_autofree char *text = cadence_intervals_to_string(&proposed);
  assert_string_equal(text, expected);
  assert_int_equal(found, *expected != '\0');
  cadence_standing_free(standing);
  scenario_free(scenario);
}

static void
test_ladder(void **unused)
{
  check(">2026-01-05 <2026-01-05", "3bd");
  check(">2026-01-05 <2026-01-09", "3bd");
  check(">2026-01-05 <2026-01-10", "1w");
  check(">2026-01-05 <2026-01-12", "1w");
  check(">2026-01-05 <2026-01-13", "2w");
  check(">2026-01-05 <2026-02-04", "1mo");
  check(">2026-01-05 <2026-02-06", "2mo");
  check(">2026-01-05 <2026-04-01", "3mo");
  check(">2026-01-05 <2026-11-01", "3mo");
}

/* The wait runs from the first attempt of the run, and the middle one of all decides. */
static void
test_median(void **unused)
{
  check(">2026-01-05 >2026-01-12 >2026-01-19 <2026-01-20", "1mo");
  check(">2026-01-05 <2026-01-06 >2026-02-05 <2026-02-11 >2026-03-05 <2026-06-05", "1w");
}

static void
test_none(void **unused)
{
  check("-", "");
  check(">2026-01-05", "");
  check("<2026-01-05", "");
  check(">2026-01-05 <auto:2026-01-05", "");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_ladder),
      cmocka_unit_test(test_median),
      cmocka_unit_test(test_none),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
