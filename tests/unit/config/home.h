/* A folder for the two files, one a test.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_TEST_HOME_H
#define CADENCE_TEST_HOME_H

typedef struct {
  char *directory, *policy, *agreements;
} Home;

/* Around a cmocka test, whose state is a Home. */
int make_home(void **state);
int drop_home(void **state);

void put(const char *path, const char *text);

#endif
