/* Verdicts: the table tests/cases/verdict.cases, and the agreed cadence kept for years.
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

static guint reasons_expected[CADENCE_N_REASONS];

/* The severities of the design's table. */
static CadenceSeverity
usual_severity(CadenceReasonId reason)
{
  switch (reason) {
  case CADENCE_REASON_OPTED_OUT:
    return CADENCE_SEVERITY_STOP;
  case CADENCE_REASON_GATEKEEPER:
  case CADENCE_REASON_UNQUALIFIED:
  case CADENCE_REASON_NO_AGREEMENT:
  case CADENCE_REASON_STALE_INDEX:
    return CADENCE_SEVERITY_NOTE;
  default:
    return CADENCE_SEVERITY_WARN;
  }
}

static char *
detail_of(const CadenceReason *reason, const char *key)
{
  const struct {
    const char *key, *text;
  } texts[] = {{"limit", reason->limit},
               {"observed", reason->observed},
               {"rule", reason->rule},
               {"prospect", reason->prospect}};
  if (g_str_equal(key, "until"))
    return field_day(reason->until);
  if (g_str_equal(key, "evidence"))
    return field_ids(reason->evidence);
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
    if (g_str_equal(key, texts[i].key))
      return g_strdup(texts[i].text ? texts[i].text : "-");
  }
  return NULL;
}

static char *
compare_details(const CadenceReason *reason, const char *details)
{
  char *faults = NULL;
  g_auto(GStrv) words = scenario_words(details);
  for (char **word = words; *word; word++) {
    char *equals = strchr(*word, '=');
    char *actual = NULL;
    if (equals) {
      *equals = '\0';
      field_unquote(equals + 1);
      actual = detail_of(reason, *word);
    }
    g_autofree char *name = g_strdup_printf("%s of %s", *word, cadence_reason_id(reason->id));
    faults = field_join(faults, actual ? field_differs(name, actual, equals + 1)
                                       : g_strdup_printf("what is \"%s\"?", *word));
  }
  return faults;
}

/* What every reason must carry, whatever the case says. */
static char *
check_reason(const CadenceReason *reason)
{
  if (!reason->message || !*reason->message)
    return g_strdup_printf("%s says nothing", cadence_reason_id(reason->id));
  if (!reason->rule || !*reason->rule)
    return g_strdup_printf("%s cites no rule", cadence_reason_id(reason->id));
  return reason->evidence ? NULL : g_strdup("no list of evidence");
}

/* "too-soon:note(until=2026-01-08)" */
static char *
compare_reason(const CadenceReason *reason, char *expected)
{
  char *details = strchr(expected, '(');
  if (details) {
    details[strlen(details) - 1] = '\0';
    *details++ = '\0';
  }
  CadenceReasonId id;
  CadenceSeverity severity;
  char *colon = strchr(expected, ':');
  if (colon)
    *colon++ = '\0';
  if (!cadence_reason_from_id(expected, &id))
    return g_strdup_printf("what is \"%s\"?", expected);
  reasons_expected[id]++;
  severity = usual_severity(id);
  if (colon && !cadence_severity_from_id(colon, &severity))
    return g_strdup_printf("what is \"%s\"?", colon);
  if (reason->id != id || reason->severity != severity)
    return g_strdup_printf("%s:%s, not %s:%s", cadence_reason_id(reason->id),
                           cadence_severity_id(reason->severity), expected,
                           cadence_severity_id(severity));
  char *faults = check_reason(reason);
  return details ? field_join(faults, compare_details(reason, details)) : faults;
}

static char *
reasons_text(const CadenceVerdict *verdict)
{
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < verdict->reasons->len; i++) {
    const CadenceReason *reason = verdict->reasons->pdata[i];
    g_string_append_printf(text, " %s:%s", cadence_reason_id(reason->id),
                           cadence_severity_id(reason->severity));
  }
  return g_string_free(g_steal_pointer(&text), FALSE);
}

static char *
compare_verdict(const CadenceVerdict *verdict, const char *expected)
{
  g_auto(GStrv) words = scenario_words(expected);
  char *faults =
      field_differs("the decision", g_strdup(cadence_decision_id(verdict->decision)), words[0]);
  guint n = g_strv_length(words) - 1;
  g_autofree char *found = reasons_text(verdict);
  for (guint i = 0; i < MAX(n, verdict->reasons->len); i++) {
    if (i < n && i < verdict->reasons->len)
      faults = field_join(faults, compare_reason(verdict->reasons->pdata[i], words[i + 1]));
  }
  if (n != verdict->reasons->len || faults)
    faults = field_join(faults, g_strdup_printf("the reasons are%s", *found ? found : " none"));
  return faults;
}

