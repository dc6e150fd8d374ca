/* Reading headers: fields, ids, dates, odd and hostile blocks, files.
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

#define TEXT(text) (text), sizeof(text) - 1

static CadenceMessage *
parse(const char *bytes, gsize length)
{
  g_autoptr(GError) error = NULL;
  CadenceMessage *message = cadence_message_parse(bytes, length, FALSE, &error);
  assert_non_null(message);
  assert_null(error);
  return message;
}

static void
assert_list(GStrv found, const char *wanted)
{
  assert_non_null(found);
  g_autofree char *joined = g_strjoinv(" ", found);
  assert_string_equal(joined, wanted);
}

static void
test_plain(void **state)
{
  g_autoptr(CadenceMessage) m =
      parse(TEXT("Received: from a.example by b.example; Tue, 06 Jan 2026 10:00:05 +0100\n"
                 "Received: from c.example by a.example; Tue, 06 Jan 2026 10:00:01 +0100\n"
                 "From: Alice Example <Alice@Example.com>\n"
                 "Sender: assistant@example.com\n"
                 "To: Bob <bob@example.org>\n"
                 "Cc: carol@example.org, dave@example.net\n"
                 "Bcc: eve@example.net\n"
                 "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?= from here\n"
                 "Date: Tue, 6 Jan 2026 10:00:00 +0100\n"
                 "Message-ID: <1@example.com>\n"
                 "In-Reply-To: <0@example.org>\n"
                 "References: <a@example.org> <b@example.org>\n\t<0@example.org>\n"
                 "\n"
                 "To: nobody@example.com\n"));
  assert_string_equal(m->id, "1@example.com");
  assert_string_equal(m->from, "Alice Example <Alice@Example.com>");
  assert_string_equal(m->subject, "Gr\xc3\xbc\xc3\x9f"
                                  "e from here");
  assert_list(m->sender, "alice@example.com");
  assert_list(m->to, "bob@example.org");
  assert_list(m->cc, "carol@example.org dave@example.net");
  assert_list(m->bcc, "eve@example.net");
  assert_string_equal(m->in_reply_to, "0@example.org");
  assert_list(m->references, "a@example.org b@example.org 0@example.org");
  assert_int_equal(m->date, 1767690000);
  assert_int_equal(m->received, 1767690005);
  assert_null(m->contact);
  assert_list(m->list_posts, "");
  assert_int_equal(m->kind, CADENCE_KIND_REPLY);
  assert_true(m->body_decides);
  assert_int_equal(m->rules->len, 0);
  assert_null(m->recipients);
  assert_int_equal(m->absent_until, CADENCE_DAY_NONE);
}

static void
test_absent(void **state)
{
  g_autoptr(CadenceMessage) m = parse(TEXT("X-Nothing: here\n"));
  assert_null(m->id);
  assert_null(m->from);
  assert_null(m->subject);
  assert_null(m->in_reply_to);
  assert_list(m->sender, "");
  assert_list(m->to, "");
  assert_list(m->references, "");
  assert_int_equal(m->date, 0);
  assert_int_equal(m->received, 0);
}

static void
test_repeated(void **state)
{
  g_autoptr(CadenceMessage) m = parse(TEXT(
      "To: a@example.com\nTO: b@example.com\nCc: c@example.com\nto: a@example.com, d@example.com\n"
      "Cc:\nCc: e@example.com\nResent-To: x@example.com\nSubject: one\nSubject: two\n\n"));
  assert_list(m->to, "a@example.com b@example.com d@example.com");
  assert_list(m->cc, "c@example.com e@example.com");
  assert_string_equal(m->subject, "one");
}

static void
test_sender(void **state)
{
  g_autoptr(CadenceMessage) m =
      parse(TEXT("From: nobody in particular\nSender: a@example.com\n\n"));
  assert_list(m->sender, "a@example.com");
  assert_string_equal(m->from, "nobody in particular");
  g_autoptr(CadenceMessage) both = parse(TEXT("From: a@example.com, b@example.com\n\n"));
  assert_list(both->sender, "a@example.com b@example.com");
}

/* The ids that notmuch would keep. */
static void
assert_id(const char *field, const char *wanted)
{
  g_autofree char *text = g_strdup_printf("From: a@example.com\nMessage-ID: %s\n\n", field);
  g_autoptr(CadenceMessage) m = parse(text, strlen(text));
  if (wanted)
    assert_string_equal(m->id, wanted);
  else
    assert_null(m->id);
}

