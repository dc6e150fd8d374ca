/* Reads input whole, within bounds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "input.h"

#include <cadence/base.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "terminal.h"

#define CHUNK ((guint)256 * 1024)

static gboolean
fail(GError **error, CadenceError code, const char *name, const char *what)
{
  g_set_error(error, CADENCE_ERROR, (int)code, "%s: %s", name, what);
  return FALSE;
}

/* One byte more than is allowed is enough to tell. */
static gboolean
read_descriptor(int fd, const char *name, GByteArray *bytes, GError **error)
{
  while (bytes->len <= CLI_INPUT_MAX) {
    guint at = bytes->len;
    g_byte_array_set_size(bytes, at + CHUNK);
    ssize_t n = read(fd, bytes->data + at, CHUNK);
    int why = errno;
    g_byte_array_set_size(bytes, at + (n > 0 ? (guint)n : 0));
    if (n == 0)
      break;
    if (n < 0 && why != EINTR)
      return fail(error, CADENCE_ERROR_NO_INPUT, name, g_strerror(why));
  }
  if (bytes->len > CLI_INPUT_MAX)
    return fail(error, CADENCE_ERROR_INPUT, name, _("larger than 256 MiB: that is no draft"));
  if (bytes->len == 0)
    return fail(error, CADENCE_ERROR_INPUT, name, _("empty: there is no mail in it"));
  return TRUE;
}

GByteArray *
cli_input_read(const char *name, GError **error)
{
  gboolean is_file = name && !g_str_equal(name, "-");
  const char *shown = is_file ? name : _("standard input");
  int fd = is_file ? open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY) : STDIN_FILENO;
  if (fd < 0) {
    fail(error, CADENCE_ERROR_NO_INPUT, shown, g_strerror(errno));
    return NULL;
  }
  if (!is_file && isatty(fd))
    cli_say(_("reading a mail from the terminal; Ctrl-D ends it"));
  GByteArray *bytes = g_byte_array_new();
  gboolean complete = read_descriptor(fd, shown, bytes, error);
  if (is_file)
    close(fd);
  if (!complete)
    g_clear_pointer(&bytes, g_byte_array_unref);
  return bytes;
}
