/* The command line of sendmail, as mail clients write it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "arguments.h"

static const struct {
  const char *line; /* words, a blank between; "_" is an empty one */
  SendmailMode mode;
  gboolean from_header;
  const char *recipients; /* joined by blanks */
} cases[] = {
    {"", SENDMAIL_SUBMITS, FALSE, ""},
    {"-t", SENDMAIL_SUBMITS, TRUE, ""},
    {"-ti", SENDMAIL_SUBMITS, TRUE, ""},
    {"-oi -t", SENDMAIL_SUBMITS, TRUE, ""},
    {"-oem -oi -f a@x.example -- b@y.example", SENDMAIL_SUBMITS, FALSE, "b@y.example"},
    {"-i b@y.example c@z.example", SENDMAIL_SUBMITS, FALSE, "b@y.example c@z.example"},
    {"b@y.example -i", SENDMAIL_SUBMITS, FALSE, "b@y.example"},
    {"-fa@x.example b@y.example", SENDMAIL_SUBMITS, FALSE, "b@y.example"},
    {"-f _ b@y.example", SENDMAIL_SUBMITS, FALSE, "b@y.example"},
    {"-ra@x.example -F Rep b@y.example", SENDMAIL_SUBMITS, FALSE, "b@y.example"},
    {"-N never -R hdrs -V id -L tag -O a=b -X log -B 8BITMIME -p smtp -h 3 b@y.example",
     SENDMAIL_SUBMITS, FALSE, "b@y.example"},
    {"-N", SENDMAIL_SUBMITS, FALSE, ""},
    {"-oQ/tmp -odb b@y.example", SENDMAIL_SUBMITS, FALSE, "b@y.example"},
    {"-a work -C rc b@y.example", SENDMAIL_SUBMITS, FALSE, "b@y.example"},
    {"--account=work --read-recipients", SENDMAIL_SUBMITS, TRUE, ""},
    {"--account work b@y.example", SENDMAIL_SUBMITS, FALSE, "b@y.example"},
    {"--read-envelope-from b@y.example", SENDMAIL_SUBMITS, FALSE, "b@y.example"},
    {"-- -b@y.example -t", SENDMAIL_SUBMITS, FALSE, "-b@y.example -t"},
    {"- b@y.example", SENDMAIL_SUBMITS, FALSE, "- b@y.example"},
    {"-bm b@y.example", SENDMAIL_SUBMITS, FALSE, "b@y.example"},
    {"-bs", SENDMAIL_TALKS, FALSE, ""},
    {"-oi -bs", SENDMAIL_TALKS, FALSE, ""},
    {"-bp", SENDMAIL_OTHER, FALSE, ""},
    {"-bi", SENDMAIL_OTHER, FALSE, ""},
    {"-bd -q15m", SENDMAIL_OTHER, FALSE, ""},
    {"-bv b@y.example", SENDMAIL_OTHER, FALSE, "b@y.example"},
    {"-b", SENDMAIL_OTHER, FALSE, ""},
    {"-q", SENDMAIL_OTHER, FALSE, ""},
    {"-qRexample", SENDMAIL_OTHER, FALSE, ""},
};

static void
check(gsize i)
{
  g_auto(GStrv) words = g_strsplit(cases[i].line, " ", -1);
  g_auto(SendmailArguments) read = {0};
  for (char **word = words; *word; word++)
    if (g_str_equal(*word, "_"))
      **word = '\0';
  sendmail_arguments_read(&read, (const char *const *)words);
  g_autofree char *recipients = g_strjoinv(" ", read.recipients);
  if (read.mode != cases[i].mode || read.from_header != cases[i].from_header ||
      !g_str_equal(recipients, cases[i].recipients))
    fail_msg("%s: mode %d, -t %d, \"%s\"", cases[i].line, read.mode, read.from_header, recipients);
}

static void
test_lines(void **unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS(cases); i++)
    check(i);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_lines)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
