/* Standings: the table tests/cases/standing.cases, and what must hold for any history.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "fields.h"
#include "history-maker.h"
#include "scenario.h"
#include "table.h"

/* --- the table --- */

static guint states_expected[CADENCE_N_STATES];

static char *
number(guint value)
{
  return g_strdup_printf("%u", value);
}

static char *
pressure(double value)
{
  return value < 0 ? g_strdup("-") : g_strdup_printf("%.2f", value);
}

/* The id of one of the contacts that a standing points to; NULL for a key that there is not. */
static char *
pointed_to(const CadenceStanding *standing, const char *key)
{
  const struct {
    const char *key;
    const CadenceContact *contact;
  } contacts[] = {{"bearer", cadence_standing_bearer(standing)},
                  {"first_id", standing->first_attempt},
                  {"last_id", standing->last_attempt},
                  {"last_outbound_id", standing->last_outbound},
                  {"last_reply_id", standing->last_reply}};
  for (guint i = 0; i < G_N_ELEMENTS(contacts); i++) {
    if (g_str_equal(key, contacts[i].key))
      return g_strdup(contacts[i].contact ? contacts[i].contact->id : "-");
  }
  return NULL;
}

/* The value of one key of the notation; NULL for a key that there is not. */
static char *
value_of(const CadenceStanding *standing, const char *key)
{
  const struct {
    const char *key;
    CadenceDay day;
  } days[] = {{"since", standing->since},
              {"next", standing->next},
              {"interval_ends", standing->interval_ends},
              {"dead_on", standing->dead_on},
              {"held_until", standing->held_until},
              {"wake", standing->wake},
              {"first_attempt", standing->first_attempt_day},
              {"last_attempt", standing->last_attempt_day}};
  const struct {
    const char *key;
    guint number;
  } numbers[] = {{"attempts", standing->attempts}, {"follow_ups", standing->follow_ups},
                 {"outbound", standing->outbound}, {"replies", standing->replies},
                 {"runs", standing->runs},         {"outbound_30d", standing->outbound_30d}};
  for (guint i = 0; i < G_N_ELEMENTS(days); i++) {
    if (g_str_equal(key, days[i].key))
      return field_day(days[i].day);
  }
  for (guint i = 0; i < G_N_ELEMENTS(numbers); i++) {
    if (g_str_equal(key, numbers[i].key))
      return number(numbers[i].number);
  }
  if (g_str_equal(key, "state"))
    return g_strdup(cadence_state_id(standing->state));
  if (g_str_equal(key, "gap"))
    return field_measure(standing->reply_gap, TRUE);
  if (g_str_equal(key, "wait"))
    return field_measure(standing->wait, FALSE);
  if (g_str_equal(key, "pressure"))
    return pressure(standing->pressure);
  if (g_str_equal(key, "late"))
    return g_strdup(standing->late ? "yes" : "no");
  if (g_str_equal(key, "rule"))
    return g_strdup(standing->rule);
  return pointed_to(standing, key);
}

static void
note_state(const char *id)
{
  CadenceState state;
  if (cadence_state_from_id(id, &state))
    states_expected[state]++;
}

static char *
compare_standing(const CadenceStanding *standing, const char *expected)
{
  char *faults = NULL;
  g_auto(GStrv) words = scenario_words(expected);
  for (char **word = words; *word; word++) {
    char *equals = strchr(*word, '=');
    if (!equals)
      return field_join(faults, g_strdup_printf("what is \"%s\"?", *word));
    *equals = '\0';
    field_unquote(equals + 1);
    if (g_str_equal(*word, "state"))
      note_state(equals + 1);
    char *actual = value_of(standing, *word);
    faults = field_join(faults, actual ? field_differs(*word, actual, equals + 1)
                                       : g_strdup_printf("what is \"%s\"?", *word));
  }
  return faults;
}

static char *
check_standing(char **field)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(Scenario) scenario = scenario_new(field[1], field[2], field[3], &error);
  if (!scenario)
    return g_strdup(error->message);
  g_autoptr(CadenceStanding) standing = scenario_standing(scenario, 0, &scenario->clock);
  return compare_standing(standing, field[4]);
}

static void
test_table(void **unused)
{
  assert_int_equal(table_run("standing.cases", 5, check_standing), 0);
}

/* To add a state is to add its cases. */
static void
test_table_names_every_state(void **unused)
{
  for (guint i = 0; i < CADENCE_N_STATES; i++) {
    if (!states_expected[i])
      fail_msg("no case of standing.cases expects state %s", cadence_state_id(i));
  }
}