static void
test_ids(void **state)
{
  assert_id("<1@example.com>", "1@example.com");
  assert_id("  <1@example.com>  ", "1@example.com");
  assert_id("(comment <x@y>) <1@example.com>", "1@example.com");
  assert_id("text <1@example.com> more", "1@example.com");
  assert_id("<1@exam ple.com>", "1@example.com");
  assert_id("<1@exam  ple.com>", "1@exam ple.com");
  assert_id("<1@exam\n ple.com>", "1@example.com");
  assert_id("< 1@example.com>", "1@example.com");
  assert_id("<1@EXAMPLE.com>", "1@EXAMPLE.com");
  assert_id("<1@example.com", "1@example.com");
  assert_id("1@example.com", "1@example.com");
  assert_id("<>", "<>");
  assert_id("<1>", "<1>");
  assert_id("", NULL);
}

static void
test_long_id(void **state)
{
  g_autofree char *filler = g_strnfill(176, 'a');
  g_autofree char *fits = g_strdup_printf("<%s@example.com>", filler);
  g_autofree char *bare = g_strdup_printf("%s@example.com", filler);
  assert_int_equal(strlen(bare), 188);
  assert_id(fits, bare);
  g_autofree char *longer = g_strdup_printf("<a%s@example.com>", filler);
  g_autofree char *id = g_strdup_printf("a%s", bare);
  g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA1, id, -1);
  g_autofree char *wanted = g_strconcat("notmuch-sha1-", digest, NULL);
  assert_id(longer, wanted);
}

static void
test_answers(void **state)
{
  g_autoptr(CadenceMessage) m =
      parse(TEXT("In-Reply-To: Your message of Monday <1@example.com> <2@example.com>\n\n"));
  assert_string_equal(m->in_reply_to, "1@example.com");
  g_autoptr(CadenceMessage) none = parse(TEXT("In-Reply-To: your mail\nReferences: of Monday\n\n"));
  assert_null(none->in_reply_to);
  assert_list(none->references, "");
}

