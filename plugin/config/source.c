/* Reads a file whole, within bounds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "source.h"

#include <cadence/base.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "keyfile.h"

#define CHUNK ((gsize)64 * 1024) /* bytes */

static gboolean
refuse(GError **error, const char *path, const char *what)
{
  g_autofree char *shown = g_filename_display_name(path);
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_NO_INPUT, "%s: %s", shown, what);
  return FALSE;
}

/* Up to one byte more than is allowed, which is enough to tell. `room` is what is expected. */
static gboolean
read_bytes(int fd, CadenceSource *source, gsize room)
{
  char *text = g_malloc(room + 1);
  gsize length = 0;
  ssize_t n = 1;
  while (n != 0 && length <= CADENCE_KEYFILE_MAX) {
    if (length == room) {
      room = MIN(2 * room + CHUNK, CADENCE_KEYFILE_MAX + 1);
      text = g_realloc(text, room + 1);
    }
    n = read(fd, text + length, room - length);
    if (n > 0)
      length += n;
    else if (n < 0 && errno != EINTR)
      break;
  }
  text[length] = '\0';
  source->text = text;
  source->length = length;
  return n >= 0;
}

gboolean
cadence_source_read_open(CadenceSource *source, int fd, const char *path, GError **error)
{
  struct stat status;
  if (fstat(fd, &status) != 0)
    return refuse(error, path, g_strerror(errno));
  if (!S_ISREG(status.st_mode))
    return refuse(error, path, _("is no plain file"));

  gsize expected = CLAMP(status.st_size, 0, (off_t)CADENCE_KEYFILE_MAX);
  if (read_bytes(fd, source, expected + 1))
    return TRUE;
  int why = errno;
  g_clear_pointer(&source->text, g_free);
  return refuse(error, path, g_strerror(why));
}

gboolean
cadence_source_read(CadenceSource *source, const char *directory, const char *name, GError **error)
{
  *source = (CadenceSource){.name = name};
  g_autofree char *path = g_build_filename(directory, name, NULL);

  /* O_NONBLOCK: a pipe in its place must not make us wait for a writer. */
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (fd < 0) {
    int why = errno;
    struct stat status;
    if (why == ENOENT && lstat(path, &status) != 0 && errno == ENOENT)
      return TRUE;
    return refuse(error, path, why == ENOENT ? _("a link to nowhere") : g_strerror(why));
  }
  gboolean read = cadence_source_read_open(source, fd, path, error);
  close(fd);
  return read;
}

/* One to one in both, so a single word that differs always shows. The factor is that of Fibonacci
 * hashing (Knuth, volume 3, section 6.4). */
static guint64
mix(guint64 hash, guint64 word)
{
  hash = (hash ^ word) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
  return hash ^ (hash >> 32);
}

/* Eight bytes a step: GChecksum takes 20 times as long for a file of thousands of agreements. */
guint64
cadence_source_hash(const CadenceSource *source, guint64 hash)
{
  guint64 word = 0;
  if (!source->text)
    return mix(hash, G_MAXUINT64);
  hash = mix(hash, source->length);
  gsize at = 0;
  for (; at + sizeof word <= source->length; at += sizeof word) {
    memcpy(&word, source->text + at, sizeof word);
    hash = mix(hash, word);
  }
  word = 0;
  memcpy(&word, source->text + at, source->length - at);
  return mix(hash, word);
}

void
cadence_source_clear(CadenceSource *source)
{
  g_clear_pointer(&source->text, g_free);
}
