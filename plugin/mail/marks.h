/* What announces a quote: "On ... wrote:", "-----Original Message-----", a block of header fields.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_MARKS_H
#define CADENCE_MAIL_MARKS_H

#include "text-lines.h"

/* Must be called once for lines before mail_mark_at(). */
void mail_marks_prepare(TextLines *lines);

/* Whether a mark comes to light at line `i`: the last line of an attribution, the first of a block
 * or a separator. It takes up `*first` (<= i) to `*end` - 1 (>= i). `*first` is not before `from`.
 */
gboolean mail_mark_at(const TextLines *lines, guint i, guint from, guint *first, guint *end);

#endif