static void
assert_date(const char *field, gint64 wanted)
{
  g_autofree char *text = g_strdup_printf("Date: %s\n\n", field);
  g_autoptr(CadenceMessage) m = parse(text, strlen(text));
  if (m->date != wanted)
    fail_msg("Date: %s is %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT, field, m->date, wanted);
}

static void
test_dates(void **state)
{
  assert_date("Tue, 6 Jan 2026 10:00:00 +0100", 1767690000);
  assert_date("6 Jan 2026 09:00:00 GMT", 1767690000);
  assert_date("Tue, 06 Jan 26 09:00:00 +0000", 1767690000);
  assert_date("Tue, 06 Jan 2026 10:00:00 +0100 (CET)", 1767690000);
  assert_date("Thu, 01 Jan 1970 00:00:00 +0000", 0);
  assert_date("Wed, 31 Dec 1969 00:00:00 +0000", 0);
  assert_date("yesterday", 0);
  assert_date("", 0);
  assert_date("99 Foo 9999 99:99:99", 0);
}

static void
test_received(void **state)
{
  g_autoptr(CadenceMessage) m =
      parse(TEXT("Received: without a date\nReceived: (a; b) by c; nonsense\n"
                 "Received: by d; id;\n Tue, 6 Jan 2026 10:00:00 +0100\n"
                 "Received: by e; Tue, 6 Jan 2026 09:00:00 +0100\n\n"));
  assert_int_equal(m->received, 1767690000);
}

static void
test_list_posts(void **state)
{
  g_autoptr(CadenceMessage) m = parse(TEXT(
      "List-Post: <https://lists.example.org/talk>,\n <MAILTO:Talk%40lists.example.org?subject=x>\n"
      "List-Post: <mailto:other@lists.example.org>\n\n"));
  assert_list(m->list_posts, "talk@lists.example.org other@lists.example.org");
  g_autoptr(CadenceMessage) no = parse(TEXT("List-Post: NO\n\n"));
  assert_list(no->list_posts, "");
}

static void
test_contact(void **state)
{
  g_autoptr(CadenceMessage) m = parse(TEXT("X-Cadence-Contact: call; in\n\n"));
  assert_string_equal(m->contact, "call; in");
  assert_int_equal(m->kind, CADENCE_KIND_REPLY);
}

static void
test_line_ends(void **state)
{
  g_autoptr(CadenceMessage) m = parse(
      TEXT("To: a@example.com,\r\n b@example.com\r\nSubject: x\r\n\r\nCc: c@example.com\r\n"));
  assert_list(m->to, "a@example.com b@example.com");
  assert_string_equal(m->subject, "x");
  assert_list(m->cc, "");
}

static void
test_mbox(void **state)
{
  g_autoptr(CadenceMessage) m =
      parse(TEXT("From alice@example.com Tue Jan  6 10:00:00 2026\nTo: a@example.com\n\n"));
  assert_list(m->to, "a@example.com");
  assert_list(m->sender, "");
}

static void
test_broken_blocks(void **state)
{
  g_autoptr(CadenceMessage) no_colon =
      parse(TEXT("To: a@example.com\nno colon here\n continued: x\nCc: b@example.com\n\n"));
  assert_list(no_colon->to, "a@example.com");
  assert_list(no_colon->cc, "b@example.com");

  g_autoptr(CadenceMessage) unterminated = parse(TEXT("To: a@example.com\nCc: b@example.com"));
  assert_list(unterminated->cc, "b@example.com");

  g_autoptr(CadenceMessage) empty = parse(TEXT("To:\nCc: \nSubject:\n \nX:\n\n"));
  assert_list(empty->to, "");
  assert_null(empty->subject);

  g_autoptr(CadenceMessage) folded_first = parse(TEXT(" lost: line\nTo : a@example.com\n\n"));
  assert_list(folded_first->to, "a@example.com");

  g_autoptr(CadenceMessage) blank_fold = parse(TEXT("To: a@example.com,\n \n b@example.com\n\n"));
  assert_list(blank_fold->to, "a@example.com b@example.com");
}

static void
test_bytes(void **state)
{
  g_autoptr(CadenceMessage) nul =
      parse(TEXT("To: a@example.com,\0 b@example.com\nSub\0ject: y\nSubject: o\0ne\n\n"));
  assert_list(nul->to, "a@example.com b@example.com");
  assert_string_equal(nul->subject, "o ne");

  g_autoptr(CadenceMessage) raw =
      parse(TEXT("From: J\xf6rg <j@example.com>\nSubject: \xe4\xf6\n\n"));
  assert_true(g_utf8_validate(raw->from, -1, NULL));
  assert_true(g_utf8_validate(raw->subject, -1, NULL));
  assert_list(raw->sender, "j@example.com");

  g_autoptr(CadenceMessage) broken =
      parse(TEXT("Subject: =?utf-8?b?/////w==?= =?x-none?q?a?= \xff\n\n"));
  assert_true(g_utf8_validate(broken->subject, -1, NULL));

  g_autoptr(CadenceMessage) id =
      parse(TEXT("Message-ID: <\xff@example.com>\nX-Cadence-Contact: \xff\n\n"));
  assert_true(g_utf8_validate(id->id, -1, NULL));
  assert_true(g_utf8_validate(id->contact, -1, NULL));
}

static void
assert_no_mail(const char *bytes, gsize length)
{
  g_autoptr(GError) error = NULL;
  assert_null(cadence_message_parse(bytes, length, TRUE, &error));
  assert_true(g_error_matches(error, CADENCE_ERROR, CADENCE_ERROR_INPUT));
}

static void
test_no_mail(void **state)
{
  assert_no_mail(TEXT(""));
  assert_no_mail(NULL, 0);
  assert_no_mail(TEXT("\n\nTo: a@example.com\n"));
  assert_no_mail(TEXT("just some text\nand more of it\n"));
  assert_no_mail(TEXT("\0\0\0\0"));
  assert_no_mail(TEXT(": x\n"));
}

static void
test_many(void **state)
{
  GString *text = g_string_new("References:");
  for (guint i = 0; i < 100000; i++)
    g_string_append_printf(text, " <%u@example.com>\n", i);
  for (guint i = 0; i < 10000; i++)
    g_string_append_printf(text, "To: person%u@example.com\n", i);
  gint64 before = g_get_monotonic_time();
  g_autoptr(CadenceMessage) m = parse(text->str, text->len);
  assert_true(g_get_monotonic_time() - before < 20 * G_USEC_PER_SEC);
  assert_int_equal(g_strv_length(m->references), 1000);
  assert_string_equal(m->references[0], "99000@example.com");
  assert_string_equal(m->references[999], "99999@example.com");
  assert_int_equal(g_strv_length(m->to), 10000);
  g_string_free(text, TRUE);
}

/* What lies behind CADENCE_HEADER_MAX is as if it were not there. */
static void
test_header_max(void **state)
{
  GString *text = g_string_new("To: a@example.com\nX-Filler: ");
  while (text->len <= CADENCE_HEADER_MAX)
    g_string_append(text, "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n ");
  g_string_append(text, "\nCc: b@example.com\n\n");
  g_autoptr(CadenceMessage) m = parse(text->str, text->len);
  assert_list(m->to, "a@example.com");
  assert_list(m->cc, "");
  g_string_free(text, TRUE);
}

/* ---- files ---- */

static char *
write_file(const char *bytes, gsize length)
{
  char *name = NULL;
  int fd = g_file_open_tmp("cadence-XXXXXX", &name, NULL);
  assert_true(fd >= 0);
  g_close(fd, NULL);
  assert_true(g_file_set_contents(name, bytes, length, NULL));
  return name;
}

/* The header block ends before, at and behind the end of what is read at once. */
static void
test_file_sizes(void **state)
{
  for (guint size = 16 * 1024 - 60; size < 16 * 1024 + 20; size++) {
    g_autofree char *filler = g_strnfill(size, 'x');
    g_autofree char *text = g_strdup_printf(
        "X-Filler: %s\r\nTo: a@example.com\r\n\r\nCc: b@example.com\r\n\r\n", filler);
    g_autofree char *name = write_file(text, strlen(text));
    g_autoptr(CadenceMessage) m = cadence_message_read(name, FALSE, NULL);
    g_unlink(name);
    assert_non_null(m);
    assert_list(m->to, "a@example.com");
    assert_list(m->cc, "");
  }
}

/* A long header of short lines: every piece that is read ends somewhere in it. */
static void
test_file_pieces(void **state)
{
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < 10000; i++)
    g_string_append_printf(text, "X-%u: y\n", i);
  g_string_append(text, "To: a@example.com\n\nCc: b@example.com\n");
  g_autofree char *name = write_file(text->str, text->len);
  g_autoptr(CadenceMessage) m = cadence_message_read(name, FALSE, NULL);
  g_unlink(name);
  assert_list(m->to, "a@example.com");
  assert_list(m->cc, "");
  g_string_free(text, TRUE);
}

