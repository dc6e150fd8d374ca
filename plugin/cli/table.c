/* Lays out a table: every column as wide as its widest cell; where the terminal is narrower, those
 * that may be cut are, the widest first, and then those that may go are left out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "table.h"

#include <string.h>

#include "text.h"

#define GAP 2 /* columns between two cells */
#define COLUMNS_MAX 16

typedef struct {
  char *text;
  CliPaint paint;
} Cell;

struct _CliTable {
  const CliColumn *columns;
  guint n;
  const CliTerminal *terminal;
  GArray *cells; /* of Cell, row by row */
};

static void
clear_cell(gpointer data)
{
  g_free(((Cell *)data)->text);
}

CliTable *
cli_table_new(const CliColumn *columns, guint n, const CliTerminal *terminal)
{
  g_return_val_if_fail(n > 0 && n <= COLUMNS_MAX, NULL);
  CliTable *table = g_new0(CliTable, 1);
  *table = (CliTable){.columns = columns, .n = n, .terminal = terminal};
  table->cells = g_array_new(FALSE, FALSE, sizeof(Cell));
  g_array_set_clear_func(table->cells, clear_cell);
  for (guint i = 0; columns[0].title && i < n; i++)
    cli_table_add_painted(table, columns[i].title, CLI_PAINT_TITLE);
  return table;
}

void
cli_table_free(CliTable *table)
{
  if (!table)
    return;
  g_array_unref(table->cells);
  g_free(table);
}

void
cli_table_add_drawn(CliTable *table, const char *text, CliPaint paint)
{
  Cell cell = {g_strdup(text), paint};
  g_array_append_val(table->cells, cell);
}

void
cli_table_add_painted(CliTable *table, const char *text, CliPaint paint)
{
  g_autofree char *clean = cli_clean(text);
  cli_table_add_drawn(table, clean, paint);
}

void
cli_table_add(CliTable *table, const char *text)
{
  cli_table_add_painted(table, text, CLI_PAINT_NONE);
}

void
cli_table_take(CliTable *table, char *text)
{
  cli_table_add(table, text);
  g_free(text);
}

/* `widths` has room for COLUMNS_MAX. */
static void
measure(const CliTable *table, guint *widths)
{
  memset(widths, 0, COLUMNS_MAX * sizeof *widths);
  for (guint i = 0, column = 0; i < table->cells->len; i++) {
    guint width = cli_width(g_array_index(table->cells, Cell, i).text);
    widths[column] = MAX(widths[column], width);
    column = column + 1 < table->n ? column + 1 : 0;
  }
}

static guint
total(const CliTable *table, const guint *widths)
{
  guint sum = 0;
  for (guint i = 0; i < table->n; i++)
    sum += widths[i] > 0 ? widths[i] + (sum > 0 ? GAP : 0) : 0;
  return sum;
}

/* The widest column that may still be cut; `n` where none may. */
static guint
widest(const CliTable *table, const guint *widths)
{
  guint found = table->n;
  for (guint i = 0; i < table->n; i++) {
    guint least = table->columns[i].least;
    if (least > 0 && widths[i] > least && (found == table->n || widths[i] >= widths[found]))
      found = i;
  }
  return found;
}

/* Takes what is too much off the columns that may be cut, always from the widest. */
static void
cut(const CliTable *table, guint *widths, guint room)
{
  for (guint i; total(table, widths) > room && (i = widest(table, widths)) < table->n;)
    widths[i]--;
}

/* The column that goes next; `n` where none may. */
static guint
next_dropped(const CliTable *table, const guint *widths)
{
  guint found = table->n;
  for (guint i = 0; i < table->n; i++) {
    guint dropped = table->columns[i].dropped;
    if (dropped > 0 && widths[i] > 0 &&
        (found == table->n || dropped < table->columns[found].dropped))
      found = i;
  }
  return found;
}

/* A column left out, or empty in all rows, has width 0. */
static void
fit(const CliTable *table, guint *widths, guint room)
{
  guint full[COLUMNS_MAX];
  measure(table, full);
  for (;;) {
    for (guint i = 0; i < table->n; i++)
      widths[i] = full[i];
    if (room == 0)
      return;
    cut(table, widths, room);
    guint out = next_dropped(table, full);
    if (total(table, widths) <= room || out == table->n)
      return;
    full[out] = 0;
  }
}

/* `owed` are blanks that only count where something follows: no line ends with one. */
static void
print_cell(const CliTable *table, GString *out, const Cell *cell, const CliColumn *column,
           guint width, guint *owed)
{
  g_autofree char *text = cli_fit(cell->text, width, table->terminal->cut);
  guint blanks = width - MIN(width, cli_width(text));
  if (!*text) {
    *owed += width + GAP;
    return;
  }
  cli_pad(out, *owed + (column->right ? blanks : 0));
  g_string_append_printf(out, "%s%s%s", cli_paint_on(table->terminal, cell->paint), text,
                         cli_paint_off(table->terminal, cell->paint));
  *owed = GAP + (column->right ? 0 : blanks);
}

void
cli_table_print(CliTable *table, GString *out, guint indent)
{
  guint widths[COLUMNS_MAX], room = table->terminal->width;
  fit(table, widths, room > indent ? room - indent : room);
  for (guint row = 0; row + table->n <= table->cells->len; row += table->n) {
    guint owed = indent;
    for (guint i = 0; i < table->n; i++)
      if (widths[i] > 0)
        print_cell(table, out, &g_array_index(table->cells, Cell, row + i), &table->columns[i],
                   widths[i], &owed);
    g_string_append_c(out, '\n');
  }
}
