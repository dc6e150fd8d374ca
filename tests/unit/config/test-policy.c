/* policy.ini: the table of cases, the defaults, and that what is written out reads the same.
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
parse(const char *policy, GError **error)
{
  return cadence_config_parse("policy.ini", policy, "agreements.ini", NULL, error);
}

static const CadenceSetting *
find_setting(const CadenceConfig *config, const char *group, const char *key)
{
  const GPtrArray *settings = cadence_config_settings(config);
  for (guint i = 0; i < settings->len; i++) {
    const CadenceSetting *setting = g_ptr_array_index(settings, i);
    if (g_str_equal(setting->group, group) && g_str_equal(setting->key, key))
      return setting;
  }
  return NULL;
}

/* Shows the setting that `wanted`, "[GROUP] KEY = VALUE" (or "KEY =" where empty), speaks of; or
 * the error. */
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
  g_auto(GStrv) parts = g_strsplit_set(wanted, "[] ", 5);
  if (g_strv_length(parts) < 4)
    return g_strdup("accepted");
  const CadenceSetting *setting = find_setting(config, parts[1], parts[3]);
  if (!setting)
    return g_strdup("accepted");
  return g_strdup_printf("[%s] %s =%s%s", setting->group, setting->key, *setting->value ? " " : "",
                         setting->value);
}

static void
test_cases(void **state)
{
  assert_int_equal(cadence_cases_run("policy.cases", 100, run_case), 0);
}

static void
test_severities_are_those_of_core(void **state)
{
  g_autoptr(CadenceConfig) config = parse(NULL, NULL);
  assert_non_null(config);
  const CadencePolicy *policy = cadence_config_policy(config);
  for (guint i = 0; i < CADENCE_N_REASONS; i++) {
    const char *id = cadence_reason_id(i);
    const CadenceSetting *setting = find_setting(config, "severity", id);
    assert_non_null(setting);
    assert_int_equal(policy->severity[i], cadence_reason_default_severity(i));
    assert_string_equal(setting->value, cadence_severity_id(policy->severity[i]));
    assert_string_equal(setting->origin, "default");
  }
}

/* Each reason's key sets that reason and no other. */
static void
test_severity_keys(void **state)
{
  for (guint i = 0; i < CADENCE_N_REASONS; i++) {
    CadenceSeverity other = cadence_reason_default_severity(i) == CADENCE_SEVERITY_WARN
                                ? CADENCE_SEVERITY_STOP
                                : CADENCE_SEVERITY_WARN;
    g_autofree char *text =
        g_strdup_printf("[severity]\n%s = %s\n", cadence_reason_id(i), cadence_severity_id(other));
    g_autoptr(CadenceConfig) config = parse(text, NULL);
    assert_non_null(config);
    for (guint k = 0; k < CADENCE_N_REASONS; k++)
      assert_int_equal(cadence_config_policy(config)->severity[k],
                       k == i ? other : cadence_reason_default_severity(k));
  }
}

static void
test_tag_keys(void **state)
{
  for (guint i = 0; i < CADENCE_N_STATES; i++) {
    const char *id = cadence_state_id(i);
    g_autofree char *text = g_strdup_printf("[tags]\n%s = a tag\n", id);
    g_autoptr(CadenceConfig) config = parse(text, NULL);
    assert_non_null(config);
    assert_string_equal(find_setting(config, "tags", id)->origin, "policy.ini:2");
    for (guint k = 0; k < CADENCE_N_STATES; k++)
      assert_string_equal(cadence_config_policy(config)->tag[k],
                          k == i ? "a tag" : cadence_state_id(k));
  }
}

/* NOTMUCH_TAG_MAX */
static void
test_tag_length(void **state)
{
  for (guint length = 200; length <= 201; length++) {
    g_autofree char *tag = g_strnfill(length, 't');
    g_autofree char *text = g_strdup_printf("[tags]\ndue = %s\n", tag);
    g_autoptr(CadenceConfig) config = parse(text, NULL);
    assert_int_equal(config != NULL, length == 200);
  }
}

