/* agreements.ini: the table of cases, its keys, and look-up by name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cases.h"

static CadenceConfig *
parse(const char *agreements, GError **error)
{
  return cadence_config_parse("policy.ini", NULL, "agreements.ini", agreements, error);
}

/* Only what is set, in one line: "[NAME] KEY=VALUE; KEY=VALUE". */
static void
show_text(GString *out, const char *key, const char *value)
{
  if (value && *value)
    g_string_append_printf(out, " %s=%s;", key, value);
}

static void
show_taken(GString *out, const char *key, char *value)
{
  show_text(out, key, value);
  g_free(value);
}

static char *
show(const CadenceAgreement *agreement)
{
  GString *out = g_string_new("");
  g_string_append_printf(out, "[%s]", agreement->name);
  show_taken(out, "match", g_strjoinv(" ", agreement->match));
  if (agreement->every.n > 0)
    show_taken(out, "every", cadence_intervals_to_string(&agreement->every));
  if (agreement->via_set)
    show_text(out, "via", cadence_channel_id(agreement->via));
  show_text(out, "decider", agreement->decider);
  show_text(out, "stage", cadence_stage_id(agreement->stage));
  if (agreement->stop_after > 0)
    show_taken(out, "stop-after", g_strdup_printf("%u", agreement->stop_after));
  show_taken(out, "stop-on", cadence_day_to_string(agreement->stop_on));
  show_taken(out, "hold-until", cadence_day_to_string(agreement->hold_until));
  show_taken(out, "buried", cadence_day_to_string(agreement->buried));
  show_taken(out, "opted-out", cadence_day_to_string(agreement->opted_out));
  show_taken(out, "revived", cadence_day_to_string(agreement->revived));
  show_taken(out, "agreed-on", cadence_day_to_string(agreement->agreed_on));
  show_text(out, "evidence", agreement->evidence);
  show_text(out, "note", agreement->note);
  return g_string_free(out, FALSE);
}

static char *
run_case(const char *input, const char *wanted)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CadenceConfig) config = parse(input, &error);
  if (!config) {
    assert_true(g_error_matches(error, CADENCE_ERROR, CADENCE_ERROR_CONFIG));
    return g_strdup(error->message);
  }
  assert_null(error);
  GString *out = g_string_new("");
  const GPtrArray *agreements = cadence_config_agreements(config);
  for (guint i = 0; i < agreements->len; i++) {
    g_autofree char *one = show(g_ptr_array_index(agreements, i));
    g_string_append_printf(out, "%s%s", i > 0 ? " " : "", one);
  }
  if (out->len == 0)
    g_string_append(out, "none");
  return g_string_free(out, FALSE);
}

static void
test_cases(void **state)
{
  assert_int_equal(cadence_cases_run("agreements.cases", 90, run_case), 0);
}

/* Every key of the list is known to the reader, and no other. */
static void
test_keys(void **state)
{
  const char *const *keys = cadence_agreement_keys();
  assert_int_equal(g_strv_length((GStrv)keys), 14);
  assert_true(keys == cadence_agreement_keys());
  for (; *keys; keys++) {
    g_autofree char *empty = g_strdup_printf("[acme.example]\n%s =\n", *keys);
    g_autoptr(CadenceConfig) config = parse(empty, NULL);
    assert_non_null(config);
    g_autofree char *other = g_strdup_printf("[acme.example]\nx%sx =\n", *keys);
    assert_null(parse(other, NULL));
  }
}

static void
test_look_up(void **state)
{
  g_autoptr(CadenceConfig) config =
      parse("[Zulu]\nmatch = z.example\n[Acme]\nmatch = acme.example\n", NULL);
  assert_non_null(config);
  const GPtrArray *agreements = cadence_config_agreements(config);
  assert_int_equal(agreements->len, 2);
  const CadenceAgreement *zulu = g_ptr_array_index(agreements, 0);
  assert_string_equal(zulu->name, "Zulu");
  assert_ptr_equal(cadence_config_agreement(config, "Zulu"), zulu);
  assert_null(cadence_config_agreement(config, "zulu"));
  assert_null(cadence_config_agreement(config, "z.example"));
}

/* What is absent is empty, as terms.h says. */
static void
test_absent(void **state)
{
  g_autoptr(CadenceConfig) config = parse("[acme.example]\nevery =\nnote =\ndecider=\n", NULL);
  const CadenceAgreement *agreement = cadence_config_agreement(config, "acme.example");
  assert_non_null(agreement);
  assert_int_equal(agreement->every.n, 0);
  assert_false(agreement->via_set);
  assert_null(agreement->decider);
  assert_null(agreement->note);
  assert_null(agreement->evidence);
  assert_int_equal(agreement->stage, CADENCE_STAGE_NONE);
  assert_int_equal(agreement->stop_after, 0);
  assert_int_equal(agreement->opted_out, CADENCE_DAY_NONE);
}

/* A name has to fit, byte for byte. */
static void
test_name_length(void **state)
{
  for (guint length = 200; length <= 201; length++) {
    g_autofree char *name = g_strnfill(length, 'a');
    g_autofree char *text = g_strdup_printf("[%s]\nmatch = acme.example\n", name);
    g_autoptr(CadenceConfig) config = parse(text, NULL);
    assert_int_equal(config != NULL, length == 200);
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_cases),       cmocka_unit_test(test_keys),
      cmocka_unit_test(test_look_up),     cmocka_unit_test(test_absent),
      cmocka_unit_test(test_name_length),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
