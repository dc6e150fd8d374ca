/* Collects what is wrong with the two files, and makes values fit to be shown.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "faults.h"

#define ELLIPSIS 0x2026
void
cadence_faults_init(CadenceFaults *faults, guint limit)
{
  faults->texts = g_ptr_array_new_with_free_func(g_free);
  faults->limit = limit;
}

void
cadence_faults_clear(CadenceFaults *faults)
{
  g_clear_pointer(&faults->texts, g_ptr_array_unref);
}

gboolean
cadence_faults_full(const CadenceFaults *faults)
{
  return faults->texts->len >= faults->limit;
}

void
cadence_faults_add(CadenceFaults *faults, CadencePlace place, char *text)
{
  g_autofree char *owned = text;
  if (cadence_faults_full(faults))
    return;

  g_autoptr(GString) line = g_string_new(place.file);
  if (place.line > 0)
    g_string_append_printf(line, ":%u", place.line);
  g_string_append(line, ": ");
  if (place.group && *place.group)
    g_string_append_printf(line, "[%s] ", cadence_quoted(place.group).text);
  if (place.key)
    g_string_append_printf(line, "%s: ", cadence_quoted(place.key).text);
  g_string_append(line, owned);
  g_ptr_array_add(faults->texts, g_string_free(g_steal_pointer(&line), FALSE));
}

/* The character that `*text` begins with, fit to be shown, and moves on; a byte that begins none
 * stands for one. */
static gunichar
take_character(const char **text)
{
  gunichar c = g_utf8_get_char_validated(*text, -1);
  gboolean valid = c != (gunichar)-1 && c != (gunichar)-2;
  *text = valid ? g_utf8_next_char(*text) : *text + 1;
  return valid && g_unichar_isprint(c) ? c : '?';
}

CadenceQuoted
cadence_quoted(const char *text)
{
  CadenceQuoted quoted = {.text = ""};
  char *out = quoted.text;
  for (guint shown = 1; *text; shown++) {
    gunichar c = take_character(&text);
    gboolean cut = shown == CADENCE_QUOTED_CHARACTERS && *text;
    out += g_unichar_to_utf8(cut ? ELLIPSIS : c, out);
    if (cut)
      break;
  }
  return quoted;
}
