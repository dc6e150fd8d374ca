/* Frames of native messaging: a length in the machine's order, then so many bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/base.h>
#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "native-host.h"

/* As many of `size` bytes as there are before the stream ends; -1 with errno. */
static gssize
read_all(int fd, char *at, gsize size)
{
  gsize have = 0;
  while (have < size) {
    ssize_t n = read(fd, at + have, size - have);
    if (n == 0)
      break;
    if (n < 0 && errno != EINTR)
      return -1;
    have += (gsize)MAX(n, 0);
  }
  return (gssize)have;
}

static gboolean
write_all(int fd, const char *at, gsize size)
{
  while (size > 0) {
    ssize_t n = write(fd, at, size);
    if (n < 0 && errno != EINTR)
      return FALSE;
    at += MAX(n, 0);
    size -= (gsize)MAX(n, 0);
  }
  return TRUE;
}

/* Reads exactly `size` bytes. Nothing at all is no error where `may_end`, but FALSE. */
static gboolean
read_part(int fd, gpointer part, gsize size, gboolean may_end, GError **error)
{
  gssize have = read_all(fd, part, size);
  if (have == (gssize)size)
    return TRUE;
  if (have < 0)
    g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_INPUT, _("cannot read standard input: %s"),
                g_strerror(errno));
  else if (have > 0 || !may_end)
    g_set_error_literal(error, CADENCE_ERROR, CADENCE_ERROR_INPUT,
                        _("the stream ends within a message"));
  return FALSE;
}

GBytes *
cli_frame_read(int fd, GError **error)
{
  guint32 length;
  if (!read_part(fd, &length, sizeof length, TRUE, error))
    return NULL;
  if (length > CLI_FRAME_IN_MAX) {
    g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_INPUT,
                _("a message of %u bytes is larger than 16 MiB"), length);
    return NULL;
  }
  g_autofree char *bytes = g_malloc(length + 1);
  if (!read_part(fd, bytes, length, FALSE, error))
    return NULL;
  return g_bytes_new_take(g_steal_pointer(&bytes), length);
}

gboolean
cli_frame_write(int fd, const char *text, GError **error)
{
  gsize size = strlen(text);
  guint32 length = (guint32)size;
  if (size > CLI_FRAME_OUT_MAX) {
    g_set_error_literal(error, CADENCE_ERROR, CADENCE_ERROR_INPUT,
                        _("the answer is larger than 1 MiB"));
    return FALSE;
  }
  if (write_all(fd, (const char *)&length, sizeof length) && write_all(fd, text, size))
    return TRUE;
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_IO, _("cannot write to standard output: %s"),
              g_strerror(errno));
  return FALSE;
}
