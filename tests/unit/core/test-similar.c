/* How much of a text was said before.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/similar.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct {
  const char *text, *earlier;
  double share;
} cases[] = {
    {"one two three four five six", "one two three four five six", 1},
    {"One, TWO; three\nfour five -- six!", "one two three four five six", 1},
    {"one two three four five six", "zero one two three four five six seven", 1},
    {"one two three four five six", "one two three x four five six", 0.5},
    {"one two three four five six", "six five four three two one", 0},
    {"one two three four five six", "", 0},
    {"", "one two three four five six", 0},
    {"one two three four five", "one two three four five", 0}, /* too short to tell */
    {"one one one one one one", "one one one", 1},
    {"Каждый охотник желает знать где фазан", "КАЖДЫЙ ОХОТНИК ЖЕЛАЕТ ЗНАТЬ ГДЕ ФАЗАН", 1},
};

static void
test_share(void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
    double share = cadence_similar_share(cases[i].text, cases[i].earlier);
    assert_true(share > cases[i].share - 0.001 && share < cases[i].share + 0.001);
  }
}

/* Of long texts the beginning counts. */
static void
test_long(void **state)
{
  g_autoptr(GString) text = g_string_new(NULL);
  for (guint i = 0; i < 100000; i++)
    g_string_append_printf(text, "w%u ", i);
  assert_true(cadence_similar_share(text->str, text->str) == 1);
  assert_true(cadence_similar_share(text->str, strstr(text->str, "w50000 ")) == 0);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_share),
      cmocka_unit_test(test_long),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
