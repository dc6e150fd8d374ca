/* A text cut into lines, and what each of them is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_TEXT_LINES_H
#define CADENCE_MAIL_TEXT_LINES_H

#include <glib.h>

#define MAIL_LINES_MAX 10000 /* of new text nobody reads more */

typedef enum {
  LINE_OWN,
  LINE_CITED,     /* shown, but not the writer's words: quoted with no word of whom, or forwarded */
  LINE_QUOTE,     /* what is answered */
  LINE_MARK,      /* says that a quote follows: "On ... wrote:", a block of header fields */
  LINE_SIGNATURE, /* and whatever else stands below every mail: disclaimers, footers, rules */
} LineKind;

typedef struct {
  const char *text;     /* behind its quote marks and the blanks after them; NUL-terminated */
  const char *raw;      /* all of it */
  guint length;         /* of `text`, without blanks at its end */
  guint16 depth;        /* quote marks before it */
  guint8 kind;          /* LineKind */
  guint8 field;         /* which field of a header it looks like; of marks.c */
  guint8 blank : 1;     /* nothing but quote marks and blanks */
  guint8 opens : 1;     /* a client's markup says: all that follows is quoted */
  guint8 sent_from : 1; /* "Sent from my iPhone"; of signature.c */
} TextLine;

typedef struct {
  char *buffer; /* what the lines point into */
  TextLine *line;
  guint n;
} TextLines;

/* Takes over `text` (UTF-8), which loses its control characters. */
TextLines *mail_lines_new(char *text);
void mail_lines_free(TextLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(TextLines, mail_lines_free)

/* The next line from `i` on that is not blank; n where there is none. */
guint mail_lines_next(const TextLines *lines, guint i);

#endif
