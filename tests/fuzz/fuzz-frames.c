/* What a child of the hook writes into its pipe, should it be no longer itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard.c" /* for its inner functions */

#include <sys/mman.h>

#include "fuzz.h"

static void
hear(const char *name, GVariant *value, gpointer data)
{
  guint *heard = data;
  fuzz_holds_utf8(name);
  g_autofree char *written = g_variant_print(value, TRUE);
  fuzz_holds_utf8(written);
  (*heard)++;
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  guint heard = 0;
  g_autoptr(GByteArray) bytes = g_byte_array_new();
  Guard guard = {.timer = -1, .bytes = bytes, .hear = hear, .data = &heard};
  int fd = memfd_create("frames", MFD_CLOEXEC);
  HOLDS(fd >= 0 && write(fd, data, size) == (ssize_t)size && lseek(fd, 0, SEEK_SET) == 0);
  HOLDS(listen_to(&guard, fd));
  close(fd);
  HOLDS(heard <= size / sizeof(guint32) && bytes->len <= REPORT_MAX);
  return 0;
}