/* --- what must hold for any history --- */

#define N_HISTORIES 2000
#define N_DAY_BY_DAY 40
#define SPAN 500 /* days that are stepped through */

static CadenceClock
clock_on(const Scenario *scenario, CadenceDay day)
{
  CadenceClock clock = scenario->clock;
  clock.now += (gint64)(day - clock.today) * 86400;
  clock.today = day;
  return clock;
}

static CadenceStanding *
standing_on(const Scenario *scenario, CadenceDay day)
{
  CadenceClock clock = clock_on(scenario, day);
  return scenario_standing(scenario, 0, &clock);
}

/* Told once a history fails, so that it can be made a case. */
static void
fail_history(const HistoryText *history, CadenceDay day, const char *what)
{
  g_autofree char *text = cadence_day_to_string(day);
  fail_msg("%s | %s | %s, on %s: %s", history->settings, history->mail, history->today, text, what);
}

static void
check_day(const HistoryText *history, const CadenceStanding *before, const CadenceStanding *after,
          CadenceDay day)
{
  gboolean announced = before->wake != CADENCE_DAY_NONE && before->wake <= day;
  if (announced && before->wake < day)
    fail_history(history, day, "the announced day is past");
  if (announced != (before->state != after->state))
    fail_history(history, day,
                 announced ? "announced, but the state stayed" : "unannounced change");
  if (announced && after->since != day)
    fail_history(history, day, "a state that begins on a day holds since another");
  if (!announced && after->since != before->since)
    fail_history(history, day, "the same state holds since another day");
  if (!announced && after->wake != before->wake)
    fail_history(history, day, "the announced day moved");
}

/* The state changes on the days that `wake` announced and on no other. */
static void
test_wake_day_by_day(void **unused)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed(20260105);
  for (guint i = 0; i < N_DAY_BY_DAY; i++) {
    g_autoptr(HistoryText) history = history_text_new(rand);
    g_autoptr(Scenario) scenario = history_scenario(history);
    CadenceDay start = scenario->clock.today;
    g_autoptr(CadenceStanding) before = standing_on(scenario, start);
    for (CadenceDay day = start + 1; day <= start + SPAN; day++) {
      CadenceStanding *after = standing_on(scenario, day);
      check_day(history, before, after, day);
      cadence_standing_free(before);
      before = after;
    }
  }
}

/* The same for many more, looking at the day before each announced day, at that day, and at one at
 * random. */
static void
test_wake_by_leaps(void **unused)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed(20260205);
  for (guint i = 0; i < N_HISTORIES; i++) {
    g_autoptr(HistoryText) history = history_text_new(rand);
    g_autoptr(Scenario) scenario = history_scenario(history);
    CadenceDay day = scenario->clock.today;
    g_autoptr(CadenceStanding) standing = standing_on(scenario, day);
    for (guint changes = 0; standing->wake != CADENCE_DAY_NONE; changes++) {
      CadenceDay wake = standing->wake;
      if (wake <= day || changes > 20)
        fail_history(history, day, "the announced days do not go forward");
      g_autoptr(CadenceStanding) between = standing_on(scenario, g_rand_int_range(rand, day, wake));
      g_autoptr(CadenceStanding) eve = standing_on(scenario, wake - 1);
      CadenceStanding *after = standing_on(scenario, wake);
      if (between->state != standing->state)
        fail_history(history, wake, "it changed before the announced day");
      check_day(history, eve, after, wake);
      cadence_standing_free(standing);
      standing = after;
      day = wake;
    }
    g_autoptr(CadenceStanding) later = standing_on(scenario, day + g_rand_int_range(rand, 1, 3000));
    if (later->state != standing->state)
      fail_history(history, day, "it changed though no day was announced");
  }
}

static void
shuffle(GPtrArray *contacts, GRand *rand)
{
  for (guint i = contacts->len; i > 1; i--) {
    guint k = (guint)g_rand_int_range(rand, 0, (gint32)i);
    gpointer swap = contacts->pdata[k];
    contacts->pdata[k] = contacts->pdata[i - 1];
    contacts->pdata[i - 1] = swap;
  }
}

