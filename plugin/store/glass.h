/* What Xapian's own files tell without a walk over the messages: whether somebody writes, and how
 * many documents were ever removed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_STORE_GLASS_H
#define CADENCE_STORE_GLASS_H

#include <glib.h>

/* Opens a file of the Xapian database of notmuch's database at `home` for reading; -1 for none. */
int cadence_glass_open(const char *home, const char *name);

/* How many documents were ever taken out of the database, as of its last commit. notmuch numbers
 * documents anew, one after the other, and never uses a number again, so every deletion of a
 * message raises this by one at least, whatever else comes in. FALSE where the database is of a
 * format that we do not know. */
gboolean cadence_glass_removed(const char *home, guint64 *removed);

/* The same from the bytes of Xapian's file "iamglass". */
gboolean cadence_glass_parse_removed(const guint8 *bytes, gsize length, guint64 *removed);

#endif