static void
test_fields(void **state)
{
  static const char text[] = "[scope]\nquery = tag:sales and subject:\"a\\b\"\ngroup = address\n"
                             "ignore = Spam.Example; @intranet\nteam = us.example\n"
                             "drafts = tag:mine\nzone = Europe/Berlin\n"
                             "[cadence]\nevery = 2w 1mo\nstop-after = 9\nstop-time = never\n"
                             "cap = 7/2w\nnurture = 45d\nowed-after = 3bd\nowed-lapse = 10d\n"
                             "[signals]\nabsence = 9d\nrepeats = 0.75\n"
                             "[tags]\nsettled = done\n"
                             "[sendmail]\ncommand = msmtp -a work\non-error = hold\nwithin = 2s\n"
                             "[index]\nstale-after = 3d\n"
                             "[log]\nfolder = Sales/Log\ntags = a, b;c d\n";
  g_autoptr(CadenceConfig) config = parse(text, NULL);
  assert_non_null(config);
  const CadencePolicy *policy = cadence_config_policy(config);
  assert_string_equal(policy->scope_query, "tag:sales and subject:\"a\\b\"");
  assert_int_equal(policy->group, CADENCE_GROUP_ADDRESS);
  assert_int_equal(g_strv_length(policy->ignore), 2);
  assert_string_equal(policy->ignore[0], "spam.example");
  assert_string_equal(policy->ignore[1], "intranet");
  assert_string_equal(policy->team[0], "us.example");
  assert_string_equal(policy->drafts, "tag:mine");
  assert_string_equal(policy->zone, "Europe/Berlin");
  assert_int_equal(policy->every.n, 2);
  assert_int_equal(policy->every.step[1].unit, CADENCE_UNIT_MONTHS);
  assert_int_equal(policy->stop_after, 9);
  assert_int_equal(policy->stop_time.count, 0);
  assert_int_equal(policy->cap.count, 7);
  assert_int_equal(policy->cap.window.unit, CADENCE_UNIT_WEEKS);
  assert_int_equal(policy->nurture.count, 45);
  assert_int_equal(policy->owed_after.count, 3);
  assert_int_equal(policy->owed_lapse.count, 10);
  assert_int_equal(policy->absence.count, 9);
  assert_true(policy->repeats > 0.7499 && policy->repeats < 0.7501);
  assert_string_equal(policy->settled_tag, "done");
  assert_string_equal(policy->mta, "msmtp -a work");
  assert_true(policy->hold_on_error);
  assert_int_equal(policy->within, 2000);
  assert_int_equal(policy->stale_after.count, 3);
  assert_string_equal(policy->log_folder, "Sales/Log");
  assert_int_equal(g_strv_length(policy->log_tags), 4);
  assert_string_equal(policy->log_tags[3], "d");
}

static char *
write_out(const CadenceConfig *config)
{
  const GPtrArray *settings = cadence_config_settings(config);
  GString *text = g_string_new("");
  const char *group = "";
  for (guint i = 0; i < settings->len; i++) {
    const CadenceSetting *setting = g_ptr_array_index(settings, i);
    if (!g_str_equal(group, setting->group))
      g_string_append_printf(text, "[%s]\n", setting->group);
    group = setting->group;
    g_string_append_printf(text, "%s = %s\n", setting->key, setting->value);
  }
  return g_string_free(text, FALSE);
}

/* Every value, default or not, is written as it can be read; and a default written out is no
 * change. */
static void
check_round_trip(const char *policy)
{
  g_autoptr(CadenceConfig) first = parse(policy, NULL);
  assert_non_null(first);
  g_autofree char *text = write_out(first);
  g_autoptr(GError) error = NULL;
  g_autoptr(CadenceConfig) second = parse(text, &error);
  if (error)
    fail_msg("%s\n%s", error->message, text);
  g_autofree char *again = write_out(second);
  assert_string_equal(again, text);
  assert_string_equal(cadence_config_digest(second), cadence_config_digest(first));
}

static void
test_round_trip(void **state)
{
  check_round_trip(NULL);
  check_round_trip("[scope]\nignore = @intranet a@B.example\nzone = UTC\ngroup = address\n"
                   "[cadence]\nstop-after = never\nstop-time = never\ncap = never\n"
                   "[tags]\ndue =\nsettled =\n[signals]\nrepeats = 0.333\n"
                   "[sendmail]\nwithin = 1500ms\non-error = hold\n[log]\nfolder =\ntags =\n");
}

static void
test_defaults_have_no_line(void **state)
{
  g_autoptr(CadenceConfig) config = parse(NULL, NULL);
  const GPtrArray *settings = cadence_config_settings(config);
  assert_int_equal(settings->len, 44);
  for (guint i = 0; i < settings->len; i++) {
    const CadenceSetting *setting = g_ptr_array_index(settings, i);
    assert_string_equal(setting->origin, "default");
  }
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_cases),
      cmocka_unit_test(test_severities_are_those_of_core),
      cmocka_unit_test(test_fields),
      cmocka_unit_test(test_severity_keys),
      cmocka_unit_test(test_tag_keys),
      cmocka_unit_test(test_round_trip),
      cmocka_unit_test(test_defaults_have_no_line),
      cmocka_unit_test(test_tag_length),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
