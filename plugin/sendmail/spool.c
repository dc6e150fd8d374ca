/* Keeps a message: in memory, then in an unlinked file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "spool.h"

#include <cadence/base.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sys/mman.h>
#include <unistd.h>

#define CHUNK ((gsize)128 * 1024)

static int
fail(int fd, GError **error, const char *what)
{
  int why = errno;
  if (fd >= 0)
    close(fd);
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_IO, "%s: %s", what, g_strerror(why));
  return -1;
}

static gboolean
write_all(int fd, const char *bytes, gsize length)
{
  while (length > 0) {
    ssize_t n = write(fd, bytes, length);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return FALSE;
    bytes += n;
    length -= (gsize)n;
  }
  return TRUE;
}

/* A file of `directory` that has no name any more. */
static int
open_file(const char *directory)
{
  g_autofree char *name = g_build_filename(directory, "notmuch-cadence.XXXXXX", NULL);
  int fd = g_mkstemp_full(name, O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    g_unlink(name);
  return fd;
}

/* What was kept in memory so far moves into a file. */
static int
move_to_file(int memory, const char *directory)
{
  int fd = open_file(directory);
  off_t at = 0, end = lseek(memory, 0, SEEK_END);
  const char *bytes =
      fd >= 0 ? mmap(NULL, (gsize)end, PROT_READ, MAP_PRIVATE, memory, at) : MAP_FAILED;
  gboolean moved = bytes != MAP_FAILED && write_all(fd, bytes, (gsize)end);
  int why = errno;
  if (bytes != MAP_FAILED)
    munmap((void *)bytes, (gsize)end);
  close(memory);
  if (!moved && fd >= 0)
    close(fd);
  errno = why;
  return moved ? fd : -1;
}

/* One piece: its length, 0 at the end, -1 with errno. */
static gssize
read_chunk(int from, char *buffer)
{
  ssize_t n;
  do
    n = read(from, buffer, CHUNK);
  while (n < 0 && errno == EINTR);
  return n;
}

int
sendmail_spool(int from, const char *directory, GError **error)
{
  g_autofree char *buffer = g_malloc(CHUNK);
  gsize total = 0;
  gssize n;
  int fd = memfd_create("notmuch-cadence", MFD_CLOEXEC);
  gboolean in_memory = fd >= 0;
  if (!in_memory)
    fd = open_file(directory);
  if (fd < 0)
    return fail(fd, error, directory);
  while ((n = read_chunk(from, buffer)) > 0) {
    total += (gsize)n;
    if (in_memory && total > SENDMAIL_SPOOL_MEMORY) {
      in_memory = FALSE;
      fd = move_to_file(fd, directory);
    }
    if (fd < 0 || !write_all(fd, buffer, (gsize)n))
      return fail(fd, error, directory);
  }
  if (n < 0)
    return fail(fd, error, _("the message can't be read from standard input"));
  return lseek(fd, 0, SEEK_SET) == 0 ? fd : fail(fd, error, directory);
}
