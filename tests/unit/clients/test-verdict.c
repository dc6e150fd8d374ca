/* What the child said, read: our JSON, and all that is none.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "verdict.h"

#define REASON                                                                                     \
  "{\"id\": \"too-soon\", \"severity\": \"warn\", \"message\": \"wait\", \"until\": "              \
  "\"2026-04-09\"}"
#define WARN "{\"decision\": \"warn\", \"summary\": \"Not yet\", \"reasons\": [" REASON "]}"

static FrontVerdict *
verdict_of(const char *out, int status, const char *err, GError **error)
{
  FrontOutput output = {status, (char *)out, strlen(out), (char *)err};
  return front_verdict_read(&output, error);
}

static void
decisions(void **state)
{
  static const struct {
    const char *out;
    int status;
    FrontDecision decision;
  } cases[] = {
      {"{\"decision\": \"send\", \"reasons\": []}", 0, FRONT_SEND},
      {"{\"decision\": \"send\"}", 0, FRONT_SEND},
      {WARN, 1, FRONT_WARN},
      {"{\"decision\": \"stop\", \"summary\": null, \"reasons\": null}", 2, FRONT_STOP},
      {"{\"format\": 1, \"later\": [[[]]], \"decision\": \"stop\"}", 2, FRONT_STOP},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(FrontVerdict) verdict = verdict_of(cases[i].out, cases[i].status, "", &error);
    assert_null(error);
    assert_int_equal(verdict->decision, cases[i].decision);
    assert_true(*verdict->summary != '\0');
  }
}

static void
words(void **state)
{
  g_autoptr(FrontVerdict) verdict = verdict_of(WARN, 1, "", NULL);
  const FrontReason *reason = verdict->reasons->pdata[0];
  assert_string_equal(verdict->summary, "Not yet");
  assert_int_equal(verdict->reasons->len, 1);
  assert_string_equal(reason->message, "wait");
  assert_string_equal(reason->until, "2026-04-09");
}

/* Names come from mail: nothing in them acts on the dialog's text. */
static void
hostile_words(void **state)
{
  g_autoptr(FrontVerdict) verdict =
      verdict_of("{\"decision\": \"warn\", \"summary\": \"a\\u001b[2J\\u202eb\\nc\", \"reasons\": ["
                 "1, null, [], {}, {\"message\": 7}, {\"message\": \"m\", \"until\": 5}]}",
                 1, "", NULL);
  assert_string_equal(verdict->summary, "a [2J b c");
  assert_int_equal(verdict->reasons->len, 1);
  assert_null(((FrontReason *)verdict->reasons->pdata[0])->until);
}

static void
many_reasons(void **state)
{
  GString *json = g_string_new("{\"decision\": \"warn\", \"reasons\": [" REASON);
  for (int i = 0; i < 5000; i++)
    g_string_append(json, "," REASON);
  g_string_append(json, "]}");
  g_autoptr(FrontVerdict) verdict = verdict_of(json->str, 1, "", NULL);
  assert_int_equal(verdict->reasons->len, 100);
  g_string_free(json, TRUE);
}

static void
no_answer(void **state)
{
  static const struct {
    const char *out;
    int status;
    const char *err;
    const char *message;
  } cases[] = {
      {"", 0, "", "its answer cannot be read"},
      {"send", 0, "", "its answer cannot be read"},
      {"[]", 0, "", "its answer cannot be read"},
      {"{}", 0, "", "its answer cannot be read"},
      {"{\"decision\": 0}", 0, "", "its answer cannot be read"},
      {"{\"decision\": \"maybe\"}", 0, "", "its answer cannot be read"},
      {"{\"decision\": \"send\"}", 1, "", "its answer cannot be read"},
      {"{\"decision\": \"stop\"}", 0, "", "its answer cannot be read"},
      {"{\"decision\": \"send\"", 0, "", "its answer cannot be read"},
      {"{\"decision\": \"send\xff\"}", 0, "", "its answer cannot be read"},
      {"{\"decision\": \"unknown\", \"unknown\": \"no database\"}", 69, "x", "no database"},
      {"", 78, "a fault in\x1b policy.ini\nand more\n", "a fault in  policy.ini"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    g_autoptr(FrontVerdict) verdict =
        verdict_of(cases[i].out, cases[i].status, cases[i].err, &error);
    assert_null(verdict);
    assert_string_equal(error->message, cases[i].message);
  }
}

/* A parser that calls itself for each bracket would take the client's stack. */
static void
deep(void **state)
{
  g_autofree char *brackets = g_strnfill(1000000, '[');
  g_autofree char *within = g_strconcat("{\"decision\": \"send\", \"x\": ", brackets, NULL);
  g_autoptr(GError) error = NULL;
  assert_null(verdict_of(brackets, 0, "", &error));
  g_clear_error(&error);
  assert_null(verdict_of(within, 0, "", &error));
  assert_non_null(error);
  g_autoptr(FrontVerdict) quoted =
      verdict_of("{\"x\": \"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\"[\", \"decision\": \"send\"}",
                 0, "", NULL);
  assert_non_null(quoted);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(decisions),    cmocka_unit_test(words),     cmocka_unit_test(hostile_words),
      cmocka_unit_test(many_reasons), cmocka_unit_test(no_answer), cmocka_unit_test(deep),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
