/* A small file of the user's that another program reads too: looked at, and changed as a whole.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_FILE_H
#define CADENCE_FILE_H

#include <cadence/base.h>

G_BEGIN_DECLS

/* Reads the file at `path`, links followed. `*text` is NULL where there is none, else owned by the
 * caller. CADENCE_ERROR_NO_INPUT for one that can't be read, is no plain file, holds a NUL byte or
 * is longer than 64 MiB. */
CADENCE_API gboolean cadence_file_read(const char *path, char **text,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Puts `after` in the place of `before`, each NULL for no file; a link is written through. Either
 * all of it is done or nothing. Mode, owner and attributes stay; one that was not there gets
 * `mode` less the umask, and the folders that it lacks. Where `backup` is not NULL, what there was
 * is first kept beside the file, under its name with `backup` behind it. CADENCE_ERROR_BUSY where
 * the file does not hold `before`, CADENCE_ERROR_NO_INPUT as above, CADENCE_ERROR_IO. */
CADENCE_API gboolean cadence_file_change(const char *path, const char *before, const char *after,
                                         guint mode, const char *backup,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

#endif
