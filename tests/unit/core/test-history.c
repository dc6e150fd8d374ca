/* Contacts in any order -> history: dates that can be believed, chains of answers, bounces, what
 * counts.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "scenario.h"

#define TODAY "2026-03-01"

/* The mail as `cadence_history_prepare` leaves it. */
typedef struct {
  Scenario *scenario;
  GPtrArray *contacts;
} History;

static void
history_clear(History *history)
{
  g_ptr_array_unref(history->contacts);
  scenario_free(history->scenario);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(History, history_clear)

static void
prepare(History *history)
{
  cadence_history_prepare(history->contacts,
                          &g_array_index(history->scenario->terms, CadenceTerms, 0),
                          &history->scenario->clock);
}

static History
unprepared(const char *settings, const char *mail)
{
  g_autoptr(GError) error = NULL;
  History history = {.scenario = scenario_new(settings, mail, TODAY, &error)};
  assert_non_null(history.scenario);
  history.contacts = scenario_contacts(history.scenario, 0);
  return history;
}

static History
prepared(const char *settings, const char *mail)
{
  History history = unprepared(settings, mail);
  prepare(&history);
  return history;
}

static const CadenceContact *
contact(const History *history, const char *id)
{
  for (guint i = 0; i < history->contacts->len; i++) {
    const CadenceContact *one = history->contacts->pdata[i];
    if (g_str_equal(one->id, id))
      return one;
  }
  return NULL;
}

/* "a:2026-01-05 b:2026-01-06", in order. */
static char *
describe(const History *history)
{
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < history->contacts->len; i++) {
    const CadenceContact *one = history->contacts->pdata[i];
    g_autofree char *day = cadence_day_to_string(one->day);
    g_string_append_printf(text, "%s%s:%s%s%s", i ? " " : "", one->id, day ? day : "-",
                           one->taken_back ? "!" : "", one->answered ? "=" : "");
  }
  return g_string_free(g_steal_pointer(&text), FALSE);
}

/* `expected`: in order, `!` behind what was taken back, `=` behind what answered a reply. */
static void
check(const char *settings, const char *mail, const char *expected)
{
  g_auto(History) history = prepared(settings, mail);
  g_autofree char *found = describe(&history);
  assert_string_equal(found, expected);
}

/* --- order and dates --- */

static void
test_in_order(void **unused)
{
  check("-", ">2026-02-05(id=c) >2026-01-05(id=a) <2026-01-20(id=b)",
        "a:2026-01-05 b:2026-01-20 c:2026-02-05=");
}

static void
test_nobody(void **unused)
{
  check("-", "-", "");
}

static void
test_dates_are_mended(void **unused)
{
  check("-", ">2027-01-05(id=a received=2026-01-05 seen=2026-01-09)", "a:2026-01-05");
  check("-", ">2027-01-05(id=a received=2027-01-01 seen=2026-01-09)", "a:2026-01-09");
  check("-", ">2027-01-05(id=a seen=2026-01-09)", "a:2026-01-09");
  check("-", ">2027-01-05(id=a)", "a:2026-03-01");
  check("-", ">2026-01-05(id=a nodate received=2026-01-07)", "a:2026-01-07");
  check("-", ">2026-01-05(id=a nodate seen=2026-01-09)", "a:2026-01-09");
  check("-", ">2026-01-05(id=a nodate)", "a:2026-03-01");
  check("-", ">2026-01-05(id=a received=2026-02-05 seen=2026-02-09)", "a:2026-01-05");
}

/* A Date is later than now only by the clock, not by the day. */
static void
test_a_minute_from_now_is_later_than_now(void **unused)
{
  g_auto(History) history = unprepared("-", ">2026-01-05(id=a)");
  CadenceContact *one = history.contacts->pdata[0];
  one->date = history.scenario->clock.now + 60;
  one->received = history.scenario->clock.now - 86400;
  prepare(&history);
  assert_int_equal(one->date, one->received);
}

static void
test_a_copy_is_one(void **unused)
{
  check("-", ">2026-01-05(id=a) <2026-01-06(id=b) >2026-01-05(id=a) >2026-01-05(id=a)",
        "a:2026-01-05 b:2026-01-06");
}

