/* What is known of the place the text goes to, and the way there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_TERMINAL_H
#define CADENCE_CLI_TERMINAL_H

#include <glib.h>

typedef enum {
  CLI_COLOR_AUTO,
  CLI_COLOR_ALWAYS,
  CLI_COLOR_NEVER,
} CliColorWhen;

typedef struct {
  guint width;       /* columns of standard output; 0 where it is no terminal: nothing is cut */
  gboolean color;    /* standard output takes colour */
  gboolean utf8;     /* the locale can say everything */
  gboolean talks;    /* standard error is a terminal: progress may be drawn there */
  guint error_width; /* its columns */
  const char *cut;   /* what marks a cut */
} CliTerminal;

/* Reads the environment and both descriptors. */
void cli_terminal_init(CliTerminal *terminal, CliColorWhen when);

typedef enum {
  CLI_PAINT_NONE,
  CLI_PAINT_GOOD,
  CLI_PAINT_WARN,
  CLI_PAINT_BAD,
  CLI_PAINT_FAINT,
  CLI_PAINT_TITLE,
} CliPaint;

/* What switches a paint on and off: "" where there is no colour. */
const char *cli_paint_on(const CliTerminal *terminal, CliPaint paint);
const char *cli_paint_off(const CliTerminal *terminal, CliPaint paint);

/* Sees to it that descriptors 0 to 2 are open, so that nothing opened later is taken for one of
 * them. Called before anything else. */
void cli_terminal_guard(void);

/* Writes all of `text` (UTF-8) to standard output, in the locale's character set unless it is
 * `raw`. FALSE with errno set where that failed. */
gboolean cli_terminal_write(const char *text, gboolean raw) G_GNUC_WARN_UNUSED_RESULT;

/* "notmuch-cadence: MESSAGE" on standard error, one line, cleaned. */
void cli_say(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* The same without the name and the line end, as it is. */
void cli_draw(const char *text);

/* Where cli_draw() and cli_say() write; standard error to begin with. */
void cli_terminal_draw_to(int fd);

#endif
