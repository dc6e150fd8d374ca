/* Policy and agreement folded: which rule counts where.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scenario.h"

static CadenceTerms
terms(const Scenario *scenario)
{
  return g_array_index(scenario->terms, CadenceTerms, 0);
}

static Scenario *
settings(const char *text)
{
  g_autoptr(GError) error = NULL;
  Scenario *scenario = scenario_new(text, "-", "2026-01-05", &error);
  assert_non_null(scenario);
  return scenario;
}

/* What comes of settings: "every | stop-after | stop-time | stop-on | cap", `-` for none. */
static void
check(const char *text, const char *expected)
{
  g_autoptr(Scenario) scenario = settings(text);
  CadenceTerms folded = terms(scenario);
  g_autofree char *every = cadence_intervals_to_string(&folded.every);
  g_autofree char *time = cadence_duration_to_string(folded.stop_time);
  g_autofree char *day = cadence_day_to_string(folded.stop_on);
  g_autofree char *cap = cadence_cap_to_string(folded.cap);
  g_autofree char *found = g_strdup_printf("%s | %u | %s | %s | %s", every, folded.stop_after,
                                           *time ? time : "-", day ? day : "-", *cap ? cap : "-");
  assert_string_equal(found, expected);
}

static void
test_nothing_agreed(void **unused)
{
  check("none", "3bd 5bd 2w 1mo | 4 | 180d | - | 5/30d");
  check("-", "3bd 5bd 2w 1mo | 4 | 180d | - | 5/30d");
  check("stage=qualified, via=phone", "3bd 5bd 2w 1mo | 4 | 180d | - | 5/30d");
  check("none, policy.every=1w, policy.stop-after=7, policy.stop-time=90d, policy.cap=2/1w",
        "1w | 7 | 90d | - | 2/1w");
}

/* Without `every` the policy's cadence counts, and its stop rule with it. */
static void
test_agreement_without_interval(void **unused)
{
  check("stop-after=9", "3bd 5bd 2w 1mo | 9 | 180d | - | 5/30d");
  check("stop-on=2026-12-31", "3bd 5bd 2w 1mo | 4 | 180d | 2026-12-31 | 5/30d");
}

/* With it only the agreement's own rules do. */
static void
test_agreement_with_interval(void **unused)
{
  check("every=1mo", "1mo | 0 | - | - | -");
  check("every=1mo, policy.stop-after=2, policy.stop-time=10d", "1mo | 0 | - | - | -");
  check("every=1mo, stop-after=9", "1mo | 9 | - | - | -");
  check("every=1w 1mo, stop-on=2026-12-31", "1w 1mo | 0 | - | 2026-12-31 | -");
}

/* In nurture only the agreement's own stop rule counts, with an interval or without. */
static void
test_nurture(void **unused)
{
  check("stage=nurture", "3bd 5bd 2w 1mo | 0 | - | - | 5/30d");
  check("stage=nurture, stop-after=9", "3bd 5bd 2w 1mo | 9 | - | - | 5/30d");
  check("stage=nurture, every=1mo", "1mo | 0 | - | - | -");
  check("stage=nurture, stop-on=2026-12-31", "3bd 5bd 2w 1mo | 0 | - | 2026-12-31 | 5/30d");
}

static void
test_agreed_means_an_interval(void **unused)
{
  g_autoptr(Scenario) none = settings("none");
  g_autoptr(Scenario) bare = settings("stage=won, stop-after=3");
  g_autoptr(Scenario) agreed = settings("every=1mo");
  assert_false(terms(none).agreed);
  assert_null(terms(none).agreement);
  assert_int_equal(terms(none).stage, CADENCE_STAGE_NONE);
  assert_false(terms(bare).agreed);
  assert_int_equal(terms(bare).stage, CADENCE_STAGE_WON);
  assert_true(terms(agreed).agreed);
  assert_ptr_equal(terms(agreed).policy, cadence_config_policy(agreed->config));
}

static void
test_nothing_to_free(void **unused)
{
  cadence_policy_free(NULL);
  cadence_agreement_free(NULL);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_nothing_agreed),
      cmocka_unit_test(test_agreement_without_interval),
      cmocka_unit_test(test_agreement_with_interval),
      cmocka_unit_test(test_nurture),
      cmocka_unit_test(test_agreed_means_an_interval),
      cmocka_unit_test(test_nothing_to_free),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
