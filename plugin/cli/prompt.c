/* Questions and answers on a terminal.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "prompt.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "text.h"

gboolean
cli_can_ask(const CliApp *app)
{
  return !app->json && app->terminal.talks && isatty(STDIN_FILENO);
}

/* A locale that is not UTF-8 has its own bytes. */
static char *
to_utf8(const char *typed)
{
  char *text = g_utf8_validate(typed, -1, NULL) ? g_strdup(typed)
                                                : g_locale_to_utf8(typed, -1, NULL, NULL, NULL);
  return g_strstrip(text ? text : g_utf8_make_valid(typed, -1));
}

char *
cli_ask(CliApp *app, const char *question)
{
  g_autofree char *clean = cli_clean(question);
  g_autofree char *prompt = g_strconcat(clean, " ", NULL);
  char *line = NULL;
  size_t size = 0;
  if (app->out->len > 0 && cli_terminal_write(app->out->str, FALSE))
    g_string_truncate(app->out, 0);
  cli_draw(prompt);
  char *answer = getline(&line, &size, stdin) >= 0 ? to_utf8(line) : NULL;
  free(line);
  if (!answer)
    cli_draw("\n");
  return answer;
}
