/* A draft from its parts. 8-bit, for check reads any kind; it is judged, never sent.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "draft.h"

#include <string.h>

/* The letters of a field name: printable ASCII but the colon (RFC 5322 section 2.2). */
static gsize
name_length(const char *name)
{
  gsize length = 0;
  while (name[length] > ' ' && name[length] < 0x7f && name[length] != ':')
    length++;
  gboolean ends = !name[length] || (name[length] == ':' && !name[length + 1]);
  return ends ? length : 0;
}

static char *
one_line(const char *value)
{
  char *line = g_utf8_make_valid(value, -1);
  for (char *at = line; *at; at++)
    if (g_ascii_iscntrl(*at))
      *at = ' ';
  return g_strstrip(line);
}

void
front_draft_field(GString *draft, const char *name, const char *value)
{
  gsize length = name ? name_length(name) : 0;
  g_autofree char *line = value ? one_line(value) : NULL;
  if (length == 0 || !line || !*line)
    return;
  g_string_append_len(draft, name, (gssize)length);
  g_string_append_printf(draft, ": %s\n", line);
}

void
front_draft_ids(GString *draft, const char *name, const char *ids)
{
  gboolean bare = ids && *ids && !strchr(ids, '<');
  g_autofree char *bracketed = bare ? g_strdup_printf("<%s>", ids) : g_strdup(ids);
  front_draft_field(draft, name, bracketed);
}

void
front_draft_body(GString *draft, const char *text, gsize length)
{
  g_string_append(draft, "MIME-Version: 1.0\n"
                         "Content-Type: text/plain; charset=utf-8\n"
                         "Content-Transfer-Encoding: 8bit\n\n");
  for (gsize i = 0; i < length; i++)
    if (text[i] != '\r') /* one kind of line end */
      g_string_append_c(draft, text[i]);
}
