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

static gboolean
find_status(int fd, const char *path, struct stat *status, GError **error)
{
  if (fstat(fd, status) != 0)
    return refuse(error, path, g_strerror(errno));
  return S_ISREG(status->st_mode) || refuse(error, path, _("is no plain file"));
}

gboolean
cadence_source_read_open(CadenceSource *source, int fd, const char *path, GError **error)
{
  struct stat status;
  if (!find_status(fd, path, &status, error))
    return FALSE;
  gsize expected = CLAMP(status.st_size, 0, (off_t)CADENCE_KEYFILE_MAX);
  if (read_bytes(fd, source, expected + 1))
    return TRUE;
  int why = errno;
  g_clear_pointer(&source->text, g_free);
  return refuse(error, path, g_strerror(why));
}

/* Opens `directory`/`name`: `fd` -1 with TRUE where there is no such file. */
static gboolean
open_file(const char *path, int *fd, GError **error)
{
  /* O_NONBLOCK: a pipe in its place must not make us wait for a writer. */
  *fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (*fd >= 0)
    return TRUE;
  int why = errno;
  struct stat status;
  if (why == ENOENT && lstat(path, &status) != 0 && errno == ENOENT)
    return TRUE;
  return refuse(error, path, why == ENOENT ? _("a link to nowhere") : g_strerror(why));
}

gboolean
cadence_source_read(CadenceSource *source, const char *directory, const char *name, GError **error)
{
  *source = (CadenceSource){.name = name};
  g_autofree char *path = g_build_filename(directory, name, NULL);
  int fd;
  if (!open_file(path, &fd, error))
    return FALSE;
  if (fd < 0)
    return TRUE;
  gboolean read = cadence_source_read_open(source, fd, path, error);
  close(fd);
  return read;
}

/* --- hashing --- */

#define LANES 4

/* Four words a step, for a processor goes on with one while the product of another is not there
 * yet. GChecksum takes more than 20 times as long for a file of thousands of agreements. */
typedef struct {
  guint64 lanes[LANES];
  gsize length; /* bytes so far */
} Hash;

#define BLOCK (LANES * sizeof(guint64))

/* One to one in both, so a single word that differs always shows. The factor is that of Fibonacci
 * hashing (Knuth, volume 3, section 6.4). */
static guint64
mix(guint64 hash, guint64 word)
{
  hash = (hash ^ word) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
  return hash ^ (hash >> 32);
}

/* Takes the whole blocks of a text; how much that was. */
static gsize
hash_blocks(Hash *hash, const char *text, gsize length)
{
  guint64 words[LANES];
  gsize at = 0;
  for (; at + BLOCK <= length; at += BLOCK) {
    memcpy(words, text + at, BLOCK);
    for (guint i = 0; i < LANES; i++)
      hash->lanes[i] = mix(hash->lanes[i], words[i]);
  }
  hash->length += at;
  return at;
}

/* With the last block, which may not be whole. */
static guint64
hash_end(Hash *hash, const char *text, gsize length)
{
  char block[BLOCK] = {0};
  memcpy(block, text, length);
  gsize whole = hash->length + length;
  hash_blocks(hash, block, BLOCK);
  guint64 sum = whole;
  for (guint i = 0; i < LANES; i++)
    sum = mix(sum, hash->lanes[i]);
  return sum;
}

static guint64
hash_nothing(guint64 hash)
{
  return mix(hash, G_MAXUINT64);
}

guint64
cadence_source_hash(const CadenceSource *source, guint64 hash)
{
  if (!source->text)
    return hash_nothing(hash);
  Hash whole = {.lanes = {hash}};
  gsize done = hash_blocks(&whole, source->text, source->length);
  return hash_end(&whole, source->text + done, source->length - done);
}

/* --- in pieces --- */

typedef struct {
  char *text;
  gsize room, length; /* bytes */
  gsize hashed;       /* of them */
  gsize gone;         /* bytes of the file in front of them */
  Hash hash;
} Pieces;

/* FALSE with errno set; `*end` where nothing follows, or more than may. */
static gboolean
fill(Pieces *pieces, int fd, gboolean *end)
{
  if (pieces->length == pieces->room) {
    pieces->room += MAX(pieces->room, CHUNK);
    pieces->text = g_realloc(pieces->text, pieces->room);
  }
  ssize_t n;
  do
    n = read(fd, pieces->text + pieces->length, pieces->room - pieces->length);
  while (n < 0 && errno == EINTR);
  if (n < 0)
    return FALSE;
  pieces->length += n;
  *end = n == 0 || pieces->gone + pieces->length > CADENCE_KEYFILE_MAX;
  return TRUE;
}

static gboolean
take_pieces(Pieces *pieces, int fd, CadenceSourceTake *take, gpointer data)
{
  gboolean end = FALSE;
  while (!end && fill(pieces, fd, &end)) {
    pieces->hashed +=
        hash_blocks(&pieces->hash, pieces->text + pieces->hashed, pieces->length - pieces->hashed);
    gsize done = take(pieces->text, end ? pieces->length : pieces->hashed, end, data);
    if (end)
      return TRUE;
    pieces->length -= done;
    pieces->hashed -= done;
    pieces->gone += done;
    memmove(pieces->text, pieces->text + done, pieces->length);
  }
  return FALSE;
}

gboolean
cadence_source_each(const char *directory, const char *name, CadenceSourceTake *take, gpointer data,
                    guint64 *hash, GError **error)
{
  g_autofree char *path = g_build_filename(directory, name, NULL);
  int fd;
  if (!open_file(path, &fd, error))
    return FALSE;
  if (fd < 0) {
    *hash = hash_nothing(*hash);
    return TRUE;
  }
  struct stat status;
  Pieces pieces = {.hash.lanes = {*hash}};
  gboolean read = find_status(fd, path, &status, error);
  if (read && !take_pieces(&pieces, fd, take, data))
    read = refuse(error, path, g_strerror(errno));
  if (read)
    *hash = hash_end(&pieces.hash, pieces.text + pieces.hashed, pieces.length - pieces.hashed);
  g_free(pieces.text);
  close(fd);
  return read;
}

void
cadence_source_clear(CadenceSource *source)
{
  g_clear_pointer(&source->text, g_free);
}
