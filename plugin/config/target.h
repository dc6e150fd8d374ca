/* The file that a name really stands for, held while it is changed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CONFIG_TARGET_H
#define CADENCE_CONFIG_TARGET_H

#include <sys/stat.h>

#include "source.h"

typedef struct {
  char *path;         /* of the file itself, links followed; for messages */
  char *name;         /* the same within its directory */
  int directory;      /* open; -1: not held */
  int lock;           /* open, or -1 where the directory itself is locked */
  int file;           /* open for reading; -1: there is none */
  struct stat status; /* of the file as it was read; where there is one */
  mode_t fresh;       /* of a file that was not there, less the umask */
} CadenceTarget;

#define CADENCE_TARGET_NONE                                                                        \
  {                                                                                                \
    .directory = -1, .lock = -1, .file = -1, .fresh = S_IRUSR | S_IWUSR                            \
  }

/* Follows links from `directory`/`name` and waits for whoever else changes that file, 15 seconds or
 * so. CADENCE_ERROR_BUSY when that was not enough; CADENCE_ERROR_NO_INPUT for a link that leads
 * nowhere, CADENCE_ERROR_IO for a directory that can't be opened or locked. */
gboolean cadence_target_hold(CadenceTarget *target, const char *directory, const char *name,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads the file that is held; as cadence_source_read, but that a link to a file that is not there
 * yet stands for no file. */
gboolean cadence_target_read(CadenceTarget *target, CadenceSource *source,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Puts `text` in the place of what was read: all of it, or nothing happens. Mode, owner and
 * attributes stay; a file that was not there gets mode `fresh`. CADENCE_ERROR_IO;
 * CADENCE_ERROR_BUSY where somebody wrote the file since it was read. */
gboolean cadence_target_replace(const CadenceTarget *target, const char *text, gsize length,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes the file away; errors as above. */
gboolean cadence_target_remove(const CadenceTarget *target,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Sets CADENCE_ERROR_IO, or the given code, with the path and errno's reason; FALSE. */
gboolean cadence_target_refuse(GError **error, int code, const char *path, int why);

/* Lets go of it. */
void cadence_target_clear(CadenceTarget *target);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CadenceTarget, cadence_target_clear)

#endif
