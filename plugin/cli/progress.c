/* Draws progress: nothing in the first second, then a few times a second.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "progress.h"

#include <glib/gi18n.h>

#include "text.h"

#define FIRST G_USEC_PER_SEC
#define BETWEEN (G_USEC_PER_SEC / 8)
#define BAR_MAX 40 /* columns */

void
cli_progress_begin(CliProgress *progress, const CliTerminal *terminal)
{
  *progress = (CliProgress){.terminal = terminal, .begun = g_get_monotonic_time()};
}

static void
draw_bar(GString *line, guint done, guint total, guint room)
{
  guint width = MIN(room, BAR_MAX);
  guint full = (guint)((guint64)width * MIN(done, total) / total);
  g_string_append(line, " [");
  for (guint i = 0; i < width; i++)
    g_string_append_c(line, i < full ? '#' : '.');
  g_string_append_c(line, ']');
}

void
cli_progress_draw(guint done, guint total, gpointer data)
{
  CliProgress *progress = data;
  gint64 now = g_get_monotonic_time();
  if (!progress->terminal->talks || now - progress->begun < FIRST ||
      (progress->drawn && now - progress->drawn < BETWEEN))
    return;
  progress->drawn = now;
  g_autoptr(GString) line = g_string_new(NULL);
  if (total > 0)
    g_string_append_printf(line, _("%u of %u prospects"), done, total);
  else
    g_string_append_printf(line, ngettext("%u prospect", "%u prospects", done), done);
  guint used = cli_width(line->str) + 4;
  if (total > 0 && used + 8 < progress->terminal->error_width)
    draw_bar(line, done, total, progress->terminal->error_width - used);
  g_string_prepend(line, "\r");
  g_string_append(line, "\033[K");
  cli_draw(line->str);
}

void
cli_progress_end(CliProgress *progress)
{
  if (progress->drawn)
    cli_draw("\r\033[K");
  progress->drawn = 0;
}
