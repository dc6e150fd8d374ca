/* A message that came through a pipe, kept whole: the MTA gets the finished file as its standard
 * input, so that it sees all of the message or nothing, whoever is killed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_SENDMAIL_SPOOL_H
#define CADENCE_SENDMAIL_SPOOL_H

#include <glib.h>

#define SENDMAIL_SPOOL_MEMORY ((gsize)8 * 1024 * 1024) /* bytes; longer ones go into a file */

/* Reads `from` to its end into a file without a name, in memory or, where it is long, in
 * `directory`; at its start on return. -1 with CADENCE_ERROR_IO where it can't be read or kept. */
int sendmail_spool(int from, const char *directory, GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
