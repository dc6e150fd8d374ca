/* Reads the tables in tests/cases: one case a line, `INPUT => OUTPUT`; empty lines and lines that
 * begin with
 * `#` are skipped. In both parts \n, \r, \t, \\ and \xHH stand for what they stand for in C.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_TEST_CASES_H
#define CADENCE_TEST_CASES_H

#include <glib.h>

/* What came out for an input; owned by the caller. `wanted` is what should. */
typedef char *(*CadenceCaseRunner)(const char *input, const char *wanted);

/* Runs every case of CASES_DIR/`file` and prints those that fail; returns how many did. Fails the
 * test where the file holds fewer than `least` cases: an empty table proves nothing. */
guint cadence_cases_run(const char *file, guint least, CadenceCaseRunner run);

#endif
