/* Drafts made of a client's fields: written, and read back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/message.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static char *
write_fields(const CadenceDraftFields *fields)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) bytes = cadence_draft_message(fields, &error);
  assert_null(error);
  assert_non_null(bytes);
  return g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

static CadenceDraft *
round_trip(const CadenceDraftFields *fields)
{
  g_autofree char *text = write_fields(fields);
  CadenceDraft *draft = cadence_draft_parse(text, strlen(text), NULL, NULL);
  assert_non_null(draft);
  return draft;
}

static void
assert_list(GStrv list, const char *expected)
{
  g_autofree char *joined = g_strjoinv(" ", list);
  assert_string_equal(joined, expected);
}

static void
test_read_back(void **unused)
{
  const char *const to[] = {"\"Acme, Buyer\" <Buyer@Acme.example>",
                            "b@acme.example, c@acme.example", "no address", NULL};
  const char *const cc[] = {"Jörg <d@bücher.example>", NULL};
  const char *const bcc[] = {"e@acme.example", NULL};
  g_autoptr(CadenceDraft) draft =
      round_trip(&(CadenceDraftFields){.from = "Rep <rep@example.com>",
                                       .to = to,
                                       .cc = cc,
                                       .bcc = bcc,
                                       .subject = "Stück für Stück",
                                       .in_reply_to = "last@acme.example",
                                       .references = "<first@acme.example> <last@acme.example>",
                                       .text = "Grüße\n.\nFrom here"});
  assert_list(draft->from, "rep@example.com");
  assert_list(draft->to, "buyer@acme.example b@acme.example c@acme.example");
  assert_list(draft->cc, "d@xn--bcher-kva.example");
  assert_list(draft->bcc, "e@acme.example");
  assert_list(draft->answers, "last@acme.example first@acme.example");
  assert_string_equal(draft->subject, "Stück für Stück");
}

static void
test_nothing_but_what_is_meant(void **unused)
{
  static const char *const evil = "x\r\nBcc: evil@hazel.example\r\n\r\nbody";
  const char *const to[] = {"a@acme.example", evil, NULL};
  g_autoptr(CadenceDraft) draft = round_trip(&(CadenceDraftFields){.from = evil,
                                                                   .to = to,
                                                                   .subject = evil,
                                                                   .in_reply_to = evil,
                                                                   .references = evil,
                                                                   .text = evil});
  assert_list(draft->bcc, "");
  assert_list(draft->cc, "");
  assert_list(draft->answers, "");
  assert_non_null(strstr(draft->subject, "Bcc: evil"));
}

static void
test_parts(void **unused)
{
  g_autofree char *mixed =
      write_fields(&(CadenceDraftFields){.text = "Hello", .attachments = 1000000});
  g_autofree char *empty = write_fields(&(CadenceDraftFields){0});
  assert_non_null(strstr(mixed, "multipart/mixed"));
  assert_in_range(strlen(mixed), 100, 100000);
  assert_non_null(strstr(empty, "text/plain"));
}

static void
test_no_utf8(void **unused)
{
  g_autoptr(GError) error = NULL;
  assert_null(cadence_draft_message(&(CadenceDraftFields){.subject = "\xFF"}, &error));
  assert_true(g_error_matches(error, CADENCE_ERROR, CADENCE_ERROR_INPUT));
  assert_null(cadence_draft_message(&(CadenceDraftFields){.text = "\xC3"}, NULL));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_read_back),
      cmocka_unit_test(test_nothing_but_what_is_meant),
      cmocka_unit_test(test_parts),
      cmocka_unit_test(test_no_utf8),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
