/* Changes the lines of one group of agreements.ini, and no byte of any other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "edit.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "agreements.h"
#include "matches.h"
#include "private.h"

/* The group's lines, from its head to the next group's, while changes are made to them. */
typedef struct {
  const char *name;
  const char *eol; /* what ends a line in this file */
  GString *lines;
} Group;

static gboolean
is_match_change(const CadenceChange *change)
{
  return change->kind == CADENCE_CHANGE_ADD || change->kind == CADENCE_CHANGE_REMOVE;
}

/* NULL, or what is wrong, owned by the caller. */
static char *
change_fault(const CadenceChange *change)
{
  const char *value = change->kind != CADENCE_CHANGE_UNSET && change->value ? change->value : "";
  const char *fault = cadence_keyfile_value_fault(value);
  if (fault)
    return g_strdup(fault);
  if (is_match_change(change) && !g_str_equal(change->key, "match"))
    return g_strdup(_("only match can be added to and removed from; write key=value"));
  if (is_match_change(change) && cadence_matches_empty(value))
    return g_strdup(_("name an address or a domain"));
  return cadence_agreements_fault(change->key, value);
}

gboolean
cadence_edit_check(const char *name, const CadenceChange *changes, gsize n, GError **error)
{
  const char *name_fault = cadence_keyfile_name_fault(name);
  if (name_fault) {
    g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_SYNTAX, "\"%s\": %s", cadence_quoted(name).text,
                name_fault);
    return FALSE;
  }
  for (gsize i = 0; i < n; i++) {
    g_autofree char *fault = change_fault(&changes[i]);
    if (fault) {
      g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_SYNTAX, "%s: %s",
                  cadence_quoted(changes[i].key).text, fault);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
refuse(GError **error, const char *name, const char *what)
{
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_CONFIG, "%s: [%s] %s", CADENCE_AGREEMENTS_NAME,
              cadence_quoted(name).text, what);
  return FALSE;
}

/* Scanned again after every change, so that places are right: a group has a few lines. */
static CadenceKeyfile *
scan(const char *text, gsize length)
{
  g_auto(CadenceFaults) faults;
  cadence_faults_init(&faults, 1);
  return cadence_keyfile_new(CADENCE_AGREEMENTS_NAME, text, length, &faults);
}

static const CadenceKeyfileItem *
find_item(const CadenceKeyfile *keyfile, const char *key)
{
  for (guint i = 0; i < keyfile->items->len; i++) {
    const CadenceKeyfileItem *item = &g_array_index(keyfile->items, CadenceKeyfileItem, i);
    if (g_str_equal(item->key, key))
      return item;
  }
  return NULL;
}

/* Where something that was found stands in the text. */
static gsize
place(const CadenceKeyfile *keyfile, const char *found)
{
  return found - keyfile->text;
}

static gsize
line_begin(const char *text, gsize at)
{
  while (at > 0 && text[at - 1] != '\n')
    at--;
  return at;
}

/* Behind the line's newline, or the end of a text that lacks one. */
static gsize
line_end(const char *text, gsize at)
{
  const char *newline = strchr(text + at, '\n');
  return newline ? (gsize)(newline + 1 - text) : at + strlen(text + at);
}

/* What ends the first line of a text, or the usual where there is none. */
static const char *
first_eol(const char *text)
{
  const char *newline = strchr(text, '\n');
  return newline && newline > text && newline[-1] == '\r' ? "\r\n" : "\n";
}

static void
end_last_line(GString *text, const char *eol)
{
  if (text->len > 0 && text->str[text->len - 1] != '\n')
    g_string_append(text, eol);
}

static void
replace_value(GString *lines, const CadenceKeyfile *keyfile, const CadenceKeyfileItem *item,
              const char *value)
{
  gsize at = place(keyfile, item->value);
  g_string_erase(lines, at, strlen(item->value));
  g_string_insert(lines, at, value);
  /* `key =` gets a blank on the other side too. */
  if (!*item->value && strchr(" \t", lines->str[at - 2]))
    g_string_insert_c(lines, at, ' ');
}

/* Behind the group's last key, or its head: comments and blank lines that follow may well be meant
 * for the next group. */
static void
insert_line(const Group *group, const CadenceKeyfile *keyfile, const char *key, const char *value)
{
  const GArray *items = keyfile->items;
  const char *last = items->len > 0 ? g_array_index(items, CadenceKeyfileItem, items->len - 1).key
                                    : g_array_index(keyfile->groups, CadenceKeyfileGroup, 0).name;
  gsize at = line_end(group->lines->str, place(keyfile, last));
  if (at == group->lines->len) {
    end_last_line(group->lines, group->eol);
    at = group->lines->len;
  }
  g_autofree char *line = g_strconcat(key, " = ", value, group->eol, NULL);
  g_string_insert(group->lines, at, line);
}

