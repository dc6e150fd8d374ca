/* Reports: what the parts say about recipients, and what kind of message that makes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/message.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <glib/gstdio.h>

#define REPORT_HEAD                                                                                \
  "From: MAILER-DAEMON@mx.example.org\nTo: me@example.org\nSubject: Delivery report\n"             \
  "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n"                \
  "--b\nContent-Type: text/plain\n\nSomething about your mail.\n\n"
#define STATUS                                                                                     \
  "--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"
#define RETURNED                                                                                   \
  "\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <sent@example.org>\nTo: bob@example.com\n"   \
  "Subject: our offer\n\nHello\n\n--b--\n"

static CadenceMessage *
parse(const char *text)
{
  CadenceMessage *message = cadence_message_parse(text, strlen(text), TRUE, NULL);
  assert_non_null(message);
  return message;
}

/* "address hard, address soft" */
static void
assert_recipients(const CadenceMessage *message, const char *wanted)
{
  assert_non_null(message->recipients);
  GString *found = g_string_new(NULL);
  for (guint i = 0; i < message->recipients->len; i++) {
    const CadenceRecipient *recipient = message->recipients->pdata[i];
    g_string_append_printf(found, "%s%s %s", i > 0 ? ", " : "", recipient->address,
                           recipient->permanent ? "hard" : "soft");
  }
  assert_string_equal(found->str, wanted);
  g_string_free(found, TRUE);
}

static void
assert_kind(const CadenceMessage *message, CadenceKind kind)
{
  assert_string_equal(cadence_kind_id(message->kind), cadence_kind_id(kind));
}

static void
test_failed(void **state)
{
  g_autoptr(CadenceMessage) m =
      parse(REPORT_HEAD STATUS "Original-Recipient: rfc822;Bob@Example.com\n"
                               "Final-Recipient: rfc822; robert@mail.example.com\n"
                               "Action: failed\nStatus: 5.1.1 (no such user)\n" RETURNED);
  assert_kind(m, CADENCE_KIND_BOUNCE);
  assert_false(m->body_decides);
  assert_recipients(m, "bob@example.com hard");
  assert_string_equal(m->returned, "sent@example.org");
  const CadenceRule *last = m->rules->pdata[m->rules->len - 1];
  assert_string_equal(last->id, "action");
  assert_string_equal(last->evidence, "failed bob@example.com 5.1.1 (no such user)");
}

static void
test_without_body(void **state)
{
  static const char text[] = REPORT_HEAD STATUS "Final-Recipient: rfc822; bob@example.com\n"
                                                "Action: failed\nStatus: 5.1.1\n" RETURNED;
  g_autoptr(CadenceMessage) m = cadence_message_parse(text, strlen(text), FALSE, NULL);
  assert_kind(m, CADENCE_KIND_BOUNCE);
  assert_true(m->body_decides);
  assert_null(m->recipients);
  assert_null(m->returned);
}

static void
assert_status(const char *fields, CadenceKind kind, const char *recipients)
{
  g_autofree char *text = g_strconcat(REPORT_HEAD STATUS, fields, RETURNED, NULL);
  g_autoptr(CadenceMessage) m = parse(text);
  assert_kind(m, kind);
  assert_recipients(m, recipients);
}

static void
test_actions(void **state)
{
  assert_status("Final-Recipient: rfc822; bob@example.com\nAction: delayed\nStatus: 4.4.1\n",
                CADENCE_KIND_DELIVERY, ""); /* says nothing of the address */
  assert_status("Final-Recipient: rfc822; bob@example.com\nAction: delivered\nStatus: 2.0.0\n",
                CADENCE_KIND_DELIVERY, "bob@example.com soft");
  assert_status("Final-Recipient: rfc822; bob@example.com\nAction: Relayed\nStatus: 2.0.0\n",
                CADENCE_KIND_DELIVERY, "bob@example.com soft");
  assert_status("Final-Recipient: rfc822; bob@example.com\nAction: FAILED\nStatus: 4.4.7\n",
                CADENCE_KIND_BOUNCE, "bob@example.com soft");
  assert_status("Final-Recipient: rfc822; bob@example.com\nAction: failed (at last)\n",
                CADENCE_KIND_BOUNCE, "bob@example.com hard");
  assert_status("Final-Recipient: rfc822; bob@example.com\nAction: failed\n"
                "Diagnostic-Code: smtp; 450 4.2.1 later\n",
                CADENCE_KIND_BOUNCE, "bob@example.com soft");
  assert_status("Final-Recipient: rfc822; bob@example.com\nAction: failed\n"
                "Diagnostic-Code: smtp; 550 5.1.1 unknown\n",
                CADENCE_KIND_BOUNCE, "bob@example.com hard");
}