static char *
check_verdict(char **field)
{
  gboolean stale;
  g_autoptr(GError) error = NULL;
  g_autoptr(Scenario) scenario = scenario_new(field[1], field[2], field[3], &error);
  g_autoptr(CadenceDraft) draft =
      scenario ? scenario_draft(scenario, field[4], &stale, &error) : NULL;
  if (!draft)
    return g_strdup(error->message);
  g_autoptr(CadenceVerdict) verdict = scenario_verdict(scenario, draft, stale, &scenario->clock);
  return compare_verdict(verdict, field[5]);
}

static void
test_table(void **unused)
{
  assert_int_equal(table_run("verdict.cases", 6, check_verdict), 0);
}

/* To add a reason is to add its cases. */
static void
test_table_names_every_reason(void **unused)
{
  for (guint i = 0; i < CADENCE_N_REASONS; i++) {
    if (!reasons_expected[i])
      fail_msg("no case of verdict.cases expects reason %s", cadence_reason_id(i));
  }
}

static void
test_default_severities(void **unused)
{
  for (guint i = 0; i < CADENCE_N_REASONS; i++)
    assert_int_equal(cadence_reason_default_severity(i), usual_severity(i));
}

/* --- an agreed monthly note, for three years --- */

#define AGREED "every=1mo, agreed-on=2026-01-02"
#define NOTES 36

/* The verdict on a note on the day after `sent` monthly ones, moved by `shift` days. */
static CadenceVerdict *
verdict_after(const char *settings, guint sent, int shift)
{
  gboolean stale;
  g_autofree char *mail = sent ? g_strdup_printf(">2026-01-30*%u/1mo", sent) : g_strdup("-");
  g_autoptr(GError) error = NULL;
  g_autoptr(Scenario) scenario = scenario_new(settings, mail, "2026-01-30", &error);
  assert_non_null(scenario);
  CadenceDay day = scenario->clock.today;
  for (guint i = 0; i < sent; i++)
    day = cadence_duration_after(day, (CadenceDuration){1, CADENCE_UNIT_MONTHS});
  g_autofree char *date = cadence_day_to_string(day + shift);
  g_autoptr(Scenario) then = scenario_new(settings, mail, date, &error);
  g_autoptr(CadenceDraft) draft = scenario_draft(then, "to=bob", &stale, &error);
  return scenario_verdict(then, draft, stale, &then->clock);
}

static gboolean
warns(const char *settings, guint sent, int shift)
{
  g_autoptr(CadenceVerdict) verdict = verdict_after(settings, sent, shift);
  return verdict->decision != CADENCE_DECISION_SEND;
}

static void
test_agreed_notes_never_warn(void **unused)
{
  for (guint sent = 0; sent < NOTES; sent++)
    assert_false(warns(AGREED, sent, 0));
  assert_false(warns(AGREED, NOTES, 0));
}

static void
test_agreed_note_a_week_early_warns(void **unused)
{
  for (guint sent = 1; sent <= NOTES; sent++)
    assert_true(warns(AGREED, sent, -7));
}

/* The same notes where nothing is agreed: the fifth comes to a dead lead. */
static void
test_same_notes_unagreed_die_at_the_fifth(void **unused)
{
  for (guint sent = 0; sent < 4; sent++)
    assert_false(warns("none", sent, 0));
  for (guint sent = 4; sent <= 7; sent++) {
    g_autoptr(CadenceVerdict) verdict = verdict_after("none", sent, 0);
    assert_int_equal(verdict->decision, CADENCE_DECISION_WARN);
    assert_int_equal(((CadenceReason *)verdict->reasons->pdata[0])->id, CADENCE_REASON_DEAD);
  }
}

/* --- whatever the history --- */

#define N_HISTORIES 2000

static gboolean
holds(const CadenceVerdict *verdict, CadenceReasonId id)
{
  for (guint i = 0; i < verdict->reasons->len; i++) {
    if (((CadenceReason *)verdict->reasons->pdata[i])->id == id)
      return TRUE;
  }
  return FALSE;
}

