/* What kind of message a header makes: the table of cases, and how rules are noted.
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

static CadenceMessage *
parse(const char *header)
{
  gboolean has_from = g_str_has_prefix(header, "From:") || strstr(header, "\nFrom:");
  g_autofree char *text =
      g_strconcat(has_from ? "" : "From: alice@example.com\n", header, "\n\nbody\n", NULL);
  CadenceMessage *message = cadence_message_parse(text, strlen(text), FALSE, NULL);
  assert_non_null(message);
  return message;
}

/* The deciding rule is the first; rules that only leave the kind open are the first of a reply. */
static char *
run_case(const char *input, const char *wanted)
{
  g_autoptr(CadenceMessage) message = parse(input);
  const CadenceRule *rule = message->rules->len > 0 ? message->rules->pdata[0] : NULL;
  return g_strconcat(cadence_kind_id(message->kind), " ", rule ? rule->id : "-",
                     message->body_decides ? " open" : "", message->absence ? " absence" : "",
                     NULL);
}

static void
test_cases(void **state)
{
  assert_int_equal(cadence_cases_run("kind.cases", 120, run_case), 0);
}

static void
test_all_rules_are_noted(void **state)
{
  g_autoptr(CadenceMessage) message =
      parse("List-Id: Talk <talk.example.org>\nPrecedence: bulk\nAuto-Submitted: auto-replied");
  assert_int_equal(message->kind, CADENCE_KIND_AUTO);
  assert_int_equal(message->rules->len, 3);
  const CadenceRule *first = message->rules->pdata[0], *second = message->rules->pdata[1];
  assert_string_equal(first->id, "auto-submitted");
  assert_string_equal(first->evidence, "auto-replied");
  assert_string_equal(second->id, "list-id");
  assert_string_equal(second->evidence, "Talk <talk.example.org>");
}

/* Evidence goes to terminals: no control characters, no broken UTF-8, no more than 200 bytes. */
static void
test_evidence_is_clean(void **state)
{
  g_autofree char *filler = g_strnfill(190, 'x');
  g_autofree char *header = g_strconcat("X-Autoreply: \x1b[31m", filler,
                                        "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9", NULL);
  g_autoptr(CadenceMessage) message = parse(header);
  const CadenceRule *rule = message->rules->pdata[0];
  assert_string_equal(rule->id, "x-autoreply");
  assert_true(strlen(rule->evidence) <= 200 && strlen(rule->evidence) > 190);
  assert_true(g_utf8_validate(rule->evidence, -1, NULL));
  assert_null(strchr(rule->evidence, '\x1b'));

  g_autoptr(CadenceMessage) raw = parse("X-Autoreply: a\xff\xfe"
                                        "b");
  rule = raw->rules->pdata[0];
  assert_true(g_utf8_validate(rule->evidence, -1, NULL));

  g_autoptr(CadenceMessage) encoded = parse("X-Autoreply: =?utf-8?q?gr=C3=BC=07n?=");
  rule = encoded->rules->pdata[0];
  assert_string_equal(rule->evidence, "gr\xc3\xbc n");
}

static void
test_failed_recipients(void **state)
{
  g_autoptr(CadenceMessage) message = parse(
      "X-Failed-Recipients: Bob@example.com,\n carol@example.com\nReferences: <1@example.org>");
  assert_int_equal(message->kind, CADENCE_KIND_BOUNCE);
  assert_int_equal(message->recipients->len, 2);
  const CadenceRecipient *bob = message->recipients->pdata[0];
  assert_string_equal(bob->address, "bob@example.com");
  assert_true(bob->permanent);
  assert_string_equal(message->returned, "1@example.org");

  g_autoptr(CadenceMessage) person = parse("References: <1@example.org>");
  assert_null(person->recipients);
  assert_null(person->returned);
}

int
main(void)
{
  cadence_mail_init();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_cases),
      cmocka_unit_test(test_all_rules_are_noted),
      cmocka_unit_test(test_evidence_is_clean),
      cmocka_unit_test(test_failed_recipients),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