/* Of several only those who failed: the others got the mail. */
static void
test_mixed(void **state)
{
  assert_status("Final-Recipient: rfc822; alice@example.com\nAction: delivered\nStatus: 2.0.0\n\n"
                "Final-Recipient: rfc822; bob@example.com\nAction: failed\nStatus: 5.1.1\n\n"
                "Final-Recipient: rfc822; carol@example.com\nAction: failed\nStatus: 4.4.7\n",
                CADENCE_KIND_BOUNCE, "bob@example.com hard, carol@example.com soft");
}

static void
test_address_forms(void **state)
{
  assert_status("Final-Recipient: rfc822;<bob@example.com>\nAction: failed\n", CADENCE_KIND_BOUNCE,
                "bob@example.com hard");
  assert_status("Final-Recipient: bob@example.com\nAction: failed\n", CADENCE_KIND_BOUNCE,
                "bob@example.com hard");
  assert_status("Original-Recipient: x400; /S=Bob/\nFinal-Recipient: RFC822 "
                ";bob@example.com\nAction: failed\n",
                CADENCE_KIND_BOUNCE, "bob@example.com hard");
  assert_status("FINAL-RECIPIENT: utf-8; bob@b\xc3\xbc"
                "cher.example\r\nACTION: failed\r\n",
                CADENCE_KIND_BOUNCE, "bob@xn--bcher-kva.example hard");
}

/* The parts may be encoded, and the returned message only a header. */
static void
test_encoded(void **state)
{
  g_autoptr(CadenceMessage) m =
      parse(REPORT_HEAD
            "--b\nContent-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n"
            "UmVwb3J0aW5nLU1UQTogZG5zOyBteC5leGFtcGxlLm9yZwoKRmluYWwtUmVjaXBpZW50OiByZmM4\n"
            "MjI7IGJvYkBleGFtcGxlLmNvbQpBY3Rpb246IGZhaWxlZApTdGF0dXM6IDUuMS4xCg==\n"
            "--b\nContent-Type: text/rfc822-headers\n\nSubject: x\nMessage-ID: "
            "<sent@example.org>\n\n--b--\n");
  assert_kind(m, CADENCE_KIND_BOUNCE);
  assert_recipients(m, "bob@example.com hard");
  assert_string_equal(m->returned, "sent@example.org");
}

/* A list server wraps the report; the header only shows who wrote. */
static void
test_wrapped(void **state)
{
  g_autoptr(CadenceMessage) m = parse(
      "From: mailer-daemon@example.org\nSubject: x\nContent-Type: multipart/mixed; boundary=o\n\n"
      "--o\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" STATUS
      "Final-Recipient: rfc822; bob@example.com\nAction: failed\n\n--b--\n--o--\n");
  assert_kind(m, CADENCE_KIND_BOUNCE);
  assert_recipients(m, "bob@example.com hard");
}

/* What came back may itself be a report: it says nothing about this mail. */
static void
test_returned_report(void **state)
{
  g_autoptr(CadenceMessage) m = parse(
      "From: postmaster@example.org\nSubject: Undeliverable: x\nIn-Reply-To: <sent@example.org>\n"
      "Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: message/rfc822\n\n"
      "Message-ID: <inner@example.org>\nContent-Type: multipart/report; boundary=b\n\n" STATUS
      "Final-Recipient: rfc822; bob@example.com\nAction: failed\n\n--b--\n--o--\n");
  assert_kind(m, CADENCE_KIND_BOUNCE);
  assert_false(m->body_decides);
  assert_null(m->recipients);
  assert_string_equal(m->returned, "inner@example.org");
}

