/* What is measured: counts, reply gaps, waits, pressure, threads.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "fields.h"
#include "scenario.h"

typedef struct {
  Scenario *scenario;
  CadenceStanding *standing;
} Measured;

static void
measured_clear(Measured *measured)
{
  cadence_standing_free(measured->standing);
  scenario_free(measured->scenario);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Measured, measured_clear)

static Measured
measure(const char *settings, const char *mail, const char *today)
{
  g_autoptr(GError) error = NULL;
  Measured measured = {.scenario = scenario_new(settings, mail, today, &error)};
  assert_non_null(measured.scenario);
  measured.standing = scenario_standing(measured.scenario, 0, &measured.scenario->clock);
  return measured;
}

/* --- reply gaps and waits --- */

/* `expected`: runs, the gap's median/p90/last, the wait's median/p90. */
static void
check_runs(const char *mail, const char *expected)
{
  g_auto(Measured) measured = measure("-", mail, "2026-12-31");
  const CadenceStanding *standing = measured.standing;
  g_autofree char *gap = field_measure(standing->reply_gap, TRUE);
  g_autofree char *wait = field_measure(standing->wait, FALSE);
  g_autofree char *found = g_strdup_printf("%u %s %s", standing->runs, gap, wait);
  assert_string_equal(found, expected);
}

static void
test_runs(void **unused)
{
  check_runs("-", "0 -/-/- -/-");
  check_runs(">2026-01-05", "0 -/-/- -/-");
  check_runs("<2026-01-05", "0 -/-/- -/-");
  check_runs(">2026-01-05 <2026-01-06", "1 1d/1d/1d 1d/1d");
  check_runs(">2026-01-05 >2026-01-08 <2026-01-09", "1 1d/1d/1d 4d/4d");
  check_runs(">2026-01-05T09:00 >2026-01-05T15:00 <2026-01-05T16:30",
             "1 1h30m/1h30m/1h30m 7h30m/7h30m");
}

/* Further inbound mail before we answer ends no further run. */
static void
test_further_replies(void **unused)
{
  check_runs(">2026-01-05 <2026-01-06 <2026-01-20", "1 1d/1d/1d 1d/1d");
  check_runs("<2026-01-05 <2026-01-06", "0 -/-/- -/-");
}

/* Neither machine mail nor what bounced. */
static void
test_what_ends_no_run(void **unused)
{
  check_runs(">2026-01-05 <auto:2026-01-05 <2026-01-07", "1 2d/2d/2d 2d/2d");
  check_runs(">2026-01-05(to=eve) >2026-01-08(id=b to=bob) "
             "<bounce:2026-01-08(failed=bob returned=b) <2026-01-09(from=eve)",
             "1 4d/4d/4d 4d/4d");
}

/* Gaps of 1, 2, ... 10 days: the middle, the ninth of ten, the last. */
static void
test_middle_and_ninth_of_ten(void **unused)
{
  g_autoptr(GString) mail = g_string_new(NULL);
  CadenceDay day = cadence_day_from_ymd(2026, 1, 5);
  static const guint gaps[] = {7, 1, 10, 3, 9, 2, 8, 4, 6, 5};
  for (guint i = 0; i < G_N_ELEMENTS(gaps); i++) {
    g_autofree char *sent = cadence_day_to_string(day);
    g_autofree char *answered = cadence_day_to_string(day + (CadenceDay)gaps[i]);
    g_string_append_printf(mail, ">%sT09:00(thread=T) <%sT09:00 ", sent, answered);
    day += (CadenceDay)gaps[i] + 1;
  }
  check_runs(mail->str, "10 5d12h/9d/5d 5d12h/9d");
}

static void
test_over_a_change_of_clocks(void **unused)
{
  check_runs(">2026-03-28T09:00 <2026-03-29T09:00", "1 23h/23h/23h 23h/23h");
}

/* --- frequency --- */

static guint
outbound_30d(const char *mail, const char *today)
{
  g_auto(Measured) measured = measure("-", mail, today);
  return measured.standing->outbound_30d;
}

static void
test_outbound_30d(void **unused)
{
  assert_int_equal(outbound_30d(">2026-01-05", "2026-01-05"), 1);
  assert_int_equal(outbound_30d(">2026-01-05", "2026-02-03"), 1);
  assert_int_equal(outbound_30d(">2026-01-05", "2026-02-04"), 0);
  assert_int_equal(outbound_30d(">2026-01-05 >2026-01-05 <2026-01-06", "2026-01-07"), 2);
  assert_int_equal(
      outbound_30d(">2026-01-05(id=a) <bounce:2026-01-05(failed=bob returned=a)", "2026-01-07"), 1);
}

/* `expected` is in hundredths. */
static void
check_pressure(const char *settings, const char *mail, const char *today, int expected)
{
  g_auto(Measured) measured = measure(settings, mail, today);
  double found = measured.standing->pressure;
  assert_int_equal((int)(found * 100 + 0.5), expected);
}

