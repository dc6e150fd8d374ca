/* Changing agreements.ini: the table of cases, through real files; and on texts made at random,
 * that only the lines change that were to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "edit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "cases.h"

#define TEXTS 4000
#define MANY 20000
#define MANY_READS 4 /* a change may take as long as reading such a file so many times */

static char *directory, *agreements, *policy;

/* Takes `word` apart in place. */
static CadenceChange
read_change(char *word)
{
  char *end = strchr(word, '=');
  CadenceChange change = {CADENCE_CHANGE_SET, word, end ? end + 1 : NULL};
  if (!end) {
    change.kind = CADENCE_CHANGE_UNSET;
    end = word + strlen(word);
    assert_true(end > word && end[-1] == '-');
    end--;
  } else if (end > word && (end[-1] == '+' || end[-1] == '-')) {
    change.kind = end[-1] == '+' ? CADENCE_CHANGE_ADD : CADENCE_CHANGE_REMOVE;
    end--;
  }
  *end = '\0';
  return change;
}

static void
write_file(const char *path, const char *text)
{
  if (text)
    assert_true(g_file_set_contents(path, text, -1, NULL));
  else
    g_unlink(path);
}

/* What the file holds, NULL where there is none. */
static char *
read_file(const char *path)
{
  char *text = NULL;
  g_file_get_contents(path, &text, NULL, NULL);
  return text;
}

/* The two configs are what the file was and is; an error changes nothing and hands nothing out. */
static char *
run_change(const char *before_text, const char *name, const CadenceChange *changes, gsize n)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CadenceConfig) before = NULL;
  g_autoptr(CadenceConfig) after = NULL;
  gboolean create = *name != '!';
  write_file(agreements, before_text);
  if (!cadence_agreements_change(directory, create ? name : name + 1, changes, n, create, &before,
                                 &after, &error)) {
    g_autofree char *still = read_file(agreements);
    assert_true(!before && !after && error->domain == CADENCE_ERROR);
    assert_int_equal(g_strcmp0(still, before_text), 0);
    return g_strdup(error->message);
  }
  assert_null(error);
  assert_non_null(before);
  assert_non_null(cadence_config_agreement(after, create ? name : name + 1));
  return read_file(agreements);
}

static char *
run_case(const char *input, const char *wanted)
{
  g_auto(GStrv) part = g_strsplit(input, " | ", -1);
  guint n = g_strv_length(part);
  assert_true(n >= 2);
  g_autofree CadenceChange *changes = g_new0(CadenceChange, n);
  for (guint i = 2; i < n; i++)
    changes[i - 2] = read_change(part[i]);
  return run_change(g_str_equal(part[0], "-") ? NULL : part[0], part[1], changes, n - 2);
}

static void
test_cases(void **state)
{
  assert_int_equal(cadence_cases_run("edit.cases", 100, run_case), 0);
}

/* Which error it is tells the caller whether the words or the file are to blame. */
static void
test_codes(void **state)
{
  static const struct {
    const char *name;
    CadenceChange change;
    int code;
  } cases[] = {
      {"a.example", {CADENCE_CHANGE_SET, "every", "x"}, CADENCE_ERROR_SYNTAX},
      {"a.example", {CADENCE_CHANGE_SET, "x", "x"}, CADENCE_ERROR_SYNTAX},
      {"a]", {CADENCE_CHANGE_UNSET, "every", NULL}, CADENCE_ERROR_SYNTAX},
      {"a.example", {CADENCE_CHANGE_REMOVE, "match", "c.example"}, CADENCE_ERROR_CONFIG},
      {"a.example", {CADENCE_CHANGE_ADD, "match", "b.example"}, CADENCE_ERROR_CONFIG},
      {"a.example", {CADENCE_CHANGE_ADD, "match", "team.example"}, CADENCE_ERROR_CONFIG},
      {"z.example", {CADENCE_CHANGE_UNSET, "every", NULL}, CADENCE_ERROR_CONFIG},
  };
  write_file(policy, "[scope]\nteam = team.example\n");
  write_file(agreements, "[a.example]\n[b.example]\n");
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GError) error = NULL;
    assert_false(cadence_agreements_change(directory, cases[i].name, &cases[i].change, 1, FALSE,
                                           NULL, NULL, &error));
    assert_true(g_error_matches(error, CADENCE_ERROR, cases[i].code));
  }
}

/* A fault in the policy, or what the team has, stops a change as it stops reading. */
static void
test_policy(void **state)
{
  CadenceChange add = {CADENCE_CHANGE_ADD, "match", "team.example"};
  write_file(policy, "[scope]\nteam = team.example\n");
  g_autofree char *claimed = run_change("[a.example]\n", "a.example", &add, 1);
  assert_string_equal(claimed, "agreements.ini:2: [a.example] match: \"team.example\" belongs to "
                               "[scope] team (policy.ini:2) already; only one can have it");
  write_file(policy, "[scop]\n");
  g_autofree char *fault = run_change("[a.example]\n", "a.example", &add, 1);
  assert_true(g_str_has_prefix(fault, "policy.ini:1: [scop]"));
  write_file(policy, NULL);
  g_autofree char *changed = run_change("[a.example]\n", "a.example", &add, 1);
  assert_string_equal(changed, "[a.example]\nmatch = a.example team.example\n");
}

