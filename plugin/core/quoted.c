/* Cuts between characters, never within one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "quoted.h"

#include <string.h>

#include <glib.h>

#define CHARACTERS 40
#define BYTES 4 /* of a character, at most */

char *
cadence_core_quoted(const char *text)
{
  g_autofree char *valid =
      g_utf8_make_valid(text, (gssize)strnlen(text, (gsize)CHARACTERS * BYTES));
  glong length = MIN(g_utf8_strlen(valid, -1), CHARACTERS);
  return g_strdup_printf("\"%.*s\"", (int)(g_utf8_offset_to_pointer(valid, length) - valid), valid);
}
