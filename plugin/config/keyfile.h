/* The lines of one file in GKeyFile's format, each with its number. Whatever is accepted here
 * GKeyFile reads as the same groups, keys and raw values, but for a byte order mark at the file's
 * begin or a CR at its very end, which it refuses, and blanks at a value's end, which it keeps; the
 * reverse is not so.
 *
 * GKeyFile itself is not asked: it knows no line numbers, merges a repeated group, keeps the last
 * of a repeated key, and writes a file anew where only one line was to change. edit.c changes lines
 * in place: `keyfile->text` is the text that was scanned, byte for byte but for NULs at the ends of
 * what was found, so that a pointer into it is a place in the file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CONFIG_KEYFILE_H
#define CADENCE_CONFIG_KEYFILE_H

#include "faults.h"

#define CADENCE_KEYFILE_MAX ((gsize)64 * 1024 * 1024) /* bytes */
#define CADENCE_KEYFILE_NAME_MAX 200                  /* bytes of a group's name */

typedef struct {
  const char *key;
  const char *value;    /* raw: nothing is unescaped; blanks around it are gone */
  guint line;           /* from 1 */
  gboolean has_comment; /* a blank and a # stand in it: a comment, where the key takes none */
} CadenceKeyfileItem;

typedef struct {
  const char *name;
  guint line;
  guint first; /* its items are items[first] .. items[first + n_items - 1] */
  guint n_items;
  gboolean repeated; /* an earlier group has the same name: that is a fault already */
} CadenceKeyfileGroup;

typedef struct {
  char *name;     /* of the file, for messages */
  char *text;     /* what names, keys and values point into */
  GArray *groups; /* of CadenceKeyfileGroup, in the file's order */
  GArray *items;  /* of CadenceKeyfileItem, in the file's order */
} CadenceKeyfile;

/* Never NULL: what could not be read is a fault and left out. */
CadenceKeyfile *cadence_keyfile_new(const char *name, const char *text, gsize length,
                                    CadenceFaults *faults);
void cadence_keyfile_free(CadenceKeyfile *keyfile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CadenceKeyfile, cadence_keyfile_free)

/* The length of the byte order mark that a text begins with; 0 for none. */
gsize cadence_keyfile_bom(const char *text, gsize length);

/* What keeps `name` from being a group's name, and `value` from standing behind a key and being
 * read as it is: a sentence for people, or NULL. */
const char *cadence_keyfile_name_fault(const char *name);
const char *cadence_keyfile_value_fault(const char *value);

#endif
