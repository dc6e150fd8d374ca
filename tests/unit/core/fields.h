/* How the tables of cases write days, spans and ids, and how a difference is told.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_TEST_FIELDS_H
#define CADENCE_TEST_FIELDS_H

#include <cadence/standing.h>

/* "2026-01-05", or "-". */
char *field_day(CadenceDay day);

/* Seconds as "4d12h", "90s", or "-" for -1. */
char *field_seconds(gint64 seconds);

/* "median/p90/last", or "median/p90" where `with_last` is FALSE. */
char *field_measure(CadenceMeasure measure, gboolean with_last);

/* Ids with commas between them, or "-". */
char *field_ids(char *const *ids);

/* Takes double quotes off a value in place: they are for its blanks. */
void field_unquote(char *value);

/* NULL where the two texts are the same, else "name is A, not B". Takes `actual`. */
char *field_differs(const char *name, char *actual, const char *expected);

/* Appends a fault (taken; may be NULL) to those already found (taken; may be NULL). */
char *field_join(char *faults, char *fault);

#endif
