/* Message-IDs as notmuch keeps them, so that ids found in mail are found in the database.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_MSGID_H
#define CADENCE_MAIL_MSGID_H

#include <glib.h>

/* The id of a Message-ID field: what stands in its angle brackets without blanks, or the whole
 * value where there are none; a digest of it where it is longer than notmuch's limit. NULL for
 * NULL. */
char *mail_msgid_own(const char *value);

/* Appends every id in angle brackets, in order; what stands between them (RFC 5322 section 4.5.4)
 * is stepped over. */
void mail_msgid_append(const char *value, GPtrArray *ids);

#endif