static char *
describe(const CadenceStanding *standing)
{
  static const char *const keys[] = {"state",        "since",      "next",         "interval_ends",
                                     "dead_on",      "held_until", "wake",         "first_attempt",
                                     "last_attempt", "attempts",   "follow_ups",   "outbound",
                                     "replies",      "runs",       "outbound_30d", "gap",
                                     "wait",         "pressure",   "late",         "bearer"};
  g_autoptr(GString) text = g_string_new(standing->rule);
  for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
    g_autofree char *value = value_of(standing, keys[i]);
    g_string_append_printf(text, " %s=%s", keys[i], value);
  }
  for (guint i = 0; i < standing->contacts->len; i++) {
    const CadenceContact *contact = standing->contacts->pdata[i];
    g_string_append_printf(text, " %s", contact->id);
  }
  for (guint i = 0; i < standing->threads->len; i++) {
    const CadenceThread *thread = standing->threads->pdata[i];
    g_string_append_printf(text, " %s:%u,%u,%u", thread->id, thread->outbound, thread->replies,
                           thread->attempts);
  }
  return g_string_free(g_steal_pointer(&text), FALSE);
}

/* The order in which the mail is found never matters, nor how often. */
static void
test_order_does_not_matter(void **unused)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed(20260305);
  for (guint i = 0; i < N_HISTORIES; i++) {
    g_autoptr(HistoryText) history = history_text_new(rand);
    g_autoptr(Scenario) scenario = history_scenario(history);
    g_autoptr(CadenceStanding) plain = scenario_standing(scenario, 0, &scenario->clock);
    GPtrArray *contacts = scenario_contacts(scenario, 0);
    for (guint k = contacts->len; k > 0; k -= MIN(k, 3))
      g_ptr_array_add(contacts, scenario_copy(contacts->pdata[k - 1]));
    shuffle(contacts, rand);
    g_autoptr(CadenceStanding) other =
        cadence_standing_new(plain->prospect, contacts, plain->terms, &scenario->clock);
    g_autofree char *one = describe(plain);
    g_autofree char *two = describe(other);
    if (!g_str_equal(one, two))
      fail_msg("%s | %s | %s:\n%s\n%s", history->settings, history->mail, history->today, one, two);
  }
}

/* A prospect has one state, and the dates of a standing go with it. */
static void
test_dates_go_with_the_state(void **unused)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed(20260405);
  for (guint i = 0; i < N_HISTORIES; i++) {
    g_autoptr(HistoryText) history = history_text_new(rand);
    g_autoptr(Scenario) scenario = history_scenario(history);
    CadenceDay today = scenario->clock.today;
    g_autoptr(CadenceStanding) standing = standing_on(scenario, today);
    gboolean rests = standing->state == CADENCE_STATE_DEAD ||
                     standing->state == CADENCE_STATE_NEW || standing->state == CADENCE_STATE_OWED;
    if (rests != (standing->next == CADENCE_DAY_NONE))
      fail_history(history, today, "`next` and the state disagree");
    if (standing->state == CADENCE_STATE_DUE && standing->next > today)
      fail_history(history, today, "due before its day");
    if (standing->state == CADENCE_STATE_WAITING && standing->next <= today)
      fail_history(history, today, "waiting after its day");
    if (standing->since > today)
      fail_history(history, today, "it holds since a day to come");
    if (standing->state == CADENCE_STATE_HELD && standing->held_until == CADENCE_DAY_NONE)
      fail_history(history, today, "held until never");
    if (standing->follow_ups != MAX(standing->attempts, 1) - 1)
      fail_history(history, today, "follow-ups are not attempts but one");
    if (standing->late && standing->state != CADENCE_STATE_OWED)
      fail_history(history, today, "late without being owed");
  }
}

/* --- the list --- */

static CadenceStanding *
standing_of(const char *settings, const char *mail, const char *today, const char *name)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(Scenario) scenario = scenario_new(settings, mail, today, &error);
  assert_non_null(scenario);
  CadenceStanding *standing = scenario_standing(scenario, 0, &scenario->clock);
  g_free(standing->prospect);
  standing->prospect = g_strdup(name);
  standing->terms = NULL;
  return standing;
}

/* Most pressing first; ties by name. */
static void
test_compare(void **unused)
{
  const char *today = "2026-01-30";
  CadenceStanding *order[] = {
      standing_of("-", ">2026-01-05 <2026-01-06", today, "owed, late, older"),
      standing_of("-", ">2026-01-05 <2026-01-08", today, "owed, late"),
      standing_of("-", ">2026-01-05 <2026-01-30", today, "owed"),
      standing_of("-", ">2026-01-05", today, "due for long"),
      standing_of("-", ">2026-01-20", today, "due"),
      standing_of("-", ">2026-01-20", today, "due too"),
      standing_of("-", ">2026-01-29", today, "waiting"),
      standing_of("hold-until=2026-02-10", ">2026-01-20", today, "held"),
      standing_of("stage=nurture", ">2026-01-20", today, "nurture"),
      standing_of("-", "-", today, "new"),
      standing_of("buried=2026-01-20", ">2026-01-05", today, "dead of late"),
      standing_of("buried=2026-01-10", ">2026-01-05", today, "dead"),
  };
  for (guint i = 0; i < G_N_ELEMENTS(order); i++) {
    for (guint k = 0; k < G_N_ELEMENTS(order); k++) {
      int found = cadence_standing_compare(order[i], order[k]);
      if ((found > 0) != (i > k) || (found < 0) != (i < k))
        fail_msg("\"%s\" against \"%s\"", order[i]->prospect, order[k]->prospect);
    }
  }
  for (guint i = 0; i < G_N_ELEMENTS(order); i++)
    cadence_standing_free(order[i]);
}