static void
test_file_errors(void **state)
{
  g_autoptr(GError) error = NULL;
  assert_null(cadence_message_read("/nonexistent/message", FALSE, &error));
  assert_true(g_error_matches(error, CADENCE_ERROR, CADENCE_ERROR_NO_INPUT));
  assert_non_null(strstr(error->message, "/nonexistent/message"));
  g_clear_error(&error);
  assert_null(cadence_message_read(g_get_tmp_dir(), TRUE, &error));
  assert_true(g_error_matches(error, CADENCE_ERROR, CADENCE_ERROR_NO_INPUT));
  g_clear_error(&error);
  g_autofree char *name = write_file("no mail", 7);
  assert_null(cadence_message_read(name, TRUE, &error));
  g_unlink(name);
  assert_true(g_error_matches(error, CADENCE_ERROR, CADENCE_ERROR_INPUT));
}

static void
test_free_nothing(void **state)
{
  cadence_message_free(NULL);
}

int
main(void)
{
  cadence_mail_init();
  cadence_mail_init();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_plain),       cmocka_unit_test(test_absent),
      cmocka_unit_test(test_repeated),    cmocka_unit_test(test_sender),
      cmocka_unit_test(test_ids),         cmocka_unit_test(test_long_id),
      cmocka_unit_test(test_answers),     cmocka_unit_test(test_dates),
      cmocka_unit_test(test_received),    cmocka_unit_test(test_list_posts),
      cmocka_unit_test(test_contact),     cmocka_unit_test(test_line_ends),
      cmocka_unit_test(test_mbox),        cmocka_unit_test(test_broken_blocks),
      cmocka_unit_test(test_bytes),       cmocka_unit_test(test_no_mail),
      cmocka_unit_test(test_many),        cmocka_unit_test(test_header_max),
      cmocka_unit_test(test_file_sizes),  cmocka_unit_test(test_file_pieces),
      cmocka_unit_test(test_file_errors), cmocka_unit_test(test_free_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
