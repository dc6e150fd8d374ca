/* Putting lines of ours into a text that is somebody else's, so that exactly they can be taken out
 * again. Lines keep their bytes; where the text does not end with a line end, it still does not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_SETUP_EDIT_H
#define CADENCE_CLI_SETUP_EDIT_H

#include <glib.h>

#define CLI_SETUP_OURS "notmuch-cadence sendmail " /* in every command that we write */

/* Where a block, a key or a line goes. */
typedef struct {
  const char *comment; /* what begins a comment; NULL: the format has none */
  const char *section; /* "[x]", as a line says it; NULL: the whole file */
  const char *key;     /* whose value is a command */
  char separator;      /* between key and value */
  gboolean everywhere; /* in each sub-section [[x]] of `section` that lacks the key it is added */
} CliSetupPlace;

/* Takes out what the other functions put in. `*fresh` tells that all else was ours, too: the file
 * goes. CADENCE_ERROR_CONFIG for a block whose end is missing. */
gboolean cli_setup_take_out(GString *text, const CliSetupPlace *place, gboolean *fresh,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Appends `lines` between two marks: to the section right after its name, which is made at the end
 * where it is missing; without a section at the end of the file, but before a last line that begins
 * with `before` (may be NULL). `undo` is the command that the first mark names; `fresh`: the file
 * is new. */
void cli_setup_put_block(GString *text, const CliSetupPlace *place, const char *lines,
                         const char *before, const char *undo, gboolean fresh);

/* Gives the new value for an old one (NULL: there is none), or NULL to leave it as it is. */
typedef char *(*CliSetupValue)(const char *old, gpointer data);

/* Gives the key, wherever it stands, a new value, and keeps the old line in a comment above it.
 * `fresh`: the file is new. */
void cli_setup_put_value(GString *text, const CliSetupPlace *place, CliSetupValue value,
                         gpointer data, gboolean fresh);

/* Puts `line` into the section, which is made at the end where it is missing, and stays. */
void cli_setup_put_line(GString *text, const CliSetupPlace *place, const char *line);
/* Takes out the lines of the section whose last component is that of `line`. */
void cli_setup_take_line(GString *text, const CliSetupPlace *place, const char *line);

#endif
