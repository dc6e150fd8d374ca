/* Digests by which a pass over the mail knows what changed since the last. They are made of
 * effective values as they would be written, so neither comments nor blanks nor order count, nor
 * whether a default is written out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "agreements.h"
#include "policy.h"
#include "private.h"

#define DIGITS 16

/* No value holds a newline, so a line is a fact. */
static void
add_line(GChecksum *sum, const char *key, const char *value)
{
  g_checksum_update(sum, (const guchar *)key, -1);
  g_checksum_update(sum, (const guchar *)"=", 1);
  g_checksum_update(sum, (const guchar *)value, -1);
  g_checksum_update(sum, (const guchar *)"\n", 1);
}

static int
compare_entries(const void *a, const void *b)
{
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
add_list(GChecksum *sum, const char *key, const GStrv list)
{
  guint n = g_strv_length(list);
  g_autofree const char **sorted = g_new(const char *, n + 1);
  memcpy(sorted, list, (n + 1) * sizeof *sorted);
  qsort(sorted, n, sizeof *sorted, compare_entries);
  for (guint i = 0; i < n; i++)
    if (i == 0 || !g_str_equal(sorted[i], sorted[i - 1]))
      add_line(sum, key, sorted[i]);
}

static void
add_rows(GChecksum *sum, const CadenceTable *table, gconstpointer target)
{
  for (guint i = 0; i < table->n; i++) {
    const CadenceRow *row = &table->rows[i];
    if (!row->decides)
      continue;
    if (row->group)
      add_line(sum, "group", row->group);
    if (row->kind == CADENCE_VALUE_ENTRIES) {
      add_list(sum, row->key, *(const GStrv *)cadence_rows_field(row, target));
    } else {
      g_autofree char *value = cadence_rows_write(row, target);
      add_line(sum, row->key, value);
    }
  }
}

static int
compare_names(const void *a, const void *b)
{
  const CadenceAgreement *const *left = a, *const *right = b;
  return strcmp((*left)->name, (*right)->name);
}

static void
add_matches(GChecksum *sum, const GPtrArray *agreements)
{
  g_autofree const CadenceAgreement **sorted = g_new(const CadenceAgreement *, agreements->len + 1);
  for (guint i = 0; i < agreements->len; i++)
    sorted[i] = g_ptr_array_index(agreements, i);
  qsort(sorted, agreements->len, sizeof *sorted, compare_names);
  for (guint i = 0; i < agreements->len; i++) {
    add_line(sum, "prospect", sorted[i]->name);
    add_list(sum, "match", sorted[i]->match);
  }
}

static char *
shorten(GChecksum *sum)
{
  return g_strndup(g_checksum_get_string(sum), DIGITS);
}

char *
cadence_digest_new(const CadenceConfig *config)
{
  g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
  add_rows(sum, &cadence_policy_table, config->policy);
  add_matches(sum, config->agreements);
  return shorten(sum);
}

char *
cadence_agreement_digest(const CadenceAgreement *agreement)
{
  g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
  add_line(sum, "prospect", agreement->name);
  add_rows(sum, &cadence_agreement_table, agreement);
  return shorten(sum);
}
