/* A file's bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CONFIG_SOURCE_H
#define CADENCE_CONFIG_SOURCE_H

#include <glib.h>

typedef struct {
  const char *name; /* for messages */
  char *text;       /* NULL: there is no such file */
  gsize length;     /* more than CADENCE_KEYFILE_MAX: too long, and read no further than that */
} CadenceSource;

/* Reads `directory`/`name`. TRUE with a NULL text where there is no such file.
 * CADENCE_ERROR_NO_INPUT for one that is there and can't be read, and for a link to nowhere: to
 * take that for "nothing agreed" would forget every opt-out. */
gboolean cadence_source_read(CadenceSource *source, const char *directory, const char *name,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same of a file that is open already; `fd` stays the caller's, `path` is for messages. */
gboolean cadence_source_read_open(CadenceSource *source, int fd, const char *path,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Goes on hashing with its bytes, or with there being none: against chance, not against malice. */
guint64 cadence_source_hash(const CadenceSource *source, guint64 hash);

/* Takes the next piece of a file, which what it left of the one before stands in front of, and
 * returns how much of it is done with; of the `last` one, that is all of it. */
typedef gsize CadenceSourceTake(const char *text, gsize length, gboolean last, gpointer data);

/* Reads and hashes as the two above do, but piece by piece in the same little memory, which the
 * processor has at hand. Where there is no such file, nothing is taken. */
gboolean cadence_source_each(const char *directory, const char *name, CadenceSourceTake *take,
                             gpointer data, guint64 *hash,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

void cadence_source_clear(CadenceSource *source);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CadenceSource, cadence_source_clear)

#endif
