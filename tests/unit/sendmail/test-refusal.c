/* Refusals: kept, found again, allowed, taken once; and files that are none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib/gstdio.h>
#include <string.h>

#include "record.h"
#include "refusal.h"

#define NOW 1775044800 /* 2026-04-01T12:00:00Z */

typedef struct {
  char *state;
  GPtrArray *recipients;
  CadenceVerdict *verdict;
} Desk;

static void
add_reason(CadenceVerdict *verdict, CadenceReasonId id, CadenceSeverity severity)
{
  CadenceReason *reason = g_new0(CadenceReason, 1);
  const char *evidence[] = {"m1@test.example", "m2@test.example", NULL};
  reason->id = id;
  reason->severity = severity;
  reason->prospect = g_strdup("alder.example");
  reason->message = g_strdup("a \"sentence\" \xc3\xa4 \x1b[2J");
  reason->rule = g_strdup("policy: cadence.every");
  reason->until = cadence_day_from_ymd(2026, 4, 3);
  reason->evidence = g_strdupv((char **)evidence);
  g_ptr_array_add(verdict->reasons, reason);
}

static int
set_up(void **state)
{
  Desk *desk = g_new0(Desk, 1);
  desk->state = g_dir_make_tmp("cadence-refusal.XXXXXX", NULL);
  desk->recipients = g_ptr_array_new();
  g_ptr_array_add(desk->recipients, (gpointer) "b@x.example");
  g_ptr_array_add(desk->recipients, (gpointer) "a@x.example");
  desk->verdict = cadence_verdict_unknown(NULL);
  desk->verdict->decision = CADENCE_DECISION_WARN;
  add_reason(desk->verdict, CADENCE_REASON_TOO_SOON, CADENCE_SEVERITY_WARN);
  add_reason(desk->verdict, CADENCE_REASON_NO_AGREEMENT, CADENCE_SEVERITY_NOTE);
  *state = desk;
  return 0;
}

static int
tear_down(void **state)
{
  Desk *desk = *state;
  g_autofree char *folder = g_build_filename(desk->state, "refused", NULL);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name(dir))) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_unlink(path);
  }
  g_rmdir(folder);
  g_rmdir(desk->state);
  cadence_verdict_free(desk->verdict);
  g_ptr_array_unref(desk->recipients);
  g_free(desk->state);
  g_free(desk);
  return 0;
}

static void
keep(const Desk *desk, gint64 allowed)
{
  g_autoptr(SendmailRefusal) refusal = sendmail_refusal_new(desk->recipients, desk->verdict, NOW);
  g_autoptr(GError) error = NULL;
  refusal->allowed = allowed;
  refusal->leave_reason = allowed ? g_strdup("for once") : NULL;
  assert_true(sendmail_refusal_keep(refusal, desk->state, NOW, &error));
  assert_null(error);
}

static void
test_round_trip(void **state)
{
  const Desk *desk = *state;
  keep(desk, NOW + 5);
  g_autoptr(SendmailRefusal) read = sendmail_refusal_find(desk->state, desk->recipients);
  assert_non_null(read);
  assert_int_equal(read->at, NOW);
  assert_int_equal(read->allowed, NOW + 5);
  assert_string_equal(read->leave_reason, "for once");
  assert_int_equal(read->verdict->decision, CADENCE_DECISION_WARN);
  assert_int_equal(read->verdict->reasons->len, 2);
  const CadenceReason *reason = read->verdict->reasons->pdata[0];
  const CadenceReason *written = desk->verdict->reasons->pdata[0];
  assert_int_equal(reason->id, CADENCE_REASON_TOO_SOON);
  assert_string_equal(reason->message, written->message);
  assert_int_equal(reason->until, written->until);
  assert_null(reason->limit);
  assert_string_equal(reason->evidence[1], "m2@test.example");
}

