/* Files that nobody would write by hand: they are refused, or read, soon and in one line of text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "home.h"

#define MEGABYTE ((gsize)1000 * 1000)
#define GROUPS 100000
#define SECONDS_MOST                                                                               \
  20 /* for each, sanitizers and all: what grows with the square takes minutes                     \
      */

static int
drop_in_time(void **state)
{
  gint64 took = g_get_monotonic_time() - ((Home *)*state)->begun;
  (void)drop_home(state);
  assert_true(took < SECONDS_MOST * G_USEC_PER_SEC);
  return 0;
}

static void
put_bytes(const char *path, const GString *text)
{
  assert_true(g_file_set_contents(path, text->str, text->len, NULL));
}

/* Both ways of reading refuse it, with the same first fault, each fault a short line of clean text.
 */
static void
assert_refused(const Home *home, const char *message)
{
  g_autoptr(GError) error = NULL;
  assert_null(cadence_config_load(home->directory, &error));
  assert_true(g_error_matches(error, CADENCE_ERROR, CADENCE_ERROR_CONFIG));
  if (message)
    assert_string_equal(error->message, message);
  g_autoptr(GPtrArray) faults = cadence_config_faults(home->directory);
  assert_in_range(faults->len, 1, 1000);
  assert_string_equal(g_ptr_array_index(faults, 0), error->message);
  for (guint i = 0; i < faults->len; i++) {
    const char *fault = g_ptr_array_index(faults, i);
    assert_true(strlen(fault) < 1200);
    assert_true(g_utf8_validate(fault, -1, NULL));
    for (; *fault; fault++)
      assert_true((guchar)*fault >= ' ' && *fault != 0x7f);
  }
}

static void
test_nul(void **state)
{
  Home *home = *state;
  g_autoptr(GString) text = g_string_new("[cadence]\n");
  g_string_append_len(text, "stop-after = 1\0 2\n", 18);
  put_bytes(home->policy, text);
  assert_refused(home, "policy.ini:2: a NUL byte");
  g_string_assign(text, "#");
  g_string_append_len(text, "\0", 1);
  put_bytes(home->policy, text);
  assert_refused(home, "policy.ini:1: a NUL byte");
}

static void
test_nul_at_the_beginning_of_a_line(void **state)
{
  Home *home = *state;
  g_autoptr(GString) text = g_string_new("[a.example]\n");
  g_string_append_len(text, " \0every = 1w", 12);
  put_bytes(home->agreements, text);
  assert_refused(home, "agreements.ini:2: a NUL byte");
}

static void
test_bad_utf8(void **state)
{
  static const char *const bad[] = {"\x80",     "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                                    "\xe2\x82", "\xff\xfe"};
  Home *home = *state;
  for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
    g_autoptr(GString) text = g_string_new("[a.example]\n#\nnote = x");
    g_string_append(text, bad[i]);
    put_bytes(home->agreements, text);
    assert_refused(home, "agreements.ini:3: not UTF-8; save the file as UTF-8");
  }
}

static void
test_utf16(void **state)
{
  Home *home = *state;
  g_autoptr(GString) text = g_string_new(NULL);
  g_string_append_len(text, "\xff\xfe[\0a\0]\0\n\0", 10);
  put_bytes(home->agreements, text);
  assert_refused(home, "agreements.ini:1: not UTF-8; save the file as UTF-8");
}

static void
test_too_large(void **state)
{
  Home *home = *state;
  g_autoptr(GString) text = g_string_new("");
  put_bytes(home->agreements, text);
  assert_int_equal(truncate(home->agreements, 64 * 1024 * 1024 + 1), 0);
  assert_refused(home, "agreements.ini: larger than 64 MiB");
}

/* One long line, wherever it may stand. */
static void
test_long_lines(void **state)
{
  static const struct {
    const char *begin, *end;
    gboolean accepted;
  } cases[] = {
      {"[a.example]\nnote = ", "\n", TRUE},
      {"# ", "\n", TRUE},
      {"[a.example]\nevery = ", "\n", FALSE},
      {"[a.example]\nmatch = ", "\n", FALSE},
      {"[a.example]\ndecider = ", "\n", FALSE},
      {"[a.example]\nevidence = id:", " x\n", FALSE},
      {"[a.example]\n", " = 1\n", FALSE},
      {"[a.example]\n", "\n", FALSE},
      {"[", "]\n", FALSE},
      {"[", "\n", FALSE},
      {"[a.example]\nvia = \xc3\xa9", "", FALSE},
      {"[a.example]\nstop-after = 1", "\n", FALSE},
  };
  Home *home = *state;
  g_autofree char *filler = g_strnfill(10 * MEGABYTE, '1');
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(GString) text = g_string_new(cases[i].begin);
    g_string_append(text, filler);
    g_string_append(text, cases[i].end);
    put_bytes(home->agreements, text);
    if (!cases[i].accepted) {
      assert_refused(home, NULL);
      continue;
    }
    g_autoptr(CadenceConfig) config = cadence_config_load(home->directory, NULL);
    assert_non_null(config);
  }
}

static void
append_times(GString *text, const char *line, guint times)
{
  for (guint i = 0; i < times; i++)
    g_string_append(text, line);
}

