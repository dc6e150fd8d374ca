/* A child with a time limit and a bound, whatever the child does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "run.h"

#define LONG 60000 /* milliseconds: of a child that ends by itself */
#define SHORT 300

static FrontOutput *
shell(const char *script, const char *input, gsize length, guint limit, GError **error)
{
  const char *argv[] = {"sh", "-c", script, NULL};
  return front_run(argv, input, length, limit, error);
}

static void
answers(void **state)
{
  g_autoptr(FrontOutput) output = shell("cat; echo no >&2; exit 3", "draft", 5, LONG, NULL);
  assert_int_equal(output->status, 3);
  assert_string_equal(output->out, "draft");
  assert_int_equal(output->length, 5);
  assert_string_equal(output->err, "no\n");
}

static void
no_input(void **state)
{
  g_autoptr(FrontOutput) output = shell("wc -c", NULL, 0, LONG, NULL);
  assert_string_equal(g_strstrip(output->out), "0");
}

/* More than a pipe holds, to a child that reads all of it or none. */
static void
large_input(void **state)
{
  g_autofree char *input = g_strnfill(5000000, 'x');
  g_autoptr(FrontOutput) counted = shell("wc -c", input, 5000000, LONG, NULL);
  g_autoptr(FrontOutput) unread = shell("exit 1", input, 5000000, LONG, NULL);
  assert_string_equal(g_strstrip(counted->out), "5000000");
  assert_int_equal(unread->status, 1);
}

static void
fails(const char *script, guint limit, int code)
{
  g_autoptr(GError) error = NULL;
  gint64 begin = g_get_monotonic_time();
  assert_null(shell(script, "draft", 5, limit, &error));
  assert_int_equal(error->domain, G_IO_ERROR);
  assert_int_equal(error->code, code);
  assert_true(*error->message != '\0');
  assert_true(g_get_monotonic_time() - begin < 30 * G_TIME_SPAN_SECOND);
}

static void
goes_wrong(void **state)
{
  fails("kill -9 $$", LONG, G_IO_ERROR_FAILED);
  fails("cat /dev/zero", LONG, G_IO_ERROR_NO_SPACE);
  fails("cat /dev/zero >&2", LONG, G_IO_ERROR_NO_SPACE);
  fails("exec sleep 60", SHORT, G_IO_ERROR_TIMED_OUT);
  fails("trap '' TERM INT HUP; while :; do sleep 1; done", SHORT, G_IO_ERROR_TIMED_OUT);
  fails("exec >&- 2>&-; exec sleep 60", SHORT, G_IO_ERROR_TIMED_OUT);
  fails("sleep 35 & exit 0", SHORT, G_IO_ERROR_TIMED_OUT); /* somebody else holds its output */
}

static void
missing(void **state)
{
  const char *argv[] = {"no-such-program-of-ours", NULL};
  g_autoptr(GError) error = NULL;
  assert_null(front_run(argv, "draft", 5, LONG, &error));
  assert_non_null(error);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(answers),    cmocka_unit_test(no_input), cmocka_unit_test(large_input),
      cmocka_unit_test(goes_wrong), cmocka_unit_test(missing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