static void
remove_line(GString *lines, gsize at)
{
  gsize begin = line_begin(lines->str, at);
  g_string_erase(lines, begin, line_end(lines->str, at) - begin);
}

static void
set(const Group *group, const char *key, const char *value)
{
  g_autoptr(CadenceKeyfile) keyfile = scan(group->lines->str, group->lines->len);
  const CadenceKeyfileItem *item = find_item(keyfile, key);
  gboolean empty = !value || !*value;
  if (item && empty)
    remove_line(group->lines, place(keyfile, item->key));
  else if (item)
    replace_value(group->lines, keyfile, item, value);
  else if (!empty)
    insert_line(group, keyfile, key, value);
}

/* The group's match as it is written, or what its name says where there is none. */
static GString *
match_of(const Group *group)
{
  g_autoptr(CadenceKeyfile) keyfile = scan(group->lines->str, group->lines->len);
  const CadenceKeyfileItem *item = find_item(keyfile, "match");
  if (item && !cadence_matches_empty(item->value))
    return g_string_new(item->value);
  g_autofree char *entry = cadence_agreements_entry(group->name);
  return g_string_new(entry ? group->name : "");
}

static gboolean
change_match(const Group *group, const CadenceChange *change, GError **error)
{
  g_autofree char *missing = NULL;
  g_autoptr(GString) match = match_of(group);
  g_autofree char *before = g_strdup(match->str);
  if (change->kind == CADENCE_CHANGE_ADD) {
    cadence_matches_add(match, change->value);
  } else if (!cadence_matches_remove(match, change->value, &missing)) {
    g_autofree char *what =
        g_strdup_printf(_("match: \"%s\" is not in it"), cadence_quoted(missing).text);
    return refuse(error, group->name, what);
  } else if (cadence_matches_empty(match->str)) {
    return refuse(error, group->name, _("match: nobody would be left; name somebody else first"));
  }
  if (!g_str_equal(match->str, before))
    set(group, "match", match->str);
  return TRUE;
}

static gboolean
make_changes(const Group *group, const CadenceChange *changes, gsize n, GError **error)
{
  for (gsize i = 0; i < n; i++) {
    if (is_match_change(&changes[i])) {
      if (!change_match(group, &changes[i], error))
        return FALSE;
    } else {
      gboolean unset = changes[i].kind == CADENCE_CHANGE_UNSET;
      set(group, changes[i].key, unset ? NULL : changes[i].value);
    }
  }
  return TRUE;
}

/* Where the group begins and ends; FALSE where there is none. */
static gboolean
find_group(const char *text, const char *name, gsize *begin, gsize *end)
{
  g_autoptr(CadenceKeyfile) keyfile = scan(text, strlen(text));
  const GArray *groups = keyfile->groups;
  for (guint i = 0; i < groups->len; i++) {
    const char *found = g_array_index(groups, CadenceKeyfileGroup, i).name;
    if (!g_str_equal(found, name))
      continue;
    *begin = line_begin(text, place(keyfile, found));
    *end = strlen(text);
    if (i + 1 < groups->len) {
      const char *next = g_array_index(groups, CadenceKeyfileGroup, i + 1).name;
      *end = line_begin(text, place(keyfile, next));
    }
    return TRUE;
  }
  return FALSE;
}

/* Blank lines at a text's end. */
static gboolean
ends_blank(const GString *text)
{
  gsize at = line_begin(text->str, text->len > 0 ? text->len - 1 : 0);
  return strspn(text->str + at, " \t\r\n") == text->len - at;
}

static char *
with_new_group(const char *text, const char *name, const CadenceChange *changes, gsize n,
               GError **error)
{
  g_autoptr(GString) all = g_string_new(text);
  g_autoptr(GString) lines = g_string_new(NULL);
  Group group = {name, first_eol(text), lines};
  g_string_printf(lines, "[%s]%s", name, group.eol);
  if (!make_changes(&group, changes, n, error))
    return NULL;
  end_last_line(all, group.eol);
  if (!ends_blank(all))
    g_string_append(all, group.eol);
  g_string_append_len(all, lines->str, lines->len);
  return g_string_free(g_steal_pointer(&all), FALSE);
}

char *
cadence_edit(const char *text, const char *name, const CadenceChange *changes, gsize n,
             gboolean create, GError **error)
{
  gsize begin, end;
  if (!find_group(text, name, &begin, &end)) {
    if (create)
      return with_new_group(text, name, changes, n, error);
    refuse(error, name, _("there is no such agreement"));
    return NULL;
  }

  g_autoptr(GString) lines = g_string_new_len(text + begin, end - begin);
  Group group = {name, first_eol(strchr(lines->str, '\n') ? lines->str : text), lines};
  if (!make_changes(&group, changes, n, error))
    return NULL;
  g_autoptr(GString) all = g_string_new_len(text, begin);
  g_string_append_len(all, lines->str, lines->len);
  g_string_append(all, text + end);
  return g_string_free(g_steal_pointer(&all), FALSE);
}