/* Whichever copy is found first. */
static void
test_copies_that_differ(void **unused)
{
  check("-", ">2026-01-05(id=a) >2026-01-08(id=a)", "a:2026-01-05");
  check("-", ">2026-01-08(id=a) >2026-01-05(id=a)", "a:2026-01-05");
  check("-", ">2026-01-08(id=a nodate) >2026-01-05(id=a)", "a:2026-01-05");
  check("-", ">2026-01-05(id=a) >2026-01-08(id=a nodate)", "a:2026-01-05");
  check("-", ">2027-01-05(id=a) >2027-01-05(id=a seen=2026-01-05)", "a:2026-01-05");
  check("-", ">2027-01-05(id=a seen=2026-01-05) >2027-01-05(id=a)", "a:2026-01-05");
  check("-", ">2027-01-05(id=a received=2026-01-05) >2027-01-05(id=a)", "a:2026-01-05");
  check("-", ">2027-01-05(id=a) >2027-01-05(id=a received=2026-01-05)", "a:2026-01-05");
}

/* The user's word on one copy is on all. */
static void
test_tags_of_copies(void **unused)
{
  static const char *const mail[] = {"<2026-01-06(id=b settled) <2026-01-06(id=b unread)",
                                     "<2026-01-06(id=b unread) <2026-01-06(id=b settled)"};
  for (guint i = 0; i < G_N_ELEMENTS(mail); i++) {
    g_auto(History) history = prepared("-", mail[i]);
    assert_int_equal(history.contacts->len, 1);
    assert_true(contact(&history, "b")->settled);
    assert_true(contact(&history, "b")->unread);
  }
}

/* --- answers --- */

static void
test_an_answer_is_not_earlier(void **unused)
{
  check("-", ">2026-01-05(id=a) <2025-01-01(id=b re=a) >2024-01-01(id=c re=b)",
        "a:2026-01-05 b:2026-01-05 c:2026-01-05=");
  check("-", "<2025-01-01(id=b re=a) >2026-01-05(id=a)", "a:2026-01-05 b:2026-01-05");
  check("-", "<2026-01-08(id=b re=gone)", "b:2026-01-08");
}

/* What answers each other in a circle answers nothing; what answers one of them does. */
static void
test_circles(void **unused)
{
  static const char *const expected = "a:2026-01-05 b:2026-01-06 c:2026-01-07= d:2026-01-07";
  static const char *const mail[] = {">2026-01-05(id=a re=c)", "<2026-01-06(id=b re=a)",
                                     ">2026-01-07(id=c re=b)", "<2025-12-01(id=d re=c)"};
  static const guint orders[][4] = {{0, 1, 2, 3}, {1, 2, 3, 0}, {2, 0, 1, 3},
                                    {3, 2, 1, 0}, {3, 0, 2, 1}, {2, 3, 1, 0}};
  for (guint i = 0; i < G_N_ELEMENTS(orders); i++) {
    g_autofree char *text = g_strjoin(" ", mail[orders[i][0]], mail[orders[i][1]],
                                      mail[orders[i][2]], mail[orders[i][3]], NULL);
    check("-", text, expected);
  }
  check("-", ">2026-01-05(id=a re=a)", "a:2026-01-05");
}

/* At one instant: what answers comes after what it answers, whatever the ids. */
static void
test_one_instant(void **unused)
{
  check("-", ">2026-01-05T09:00(id=z) <2026-01-05T09:00(id=y re=z) >2026-01-05T09:00(id=x re=y)",
        "z:2026-01-05 y:2026-01-05 x:2026-01-05=");
  check("-", "<2026-01-05T09:00(id=a) >2026-01-05T09:00(id=b)", "b:2026-01-05 a:2026-01-05");
}

#define LONG_CHAIN 100000

