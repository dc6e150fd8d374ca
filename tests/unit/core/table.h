/* Tables of cases as text (tests/cases): a line a case, fields between " | ", `#` begins a comment.
 * A line that begins with "! reason | " is known to fail, and the run fails once it does not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_TEST_TABLE_H
#define CADENCE_TEST_TABLE_H

#include <glib.h>

/* Runs one case: NULL where it came out as written, else what is wrong (owned by the caller).
 * `field` has the number of fields that was asked for, blanks around them taken off. */
typedef char *(*TableCheck)(char **field);

/* Runs every case of tests/cases/`name`; prints file:line of each that fails, and the counts.
 * Returns how many came out otherwise than they should. */
guint table_run(const char *name, guint n_fields, TableCheck check);

#endif