/* --- the rest of the contract --- */

static void
test_last_replies(void **unused)
{
  g_autoptr(Scenario) scenario =
      scenario_new("-",
                   ">2026-01-05 <2026-01-06(id=a) >2026-01-07 <2026-01-08(id=b) "
                   "<auto:2026-01-09 <puts-off:2026-01-10(id=c)",
                   "2026-01-11", NULL);
  g_autoptr(CadenceStanding) standing = scenario_standing(scenario, 0, &scenario->clock);
  g_autoptr(GPtrArray) replies = cadence_standing_last_replies(standing);
  assert_int_equal(replies->len, 2);
  assert_string_equal(((CadenceContact *)replies->pdata[0])->id, "c");
  assert_string_equal(((CadenceContact *)replies->pdata[1])->id, "b");
}

static void
test_addresses(void **unused)
{
  g_autoptr(Scenario) scenario =
      scenario_new("-",
                   ">2026-01-05(to=bob,eve id=a) <2026-01-06(from=eve) >2026-01-07(to=bob id=b) "
                   "<bounce:2026-01-07(id=x failed=bob hard returned=b)",
                   "2026-01-11", NULL);
  g_autoptr(CadenceStanding) standing = scenario_standing(scenario, 0, &scenario->clock);
  const CadenceAddressFacts *bob = cadence_standing_address(standing, "bob@acme.example");
  const CadenceAddressFacts *eve = cadence_standing_address(standing, "eve@acme.example");
  assert_null(cadence_standing_address(standing, "joe@acme.example"));
  assert_int_equal(standing->address_facts->len, 2);
  assert_int_equal(bob->outbound, 2);
  assert_int_equal(bob->inbound, 0);
  assert_int_equal(bob->bounced, cadence_day_from_ymd(2026, 1, 7));
  assert_string_equal(bob->bounced_id, "x");
  assert_int_equal(eve->outbound, 1);
  assert_int_equal(eve->inbound, 1);
  assert_int_equal(eve->bounced, CADENCE_DAY_NONE);
}

/* What a standing points to stays; the rest of the mail goes. */
static void
test_trim(void **unused)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed(20260605);
  for (guint i = 0; i < N_HISTORIES / 10; i++) {
    g_autoptr(HistoryText) history = history_text_new(rand);
    g_autoptr(Scenario) scenario = history_scenario(history);
    g_autoptr(CadenceStanding) standing = scenario_standing(scenario, 0, &scenario->clock);
    g_autofree char *before = value_of(standing, "bearer");
    const CadenceContact *kept[] = {standing->first_attempt, standing->last_attempt,
                                    standing->last_outbound, standing->last_reply};
    cadence_standing_trim(standing);
    g_autofree char *after = value_of(standing, "bearer");
    assert_string_equal(after, before);
    for (guint k = 0; k < G_N_ELEMENTS(kept); k++)
      assert_true(!kept[k] || g_ptr_array_find(standing->contacts, kept[k], NULL));
    for (guint k = 0; k < standing->address_facts->len; k++) {
      const CadenceAddressFacts *facts = standing->address_facts->pdata[k];
      const char *ids[] = {facts->bounced_id, facts->opted_out_id, facts->absent_id};
      for (guint n = 0; n < G_N_ELEMENTS(ids); n++)
        assert_true(!ids[n] || *ids[n]);
    }
    cadence_standing_trim(standing);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_table),
      cmocka_unit_test(test_table_names_every_state),
      cmocka_unit_test(test_wake_day_by_day),
      cmocka_unit_test(test_wake_by_leaps),
      cmocka_unit_test(test_order_does_not_matter),
      cmocka_unit_test(test_dates_go_with_the_state),
      cmocka_unit_test(test_compare),
      cmocka_unit_test(test_last_replies),
      cmocka_unit_test(test_addresses),
      cmocka_unit_test(test_trim),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
