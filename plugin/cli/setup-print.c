/* Shows what a change does to a file, as lines that go and lines that come.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <string.h>

#include "setup.h"
#include "text.h"

static void
print_line(CliApp *app, char sign, guint number, const char *line)
{
  CliPaint paint = sign == '+' ? CLI_PAINT_GOOD : CLI_PAINT_BAD;
  g_autofree char *clean = cli_clean(line);
  int indent = (int)strspn(line, " \t");
  g_string_append_printf(app->out, "%s%5u %c %*s%s%s\n", cli_paint_on(&app->terminal, paint),
                         number, sign, indent, "", clean, cli_paint_off(&app->terminal, paint));
}

/* How many lines of each side are passed until they are the same again, fewest first: `*old` and
 * `*fresh`. All that is left where they never are. */
static void
find_same(char **old_lines, char **fresh_lines, guint *old, guint *fresh)
{
  guint olds = g_strv_length(old_lines), freshs = g_strv_length(fresh_lines);
  for (guint passed = 1; passed <= olds + freshs; passed++)
    for (guint i = passed > freshs ? passed - freshs : 0; i <= MIN(passed, olds); i++) {
      *old = i;
      *fresh = passed - i;
      gboolean ends = i == olds && *fresh == freshs;
      if (ends || (i < olds && *fresh < freshs && g_str_equal(old_lines[i], fresh_lines[*fresh])))
        return;
    }
}

/* Without the lines around: there may be passwords in them. */
static void
print_lines(CliApp *app, const CliSetupChange *change)
{
  g_auto(GStrv) olds = g_strsplit(change->before ? change->before : "", "\n", -1);
  g_auto(GStrv) freshs = g_strsplit(change->after ? change->after : "", "\n", -1);
  guint i = 0, j = 0, old, fresh;
  while (olds[i] || freshs[j]) {
    old = fresh = 0;
    if (olds[i] && freshs[j] && g_str_equal(olds[i], freshs[j])) {
      i++, j++;
      continue;
    }
    find_same(olds + i, freshs + j, &old, &fresh);
    for (; old > 0 && olds[i]; old--, i++)
      if (*olds[i] || olds[i + 1])
        print_line(app, '-', i + 1, olds[i]);
    for (; fresh > 0 && freshs[j]; fresh--, j++)
      if (*freshs[j] || freshs[j + 1])
        print_line(app, '+', j + 1, freshs[j]);
  }
}

void
cli_setup_print_change(CliApp *app, const CliSetupChange *change)
{
  const char *on = cli_paint_on(&app->terminal, CLI_PAINT_TITLE);
  const char *off = cli_paint_off(&app->terminal, CLI_PAINT_TITLE);
  if (change->run) {
    g_autofree char *command = g_strjoinv(" ", change->run);
    g_string_append_printf(app->out, "%s$ %s%s\n", on, command, off);
    return;
  }
  g_autofree char *name = g_filename_display_name(change->path);
  g_autofree char *shown = cli_clean(name);
  const char *what = !change->before ? _(" (new)") : !change->after ? _(" (goes)") : "";
  g_string_append_printf(app->out, "%s%s%s%s\n", on, shown, what, off);
  print_lines(app, change);
}