/* Where no part came back, what the report answers. */
static void
test_returned_by_header(void **state)
{
  g_autoptr(CadenceMessage) m =
      parse("In-Reply-To: <sent@example.org>\n" REPORT_HEAD STATUS
            "Final-Recipient: rfc822; bob@example.com\nAction: failed\n\n--b--\n");
  assert_recipients(m, "bob@example.com hard");
  assert_string_equal(m->returned, "sent@example.org");
}

static void
test_receipt(void **state)
{
  g_autoptr(CadenceMessage) m =
      parse("From: bob@example.com\nSubject: Read: our offer\n"
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n"
            "--b\nContent-Type: text/plain\n\nIt was shown.\n"
            "--b\nContent-Type: message/disposition-notification\n\n"
            "Final-Recipient: rfc822;Bob@example.com\nOriginal-Message-ID: <sent@example.org>\n"
            "Disposition: manual-action/MDN-sent-manually; displayed\n\n--b--\n");
  assert_kind(m, CADENCE_KIND_DELIVERY);
  assert_false(m->body_decides);
  assert_recipients(m, "bob@example.com soft");
  assert_string_equal(m->returned, "sent@example.org");
}

static CadenceMessage *
calendar(const char *subject, const char *type)
{
  g_autofree char *text = g_strdup_printf(
      "From: bob@example.com\nSubject: %s\nContent-Type: multipart/alternative; boundary=b\n\n"
      "--b\nContent-Type: text/plain\n\nSee you there.\n--b\nContent-Type: %s\n\n"
      "BEGIN:VCALENDAR\nEND:VCALENDAR\n--b--\n",
      subject, type);
  return parse(text);
}

static void
test_calendar(void **state)
{
  g_autoptr(CadenceMessage) answer = calendar("Accepted: lunch", "text/calendar; method=REPLY");
  assert_kind(answer, CADENCE_KIND_CALENDAR);
  assert_false(answer->body_decides);
  g_autoptr(CadenceMessage) file = calendar("Accepted: lunch", "text/calendar; name=lunch.ics");
  assert_kind(file, CADENCE_KIND_REPLY);
  /* A person's mail with an invitation in it. */
  g_autoptr(CadenceMessage) person = calendar("Re: lunch", "text/calendar; method=REQUEST");
  assert_kind(person, CADENCE_KIND_REPLY);
}

static void
test_broken(void **state)
{
  g_autoptr(CadenceMessage) empty = parse(REPORT_HEAD "--b--\n");
  assert_kind(empty, CADENCE_KIND_BOUNCE);
  assert_false(empty->body_decides);
  assert_null(empty->recipients);

  g_autoptr(CadenceMessage) empty_parts =
      parse(REPORT_HEAD "--b\nContent-Type: message/delivery-status\n\n"
                        "--b\nContent-Type: message/disposition-notification\n\n"
                        "--b\nContent-Type: text/rfc822-headers\n\n--b--\n");
  assert_null(empty_parts->returned);

  g_autoptr(CadenceMessage) no_boundary =
      parse("Content-Type: multipart/report; report-type=delivery-status\n\nAction: failed\n");
  assert_kind(no_boundary, CADENCE_KIND_BOUNCE);

  g_autoptr(CadenceMessage) no_body =
      parse("Content-Type: multipart/report; report-type=delivery-status; boundary=b\n");
  assert_kind(no_body, CADENCE_KIND_BOUNCE);

  g_autoptr(CadenceMessage) nobody =
      parse(REPORT_HEAD STATUS "Action: failed\n\nFinal-Recipient: rfc822;\n"
                               "Action: failed\n" RETURNED);
  assert_kind(nobody, CADENCE_KIND_BOUNCE);
  assert_null(nobody->recipients);
  assert_string_equal(nobody->returned, "sent@example.org");
}