/* Both are what was and what is, and may be left out. */
static void
test_before_and_after(void **state)
{
  g_autoptr(CadenceConfig) before = NULL;
  g_autoptr(CadenceConfig) after = NULL;
  CadenceChange change = {CADENCE_CHANGE_SET, "stop-after", "7"};
  write_file(agreements, "[a.example]\nstop-after = 3\n");
  assert_true(
      cadence_agreements_change(directory, "a.example", &change, 1, FALSE, &before, &after, NULL));
  assert_int_equal(cadence_config_agreement(before, "a.example")->stop_after, 3);
  assert_int_equal(cadence_config_agreement(after, "a.example")->stop_after, 7);
  change.value = "8";
  assert_true(
      cadence_agreements_change(directory, "a.example", &change, 1, FALSE, NULL, NULL, NULL));
  g_autofree char *text = read_file(agreements);
  assert_string_equal(text, "[a.example]\nstop-after = 8\n");
}

static const char *
pick(GRand *random, const char *const *pieces, guint n)
{
  return pieces[g_rand_int_range(random, 0, (gint32)n)];
}

#define PICK(random, pieces) pick(random, pieces, G_N_ELEMENTS(pieces))

static void
add_group(GString *text, GRand *random, int number, const char *eol)
{
  static const char *const between[] = {"", "", "", "# c = d", "  ", "#[x]", "\t# every = 1d"};
  static const char *const lines[] = {"every=30d",
                                      " every =  3bd 5bd ",
                                      "via = phone",
                                      "note = # x [y] = z",
                                      "stage=",
                                      "stop-after\t=\t4\t",
                                      "decider = Jane@a.example"};
  g_string_append_printf(text, "%s[g%d.example]%s", number % 2 ? " " : "", number, eol);
  guint from = (guint)g_rand_int_range(random, 0, G_N_ELEMENTS(lines));
  guint until = (guint)g_rand_int_range(random, (gint32)from, G_N_ELEMENTS(lines) + 1);
  gboolean every = FALSE;
  for (guint i = from; i < until; i++) {
    if (g_rand_boolean(random))
      g_string_append_printf(text, "%s%s", PICK(random, between), eol);
    if (i < 2 && every)
      continue;
    every |= i < 2;
    g_string_append_printf(text, "%s%s", lines[i], eol);
  }
  for (int n = g_rand_int_range(random, 0, 3); n > 0; n--)
    g_string_append_printf(text, "%s%s", PICK(random, between), eol);
}

static char *
random_text(GRand *random)
{
  const char *eol = g_rand_int_range(random, 0, 4) == 0 ? "\r\n" : "\n";
  g_autoptr(GString) text = g_string_new(g_rand_boolean(random) ? "" : "# head\n\n");
  for (int i = 0, n = g_rand_int_range(random, 1, 5); i < n; i++)
    add_group(text, random, i, eol);
  if (g_rand_int_range(random, 0, 4) == 0) /* no end of the last line */
    g_string_truncate(text, text->len - strlen(eol));
  return g_string_free(g_steal_pointer(&text), FALSE);
}

/* The lines that are in one text and not in the other, at most one of each: what a change of one
 * key may make. Line ends count, but for a last line that had none. */
static void
assert_one_line(const char *before, const char *after)
{
  g_auto(GStrv) old = g_strsplit(before, "\n", -1);
  g_auto(GStrv) new = g_strsplit(after, "\n", -1);
  guint n_old = g_strv_length(old), n_new = g_strv_length(new), head = 0, tail = 0;
  while (head < MIN(n_old, n_new) && g_str_equal(old[head], new[head]))
    head++;
  while (tail < MIN(n_old, n_new) - head &&
         g_str_equal(old[n_old - tail - 1], new[n_new - tail - 1]))
    tail++;
  gboolean ended = !g_str_has_suffix(before, "\n");
  assert_true(n_old - head - tail <= (ended ? 2 : 1) && n_new - head - tail <= (ended ? 3 : 1));
}

static CadenceConfig *
parse(const char *text)
{
  g_autoptr(GError) error = NULL;
  CadenceConfig *config = cadence_config_parse("policy.ini", NULL, "agreements.ini", text, &error);
  if (!config)
    fail_msg("%s\n%s", error->message, text);
  return config;
}

