/* Reading mail files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "file.h"

#include <cadence/base.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#define CHUNK (32 * 1024) /* bytes; holds nearly every mail */

int
mail_file_open(const char *filename)
{
  struct stat about;
  int fd = open(filename, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0 || (fstat(fd, &about) == 0 && S_ISREG(about.st_mode)))
    return fd;
  close(fd);
  errno = EINVAL;
  return -1;
}

/* FALSE, with errno, where reading fails. */
static gboolean
read_up_to(int fd, GByteArray *bytes, gsize most)
{
  while (bytes->len < most) {
    guint start = bytes->len, want = (guint)MIN(CHUNK, most - start);
    g_byte_array_set_size(bytes, start + want);
    gssize got = read(fd, bytes->data + start, want);
    g_byte_array_set_size(bytes, start + (guint)MAX(got, 0));
    if (got == 0)
      return TRUE;
    if (got < 0 && errno != EINTR)
      return FALSE;
  }
  return TRUE;
}

GByteArray *
mail_file_read(const char *filename, gsize most, GError **error)
{
  int fd = mail_file_open(filename);
  g_autoptr(GByteArray) bytes = g_byte_array_new();
  gboolean read = fd >= 0 && read_up_to(fd, bytes, most);
  int failure = errno;
  if (fd >= 0)
    close(fd);
  if (read)
    return g_steal_pointer(&bytes);
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_NO_INPUT, _("%s cannot be read: %s"), filename,
              g_strerror(failure));
  return NULL;
}