/* As many lines as fit into some megabytes, each with a fault of its own kind. */
static void
test_many_lines(void **state)
{
  static const char *const lines[] = {"[\n",     "]]\n",        "=x\n",           "[]\n",
                                      "[a]\n",   "x\n",         "every = 1w\n",   "evrey = 1w\n",
                                      "\x80\n",  "\x01\n",      "a=#\n",          "[a.example]\n",
                                      "[a]b]\n", "every = #\n", "[b.example] #\n"};
  Home *home = *state;
  for (guint i = 0; i < G_N_ELEMENTS(lines); i++) {
    g_autoptr(GString) text = g_string_new("[x.example]\n");
    append_times(text, lines[i], GROUPS);
    put_bytes(home->agreements, text);
    put_bytes(home->policy, text);
    assert_refused(home, NULL);
  }
}

static void
test_many_groups(void **state)
{
  Home *home = *state;
  g_autoptr(GString) text = g_string_new("");
  for (guint i = 0; i < GROUPS; i++)
    g_string_append_printf(text, "[p%u.example]\nevery = 30d\n", i);
  put_bytes(home->agreements, text);
  g_autoptr(CadenceConfig) config = cadence_config_load(home->directory, NULL);
  assert_non_null(config);
  assert_int_equal(cadence_config_agreements(config)->len, GROUPS);
  assert_non_null(cadence_config_agreement(config, "p99999.example"));
  g_autoptr(CadenceParties) parties = cadence_config_parties(config, NULL);
  assert_int_equal(cadence_parties_find(parties, "x@p77777.example", NULL), CADENCE_PARTY_PROSPECT);
}

/* Many groups that all claim one domain, and one group that claims many. */
static void
test_many_claims(void **state)
{
  Home *home = *state;
  g_autoptr(GString) text = g_string_new("");
  for (guint i = 0; i < GROUPS; i++)
    g_string_append_printf(text, "[P %u]\nmatch = a.example\n", i);
  put_bytes(home->agreements, text);
  assert_refused(home, "agreements.ini:4: [P 1] match: \"a.example\" belongs to [P 0] match "
                       "(agreements.ini:2) already; only one can have it");

  g_string_assign(text, "[P]\nmatch =");
  append_times(text, " a.example", GROUPS);
  for (guint i = 0; i < GROUPS; i++)
    g_string_append_printf(text, " p%u.example", i);
  put_bytes(home->agreements, text);
  g_autoptr(CadenceConfig) config = cadence_config_load(home->directory, NULL);
  assert_non_null(config);
  g_autoptr(GPtrArray) faults = cadence_config_faults(home->directory);
  assert_int_equal(faults->len, 0);
}

/* A name made of dots has many parents. */
static void
test_deep_domain(void **state)
{
  Home *home = *state;
  g_autoptr(GString) text = g_string_new("[");
  append_times(text, "a.", 90);
  g_string_append(text, "example]\nmatch =");
  append_times(text, " b.example", GROUPS);
  put_bytes(home->agreements, text);
  assert_refused(home, NULL);
}

/* Bytes at random in and around what is well-formed: never a crash, never a fault that is no line.
 */
static void
test_mutations(void **state)
{
  static const char seed[] = "[scope]\nteam = us.example\n[cadence]\nevery = 3bd 5bd\ncap = 5/30d\n"
                             "[tags]\ndue = due\n[Acme]\nmatch = acme.example x@b.example\n"
                             "every = 30d\nvia = phone\nstop-on = 2026-01-01\nevidence = <a@b>\n";
  g_autoptr(GRand) random = g_rand_new_with_seed(42);
  for (guint i = 0; i < 30000; i++) {
    char text[sizeof seed];
    memcpy(text, seed, sizeof seed);
    for (int n = g_rand_int_range(random, 1, 6); n > 0; n--)
      text[g_rand_int_range(random, 0, sizeof seed - 1)] =
          g_rand_boolean(random) ? "\n[]=# .@;"[g_rand_int_range(random, 0, 9)]
                                 : (char)g_rand_int_range(random, 0, 256);
    g_autoptr(GError) error = NULL;
    const char *half = text + g_rand_int_range(random, 0, strlen(text) + 1);
    g_autoptr(CadenceConfig) config = cadence_config_parse("p", text, "a", half, &error);
    assert_true((config != NULL) == (error == NULL));
    if (error)
      assert_true(g_utf8_validate(error->message, -1, NULL) && !strchr(error->message, '\n'));
  }
}

int
main(void)
{
#define IN_HOME(test) cmocka_unit_test_setup_teardown(test, make_home, drop_in_time)
  const struct CMUnitTest tests[] = {
      IN_HOME(test_nul),         IN_HOME(test_nul_at_the_beginning_of_a_line),
      IN_HOME(test_bad_utf8),    IN_HOME(test_utf16),
      IN_HOME(test_too_large),   IN_HOME(test_long_lines),
      IN_HOME(test_many_lines),  IN_HOME(test_many_groups),
      IN_HOME(test_many_claims), IN_HOME(test_deep_domain),
      IN_HOME(test_mutations),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