/* 1.0 is as agreed. */
static void
test_pressure(void **unused)
{
  check_pressure("every=30d", "-", "2026-04-05", 0);
  check_pressure("every=30d", ">2026-01-10 >2026-02-09 >2026-03-11", "2026-04-05", 100);
  check_pressure("every=15d", ">2026-01-10 >2026-02-09 >2026-03-11", "2026-04-05", 50);
  check_pressure("every=60d", ">2026-01-10 >2026-02-09 >2026-03-11", "2026-04-05", 200);
  check_pressure("every=1w 30d", ">2026-01-10 >2026-02-09 >2026-03-11", "2026-04-05", 100);
}

/* Where nothing is agreed, over the cap; in nurture over the later of the floors. */
static void
test_pressure_without_agreement(void **unused)
{
  check_pressure("none", ">2026-01-10 >2026-02-09 >2026-03-11", "2026-04-05", 20);
  check_pressure("stage=nurture", ">2026-01-10 >2026-02-09 >2026-03-11", "2026-04-05", 100);
  check_pressure("stage=nurture, every=1w", ">2026-01-10 >2026-02-09 >2026-03-11", "2026-04-05",
                 100);
  check_pressure("stage=nurture, every=90d", ">2026-01-10 >2026-02-09 >2026-03-11", "2026-04-05",
                 300);
}

/* The last 90 days, days rather than mails; neither answers nor what bounced. */
static void
test_what_presses(void **unused)
{
  check_pressure("every=90d", ">2026-01-05", "2026-04-04", 100);
  check_pressure("every=90d", ">2026-01-05", "2026-04-05", 0);
  check_pressure("every=90d", ">2026-01-05 >2026-01-05 >2026-01-05", "2026-02-04", 100);
  check_pressure("every=90d", ">2026-01-05 <2026-01-06(id=r) >2026-01-07(re=r)", "2026-02-04", 100);
  check_pressure("every=90d", ">2026-01-05 <2026-01-06(id=r) >2026-01-07(re=r) >2026-01-08",
                 "2026-02-04", 200);
  check_pressure("every=90d",
                 ">2026-01-05 >2026-01-08(id=b) <bounce:2026-01-08(failed=bob soft returned=b)",
                 "2026-02-04", 100);
}

/* --- threads --- */

static void
test_threads(void **unused)
{
  g_auto(Measured) measured =
      measure("-",
              ">2026-01-05(thread=T) <2026-01-06(id=r thread=T) >2026-01-07(re=r thread=T) "
              ">2026-01-12(thread=U) >2026-01-12(thread=U) >2026-01-12(thread=T) "
              ">2026-01-19(thread=U)",
              "2026-01-20");
  const GPtrArray *threads = measured.standing->threads;
  assert_int_equal(threads->len, 2);
  const CadenceThread *newest = threads->pdata[0], *other = threads->pdata[1];
  assert_string_equal(newest->id, "U");
  assert_string_equal(newest->subject, "Offer");
  assert_int_equal(newest->outbound, 3);
  assert_int_equal(newest->replies, 0);
  assert_int_equal(newest->attempts, 2);
  assert_string_equal(other->id, "T");
  assert_int_equal(other->outbound, 3);
  assert_int_equal(other->replies, 1);
  assert_int_equal(other->attempts, 2);
}

static void
test_attempts_of_threads_are_of_the_present_run(void **unused)
{
  g_auto(Measured) measured = measure("-", ">2026-01-05 >2026-01-08 <2026-01-09", "2026-01-10");
  const CadenceThread *thread = measured.standing->threads->pdata[0];
  assert_int_equal(thread->outbound, 2);
  assert_int_equal(thread->attempts, 0);
}

static void
test_subject_is_of_the_newest_that_has_one(void **unused)
{
  g_autoptr(Scenario) scenario =
      scenario_new("-", ">2026-01-05 >2026-01-06 >2026-01-07", "2026-01-10", NULL);
  GPtrArray *contacts = scenario_contacts(scenario, 0);
  CadenceContact *second = contacts->pdata[1], *third = contacts->pdata[2];
  g_free(second->subject);
  second->subject = g_strdup("Re: Offer");
  g_clear_pointer(&third->subject, g_free);
  g_clear_pointer(&third->thread, g_free);
  third->thread = g_strdup("T");
  g_autoptr(CadenceStanding) standing = cadence_standing_new(
      "Acme", contacts, &g_array_index(scenario->terms, CadenceTerms, 0), &scenario->clock);
  assert_string_equal(((CadenceThread *)standing->threads->pdata[0])->subject, "Re: Offer");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_runs),
      cmocka_unit_test(test_further_replies),
      cmocka_unit_test(test_what_ends_no_run),
      cmocka_unit_test(test_middle_and_ninth_of_ten),
      cmocka_unit_test(test_over_a_change_of_clocks),
      cmocka_unit_test(test_outbound_30d),
      cmocka_unit_test(test_pressure),
      cmocka_unit_test(test_pressure_without_agreement),
      cmocka_unit_test(test_what_presses),
      cmocka_unit_test(test_threads),
      cmocka_unit_test(test_attempts_of_threads_are_of_the_present_run),
      cmocka_unit_test(test_subject_is_of_the_newest_that_has_one),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