/* Found backwards, the worst order; each a second before what it answers. */
static void
test_long_chain(void **unused)
{
  g_auto(History) history = unprepared("-", "-");
  gint64 start = history.scenario->clock.now - 86400;
  for (guint i = LONG_CHAIN; i > 0; i--) {
    g_autofree char *id = g_strdup_printf("c%u", i);
    CadenceContact *one =
        cadence_contact_new(id, i % 2 ? CADENCE_OUTBOUND : CADENCE_INBOUND,
                            i % 2 ? CADENCE_KIND_OUTBOUND : CADENCE_KIND_REPLY, start - (gint64)i);
    one->answers = i > 1 ? g_strdup_printf("c%u", i - 1) : NULL;
    g_ptr_array_add(history.contacts, one);
  }
  prepare(&history);
  assert_int_equal(history.contacts->len, LONG_CHAIN);
  for (guint i = 0; i < LONG_CHAIN; i++) {
    g_autofree char *id = g_strdup_printf("c%u", i + 1);
    const CadenceContact *one = history.contacts->pdata[i];
    assert_string_equal(one->id, id);
    assert_int_equal(one->date, start - 1);
  }
}

static void
test_long_circle(void **unused)
{
  g_auto(History) history = unprepared("-", "-");
  gint64 start = history.scenario->clock.now - 86400;
  for (guint i = 0; i < LONG_CHAIN; i++) {
    g_autofree char *id = g_strdup_printf("c%u", i);
    CadenceContact *one =
        cadence_contact_new(id, CADENCE_INBOUND, CADENCE_KIND_REPLY, start - (gint64)i);
    one->answers = g_strdup_printf("c%u", (i + 1) % LONG_CHAIN);
    g_ptr_array_add(history.contacts, one);
  }
  prepare(&history);
  assert_int_equal(((CadenceContact *)history.contacts->pdata[0])->date, start - LONG_CHAIN + 1);
}

/* --- which mail answers a reply --- */

static void
test_what_answers_a_reply(void **unused)
{
  check("-", ">2026-01-05(id=a) <2026-01-06(id=b) >2026-01-07(id=c)",
        "a:2026-01-05 b:2026-01-06 c:2026-01-07=");
  check("-", ">2026-01-05(id=a) <2026-01-06(id=b) >2026-01-07(id=c) >2026-01-08(id=d re=b)",
        "a:2026-01-05 b:2026-01-06 c:2026-01-07= d:2026-01-08");
  check("-", ">2026-01-05(id=a) <2026-01-06(id=b settled) >2026-01-07(id=c)",
        "a:2026-01-05 b:2026-01-06 c:2026-01-07");
  check("-", ">2026-01-05(id=a) <2026-01-06(id=b settled) >2026-01-07(id=c re=b)",
        "a:2026-01-05 b:2026-01-06 c:2026-01-07=");
  check("-", ">2025-12-05(id=a) <2025-12-06(id=b) >2026-01-07(id=c)",
        "a:2025-12-05 b:2025-12-06 c:2026-01-07");
  check("-", ">2025-12-05(id=a) <2025-12-06(id=b) >2026-01-07(id=c re=b)",
        "a:2025-12-05 b:2025-12-06 c:2026-01-07=");
  check("-", ">2026-01-05(id=a) <auto:2026-01-06(id=b) >2026-01-07(id=c re=b)",
        "a:2026-01-05 b:2026-01-06 c:2026-01-07");
}

/* --- bounces --- */

static void
test_bounce_by_returned_id(void **unused)
{
  check("-", ">2026-01-05(id=a) >2026-01-06(id=b) <bounce:2026-01-07(id=x failed=bob returned=a)",
        "a:2026-01-05! b:2026-01-06 x:2026-01-07");
}

static void
test_bounce_dated_before_what_it_returns(void **unused)
{
  check("-", ">2026-01-06(id=a) <bounce:2026-01-05(id=x failed=bob returned=a)",
        "x:2026-01-05 a:2026-01-06!");
}

