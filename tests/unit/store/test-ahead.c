/* Reading ahead: what is taken is what reading it here would have given, whoever read it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "ahead.h"

#define MAILS 200
#define WORKERS 3

static int
make_folder(void **state)
{
  cadence_mail_init();
  *state = g_dir_make_tmp("cadence-ahead-XXXXXX", NULL);
  return *state ? 0 : 1;
}

static char *
path_of(const char *folder, guint i)
{
  return g_strdup_printf("%s/%u", folder, i);
}

/* Every third has no file; every second of the others is HTML in a charset of its own. */
static void
put_mail(const char *folder, guint i)
{
  g_autofree char *path = path_of(folder, i);
  g_autofree char *mail = g_strdup_printf(
      "From: a%u@example.com\nTo: b@example.com\nSubject: =?koi8-r?B?8NLJ18XU?= %u\n"
      "Message-ID: <m%u@example.com>\nMIME-Version: 1.0\nContent-Type: text/%s; charset=%s\n\n"
      "<p>Please remove me from your list.</p>\n",
      i, i, i, i % 2 ? "html" : "plain", i % 2 ? "windows-1251" : "iso-8859-15");
  if (i % 3)
    assert_true(g_file_set_contents(path, mail, -1, NULL));
}

static int
drop_folder(void **state)
{
  for (guint i = 0; i < MAILS; i++) {
    g_autofree char *path = path_of(*state, i);
    g_remove(path);
  }
  assert_int_equal(g_rmdir(*state), 0);
  g_free(*state);
  return 0;
}

static void
ask(CadenceAhead *ahead, const char *folder, guint i, gboolean body)
{
  g_autofree char *id = g_strdup_printf("m%u", i), *path = path_of(folder, i);
  const char *names[] = {"/nowhere/at/all", path, NULL};
  cadence_ahead_ask(ahead, id, g_strdupv((char **)names), body);
}

static void
take(CadenceAhead *ahead, const char *folder, guint i)
{
  g_autofree char *id = g_strdup_printf("m%u", i), *path = path_of(folder, i);
  CadenceMessage *taken = NULL;
  assert_true(cadence_ahead_take(ahead, id, TRUE, &taken));
  CadenceMessage *here = cadence_message_read(path, TRUE, NULL);
  assert_true((taken != NULL) == (i % 3 != 0));
  if (taken) {
    assert_string_equal(taken->id, here->id);
    assert_string_equal(taken->subject, here->subject);
    assert_int_equal(taken->kind, here->kind);
  }
  cadence_message_free(taken);
  cadence_message_free(here);
}

static void
test_take(void **state)
{
  CadenceAhead *ahead = cadence_ahead_new(WORKERS);
  for (guint i = 0; i < MAILS; i++)
    put_mail(*state, i);
  for (guint turn = 0; turn < 5; turn++) {
    for (guint i = 0; i < MAILS; i++)
      ask(ahead, *state, i, TRUE);
    ask(ahead, *state, 0, TRUE);
    for (guint i = 0; i < MAILS; i++)
      take(ahead, *state, i);
  }
  cadence_ahead_free(ahead);
}

static void
test_not_asked(void **state)
{
  CadenceAhead *ahead = cadence_ahead_new(WORKERS);
  CadenceMessage *message = NULL;
  put_mail(*state, 1);
  assert_false(cadence_ahead_take(ahead, "m1", FALSE, &message));
  ask(ahead, *state, 1, FALSE); /* without its body that serves nobody who wants it */
  assert_false(cadence_ahead_take(ahead, "m1", TRUE, &message));
  ask(ahead, *state, 1, TRUE);
  assert_true(cadence_ahead_take(ahead, "m1", FALSE, &message));
  assert_non_null(message);
  cadence_message_free(message);
  cadence_ahead_free(ahead);
}

/* With nobody to read ahead it is read when it is taken; what nobody takes goes. */
static void
test_alone_and_dropped(void **state)
{
  CadenceAhead *alone = cadence_ahead_new(0), *ahead = cadence_ahead_new(WORKERS);
  CadenceMessage *message = NULL;
  put_mail(*state, 2);
  ask(alone, *state, 2, TRUE);
  take(alone, *state, 2);
  for (guint i = 0; i < MAILS; i++)
    ask(ahead, *state, i, TRUE);
  cadence_ahead_drop(ahead);
  assert_false(cadence_ahead_take(ahead, "m2", TRUE, &message));
  for (guint i = 0; i < MAILS; i++)
    ask(ahead, *state, i, TRUE);
  cadence_ahead_free(alone);
  cadence_ahead_free(ahead);
}

int
main(void)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, drop_folder)
  const struct CMUnitTest tests[] = {
      IN_FOLDER(test_take),
      IN_FOLDER(test_not_asked),
      IN_FOLDER(test_alone_and_dropped),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
