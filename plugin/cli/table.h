/* Aligned tables that fit the terminal.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_TABLE_H
#define CADENCE_CLI_TABLE_H

#include "terminal.h"

typedef struct {
  const char *title; /* translated; NULL in tables without a head */
  gboolean right;    /* aligned so */
  guint least;       /* columns it may be cut to; 0: never cut */
  guint dropped;     /* where room is short even so: the lowest of these goes first; 0: it stays */
} CliColumn;

typedef struct _CliTable CliTable;

/* `columns` ends with `n`; both they and the terminal must outlive the table. */
CliTable *cli_table_new(const CliColumn *columns, guint n, const CliTerminal *terminal);
void cli_table_free(CliTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CliTable, cli_table_free)

/* The next cell of the row; the row is full after `n`. Cleaned here; NULL is an empty one. */
void cli_table_add(CliTable *table, const char *text);
void cli_table_add_painted(CliTable *table, const char *text, CliPaint paint);
/* Drawn by us, blanks and all: not cleaned. */
void cli_table_add_drawn(CliTable *table, const char *text, CliPaint paint);
/* Like cli_table_add(), freeing `text`. */
void cli_table_take(CliTable *table, char *text);

/* Appends the table, each line indented. */
void cli_table_print(CliTable *table, GString *out, guint indent);

#endif
