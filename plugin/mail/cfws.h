/* Comments, folding white space and quoted strings (RFC 5322 sections 3.2.2 and 3.2.4), the pieces
 * that every structured field is made of. Linear in their input, no recursion.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_CFWS_H
#define CADENCE_MAIL_CFWS_H

#include <glib.h>

/* Behind the blanks and comments at `text`. A comment that never ends reaches to the end. */
const char *cfws_skip(const char *text);

/* Behind the comment that starts at `text`; NULL where it never ends. */
const char *comment_end(const char *text);

/* Behind the quoted string that starts at `text`, its unquoted content appended to `content` (may
 * be NULL); NULL where it never ends. */
const char *quoted_string_read(const char *text, GString *content);

#endif
