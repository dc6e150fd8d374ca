/* The only code that opens a database for writing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "writer.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "glass.h"

#define LOCK_PAUSE_US 20000

/* Whether somebody holds Xapian's write lock. libnotmuch would block on it for as long as it is
 * held, so we look first. */
static gboolean
is_locked(const char *home)
{
  int fd = cadence_glass_open(home, "flintlock");
  if (fd < 0)
    return FALSE;
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1};
  gboolean held = fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  close(fd);
  return held;
}

static gboolean
wait_for_lock(CadenceWriter *writer, GError **error)
{
  while (is_locked(writer->home)) {
    if (writer->waited >= writer->options->wait * G_USEC_PER_SEC) {
      g_set_error(
          error, CADENCE_ERROR, CADENCE_ERROR_BUSY,
          _("another program is writing to the database and was not done within %u s; nothing "
            "is lost, run it again later or with a longer --wait"),
          writer->options->wait);
      return FALSE;
    }
    if (!writer->said && writer->options->waiting)
      writer->options->waiting(writer->options->data);
    writer->said = TRUE;
    g_usleep(LOCK_PAUSE_US);
    writer->waited += LOCK_PAUSE_US;
  }
  return TRUE;
}

static notmuch_database_t *
open_for_writing(CadenceWriter *writer, GError **error)
{
  if (!wait_for_lock(writer, error))
    return NULL;
  notmuch_database_t *db =
      cadence_database_open(writer->path, NOTMUCH_DATABASE_MODE_READ_WRITE, error);
  if (db && notmuch_database_get_revision(db, NULL) != writer->revision)
    writer->interleaved = TRUE;
  return db;
}

/* Only closing commits. */
static gboolean
commit(CadenceWriter *writer, notmuch_database_t *db, GError **error)
{
  gulong revision = notmuch_database_get_revision(db, NULL);
  if (!cadence_status_ok(notmuch_database_close(db), db, CADENCE_ERROR_IO, error))
    return FALSE;
  writer->revision = revision;
  return TRUE;
}

static gboolean
write_mark(notmuch_database_t *db, const CadenceMark *mark, const CadenceTagNames *names,
           GError **error)
{
  notmuch_message_t *found = NULL;
  if (!cadence_status_ok(notmuch_database_find_message(db, mark->id, &found), db, CADENCE_ERROR_IO,
                         error))
    return FALSE;
  g_autoptr(NotmuchMessage) message = found;
  return !message || cadence_mark_write(mark, message, names, error);
}

static gint64
ticks(const CadenceWriter *writer)
{
  return writer->options->ticks ? writer->options->ticks() : 0;
}

static gboolean
ends_group(const GPtrArray *marks, guint i)
{
  return i + 1 == marks->len ||
         cadence_mark_root(marks->pdata[i]) != cadence_mark_root(marks->pdata[i + 1]);
}

/* Within a group a batch may become twice as large; a group that is larger still is written in
 * pieces. */
static gboolean
is_full(const GPtrArray *marks, guint begin, guint i, gint64 us)
{
  guint times = ends_group(marks, i) ? 1 : 2;
  return i + 1 - begin >= times * CADENCE_BATCH || us >= times * CADENCE_BATCH_US;
}

gboolean
cadence_writer_marks(CadenceWriter *writer, const GPtrArray *marks, guint *next,
                     const CadenceTagNames *names, GError **error)
{
  guint begin = *next;
  gboolean full = FALSE;
  g_autoptr(NotmuchDatabase) db = open_for_writing(writer, error);
  gint64 opened = ticks(writer);
  if (!db || !cadence_status_ok(notmuch_database_begin_atomic(db), db, CADENCE_ERROR_IO, error))
    return FALSE;
  for (guint i = begin; i < marks->len && !full; i++) {
    if (!write_mark(db, marks->pdata[i], names, error))
      return FALSE;
    full = is_full(marks, begin, i, ticks(writer) - opened);
    *next = i + 1;
  }
  return cadence_status_ok(notmuch_database_end_atomic(db), db, CADENCE_ERROR_IO, error) &&
         commit(writer, db, error);
}

static gboolean
has_tag(notmuch_message_t *message, const char *wanted)
{
  gboolean found = FALSE;
  notmuch_tags_t *tags = notmuch_message_get_tags(message);
  for (; notmuch_tags_valid(tags); notmuch_tags_move_to_next(tags))
    found |= g_str_equal(notmuch_tags_get(tags), wanted);
  notmuch_tags_destroy(tags);
  return found;
}

static gboolean
tag_one(notmuch_database_t *db, const char *id, const char *tag, gboolean add, GError **error)
{
  notmuch_message_t *found = NULL;
  if (!cadence_status_ok(notmuch_database_find_message(db, id, &found), db, CADENCE_ERROR_IO,
                         error))
    return FALSE;
  g_autoptr(NotmuchMessage) message = found;
  if (!message || has_tag(message, tag) == add)
    return TRUE;
  return cadence_status_ok(add ? notmuch_message_add_tag(message, tag)
                               : notmuch_message_remove_tag(message, tag),
                           db, CADENCE_ERROR_IO, error);
}

gboolean
cadence_writer_tag(CadenceWriter *writer, const char *const *ids, const char *tag, gboolean add,
                   GError **error)
{
  g_autoptr(NotmuchDatabase) db = open_for_writing(writer, error);
  if (!db)
    return FALSE;
  for (; *ids; ids++) {
    if (!tag_one(db, *ids, tag, add, error))
      return FALSE;
  }
  return commit(writer, db, error);
}

gboolean
cadence_store_tag(CadenceStore *store, const char *const *ids, const char *tag, gboolean add,
                  guint wait, GError **error)
{
  const CadenceIndexOptions options = {.wait = wait};
  CadenceWriter writer = {
      .path = store->path, .home = notmuch_database_get_path(store->db), .options = &options};
  return cadence_writer_tag(&writer, ids, tag, add, error);
}

gboolean
cadence_writer_config(CadenceWriter *writer, const char *const *pairs, GError **error)
{
  g_autoptr(NotmuchDatabase) db = open_for_writing(writer, error);
  if (!db)
    return FALSE;
  for (; pairs[0]; pairs += 2) {
    g_autofree char *present = cadence_database_config(db, pairs[0]);
    if (g_str_equal(present ? present : "", pairs[1]))
      continue;
    if (!cadence_status_ok(notmuch_database_set_config(db, pairs[0], pairs[1]), db,
                           CADENCE_ERROR_IO, error))
      return FALSE;
  }
  return commit(writer, db, error);
}