static CadenceMessage *
repeated(const char *start, const char *piece, guint n)
{
  GString *text = g_string_new(start);
  for (guint i = 0; i < n; i++)
    g_string_append_printf(text, "%s", piece);
  CadenceMessage *message = parse(text->str);
  g_string_free(text, TRUE);
  return message;
}

static void
test_hostile(void **state)
{
  gint64 before = g_get_monotonic_time();
  g_autoptr(CadenceMessage) many = repeated(
      REPORT_HEAD STATUS, "Final-Recipient: rfc822; bob@example.com\nAction: failed\n\n", 50000);
  assert_int_equal(many->recipients->len, 10000);
  g_autoptr(CadenceMessage) wide = repeated(REPORT_HEAD, "--b\n\nx\n", 20000);
  assert_kind(wide, CADENCE_KIND_BOUNCE);
  g_autoptr(CadenceMessage) deep =
      repeated(REPORT_HEAD "--b\n", "Content-Type: message/rfc822\n\n", 20000);
  assert_kind(deep, CADENCE_KIND_BOUNCE);

  GString *nested =
      g_string_new("Content-Type: multipart/report; report-type=delivery-status; boundary=b0\n\n");
  for (guint i = 0; i < 5000; i++)
    g_string_append_printf(nested, "--b%u\nContent-Type: multipart/mixed; boundary=b%u\n\n", i,
                           i + 1);
  g_autoptr(CadenceMessage) nest = parse(nested->str);
  assert_kind(nest, CADENCE_KIND_BOUNCE);
  g_string_free(nested, TRUE);
  assert_true(g_get_monotonic_time() - before < 60 * G_USEC_PER_SEC);
}

/* A challenge dressed as a report stays one. */
static void
test_challenge(void **state)
{
  g_autoptr(CadenceMessage) m =
      parse("X-Challenge: 1\n" REPORT_HEAD STATUS "Final-Recipient: rfc822; bob@example.com\n"
            "Action: failed\nStatus: 5.7.1\n" RETURNED);
  assert_kind(m, CADENCE_KIND_CHALLENGE);
}

static void
test_file(void **state)
{
  static const char text[] = REPORT_HEAD STATUS "Final-Recipient: rfc822; bob@example.com\n"
                                                "Action: failed\nStatus: 5.1.1\n" RETURNED;
  g_autofree char *name = NULL;
  g_close(g_file_open_tmp("cadence-XXXXXX", &name, NULL), NULL);
  /* Longer than what is read for a header, so that the rest must be read on. */
  g_autofree char *filler = g_strnfill(100000, 'x');
  g_autofree char *whole = g_strconcat("X-Filler: ", filler, "\n", text, NULL);
  assert_true(g_file_set_contents(name, whole, -1, NULL));
  g_autoptr(CadenceMessage) m = cadence_message_read(name, TRUE, NULL);
  g_autoptr(CadenceMessage) header = cadence_message_read(name, FALSE, NULL);
  g_unlink(name);
  assert_recipients(m, "bob@example.com hard");
  assert_string_equal(m->returned, "sent@example.org");
  assert_null(header->recipients);
}

int
main(void)
{
  cadence_mail_init();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_failed),
      cmocka_unit_test(test_without_body),
      cmocka_unit_test(test_actions),
      cmocka_unit_test(test_mixed),
      cmocka_unit_test(test_address_forms),
      cmocka_unit_test(test_encoded),
      cmocka_unit_test(test_wrapped),
      cmocka_unit_test(test_returned_report),
      cmocka_unit_test(test_returned_by_header),
      cmocka_unit_test(test_receipt),
      cmocka_unit_test(test_calendar),
      cmocka_unit_test(test_broken),
      cmocka_unit_test(test_hostile),
      cmocka_unit_test(test_challenge),
      cmocka_unit_test(test_file),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
