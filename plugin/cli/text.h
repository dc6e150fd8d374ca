/* Text for terminals: strings from elsewhere made harmless, their width on the screen, and lines.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_TEXT_H
#define CADENCE_CLI_TEXT_H

#include <glib.h>

/* One line of valid UTF-8 in which nothing can move a cursor, change a colour, reorder or hide
 * text: whatever comes from mail, files or the command line goes through here before it is shown.
 * Blanks and line ends become one blank; a control character becomes U+FFFD; characters without a
 * shape (bidirectional controls, zero-width ones, tags) are dropped; so are more than a few marks
 * over one letter, and what is behind the first CLI_CLEAN_MAX characters. NULL gives "". Owned by
 * the caller. */
char *cli_clean(const char *foreign);
#define CLI_CLEAN_MAX 1000

/* Columns that `text` (clean) takes. */
guint cli_width(const char *text);

/* `text` in at most `width` columns, the cut marked by `mark` ("…" or "..."). Owned by the caller.
 */
char *cli_fit(const char *text, guint width, const char *mark);

/* Appends `text` (cleaned here) in lines of at most `width` columns, 0 for one line, each but the
 * first indented by `indent`; what stands in the first line already is `indent` wide. */
void cli_wrap(GString *out, const char *text, guint indent, guint width);

/* Appends `n` blanks. */
void cli_pad(GString *out, guint n);

#endif