static void
test_bounce_of_the_newest_to_the_address(void **unused)
{
  check("-",
        ">2026-01-05(id=a) >2026-01-06(id=b to=bob) >2026-01-07(id=c to=eve) "
        "<bounce:2026-01-08(id=x failed=bob) >2026-01-09(id=d)",
        "a:2026-01-05 b:2026-01-06! c:2026-01-07 x:2026-01-08 d:2026-01-09");
  check("-", ">2026-01-05(id=a) <bounce:2026-01-08(id=x failed=bob returned=elsewhere)",
        "a:2026-01-05! x:2026-01-08");
  check("-", ">2026-01-05(id=a to=eve) <bounce:2026-01-08(id=x failed=bob)",
        "a:2026-01-05 x:2026-01-08");
}

static void
test_bounce_of_one_of_several(void **unused)
{
  check("-", ">2026-01-05(id=a to=bob,eve) <bounce:2026-01-05(id=x failed=bob returned=a)",
        "a:2026-01-05 x:2026-01-05");
  check("-",
        ">2026-01-05(id=a to=bob,eve) <bounce:2026-01-05(id=x failed=bob returned=a) "
        "<bounce:2026-01-05(id=y failed=bob returned=a)",
        "a:2026-01-05 x:2026-01-05 y:2026-01-05");
  check("-",
        ">2026-01-05(id=a to=bob,eve) <bounce:2026-01-05(id=x failed=bob returned=a) "
        "<bounce:2026-01-05(id=y failed=eve returned=a)",
        "a:2026-01-05! x:2026-01-05 y:2026-01-05");
  check("-", ">2026-01-05(id=a to=bob,eve) <bounce:2026-01-05(id=x failed=bob,eve returned=a)",
        "a:2026-01-05! x:2026-01-05");
}

/* A delay is none, nor is what a bounce says of somebody else. */
static void
test_what_takes_nothing_back(void **unused)
{
  check("-", ">2026-01-05(id=a) <delivery:2026-01-06(id=x from=bob failed=bob soft returned=a)",
        "a:2026-01-05 x:2026-01-06");
  check("-",
        ">2026-01-05(id=a to=bob,eve) <bounce:2026-01-05(id=x failed=joe returned=a) "
        "<bounce:2026-01-05(id=y failed=jim returned=a)",
        "a:2026-01-05 x:2026-01-05 y:2026-01-05");
  check("-", "<2026-01-05(id=a) <bounce:2026-01-06(id=x failed=bob returned=a)",
        "a:2026-01-05 x:2026-01-06");
}

/* A forwarder's report names another address than the one written to. */
static void
test_bounce_behind_a_forwarder(void **unused)
{
  check("-", ">2026-01-05(id=a to=bob) <bounce:2026-01-05(id=x failed=robert returned=a)",
        "a:2026-01-05! x:2026-01-05");
}

/* --- revived --- */

static void
test_what_counts(void **unused)
{
  g_auto(History) history = prepared(
      "revived=2026-02-01", ">2026-01-31T23:59(id=a) >2026-02-01T00:01(id=b) <2026-02-02(id=c)");
  assert_false(contact(&history, "a")->counts);
  assert_true(contact(&history, "b")->counts);
  assert_true(contact(&history, "c")->counts);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_in_order),
      cmocka_unit_test(test_nobody),
      cmocka_unit_test(test_dates_are_mended),
      cmocka_unit_test(test_a_minute_from_now_is_later_than_now),
      cmocka_unit_test(test_a_copy_is_one),
      cmocka_unit_test(test_copies_that_differ),
      cmocka_unit_test(test_tags_of_copies),
      cmocka_unit_test(test_an_answer_is_not_earlier),
      cmocka_unit_test(test_circles),
      cmocka_unit_test(test_one_instant),
      cmocka_unit_test(test_long_chain),
      cmocka_unit_test(test_long_circle),
      cmocka_unit_test(test_what_answers_a_reply),
      cmocka_unit_test(test_bounce_by_returned_id),
      cmocka_unit_test(test_bounce_dated_before_what_it_returns),
      cmocka_unit_test(test_bounce_of_the_newest_to_the_address),
      cmocka_unit_test(test_bounce_of_one_of_several),
      cmocka_unit_test(test_what_takes_nothing_back),
      cmocka_unit_test(test_bounce_behind_a_forwarder),
      cmocka_unit_test(test_what_counts),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
