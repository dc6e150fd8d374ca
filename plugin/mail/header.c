/* Cutting header blocks into fields.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "header.h"

#include <string.h>

#include <cadence/address.h>

#include "mime.h"
/* The line is empty, with either line end. */
static gboolean
is_blank_line(const char *line, const char *end)
{
  return line < end && (line[0] == '\n' || (line[0] == '\r' && line + 1 < end && line[1] == '\n'));
}

gboolean
mail_header_ends(const char *bytes, gsize length, gsize *end)
{
  if (length == 0) /* `bytes` may be NULL then */
    return FALSE;
  const char *stop = bytes + length;
  for (const char *line = bytes; line < stop;) {
    const char *newline = memchr(line, '\n', stop - line);
    if (is_blank_line(line, stop)) {
      *end = newline + 1 - bytes;
      return TRUE;
    }
    line = newline ? newline + 1 : stop;
  }
  return FALSE;
}

/* FNV-1a over the lower case form: comparing numbers is enough to pass over most fields. */
static guint
name_hash(const char *name)
{
  guint hash = 2166136261u;
  for (; *name; name++)
    hash = (hash ^ (guchar)g_ascii_tolower(*name)) * 16777619u;
  return hash;
}

/* RFC 5322 section 2.2: printable ASCII without the colon; section 4.5 suffers blanks before it. */
static gsize
name_length(const char *line, const char *end)
{
  const char *c = line;
  while (c<end && * c> ' ' && *c < 127 && *c != ':')
    c++;
  gsize length = c - line;
  while (c < end && (*c == ' ' || *c == '\t'))
    c++;
  return c < end && *c == ':' ? length : 0;
}

/* The end of a field that starts at `line`: behind its last continuation line. */
static char *
field_end(char *line, char *end)
{
  for (;;) {
    char *newline = memchr(line, '\n', end - line);
    if (!newline)
      return end;
    line = newline + 1;
    if (line == end || (*line != ' ' && *line != '\t'))
      return line;
  }
}

/* Takes line ends out in place and blanks off both ends. */
static char *
unfold(char *value, char *end)
{
  char *out = value;
  for (char *c = value; c < end; c++) {
    if (*c == '\n' || (*c == '\r' && (c + 1 == end || c[1] == '\n')))
      continue;
    *out++ = *c ? *c : ' ';
  }
  while (out > value && (out[-1] == ' ' || out[-1] == '\t'))
    out--;
  *out = '\0';
  return value + strspn(value, " \t");
}

MailHeader *
mail_header_new(const char *bytes, gsize length)
{
  MailHeader *header = g_new(MailHeader, 1);
  header->block = g_malloc(length + 1);
  if (length > 0)
    memcpy(header->block, bytes, length);
  header->block[length] = '\0';
  header->fields = g_array_sized_new(FALSE, FALSE, sizeof(MailField), 32);
  char *end = header->block + length;
  for (char *line = header->block; line < end;) {
    char *next = field_end(line, end);
    gsize name = name_length(line, next);
    if (name > 0) {
      char *colon = memchr(line + name, ':', next - line - name);
      MailField field = {.name = line, .value = unfold(colon + 1, next)};
      line[name] = '\0';
      field.hash = name_hash(line);
      g_array_append_val(header->fields, field);
    }
    line = next;
  }
  return header;
}

void
mail_header_free(MailHeader *header)
{
  if (!header)
    return;
  g_array_unref(header->fields);
  g_free(header->block);
  g_free(header);
}

const char *
mail_header_next(const MailHeader *header, const char *name, guint *index)
{
  guint hash = name_hash(name);
  while (*index < header->fields->len) {
    const MailField *field = &g_array_index(header->fields, MailField, (*index)++);
    if (field->hash == hash && *field->value && g_ascii_strcasecmp(field->name, name) == 0)
      return field->value;
  }
  return NULL;
}

const char *
mail_header_get(const MailHeader *header, const char *name)
{
  guint index = 0;
  return mail_header_next(header, name, &index);
}

char *
mail_header_join(const MailHeader *header, const char *name)
{
  guint index = 0;
  const char *value = mail_header_next(header, name, &index);
  if (!value)
    return NULL;
  GString *joined = g_string_new(value);
  while ((value = mail_header_next(header, name, &index)))
    g_string_append_printf(joined, ", %s", value);
  return g_string_free(joined, FALSE);
}

GStrv
mail_header_addresses(const MailHeader *header, const char *name)
{
  g_autofree char *value = mail_header_join(header, name);
  return cadence_address_list(value);
}

char *
mail_header_decode(const char *value)
{
  if (g_str_is_ascii(value) && !strstr(value, "=?"))
    return g_strdup(value);
  g_autofree char *text = g_mime_utils_header_decode_text(NULL, value);
  return g_utf8_make_valid(text, -1);
}
