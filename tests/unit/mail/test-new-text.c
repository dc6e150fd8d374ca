/* The new text of a message: the table of cases, which part is read, and what is sent to break it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/message.h>
#include <cadence/new-text.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "cases.h"

#define LARGE (1024 * 1024) /* bytes */
#define AT_ONCE 1.0         /* seconds of the processor */

static const struct {
  const char *word, *type;
} types[] = {
    {"html:", "text/html"},
    {"flowed:", "text/plain; format=flowed"},
    {"", "text/plain"},
};

static CadenceNewText *
read_body(const char *type, const char *body)
{
  g_autofree char *text =
      g_strconcat("From: buyer@acme.example\nContent-Type: ", type, "\n\n", body, NULL);
  return cadence_new_text_parse(text, strlen(text));
}

static char *
run_case(const char *input, const char *wanted)
{
  gsize i = 0;
  while (!g_str_has_prefix(input, types[i].word))
    i++;
  g_autoptr(CadenceNewText) found = read_body(types[i].type, input + strlen(types[i].word));
  if (g_str_equal(found->text, found->own))
    return g_strdup(found->text);
  return g_strconcat(found->text, " ~~ ", found->own, NULL);
}

static void
test_cases(void **state)
{
  assert_int_equal(cadence_cases_run("new-text.cases", 100, run_case), 0);
}

/* ---- nudges ---- */

static char *
run_nudge(const char *input, const char *wanted)
{
  g_autoptr(CadenceNewText) found = read_body("text/plain", input);
  char *nudge = cadence_new_text_nudge(found);
  return nudge ? nudge : g_strdup("-");
}

static void
test_nudges(void **state)
{
  assert_int_equal(cadence_cases_run("nudge.cases", 60, run_nudge), 0);
}

static void
test_said(void **state)
{
  g_autoptr(CadenceNewText) found =
      read_body("text/plain", "Dear all,\n\nthe list is ready. It has all parts.\n\nBest "
                              "regards,\nThe Rep\n+1 555 0100\n\nSent from my iPhone\n");
  g_autofree char *said = cadence_new_text_said(found);
  assert_string_equal(said, "the list is ready.\nIt has all parts.\n");
}

/* ---- parts ---- */

#define HEAD(type) "From: buyer@acme.example\nMIME-Version: 1.0\nContent-Type: " type "\n\n"
#define PART(head, body) "--b\n" head "\n\n" body "\n"

static const struct {
  const char *message, *text;
  gboolean attached;
} parts[] = {
    {HEAD("multipart/alternative; boundary=b") PART("Content-Type: text/plain", "plain")
         PART("Content-Type: text/html", "<p>html</p>") "--b--\n",
     "plain", FALSE},
    {HEAD("multipart/alternative; boundary=b") PART("Content-Type: text/plain", "  \n")
         PART("Content-Type: text/html", "<p>html</p>") "--b--\n",
     "html", FALSE},
    {HEAD("multipart/mixed; boundary=b") PART("Content-Type: text/plain", "plain")
         PART("Content-Type: application/pdf; name=offer.pdf", "x") "--b--\n",
     "plain", TRUE},
    {HEAD("multipart/mixed; boundary=b") PART("Content-Type: text/plain", "plain")
         PART("Content-Type: text/plain\nContent-Disposition: attachment", "notes") "--b--\n",
     "plain", TRUE},
    {HEAD("multipart/mixed; boundary=b") PART("Content-Type: text/plain", "plain")
         PART("Content-Type: message/rfc822", "Subject: other\n\nnot mine") "--b--\n",
     "plain", TRUE},
    {HEAD("multipart/related; boundary=b") PART("Content-Type: text/html", "<p>html</p>") PART(
         "Content-Type: image/png\nContent-ID: <logo>\nContent-Disposition: inline", "x") "--b--\n",
     "html", FALSE},
    {HEAD("multipart/signed; boundary=b") PART("Content-Type: text/plain", "signed")
         PART("Content-Type: application/pgp-signature", "x") "--b--\n",
     "signed", FALSE},
    {HEAD("multipart/mixed; boundary=b") PART("Content-Type: text/plain", "one")
         PART("Content-Type: text/plain", "two") "--b--\n",
     "one\n\ntwo", FALSE},
    {HEAD("text/plain; charset=koi8-r") "\xf0\xd2\xc9\xd7\xc5\xd4\n", "Привет", FALSE},
    {HEAD("text/plain; charset=iso-8859-1") "\x93quoted\x94\n", "“quoted”", FALSE},
    {HEAD("text/plain; charset=no-such-thing") "plain \xe9\n", "plain \xef\xbf\xbd", FALSE},
    {HEAD("text/html; charset=utf-8") "<meta charset=koi8-r>\xc3\xa9\n", "é", FALSE},
    {HEAD("text/html") "<meta charset=koi8-r><p>\xf0\xd2\xc9\xd7\xc5\xd4</p>\n", "Привет", FALSE},
    {HEAD("text/plain\nContent-Transfer-Encoding: quoted-printable") "caf=E9 =\ncr=E8me\n",
     "café crème", FALSE},
    {HEAD("text/plain\nContent-Transfer-Encoding: base64") "WWVzLg==\n", "Yes.", FALSE},
    {HEAD("text/plain") "", "", FALSE},
    {HEAD("application/pdf") "x\n", "", TRUE},
    {HEAD("multipart/mixed; boundary=b") "no part\n", "", FALSE},
    {"\n\nno header", "no header", FALSE},
    {"", "", FALSE},
};

