/* Contacts off mail as messages: written, and read back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/message.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static CadenceLogEntry
entry(void)
{
  return (CadenceLogEntry){.id = "cadence-1@example.com",
                           .from = "rep@example.com",
                           .to = "buyer@acme.example",
                           .word = "call",
                           .direction = CADENCE_OUTBOUND,
                           .date = 1772359200, /* 2026-03-01T10:00:00Z */
                           .answers = "last@acme.example",
                           .subject = "Call to Acme",
                           .text = "Some words."};
}

static char *
write_entry(const CadenceLogEntry *one)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");
  g_autoptr(GBytes) bytes = cadence_log_message(one, zone, &error);
  assert_null(error);
  assert_non_null(bytes);
  return g_strndup(g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

static CadenceMessage *
read_back(const char *text)
{
  CadenceMessage *message = cadence_message_parse(text, strlen(text), TRUE, NULL);
  assert_non_null(message);
  return message;
}

static void
test_read_back(void **unused)
{
  CadenceLogEntry one = entry();
  g_autofree char *text = write_entry(&one);
  g_autoptr(CadenceMessage) message = read_back(text);
  assert_string_equal(message->id, one.id);
  assert_string_equal(message->sender[0], one.from);
  assert_string_equal(message->to[0], one.to);
  assert_string_equal(message->subject, one.subject);
  assert_string_equal(message->in_reply_to, one.answers);
  assert_string_equal(message->references[0], one.answers);
  assert_string_equal(message->contact, "call");
  assert_int_equal(message->date, one.date);
  assert_non_null(strstr(text, "Date: Sun, 01 Mar 2026 11:00:00 +0100\n"));
  assert_non_null(strstr(text, "MIME-Version: 1.0\n"));
  assert_non_null(strstr(text, "\n\nSome words.\n"));
}

static void
test_inbound(void **unused)
{
  CadenceLogEntry one = entry();
  one.direction = CADENCE_INBOUND;
  one.answers = one.subject = one.text = NULL;
  g_autofree char *text = write_entry(&one);
  g_autoptr(CadenceMessage) message = read_back(text);
  assert_string_equal(message->contact, "call in");
  assert_null(message->in_reply_to);
}

/* No header but those meant, whatever stands in the values. */
static void
test_injection(void **unused)
{
  CadenceLogEntry one = entry();
  one.subject = "One\nBcc: eve@evil.example";
  one.text = "Bcc: eve@evil.example\r\n\nFrom here\n> quoted\n\033[31m";
  one.answers = "a@b.example>\nBcc: <eve@evil.example";
  g_autofree char *text = write_entry(&one);
  g_autoptr(CadenceMessage) message = read_back(text);
  assert_string_equal(message->subject, "One");
  assert_int_equal(g_strv_length(message->bcc), 0);
  assert_null(message->in_reply_to);
  assert_non_null(strstr(text, "\n From here\n > quoted\n"));
  assert_null(strchr(text, '\033'));
}

/* RFC 3676: a line that goes on ends with a blank; put together again they are the text. */
static void
test_flowed(void **unused)
{
  CadenceLogEntry one = entry();
  one.text =
      "This is one paragraph that is a good deal longer than what fits into one line of a "
      "message.\n\nAndonewordthatismuchtoolongtobebrokenanywhereatallsoitstaysasitisalthoughitis"
      "beyondtheedge.";
  g_autofree char *text = write_entry(&one);
  g_auto(GStrv) halves = g_strsplit(text, "\n\n", 2);
  g_auto(GStrv) flowing = g_strsplit(halves[1], " \n", -1);
  g_autofree char *joined = g_strjoinv(" ", flowing);
  assert_string_equal(g_strchomp(joined), one.text);
  assert_int_equal(g_strv_length(flowing), 2);
}

static void
test_refused(void **unused)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_utc();
  CadenceLogEntry wrong[7];
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++)
    wrong[i] = entry();
  wrong[0].from = "nobody";
  wrong[1].to = "a@b.example\nBcc: c@d.example";
  wrong[2].id = "two words@example.com";
  wrong[3].word = "call\nX-Evil: 1";
  wrong[4].date = 0;
  wrong[5].text = "\xff\xfe";
  wrong[6].date = G_MAXINT64;
  for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
    g_autoptr(GError) error = NULL;
    assert_null(cadence_log_message(&wrong[i], zone, &error));
    assert_true(g_error_matches(error, CADENCE_ERROR, CADENCE_ERROR_INPUT));
  }
}

static int
set_up(void **unused)
{
  cadence_mail_init();
  return 0;
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_read_back), cmocka_unit_test(test_inbound),
      cmocka_unit_test(test_injection), cmocka_unit_test(test_flowed),
      cmocka_unit_test(test_refused),
  };
  return cmocka_run_group_tests(tests, set_up, NULL);
}
