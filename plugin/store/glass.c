/* Xapian's file "iamglass" (Xapian 1.4, backends/glass/glass_version.cc): the magic, the format's
 * version, a UUID, the revision, what is where of six tables, statistics. It is replaced as a whole
 * by every commit. Numbers are of seven bits a byte, the lowest first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "glass.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define MAGIC "\x0f\x0dXapian Glass\x04\x6e" /* the last two: the format of 2016-03-14 */
#define MAGIC_LENGTH (sizeof MAGIC - 1)
#define UUID_LENGTH 16
#define TABLES 6
#define TABLE_NUMBERS 5   /* root, level and flags, entries, size of a block, least to compress */
#define STATISTICS 8      /* documents, numbers no longer used, and six more */
#define FILE_LENGTH 4096U /* more than such a file ever has */

typedef struct {
  const guint8 *at, *end;
} Bytes;

static gboolean
take_number(Bytes *bytes, guint64 *number)
{
  *number = 0;
  for (guint shift = 0; bytes->at < bytes->end && shift < 63; shift += 7) {
    guint8 byte = *bytes->at++;
    *number |= (guint64)(byte & 0x7f) << shift;
    if (byte < 0x80)
      return TRUE;
  }
  return FALSE;
}

static gboolean
skip(Bytes *bytes, guint64 length)
{
  if (length > (guint64)(bytes->end - bytes->at))
    return FALSE;
  bytes->at += length;
  return TRUE;
}

/* Five numbers and a string with its length. */
static gboolean
skip_table(Bytes *bytes)
{
  guint64 number = 0;
  for (guint i = 0; i < TABLE_NUMBERS + 1; i++)
    if (!take_number(bytes, &number))
      return FALSE;
  return skip(bytes, number);
}

gboolean
cadence_glass_parse_removed(const guint8 *data, gsize length, guint64 *removed)
{
  guint64 statistics[STATISTICS], revision;
  if (length < MAGIC_LENGTH || memcmp(data, MAGIC, MAGIC_LENGTH) != 0)
    return FALSE;
  Bytes bytes = {data, data + length};
  if (!skip(&bytes, MAGIC_LENGTH + UUID_LENGTH) || !take_number(&bytes, &revision))
    return FALSE;
  for (guint i = 0; i < TABLES; i++)
    if (!skip_table(&bytes))
      return FALSE;
  for (guint i = 0; i < STATISTICS; i++)
    if (!take_number(&bytes, &statistics[i]))
      return FALSE;
  *removed = statistics[1]; /* the highest number ever given less the documents that are there */
  return bytes.at == bytes.end;
}

int
cadence_glass_open(const char *home, const char *name)
{
  const char *const places[] = {".notmuch/xapian", "xapian"};
  for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
    g_autofree char *path = g_build_filename(home, places[i], name, NULL);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0)
      return fd;
  }
  return -1;
}

gboolean
cadence_glass_removed(const char *home, guint64 *removed)
{
  guint8 bytes[FILE_LENGTH];
  int fd = cadence_glass_open(home, "iamglass");
  if (fd < 0)
    return FALSE;
  ssize_t length = read(fd, bytes, sizeof bytes);
  close(fd);
  return length > 0 && (gsize)length < sizeof bytes &&
         cadence_glass_parse_removed(bytes, (gsize)length, removed);
}
