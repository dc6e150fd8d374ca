/* Width, colour, character set; writing to the standard descriptors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "text.h"

#define WIDTH_UNKNOWN 80
#define WIDTH_LEAST 20

static guint
width_of(int fd)
{
  struct winsize size = {0};
  if (!isatty(fd))
    return 0;
  if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return WIDTH_UNKNOWN;
  return MAX(size.ws_col, WIDTH_LEAST);
}

static gboolean
wants_color(CliColorWhen when)
{
  const char *no_color = g_getenv("NO_COLOR");
  const char *type = g_getenv("TERM");
  if (when != CLI_COLOR_AUTO)
    return when == CLI_COLOR_ALWAYS;
  return isatty(STDOUT_FILENO) && !(no_color && *no_color) && type && !g_str_equal(type, "dumb");
}

void
cli_terminal_init(CliTerminal *terminal, CliColorWhen when)
{
  terminal->utf8 = g_get_charset(NULL);
  terminal->width = width_of(STDOUT_FILENO);
  terminal->error_width = width_of(STDERR_FILENO);
  terminal->talks = terminal->error_width > 0;
  terminal->color = wants_color(when);
  terminal->cut = terminal->utf8 ? "\u2026" : "...";
}

/* SGR (ECMA-48 section 8.3.117), the eight colours only: themes decide how they look. */
static const char *const paints[] = {
    [CLI_PAINT_NONE] = "",          [CLI_PAINT_GOOD] = "\033[32m", [CLI_PAINT_WARN] = "\033[33m",
    [CLI_PAINT_BAD] = "\033[1;31m", [CLI_PAINT_FAINT] = "\033[2m", [CLI_PAINT_TITLE] = "\033[1m",
};

const char *
cli_paint_on(const CliTerminal *terminal, CliPaint paint)
{
  return terminal->color ? paints[paint] : "";
}

const char *
cli_paint_off(const CliTerminal *terminal, CliPaint paint)
{
  return terminal->color && paint != CLI_PAINT_NONE ? "\033[0m" : "";
}

/* A closed descriptor stays useless: reading gives nothing, writing fails and is reported. */
void
cli_terminal_guard(void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
    if (fcntl(fd, F_GETFD) >= 0)
      continue;
    int null = open("/dev/null", fd == STDIN_FILENO    ? O_RDONLY
                                 : fd == STDOUT_FILENO ? O_RDONLY
                                                       : O_RDWR);
    if (null >= 0 && null != fd) {
      dup2(null, fd);
      close(null);
    }
  }
}

static gboolean
write_all(int fd, const char *text, gsize length)
{
  while (length > 0) {
    ssize_t n = write(fd, text, length);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return FALSE;
    text += n;
    length -= (gsize)n;
  }
  return TRUE;
}

/* What the locale cannot say is written in its nearest letters, else as "?". NULL where nothing
 * need be done, or can. */
static char *
to_locale(const char *text)
{
  const char *charset;
  if (g_get_charset(&charset))
    return NULL;
  g_autofree char *near = g_strconcat(charset, "//TRANSLIT", NULL);
  char *told = g_convert(text, -1, near, "UTF-8", NULL, NULL, NULL);
  return told ? told : g_convert_with_fallback(text, -1, charset, "UTF-8", "?", NULL, NULL, NULL);
}

gboolean
cli_terminal_write(const char *text, gboolean raw)
{
  g_autofree char *told = raw ? NULL : to_locale(text);
  const char *bytes = told ? told : text;
  return write_all(STDOUT_FILENO, bytes, strlen(bytes));
}

static int draw_to = STDERR_FILENO;

void
cli_terminal_draw_to(int fd)
{
  draw_to = fd;
}

void
cli_draw(const char *text)
{
  g_autofree char *told = to_locale(text);
  const char *bytes = told ? told : text;
  (void)!write_all(draw_to, bytes, strlen(bytes));
}

void
cli_say(const char *format, ...)
{
  va_list values;
  va_start(values, format);
  g_autofree char *message = g_strdup_vprintf(format, values);
  va_end(values);
  g_autofree char *clean = cli_clean(message);
  g_autofree char *line = g_strdup_printf("notmuch-cadence: %s\n", clean);
  cli_draw(line);
}
