/* A folder for the two files, one a test.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_TEST_HOME_H
#define CADENCE_TEST_HOME_H

#include <glib.h>

typedef struct {
  char *directory, *policy, *agreements;
  gint64 begun; /* of the monotonic clock */
} Home;

/* Around a cmocka test, whose state is a Home. */
int make_home(void **state);
int drop_home(void **state);

void put(const char *path, const char *text);

#endif
