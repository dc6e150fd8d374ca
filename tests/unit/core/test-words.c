/* The tables of words: every value has one id, every id its value, and they are those of the
 * design.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <cadence/words.h>

/* In the order of the enumerations; "" for a value without an id. */
static const char *const states[] = {"dead", "new", "owed", "held", "nurture", "waiting", "due"};
static const char *const reasons[] = {"opted-out",     "bounced",       "dead",        "held",
                                      "reply-waiting", "too-soon",      "too-many",    "over-cap",
                                      "nurture",       "wrong-channel", "nothing-new", "gatekeeper",
                                      "unqualified",   "no-agreement",  "stale-index"};
static const char *const severities[] = {"off", "note", "warn", "stop"};
static const char *const kinds[] = {"outbound", "reply",     "opt-out", "declined",
                                    "puts-off", "auto",      "bounce",  "delivery",
                                    "calendar", "challenge", "bulk",    "list"};
static const char *const channels[] = {"mail", "phone", "meeting", "post", "other"};
static const char *const stages[] = {"", "lead", "qualified", "nurture", "won"};
static const char *const decisions[] = {"send", "warn", "stop", "unknown"};

/* A value beyond a table, as a broken caller might pass it. */
#define BEYOND 1000

#define CHECK_IDS(name, Type, list)                                                                \
  do {                                                                                             \
    for (guint i = 0; i < G_N_ELEMENTS(list); i++) {                                               \
      if (*(list)[i])                                                                              \
        assert_string_equal(cadence_##name##_id((Type)i), (list)[i]);                              \
      else                                                                                         \
        assert_null(cadence_##name##_id((Type)i));                                                 \
    }                                                                                              \
    assert_null(cadence_##name##_id((Type)G_N_ELEMENTS(list)));                                    \
    assert_null(cadence_##name##_id((Type)BEYOND));                                                \
  } while (0)

#define CHECK_WAY_BACK(name, Type, list)                                                           \
  do {                                                                                             \
    Type value = (Type)BEYOND;                                                                     \
    assert_false(cadence_##name##_from_id("no such word", &value));                                \
    assert_false(cadence_##name##_from_id("", &value));                                            \
    assert_false(cadence_##name##_from_id(NULL, &value));                                          \
    assert_int_equal(value, BEYOND);                                                               \
    for (guint i = 0; i < G_N_ELEMENTS(list); i++) {                                               \
      if (!*(list)[i])                                                                             \
        continue;                                                                                  \
      g_autofree char *upper = g_ascii_strup((list)[i], -1);                                       \
      assert_true(cadence_##name##_from_id((list)[i], &value));                                    \
      assert_int_equal(value, i);                                                                  \
      assert_false(cadence_##name##_from_id(upper, &value));                                       \
    }                                                                                              \
  } while (0)

static void
test_ids(void **unused)
{
  CHECK_IDS(state, CadenceState, states);
  CHECK_IDS(reason, CadenceReasonId, reasons);
  CHECK_IDS(severity, CadenceSeverity, severities);
  CHECK_IDS(kind, CadenceKind, kinds);
  CHECK_IDS(channel, CadenceChannel, channels);
  CHECK_IDS(stage, CadenceStage, stages);
  CHECK_IDS(decision, CadenceDecision, decisions);
  assert_non_null(cadence_direction_id(CADENCE_INBOUND));
  assert_non_null(cadence_direction_id(CADENCE_OUTBOUND));
  assert_null(cadence_direction_id((CadenceDirection)BEYOND));
}

static void
test_way_back(void **unused)
{
  CHECK_WAY_BACK(state, CadenceState, states);
  CHECK_WAY_BACK(reason, CadenceReasonId, reasons);
  CHECK_WAY_BACK(severity, CadenceSeverity, severities);
  CHECK_WAY_BACK(kind, CadenceKind, kinds);
  CHECK_WAY_BACK(channel, CadenceChannel, channels);
  CHECK_WAY_BACK(stage, CadenceStage, stages);
}

static void
test_tables_are_complete(void **unused)
{
  assert_int_equal(G_N_ELEMENTS(states), CADENCE_N_STATES);
  assert_int_equal(G_N_ELEMENTS(reasons), CADENCE_N_REASONS);
  assert_int_equal(G_N_ELEMENTS(kinds), CADENCE_N_KINDS);
  assert_int_equal(G_N_ELEMENTS(channels), CADENCE_N_CHANNELS);
  assert_int_equal(G_N_ELEMENTS(stages), CADENCE_N_STAGES);
}

/* A person wrote it, whatever it says. */
static void
test_replies(void **unused)
{
  for (guint kind = 0; kind < CADENCE_N_KINDS; kind++) {
    gboolean reply = kind == CADENCE_KIND_REPLY || kind == CADENCE_KIND_OPT_OUT ||
                     kind == CADENCE_KIND_DECLINED || kind == CADENCE_KIND_PUTS_OFF;
    assert_int_equal(cadence_kind_is_reply((CadenceKind)kind), reply);
  }
}

static void
test_error_domain(void **unused)
{
  assert_string_equal(g_quark_to_string(CADENCE_ERROR), "cadence-error-quark");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_ids),
      cmocka_unit_test(test_way_back),
      cmocka_unit_test(test_tables_are_complete),
      cmocka_unit_test(test_replies),
      cmocka_unit_test(test_error_domain),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
