/* Keys as rows of a table, and the reading of a group's keys by it. Parsing, defaults, unknown
 * keys, digests and the list of settings all come from the rows: to add a key is to add a row.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CONFIG_ROWS_H
#define CADENCE_CONFIG_ROWS_H

#include "keyfile.h"
#include "values.h"

typedef struct {
  const char *group; /* of policy.ini; NULL in agreements.ini, where groups are prospects */
  const char *key;
  CadenceValueKind kind;
  gsize offset;       /* of the field in CadencePolicy or CadenceAgreement */
  const char *preset; /* the default as it would be written; NULL: the field stays empty, and so
                         `key =` says as much as no line */
  gboolean decides;   /* scope, state or tags depend on it: it is part of the digest */
} CadenceRow;

typedef struct {
  const CadenceRow *rows;
  guint n;
} CadenceTable;

/* What was found for a row. */
typedef struct {
  guint line;     /* 0 where the key is absent */
  gboolean set;   /* a value was read */
  gboolean fault; /* a value stands there and could not be read */
} CadenceFound;

/* Reads the keys of `group` into `target`; `found` has an element for every row of the table,
 * zeroed before the first group. A field whose value is at fault stays as it was. */
void cadence_rows_read(const CadenceTable *table, const CadenceKeyfile *keyfile,
                       const CadenceKeyfileGroup *group, gpointer target, CadenceFound *found,
                       CadenceFaults *faults);

/* Reads one key's item; `found` is the group's. NULL, or a sentence that says what is wrong, owned
 * by the caller. */
char *cadence_rows_read_item(const CadenceTable *table, const CadenceKeyfileGroup *group,
                             const CadenceKeyfileItem *item, gpointer target,
                             CadenceFound *found) G_GNUC_WARN_UNUSED_RESULT;

/* Gives every field that was not set its preset. */
void cadence_rows_preset(const CadenceTable *table, gpointer target, const CadenceFound *found);

/* Where a row's value is kept. */
gconstpointer cadence_rows_field(const CadenceRow *row, gconstpointer target);

/* The field of a row as it would be written; owned by the caller. */
char *cadence_rows_write(const CadenceRow *row, gconstpointer target);

/* The one of `names` (NULL-terminated) that `name` looks like a slip of; NULL where none does. */
const char *cadence_rows_near(const char *name, const char *const *names);

#endif