/* All that the file says of everybody, less the stop-after of one. */
static char *
say_all(const char *text, const char *but)
{
  g_autoptr(CadenceConfig) config = parse(text);
  GString *all = g_string_new(NULL);
  const GPtrArray *list = cadence_config_agreements(config);
  for (guint i = 0; i < list->len; i++) {
    CadenceAgreement *agreement = g_ptr_array_index(list, i);
    if (g_str_equal(agreement->name, but))
      agreement->stop_after = 0;
    g_autofree char *digest = cadence_agreement_digest(agreement);
    g_string_append_printf(all, "%s %s %s\n", agreement->name, digest, agreement->note);
  }
  return g_string_free(all, FALSE);
}

static char *
edit(const char *text, const char *name, CadenceChangeKind kind, const char *value)
{
  CadenceChange change = {kind, "stop-after", value};
  char *after = cadence_edit(text, name, &change, 1, FALSE, NULL);
  assert_non_null(after);
  return after;
}

/* Set, and unset again: nothing else said, one line changed, and what was added leaves no trace. */
static void
check_text(const char *text, const char *name)
{
  g_autofree char *set = edit(text, name, CADENCE_CHANGE_SET, "77");
  g_autofree char *unset = edit(set, name, CADENCE_CHANGE_UNSET, NULL);
  g_autofree char *never = edit(text, name, CADENCE_CHANGE_UNSET, NULL);
  assert_one_line(text, set);
  assert_one_line(set, unset);

  g_autoptr(CadenceConfig) config = parse(set);
  g_autofree char *before = say_all(text, name);
  g_autofree char *after = say_all(set, name);
  assert_int_equal(cadence_config_agreement(config, name)->stop_after, 77);
  assert_string_equal(before, after);
  if (g_str_has_suffix(text, "\n"))
    assert_string_equal(unset, never);
}

static void
test_random(void **state)
{
  g_autoptr(GRand) random = g_rand_new_with_seed(20260401);
  for (guint i = 0; i < TEXTS; i++) {
    g_autofree char *text = random_text(random);
    g_autoptr(CadenceConfig) config = parse(text);
    const GPtrArray *list = cadence_config_agreements(config);
    for (guint k = 0; k < list->len; k++) {
      const CadenceAgreement *agreement = g_ptr_array_index(list, k);
      check_text(text, agreement->name);
    }
  }
}

static gint64
processor_time(void)
{
  struct rusage used;
  assert_int_equal(getrusage(RUSAGE_SELF, &used), 0);
  return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * G_USEC_PER_SEC + used.ru_utime.tv_usec +
         used.ru_stime.tv_usec;
}

static gint64
time_of_reading(const char *text)
{
  gint64 begun = processor_time();
  g_autoptr(CadenceConfig) config = parse(text);
  assert_non_null(config);
  return processor_time() - begun;
}

static gint64
time_of_changing(const char *text)
{
  CadenceChange change = {CADENCE_CHANGE_SET, "every", "1mo"};
  write_file(agreements, text);
  gint64 begun = processor_time();
  assert_true(
      cadence_agreements_change(directory, "p10000.example", &change, 1, FALSE, NULL, NULL, NULL));
  return processor_time() - begun;
}

/* What the day's work feels like with twenty thousand agreements: it is read as it was and as it
 * will be, and beyond that next to nothing. By processor time, the best of three, in one run: so
 * neither a busy machine counts nor a slow one. */
static void
test_many(void **state)
{
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < MANY; i++)
    g_string_append_printf(text,
                           "[p%u.example]\nevery = 3bd 5bd 2w 1mo\nagreed-on = 2026-01-05\n"
                           "evidence = id:m%u@p%u.example\n\n",
                           i, i, i);
  gint64 reading = G_MAXINT64, changing = G_MAXINT64;
  for (guint turn = 0; turn < 3; turn++) {
    reading = MIN(reading, time_of_reading(text->str));
    changing = MIN(changing, time_of_changing(text->str));
  }
  print_message("%d agreements, %u KiB: read in %d ms, changed in %d ms\n", MANY,
                (guint)(text->len / 1024), (int)(reading / 1000), (int)(changing / 1000));
  assert_true(changing < MANY_READS * reading);
}

static int
set_up(void **state)
{
  directory = g_dir_make_tmp("cadence-edit-XXXXXX", NULL);
  if (!directory)
    return -1;
  agreements = g_build_filename(directory, "agreements.ini", NULL);
  policy = g_build_filename(directory, "policy.ini", NULL);
  return 0;
}

/* Nothing may be left behind. */
static int
tear_down(void **state)
{
  g_unlink(agreements);
  g_unlink(policy);
  int left = g_rmdir(directory);
  g_free(agreements);
  g_free(policy);
  g_free(directory);
  return left;
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_cases),  cmocka_unit_test(test_codes),
      cmocka_unit_test(test_policy), cmocka_unit_test(test_before_and_after),
      cmocka_unit_test(test_random), cmocka_unit_test(test_many),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
