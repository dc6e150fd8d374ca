/* Takes the place of libFuzzer where a target is a plain test: goes through the files in the
 * folders that are named, each within a bound of time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#define SECONDS_MOST 20 /* for one input, sanitizers and a busy machine included */

static gint
by_name(gconstpointer a, gconstpointer b)
{
  return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

static void
replay_file(const char *path)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  HOLDS(g_file_get_contents(path, &text, &length, NULL));
  g_autofree guint8 *exact =
      g_memdup2(text, length); /* no NUL behind, so that sanitizers see more */
  guint8 none = 0;
  gint64 begun = g_get_monotonic_time();
  (void)LLVMFuzzerTestOneInput(exact ? exact : &none, length);
  HOLDS(g_get_monotonic_time() - begun < SECONDS_MOST * G_USEC_PER_SEC);
}

/* How many files there were. */
static guint
replay_folder(const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
  const char *name;
  while (dir && (name = g_dir_read_name(dir)))
    g_ptr_array_add(names, g_build_filename(folder, name, NULL));
  g_ptr_array_sort(names, by_name);
  for (guint i = 0; i < names->len; i++) {
    puts(names->pdata[i]);
    (void)fflush(stdout); /* the last name is that of the input that broke it */
    replay_file(names->pdata[i]);
  }
  return names->len;
}

int
main(int argc, char **argv)
{
  guint n = 0;
  (void)LLVMFuzzerInitialize(&argc, &argv);
  for (int i = 1; i < argc; i++)
    n += replay_folder(argv[i]);
  printf("%u inputs\n", n);
  return n > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
