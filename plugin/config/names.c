/* Values that name something: addresses and domains, tags, folders, zones, messages.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "names.h"

#include <cadence/address.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "faults.h"

#define TAG_BYTES 200 /* NOTMUCH_TAG_MAX */

#define SHOWN(value) (cadence_quoted(value).text)

static gboolean
is_separator(char c)
{
  return c == ' ' || c == '\t' || c == ';' || c == ',';
}

gsize
cadence_names_item(const char **list)
{
  while (is_separator(**list))
    (*list)++;
  gsize length = 0;
  while ((*list)[length] && !is_separator((*list)[length]))
    length++;
  return length;
}

/* The next item of a list, owned by the caller; NULL at its end. */
static char *
next_item(const char **rest)
{
  gsize length = cadence_names_item(rest);
  char *item = length > 0 ? g_strndup(*rest, length) : NULL;
  *rest += length;
  return item;
}

/* Reads a list whose items `read_one` reads into a char *. */
static char *
read_list(const char *text, gpointer field, char *(*read_one)(const char *, gpointer))
{
  g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func(g_free);
  for (;;) {
    g_autofree char *item = next_item(&text);
    if (!item)
      break;
    char *name = NULL;
    char *fault = read_one(item, &name);
    if (fault)
      return fault;
    g_ptr_array_add(list, name);
  }
  g_ptr_array_add(list, NULL);
  *(GStrv *)field = (GStrv)g_ptr_array_steal(list, NULL);
  return NULL;
}

/* A word without "." and "@" is more likely half of a name ("Acme GmbH") than a domain of the
 * intranet, so such a domain is written with its "@". */
static char *
read_entry(const char *text, gpointer field)
{
  if (strchr(text, '*'))
    return g_strdup_printf(
        _("\"%s\" holds a *; write acme.example for everybody at that domain and below it"),
        SHOWN(text));
  char *canonical = strpbrk(text, ".@") ? cadence_entry_canonical(text) : NULL;
  if (!canonical)
    return g_strdup_printf(
        _("\"%s\" is neither an address nor a domain; write jane@acme.example, acme.example or "
          "@intranet"),
        SHOWN(text));
  *(char **)field = canonical;
  return NULL;
}

char *
cadence_names_read_entries(const char *text, gpointer field)
{
  return read_list(text, field, read_entry);
}

char *
cadence_names_write_list(gconstpointer field)
{
  return g_strjoinv(" ", *(const GStrv *)field);
}

char *
cadence_names_write_entries(gconstpointer field)
{
  GString *text = g_string_new("");
  for (GStrv entry = *(const GStrv *)field; *entry; entry++) {
    if (text->len > 0)
      g_string_append_c(text, ' ');
    if (!strpbrk(*entry, ".@"))
      g_string_append_c(text, '@');
    g_string_append(text, *entry);
  }
  return g_string_free(text, FALSE);
}

char *
cadence_names_read_address(const char *text, gpointer field)
{
  char *canonical = cadence_address_canonical(text);
  if (!canonical)
    return g_strdup_printf(_("\"%s\" is no address; write jane@acme.example"), SHOWN(text));
  *(char **)field = canonical;
  return NULL;
}

char *
cadence_names_read_tag(const char *text, gpointer field)
{
  if (*text == '-')
    return g_strdup_printf(_("\"%s\" is no tag: it may not begin with -"), SHOWN(text));
  if (strlen(text) > TAG_BYTES)
    return g_strdup_printf(_("\"%s\" is no tag: notmuch takes 200 bytes at most"), SHOWN(text));
  *(char **)field = g_strdup(text);
  return NULL;
}

char *
cadence_names_read_tags(const char *text, gpointer field)
{
  return read_list(text, field, cadence_names_read_tag);
}

/* notmuch insert takes a folder relative to the mail root and refuses "..". */
char *
cadence_names_read_folder(const char *text, gpointer field)
{
  g_auto(GStrv) parts = g_strsplit(text, "/", -1);
  if (g_path_is_absolute(text) || g_strv_contains((const char *const *)parts, ".."))
    return g_strdup_printf(
        _("\"%s\" is no folder below the mail root; write its path from there, without .."),
        SHOWN(text));
  *(char **)field = g_strdup(text);
  return NULL;
}

/* Names of the tz database only: no path to a file, no POSIX rule, no offset. */
static gboolean
is_zone(const char *text)
{
  if (!g_ascii_isalpha(*text) || strlen(text) > 64)
    return FALSE;
  for (const char *c = text; *c; c++)
    if (!g_ascii_isalnum(*c) && !strchr("_+-/", *c))
      return FALSE;
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(text);
  return zone != NULL;
}

char *
cadence_names_read_zone(const char *text, gpointer field)
{
  if (*text && !is_zone(text))
    return g_strdup_printf(_("\"%s\" is no time zone that this system knows; write Europe/Berlin"),
                           SHOWN(text));
  *(char **)field = g_strdup(text);
  return NULL;
}

/* As people copy it: id:ID, <ID> or ID alone. */
char *
cadence_names_read_message_id(const char *text, gpointer field)
{
  const char *begin = g_str_has_prefix(text, "id:") ? text + strlen("id:") : text;
  gsize length = strlen(begin);
  if (length >= 2 && begin[0] == '<' && begin[length - 1] == '>') {
    begin++;
    length -= 2;
  }
  if (length == 0 || strcspn(begin, " \t<>\"") < length)
    return g_strdup_printf(_("\"%s\" is no Message-ID; write id:abc@acme.example"), SHOWN(text));
  *(char **)field = g_strndup(begin, length);
  return NULL;
}

char *
cadence_names_write_message_id(gconstpointer field)
{
  const char *id = *(char *const *)field;
  return id ? g_strconcat("id:", id, NULL) : g_strdup("");
}
