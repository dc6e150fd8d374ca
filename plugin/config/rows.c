/* Reads the keys of a group by a table of rows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "rows.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAME_BYTES 32 /* no key or group of ours is longer */
#define SLIPS 2       /* letters that differ, at most, in what still looks like a slip */

static gpointer
field_of(const CadenceRow *row, gpointer target)
{
  return (char *)target + row->offset;
}

static gboolean
in_group(const CadenceRow *row, const CadenceKeyfileGroup *group)
{
  return !row->group || g_str_equal(row->group, group->name);
}

static const CadenceRow *
find_row(const CadenceTable *table, const CadenceKeyfileGroup *group, const char *key)
{
  for (guint i = 0; i < table->n; i++)
    if (g_str_equal(table->rows[i].key, key) && in_group(&table->rows[i], group))
      return &table->rows[i];
  return NULL;
}

static guint
min3(guint a, guint b, guint c)
{
  return MIN(MIN(a, b), c);
}

/* Letters to add, drop or change to come from one to the other (Levenshtein's distance), whatever
 * their case. Both shorter than NAME_BYTES. */
static guint
distance(const char *from, const char *to)
{
  guint row[NAME_BYTES + 1];
  gsize n = strlen(to);
  for (guint i = 0; i <= n; i++)
    row[i] = i;
  for (guint k = 1; *from; from++, k++) {
    guint diagonal = row[0];
    row[0] = k;
    for (guint i = 1; i <= n; i++) {
      guint above = row[i];
      guint differ = g_ascii_tolower(*from) != g_ascii_tolower(to[i - 1]);
      row[i] = min3(above + 1, row[i - 1] + 1, diagonal + differ);
      diagonal = above;
    }
  }
  return row[n];
}

const char *
cadence_rows_near(const char *name, const char *const *names)
{
  const char *nearest = NULL;
  guint least = SLIPS + 1;
  if (strlen(name) >= NAME_BYTES)
    return NULL;
  for (; *names; names++) {
    guint slips = distance(name, *names);
    if (slips < least && slips < strlen(*names) / 2 + 1) {
      least = slips;
      nearest = *names;
    }
  }
  return nearest;
}

/* The keys that a group may have. */
static GPtrArray *
keys_of(const CadenceTable *table, const CadenceKeyfileGroup *group)
{
  GPtrArray *keys = g_ptr_array_new();
  for (guint i = 0; i < table->n; i++)
    if (in_group(&table->rows[i], group))
      g_ptr_array_add(keys, (gpointer)table->rows[i].key);
  g_ptr_array_add(keys, NULL);
  return keys;
}

/* The group that has such a key, where this one has not. */
static const char *
group_of(const CadenceTable *table, const char *key)
{
  for (guint i = 0; i < table->n; i++)
    if (table->rows[i].group && g_str_equal(table->rows[i].key, key))
      return table->rows[i].group;
  return NULL;
}

static char *
unknown_key(const CadenceTable *table, const CadenceKeyfileGroup *group, const char *key)
{
  g_autoptr(GPtrArray) keys = keys_of(table, group);
  const char *near = cadence_rows_near(key, (const char *const *)keys->pdata);
  if (near)
    return g_strdup_printf(_("unknown key; did you mean %s?"), near);
  const char *elsewhere = group_of(table, key);
  if (elsewhere)
    return g_strdup_printf(_("unknown key here; it belongs to [%s]"), elsewhere);
  g_autofree char *known = g_strjoinv(", ", (GStrv)keys->pdata);
  return g_strdup_printf(_("unknown key; known are %s"), known);
}

static char *
read_value(const CadenceRow *row, const CadenceKeyfileItem *item, gpointer target,
           CadenceFound *found)
{
  if (item->has_comment && !cadence_value_may_hold_hash(row->kind))
    return g_strdup_printf(
        _("\"%s\" holds a comment; write it on a line of its own, # being its first character"),
        cadence_quoted(item->value).text);
  if (!*item->value && !row->preset)
    return NULL;
  if (!*item->value && !cadence_value_may_be_empty(row->kind))
    return g_strdup_printf(_("no value; write one, or take the line out for the default, %s"),
                           row->preset);
  char *fault = cadence_value_read(row->kind, item->value, field_of(row, target));
  found->set = !fault;
  return fault;
}

char *
cadence_rows_read_item(const CadenceTable *table, const CadenceKeyfileGroup *group,
                       const CadenceKeyfileItem *item, gpointer target, CadenceFound *found)
{
  const CadenceRow *row = find_row(table, group, item->key);
  if (!row)
    return unknown_key(table, group, item->key);
  found += row - table->rows;
  if (found->line > 0)
    return g_strdup_printf(_("the key stands in line %u already; take one of them out"),
                           found->line);
  found->line = item->line;
  char *fault = read_value(row, item, target, found);
  found->fault = fault != NULL;
  return fault;
}

void
cadence_rows_read(const CadenceTable *table, const CadenceKeyfile *keyfile,
                  const CadenceKeyfileGroup *group, gpointer target, CadenceFound *found,
                  CadenceFaults *faults)
{
  for (guint i = 0; i < group->n_items && !cadence_faults_full(faults); i++) {
    const CadenceKeyfileItem *item =
        &g_array_index(keyfile->items, CadenceKeyfileItem, group->first + i);
    char *fault = cadence_rows_read_item(table, group, item, target, found);
    if (fault)
      cadence_faults_add(faults, (CadencePlace){keyfile->name, item->line, group->name, item->key},
                         fault);
  }
}

/* The presets are ours, and a test reads every one: none is at fault. */
void
cadence_rows_preset(const CadenceTable *table, gpointer target, const CadenceFound *found)
{
  for (guint i = 0; i < table->n; i++) {
    const CadenceRow *row = &table->rows[i];
    if (row->preset && !found[i].set)
      g_free(cadence_value_read(row->kind, row->preset, field_of(row, target)));
  }
}

gconstpointer
cadence_rows_field(const CadenceRow *row, gconstpointer target)
{
  return (const char *)target + row->offset;
}

char *
cadence_rows_write(const CadenceRow *row, gconstpointer target)
{
  return cadence_value_write(row->kind, cadence_rows_field(row, target));
}
