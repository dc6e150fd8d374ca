/* What the text of a message makes of it: tables of cases by kind.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/message.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cases.h"

/* Written on a Monday. */
#define HEAD                                                                                       \
  "Date: Mon, 2 Mar 2026 10:00:00 +0100\nMessage-ID: <1@acme.example>\n"                           \
  "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"

static gboolean
has_field(const char *text, const char *field)
{
  const char *body = strstr(text, "\n\n");
  const char *found = strstr(text, field);
  return found && (!body || found < body);
}

/* A subject and a text, or a header and a text; From and To where the header has none. */
static CadenceMessage *
parse(const char *input)
{
  g_autofree char *text =
      g_strconcat(HEAD, has_field(input, "From: ") ? "" : "From: buyer@acme.example\n",
                  has_field(input, "To: ") ? "" : "To: rep@example.com\n", input, "\n", NULL);
  CadenceMessage *message = cadence_message_parse(text, strlen(text), TRUE, NULL);
  assert_non_null(message);
  assert_false(message->body_decides && !message->contact);
  return message;
}

static void
add_day(GString *out, const char *what, CadenceDay day)
{
  g_autofree char *text = cadence_day_to_string(day);
  if (text)
    g_string_append_printf(out, " %s %s", what, text);
}

static char *
run_case(const char *input, const char *wanted)
{
  g_autoptr(CadenceMessage) message = parse(input);
  GString *out = g_string_new(cadence_kind_id(message->kind));
  g_string_append(out, message->absence ? " absence" : "");
  add_day(out, "until", message->absent_until);
  add_day(out, "proposed", message->proposed_until);
  for (guint i = 0; message->recipients && i < message->recipients->len; i++) {
    const CadenceRecipient *recipient = message->recipients->pdata[i];
    g_string_append_printf(out, " %s %s", recipient->address,
                           recipient->permanent ? "hard" : "soft");
  }
  return g_string_free(out, FALSE);
}

static void
test_absences(void **state)
{
  assert_int_equal(cadence_cases_run("absence.cases", 95, run_case), 0);
}

static void
test_bounces(void **state)
{
  assert_int_equal(cadence_cases_run("bounce.cases", 25, run_case), 0);
}

static void
test_signals(void **state)
{
  assert_int_equal(cadence_cases_run("signals.cases", 150, run_case), 0);
}

static void
test_machines(void **state)
{
  assert_int_equal(cadence_cases_run("machines.cases", 40, run_case), 0);
}

int
main(void)
{
  cadence_mail_init();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_absences),
      cmocka_unit_test(test_bounces),
      cmocka_unit_test(test_signals),
      cmocka_unit_test(test_machines),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
