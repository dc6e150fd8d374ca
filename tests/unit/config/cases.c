/* Runs a table of cases.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define ARROW " => "

static char
unescape_one(const char **c)
{
  (*c)++;
  switch (**c) {
  case 'n':
    return '\n';
  case 'r':
    return '\r';
  case 't':
    return '\t';
  case 'x': {
    assert_true(g_ascii_isxdigit((*c)[1]) && g_ascii_isxdigit((*c)[2]));
    int value = g_ascii_xdigit_value((*c)[1]) * 16 + g_ascii_xdigit_value((*c)[2]);
    *c += 2;
    return (char)value;
  }
  default:
    assert_int_equal(**c, '\\');
    return '\\';
  }
}

static char *
unescape(const char *text)
{
  GString *out = g_string_new("");
  for (; *text; text++)
    g_string_append_c(out, *text == '\\' ? unescape_one(&text) : *text);
  return g_string_free(out, FALSE);
}

/* TRUE where the case of this line holds. */
static gboolean
run_line(const char *file, guint number, const char *line, CadenceCaseRunner run)
{
  const char *arrow = strstr(line, ARROW);
  if (!arrow) {
    print_error("%s:%u: no%s\n", file, number, ARROW);
    return FALSE;
  }
  g_autofree char *left = g_strndup(line, arrow - line);
  g_autofree char *input = unescape(left);
  g_autofree char *wanted = unescape(arrow + strlen(ARROW));
  g_autofree char *output = run(input, wanted);
  if (g_str_equal(output, wanted))
    return TRUE;
  print_error("%s:%u: %s\n  wanted %s\n  got    %s\n", file, number, left, wanted, output);
  return FALSE;
}

guint
cadence_cases_run(const char *file, guint least, CadenceCaseRunner run)
{
  g_autofree char *path = g_build_filename(CASES_DIR, file, NULL);
  g_autofree char *text = NULL;
  assert_true(g_file_get_contents(path, &text, NULL, NULL));
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  guint cases = 0, failed = 0;
  for (guint i = 0; lines[i]; i++) {
    if (!*lines[i] || *lines[i] == '#')
      continue;
    cases++;
    failed += !run_line(file, i + 1, lines[i], run);
  }
  assert_true(cases >= least);
  return failed;
}
