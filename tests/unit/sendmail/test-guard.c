/* A child may do what it likes: the parent gets what was reported whole, and an end in time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "guard.h"

#define LONG 20000 /* milliseconds: for whoever is not to be late */

static void
hear(const char *name, GVariant *value, gpointer data)
{
  GString *heard = data;
  g_autofree char *text = g_variant_print(value, FALSE);
  g_string_append_printf(heard, "%s=%s ", name, strlen(text) > 100 ? "long" : text);
}

/* What was heard of `work`, and how it ended. */
static SendmailGuardEnd
guard(guint within, SendmailWork work, char **heard, char **why)
{
  GString *text = g_string_new(NULL);
  SendmailGuardEnd end = sendmail_guard_run(within, work, hear, text, why);
  *heard = g_string_free(text, FALSE);
  return end;
}

static void
expect(guint within, SendmailWork work, SendmailGuardEnd end, const char *expected)
{
  g_autofree char *heard = NULL, *why = NULL;
  assert_int_equal(guard(within, work, &heard, &why), end);
  assert_string_equal(heard, expected);
  assert_true((why == NULL) == (end == SENDMAIL_GUARD_DONE));
}

static void
reports(int report, gpointer data)
{
  sendmail_guard_report(report, "one", g_variant_new_string("first"));
  sendmail_guard_report(report, "two", g_variant_new("(ub)", 7, TRUE));
}

static void
reports_much(int report, gpointer data)
{
  g_autofree char *text = g_strnfill(500000, 'x');
  sendmail_guard_report(report, "one", g_variant_new_string(text));
  sendmail_guard_report(report, "two", g_variant_new_string("end"));
}

static void
says_nothing(int report, gpointer data)
{
}

static void
test_reports(void **unused)
{
  expect(LONG, reports, SENDMAIL_GUARD_DONE, "one='first' two=(7, true) ");
  expect(LONG, reports_much, SENDMAIL_GUARD_DONE, "one=long two='end' ");
  expect(LONG, says_nothing, SENDMAIL_GUARD_DONE, "");
}

static void
crashes(int report, gpointer data)
{
  reports(report, data);
  (void)signal(SIGABRT, SIG_DFL);
  (void)kill(getpid(), SIGABRT);
}

static void
exits(int report, gpointer data)
{
  _exit(3);
}

static void
test_crash(void **unused)
{
  expect(LONG, crashes, SENDMAIL_GUARD_FAILED, "one='first' two=(7, true) ");
  expect(LONG, exits, SENDMAIL_GUARD_FAILED, "");
}

static void
hangs(int report, gpointer data)
{
  sendmail_guard_report(report, "one", g_variant_new_string("first"));
  for (;;)
    (void)pause();
}

static void
turns(int report, gpointer data)
{
  for (volatile guint i = 0;; i++)
    ;
}

static void
test_late(void **unused)
{
  expect(100, hangs, SENDMAIL_GUARD_LATE, "one='first' ");
  expect(100, turns, SENDMAIL_GUARD_LATE, "");
}

/* What is no frame: half a one, a length beyond all bounds, bytes that are no GVariant, no end. */
static void
half(int report, gpointer data)
{
  guint32 length = 100;
  (void)!write(report, &length, sizeof length);
  (void)!write(report, "half", 4);
}

static void
huge(int report, gpointer data)
{
  guint32 length = G_MAXUINT32;
  (void)!write(report, &length, sizeof length);
  (void)!write(report, "huge", 4);
}

static void
garbage(int report, gpointer data)
{
  guint8 bytes[64];
  guint32 length = sizeof bytes;
  memset(bytes, 0xa5, sizeof bytes);
  (void)!write(report, &length, sizeof length);
  (void)!write(report, bytes, sizeof bytes);
}

static void
endless(int report, gpointer data)
{
  (void)signal(SIGPIPE, SIG_DFL);
  for (;;)
    (void)!write(report, "\xff\xff\xff\xff\xff\xff\xff\xff", 8);
}

static void
test_garbage(void **unused)
{
  g_autofree char *heard = NULL, *why = NULL;
  expect(LONG, half, SENDMAIL_GUARD_DONE, "");
  expect(LONG, huge, SENDMAIL_GUARD_DONE, "");
  assert_int_equal(guard(LONG, garbage, &heard, &why), SENDMAIL_GUARD_DONE);
  expect(LONG, endless, SENDMAIL_GUARD_FAILED, "");
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_reports),
      cmocka_unit_test(test_crash),
      cmocka_unit_test(test_late),
      cmocka_unit_test(test_garbage),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