/* What is told is ordered, each reason once, and the decision is the worst of them. */
static const char *
fault_of(const CadenceVerdict *verdict)
{
  CadenceSeverity worst = CADENCE_SEVERITY_OFF;
  for (guint i = 0; i < verdict->reasons->len; i++) {
    const CadenceReason *reason = verdict->reasons->pdata[i];
    const CadenceReason *before = i ? verdict->reasons->pdata[i - 1] : NULL;
    g_autofree char *fault = check_reason(reason);
    if (fault)
      return "a reason is not told in full";
    if (before && (before->severity < reason->severity ||
                   (before->severity == reason->severity && before->id >= reason->id)))
      return "the reasons are not worst first";
    worst = MAX(worst, reason->severity);
  }
  static const CadenceDecision decisions[] = {CADENCE_DECISION_SEND, CADENCE_DECISION_SEND,
                                              CADENCE_DECISION_WARN, CADENCE_DECISION_STOP};
  if (verdict->decision != decisions[worst])
    return "the decision is not the worst of the reasons";
  if (holds(verdict, CADENCE_REASON_OPTED_OUT) && verdict->reasons->len > 1)
    return "opted-out does not silence";
  if (holds(verdict, CADENCE_REASON_DEAD) &&
      (holds(verdict, CADENCE_REASON_TOO_SOON) || holds(verdict, CADENCE_REASON_TOO_MANY)))
    return "dead does not silence";
  return holds(verdict, CADENCE_REASON_NURTURE) && holds(verdict, CADENCE_REASON_TOO_SOON)
             ? "nurture does not silence"
             : NULL;
}

/* A day that `until` names is one on which that reason no longer holds. */
static const char *
promise_broken(const Scenario *scenario, const CadenceDraft *draft, const CadenceVerdict *verdict)
{
  for (guint i = 0; i < verdict->reasons->len; i++) {
    const CadenceReason *reason = verdict->reasons->pdata[i];
    if (reason->until == CADENCE_DAY_NONE)
      continue;
    CadenceClock then = scenario->clock;
    then.now += (gint64)(reason->until - then.today) * 86400;
    then.today = reason->until;
    g_autoptr(CadenceVerdict) later = scenario_verdict(scenario, draft, FALSE, &then);
    if (reason->until <= scenario->clock.today)
      return "`until` is past";
    if (holds(later, reason->id))
      return "the reason holds on the day that it named";
  }
  return NULL;
}

static void
test_any_history(void **unused)
{
  static const char *const drafts[] = {"to=bob", "to=eve cc=bob nudge", "to=bob re=m1",
                                       "to=x@stranger.example cc=eve", "to=bob,eve repeats=m1"};
  g_autoptr(GRand) rand = g_rand_new_with_seed(20260505);
  for (guint i = 0; i < N_HISTORIES; i++) {
    gboolean stale;
    const char *text = drafts[i % G_N_ELEMENTS(drafts)];
    g_autoptr(HistoryText) history = history_text_new(rand);
    g_autoptr(Scenario) scenario = history_scenario(history);
    g_autoptr(CadenceDraft) draft = scenario_draft(scenario, text, &stale, NULL);
    g_autoptr(CadenceVerdict) verdict = scenario_verdict(scenario, draft, stale, &scenario->clock);
    const char *fault = fault_of(verdict);
    fault = fault ? fault : promise_broken(scenario, draft, verdict);
    if (fault)
      fail_msg("%s | %s | %s | %s: %s", history->settings, history->mail, history->today, text,
               fault);
  }
}

/* --- the rest of the contract --- */

static void
test_unknown(void **unused)
{
  g_autoptr(CadenceVerdict) verdict = cadence_verdict_unknown("no database");
  assert_int_equal(verdict->decision, CADENCE_DECISION_UNKNOWN);
  assert_string_equal(verdict->unknown, "no database");
  assert_int_equal(verdict->reasons->len, 0);
}

static void
test_nobody(void **unused)
{
  g_autoptr(CadenceDraft) draft = cadence_draft_new();
  g_autoptr(GPtrArray) none = g_ptr_array_new();
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
  CadenceClock clock = cadence_clock(1767600000, utc);
  g_autoptr(CadenceVerdict) verdict = cadence_verdict_new(draft, none, NULL, NULL, &clock);
  assert_int_equal(verdict->decision, CADENCE_DECISION_SEND);
  assert_null(verdict->unknown);
  assert_int_equal(verdict->reasons->len, 0);
}

static void
test_draft_is_never_null(void **unused)
{
  g_autoptr(CadenceDraft) draft = cadence_draft_new();
  const GStrv lists[] = {draft->from, draft->to,      draft->cc,
                         draft->bcc,  draft->answers, draft->threads};
  for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
    assert_non_null(lists[i]);
    assert_null(lists[i][0]);
  }
  cadence_draft_free(NULL);
  cadence_verdict_free(NULL);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_table),
      cmocka_unit_test(test_table_names_every_reason),
      cmocka_unit_test(test_default_severities),
      cmocka_unit_test(test_agreed_notes_never_warn),
      cmocka_unit_test(test_agreed_note_a_week_early_warns),
      cmocka_unit_test(test_same_notes_unagreed_die_at_the_fifth),
      cmocka_unit_test(test_any_history),
      cmocka_unit_test(test_unknown),
      cmocka_unit_test(test_nobody),
      cmocka_unit_test(test_draft_is_never_null),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
