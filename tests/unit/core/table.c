/* Reads a table of cases and runs a check on every line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "table.h"

#include <stdio.h>

typedef struct {
  const char *name;
  guint n_fields;
  TableCheck check;
  guint run, failed, broken;
} Table;

static char *
check_fields(const Table *table, char **field)
{
  guint n = g_strv_length(field);
  if (n != table->n_fields)
    return g_strdup_printf("has %u fields, not %u", n, table->n_fields);
  for (guint i = 0; i < n; i++)
    g_strstrip(field[i]);
  return table->check(field);
}

static void
run_line(Table *table, guint number, const char *line)
{
  g_auto(GStrv) field = g_strsplit(line, " | ", -1);
  gboolean broken = line[0] == '!';
  g_autofree char *fault = check_fields(table, broken ? field + 1 : field);
  table->run++;
  table->broken += broken;
  if (!broken == !fault)
    return;
  table->failed++;
  printf("%s/%s:%u: %s: %s\n", CASES_DIR, table->name, number, field[0],
         fault ? fault : "is marked as known to fail, and does not");
}

guint
table_run(const char *name, guint n_fields, TableCheck check)
{
  Table table = {.name = name, .n_fields = n_fields, .check = check};
  g_autofree char *path = g_build_filename(CASES_DIR, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  if (!g_file_get_contents(path, &text, NULL, &error)) {
    printf("%s\n", error->message);
    return 1;
  }
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    g_strchomp(lines[i]);
    if (lines[i][0] != '\0' && lines[i][0] != '#')
      run_line(&table, i + 1, lines[i]);
  }
  printf("%s: %u cases, %u failed, %u known to fail\n", name, table.run, table.failed,
         table.broken);
  return table.failed + (table.run == 0 ? 1 : 0);
}
