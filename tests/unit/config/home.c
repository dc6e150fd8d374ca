/* A folder for the two files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "home.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib/gstdio.h>

int
make_home(void **state)
{
  Home *home = g_new0(Home, 1);
  home->directory = g_dir_make_tmp("cadence-config-XXXXXX", NULL);
  assert_non_null(home->directory);
  home->policy = g_build_filename(home->directory, "policy.ini", NULL);
  home->agreements = g_build_filename(home->directory, "agreements.ini", NULL);
  home->begun = g_get_monotonic_time();
  *state = home;
  return 0;
}

/* g_remove takes empty directories, links and pipes as well. */
int
drop_home(void **state)
{
  Home *home = *state;
  (void)g_remove(home->policy);
  (void)g_remove(home->agreements);
  assert_int_equal(g_rmdir(home->directory), 0);
  g_free(home->directory);
  g_free(home->policy);
  g_free(home->agreements);
  g_free(home);
  return 0;
}

void
put(const char *path, const char *text)
{
  assert_true(g_file_set_contents(path, text, -1, NULL));
}