static void
test_parts(void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
    g_autoptr(CadenceNewText) found =
        cadence_new_text_parse(parts[i].message, strlen(parts[i].message));
    assert_string_equal(found->text, parts[i].text);
    assert_int_equal(found->attached, parts[i].attached);
  }
}

/* ---- hostile ---- */

static const struct {
  const char *type, *piece;
} repeated[] = {
    {"text/plain", "a wrote:\n"},
    {"text/plain", "On 1 May 2012 10:10\n"},
    {"text/plain", "On 1 May 2012 10:10 a <a@b.example> wrote:\n"},
    {"text/plain", "From: a@b.example\n"},
    {"text/plain", "> "},
    {"text/plain", ">\n"},
    {"text/plain", "> a\nb\n"},
    {"text/plain", "--\n"},
    {"text/plain", "________________________\na\n"},
    {"text/plain", "-- Original Message --\n"},
    {"text/plain", "\n"},
    {"text/plain", "\xe2\x80\x8b"},
    {"text/plain", "\xff"},
    {"text/plain", "confidential "},
    {"text/plain; format=flowed", "a \n"},
    {"text/plain; format=flowed", ">a \n"},
    {"text/html", "<div>"},
    {"text/html", "<blockquote>a"},
    {"text/html", "<br>"},
    {"text/html", "<p style=\"display:none"},
    {"text/html", "&lt;"},
    {"text/html", "<td class=\"a b c gmail_quote\">a"},
};

/* Processor time in seconds for so many bytes of it. */
static double
time_of(const char *type, const char *piece, gsize length)
{
  g_autoptr(GString) body = g_string_new(NULL);
  while (body->len < length)
    g_string_append(body, piece);
  clock_t before = clock();
  g_autoptr(CadenceNewText) found = read_body(type, body->str);
  double seconds = (double)(clock() - before) / CLOCKS_PER_SEC;
  assert_true(g_utf8_validate(found->text, -1, NULL));
  return seconds;
}

static gboolean
is_linear(const char *type, const char *piece)
{
  double quarter = time_of(type, piece, LARGE / 4), whole = time_of(type, piece, LARGE);
  return whole < AT_ONCE || whole < 8 * quarter;
}

/* Time grows with the length, not with its square: that would be 16 times as much for four times
 * the length, and so each time it is tried. */
static void
test_repeated(void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS(repeated); i++) {
    gboolean linear = FALSE;
    for (guint turn = 0; turn < 3 && !linear; turn++)
      linear = is_linear(repeated[i].type, repeated[i].piece);
    if (!linear)
      fail_msg("%s: time grows faster than the length", repeated[i].piece);
  }
}

static void
test_nul_bytes(void **state)
{
  static const char message[] = "Content-Type: text/plain\n\na\0b\n";
  g_autoptr(CadenceNewText) found = cadence_new_text_parse(message, sizeof(message) - 1);
  assert_string_equal(found->text, "a\xef\xbf\xbd"
                                   "b");
}

int
main(void)
{
  cadence_mail_init();
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_cases),    cmocka_unit_test(test_nudges),
      cmocka_unit_test(test_said),     cmocka_unit_test(test_parts),
      cmocka_unit_test(test_repeated), cmocka_unit_test(test_nul_bytes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
