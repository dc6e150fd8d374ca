/* Mail files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_FILE_H
#define CADENCE_MAIL_FILE_H

#include <glib.h>

/* A descriptor, or -1 with errno. A pipe in the place of a message is not waited for. */
int mail_file_open(const char *filename);

/* The first `most` bytes. CADENCE_ERROR_NO_INPUT where it cannot be read. */
GByteArray *mail_file_read(const char *filename, gsize most, GError **error);

#endif
