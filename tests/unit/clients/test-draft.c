/* A draft's text: no value of a window can become a field, or the end of the header.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "draft.h"

typedef struct {
  const char *name;
  const char *value;
  const char *expected;
} Case;

static void
check(const Case *cases, gsize count, void (*add)(GString *, const char *, const char *))
{
  for (gsize i = 0; i < count; i++) {
    GString *draft = g_string_new(NULL);
    add(draft, cases[i].name, cases[i].value);
    assert_string_equal(draft->str, cases[i].expected);
    g_string_free(draft, TRUE);
  }
}

static void
fields(void **state)
{
  static const Case cases[] = {
      {"To:", "Buyer <buyer@acme.example>", "To: Buyer <buyer@acme.example>\n"},
      {"To", " buyer@acme.example ", "To: buyer@acme.example\n"},
      {"Cc:", "", ""},
      {"Cc:", " \t ", ""},
      {"Cc:", NULL, ""},
      {"Subject", "a\nBcc: b@acme.example", "Subject: a Bcc: b@acme.example\n"},
      {"Subject", "a\r\n\r\nbody", "Subject: a    body\n"},
      {"Subject", "a\x1b[2Jb\x7f", "Subject: a [2Jb\n"},
      {"Subject", "Angebot für \xff", "Subject: Angebot für \xEF\xBF\xBD\n"},
      {NULL, "a", ""},
      {"", "a", ""},
      {":", "a", ""},
      {"Two words", "a", ""},
      {"To: x\nBcc", "a", ""},
      {"Кому:", "a", ""},
      {"To::", "a", ""},
      {"X-Anything", "a", "X-Anything: a\n"},
  };
  check(cases, G_N_ELEMENTS(cases), front_draft_field);
}

static void
ids(void **state)
{
  static const Case cases[] = {
      {"In-Reply-To", "m1@acme.example", "In-Reply-To: <m1@acme.example>\n"},
      {"In-Reply-To", "<m1@acme.example>", "In-Reply-To: <m1@acme.example>\n"},
      {"References", "<a@b.example> <c@d.example>", "References: <a@b.example> <c@d.example>\n"},
      {"References", "<a@b.example>\n <c@d.example>", "References: <a@b.example>  <c@d.example>\n"},
      {"In-Reply-To", "", ""},
      {"In-Reply-To", NULL, ""},
  };
  check(cases, G_N_ELEMENTS(cases), front_draft_ids);
}

static void
body(void **state)
{
  GString *draft = g_string_new("To: a@b.example\n");
  front_draft_body(draft, "From here\r\nTo: there\r\n", 22);
  assert_true(g_str_has_prefix(draft->str, "To: a@b.example\nMIME-Version: 1.0\n"));
  assert_true(g_str_has_suffix(draft->str, "8bit\n\nFrom here\nTo: there\n"));
  g_string_free(draft, TRUE);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fields),
      cmocka_unit_test(ids),
      cmocka_unit_test(body),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