/* The order of the recipients is nothing, who they are everything. */
static void
test_recipients(void **state)
{
  const Desk *desk = *state;
  g_autoptr(GPtrArray) others = g_ptr_array_new();
  keep(desk, 0);
  g_ptr_array_add(others, (gpointer) "a@x.example");
  assert_null(sendmail_refusal_find(desk->state, others));
  g_ptr_array_add(others, (gpointer) "b@x.example");
  g_autoptr(SendmailRefusal) found = sendmail_refusal_find(desk->state, others);
  assert_non_null(found);
  g_ptr_array_set_size(others, 0);
  g_ptr_array_add(others, (gpointer) "a@x.exampleb@x.example");
  assert_null(sendmail_refusal_find(desk->state, others));
}

static void
test_covers(void **state)
{
  const Desk *desk = *state;
  keep(desk, 0);
  g_autoptr(SendmailRefusal) refusal = sendmail_refusal_find(desk->state, desk->recipients);
  g_autoptr(CadenceVerdict) later = cadence_verdict_unknown(NULL);
  later->decision = CADENCE_DECISION_WARN;
  assert_true(sendmail_refusal_covers(refusal, later));
  add_reason(later, CADENCE_REASON_TOO_SOON, CADENCE_SEVERITY_WARN);
  assert_true(sendmail_refusal_covers(refusal, later));
  add_reason(later, CADENCE_REASON_GATEKEEPER, CADENCE_SEVERITY_NOTE);
  assert_true(sendmail_refusal_covers(refusal, later));
  add_reason(later, CADENCE_REASON_NO_AGREEMENT, CADENCE_SEVERITY_WARN); /* was only a note */
  assert_false(sendmail_refusal_covers(refusal, later));
  later->decision = CADENCE_DECISION_UNKNOWN;
  assert_false(sendmail_refusal_covers(refusal, later));
}

static void
test_taken_once(void **state)
{
  const Desk *desk = *state;
  keep(desk, NOW);
  g_autoptr(SendmailRefusal) refusal = sendmail_refusal_find(desk->state, desk->recipients);
  assert_true(sendmail_refusal_take(refusal, desk->state));
  assert_false(sendmail_refusal_take(refusal, desk->state));
  assert_null(sendmail_refusal_find(desk->state, desk->recipients));
  sendmail_refusal_settle(desk->state, desk->recipients, FALSE);
  assert_true(sendmail_refusal_take(refusal, desk->state));
  sendmail_refusal_settle(desk->state, desk->recipients, TRUE);
  assert_null(sendmail_refusal_find(desk->state, desk->recipients));
  assert_null(sendmail_refusal_last(desk->state));
}

/* Written with single quotes, to be read. */
static SendmailRefusal *
parse(const char *text)
{
  g_autofree char *json = g_strdelimit(g_strdup(text), "'", '"');
  return sendmail_record_parse(json, strlen(json));
}

/* Each is read as nothing, and none crashes. */
static void
test_no_record(void **state)
{
  static const char *const texts[] = {
      "",
      "null",
      "[]",
      "{",
      "{}",
      "{'format':1}",
      "{'format':2,'recipients':'x','at':5,'allowed':0,'decision':1,'reasons':[]}",
      "{'format':1,'recipients':[],'at':5,'allowed':0,'decision':1,'reasons':[]}",
      "{'format':1,'recipients':'x','at':'5','allowed':0,'decision':1,'reasons':[]}",
      "{'format':1,'recipients':'x','at':5,'allowed':0,'decision':9,'reasons':[]}",
      "{'format':1,'recipients':'x','at':5,'allowed':0,'decision':1,'reasons':{}}",
  };
  for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
    assert_null(parse(texts[i]));
  g_autoptr(SendmailRefusal) refusal =
      parse("{'format':1,'recipients':'x','at':5,'allowed':0,'decision':1,'reasons':"
            "[1,null,[],{},{'id':'no-such','severity':'warn'},"
            "{'id':'dead','severity':'warn','until':'never','evidence':[1,'m',null]}]}");
  assert_non_null(refusal);
  assert_int_equal(refusal->verdict->reasons->len, 1);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_round_trip, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_recipients, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_covers, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_taken_once, set_up, tear_down),
      cmocka_unit_test(test_no_record),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
