/* Checks that the targets share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fuzz.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char *folder;
static GHashTable *files; /* paths in it */

/* What GLib or GMime call a broken assumption is a finding. */
int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
  g_log_set_always_fatal(G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  return 0;
}

void
fuzz_broken(const char *file, int line, const char *condition)
{
  (void)fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
  abort();
}

char *
fuzz_text(const guint8 *data, gsize size)
{
  return g_strndup((const char *)data, size);
}

GStrv
fuzz_texts(const guint8 *data, gsize size, int n)
{
  g_autofree char *text = fuzz_text(data, size);
  return g_strsplit(text, "%%\n", n);
}

static void
clean_up(void)
{
  GHashTableIter iter;
  gpointer path;
  g_hash_table_iter_init(&iter, files);
  while (g_hash_table_iter_next(&iter, &path, NULL))
    g_unlink(path);
  g_rmdir(folder);
}

const char *
fuzz_folder(void)
{
  if (folder)
    return folder;
  folder = g_dir_make_tmp("cadence-fuzz-XXXXXX", NULL);
  files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  HOLDS(folder);
  (void)atexit(clean_up);
  return folder;
}

void
fuzz_put(const char *name, const void *data, gsize size)
{
  char *path = g_build_filename(fuzz_folder(), name, NULL);
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  HOLDS(fd >= 0 && write(fd, data, size) == (ssize_t)size);
  close(fd);
  g_hash_table_add(files, path);
}

void
fuzz_holds_utf8(const char *text)
{
  HOLDS(!text || g_utf8_validate(text, -1, NULL));
}

void
fuzz_holds_utf8_list(const char *const *list)
{
  for (HOLDS(list); *list; list++)
    fuzz_holds_utf8(*list);
}

void
fuzz_holds_line(const char *text)
{
  HOLDS(text && g_utf8_validate(text, -1, NULL));
  for (; *text; text = g_utf8_next_char(text))
    HOLDS(!g_unichar_iscntrl(g_utf8_get_char(text)));
}

void
fuzz_holds_error(gboolean result, const GError *error)
{
  HOLDS(result == (error == NULL));
  if (error)
    fuzz_holds_utf8(error->message);
}
