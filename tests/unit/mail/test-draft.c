/* Drafts: who they go to and what they answer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/message.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static CadenceDraft *
parse(const char *text, const char *const *rcpts)
{
  g_autoptr(GError) error = NULL;
  CadenceDraft *draft = cadence_draft_parse(text, strlen(text), rcpts, &error);
  assert_null(error);
  assert_non_null(draft);
  return draft;
}

static void
assert_list(GStrv found, const char *wanted)
{
  assert_non_null(found);
  g_autofree char *joined = g_strjoinv(" ", found);
  assert_string_equal(joined, wanted);
}

static void
test_whole(void **state)
{
  g_autoptr(CadenceDraft) d =
      parse("From: Me <me@example.org>\r\n"
            "To: Alice <alice@example.com>, sales: bob@example.com;\r\n"
            "Cc: carol@example.com\r\n"
            "Bcc: dave@example.com\r\n"
            "Message-ID: <d@example.org>\r\n"
            "Subject: =?utf-8?q?=C3=84rger?=\r\n"
            "In-Reply-To: <3@example.com> <4@example.com>\r\n"
            "References: <1@example.com> <2@example.com> <3@example.com>\r\n"
            "\r\nTo: nobody@example.com\r\n",
            NULL);
  assert_string_equal(d->id, "d@example.org");
  assert_string_equal(d->subject, "\xc3\x84rger");
  assert_list(d->from, "me@example.org");
  assert_list(d->to, "alice@example.com bob@example.com");
  assert_list(d->cc, "carol@example.com");
  assert_list(d->bcc, "dave@example.com");
  assert_list(d->answers, "3@example.com 4@example.com 2@example.com 1@example.com");
  assert_list(d->threads, "");
}

static void
test_unfinished(void **state)
{
  g_autoptr(CadenceDraft) d = parse("To: Stra\xdf"
                                    "e <alice@example.com>\nSubject: caf\xe9\n\n",
                                    NULL);
  assert_null(d->id);
  assert_list(d->from, "");
  assert_list(d->to, "alice@example.com");
  assert_true(g_utf8_validate(d->subject, -1, NULL));
  assert_list(d->answers, "");
  g_autoptr(CadenceDraft) nobody = parse("Subject: x\n\nbody", NULL);
  assert_list(nobody->to, "");
  assert_list(nobody->bcc, "");
  g_autoptr(CadenceDraft) no_body = parse("To: alice@example.com", NULL);
  assert_list(no_body->to, "alice@example.com");
  assert_null(no_body->subject);
}

/* Clients that resend name in argv whom the mail really goes to. */
static void
test_envelope(void **state)
{
  static const char *const rcpts[] = {"ALICE@example.com",
                                      "Eve <eve@example.net>",
                                      "<dave@example.com>",
                                      "-oQ@example.net",
                                      "eve@example.net",
                                      "carol@example.com",
                                      NULL};
  g_autoptr(CadenceDraft) d =
      parse("To: alice@example.com\nCc: carol@example.com\nBcc: bob@example.com\n\n", rcpts);
  assert_list(d->to, "alice@example.com");
  assert_list(d->cc, "carol@example.com");
  assert_list(d->bcc, "bob@example.com eve@example.net dave@example.com -oq@example.net");
}

static void
test_no_envelope(void **state)
{
  static const char *const none[] = {NULL};
  g_autoptr(CadenceDraft) d = parse("Bcc: bob@example.com\n\n", none);
  assert_list(d->bcc, "bob@example.com");
}

static void
assert_refused(const char *text, const char *const *rcpts, const char *named)
{
  g_autoptr(GError) error = NULL;
  assert_null(cadence_draft_parse(text, strlen(text), rcpts, &error));
  assert_true(g_error_matches(error, CADENCE_ERROR, CADENCE_ERROR_INPUT));
  if (named)
    assert_non_null(strstr(error->message, named));
}

static void
test_refused(void **state)
{
  static const char *const local[] = {"alice@example.com", "root", NULL};
  static const char *const two[] = {"a@example.com, b@example.com", NULL};
  static const char *const empty[] = {"", NULL};
  assert_refused("To: alice@example.com\n\n", local, "root");
  assert_refused("To: alice@example.com\n\n", two, "a@example.com, b@example.com");
  assert_refused("To: alice@example.com\n\n", empty, NULL);
  assert_refused("", NULL, NULL);
  assert_refused("\nTo: alice@example.com\n", NULL, NULL);
  assert_refused("only text", NULL, NULL);
}

static void
test_many_answers(void **state)
{
  GString *text = g_string_new("In-Reply-To: <first@example.com>\nReferences:");
  for (guint i = 0; i < 100000; i++)
    g_string_append_printf(text, " <%u@example.com>\n", i);
  g_string_append(text, "\n");
  g_autoptr(CadenceDraft) d = parse(text->str, NULL);
  assert_int_equal(g_strv_length(d->answers), 1000);
  assert_string_equal(d->answers[0], "first@example.com");
  assert_string_equal(d->answers[1], "99999@example.com");
  assert_string_equal(d->answers[999], "99001@example.com");
  g_string_free(text, TRUE);
}

static void
test_many_recipients(void **state)
{
  GString *text = g_string_new("To: x@example.com");
  g_autoptr(GPtrArray) rcpts = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < 10000; i++) {
    g_string_append_printf(text, ",\n Person <person%u@example.com>", i);
    g_ptr_array_add(rcpts, g_strdup_printf("person%u@example.com", i + 5000));
  }
  g_string_append(text, "\n\n");
  g_ptr_array_add(rcpts, NULL);
  g_autoptr(CadenceDraft) d = parse(text->str, (const char *const *)rcpts->pdata);
  assert_int_equal(g_strv_length(d->to), 10001);
  assert_int_equal(g_strv_length(d->bcc), 5000);
  assert_string_equal(d->bcc[4999], "person14999@example.com");
  g_string_free(text, TRUE);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_whole),           cmocka_unit_test(test_unfinished),
      cmocka_unit_test(test_envelope),        cmocka_unit_test(test_no_envelope),
      cmocka_unit_test(test_refused),         cmocka_unit_test(test_many_answers),
      cmocka_unit_test(test_many_recipients),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
