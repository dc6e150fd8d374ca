/* HTML into text, offline: nothing is ever fetched, no script is looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_HTML_TEXT_H
#define CADENCE_MAIL_HTML_TEXT_H

#include <glib.h>

/* A line with nothing but this: what follows it is quoted to the end, as a mail client's markup
 * says.
 */
#define MAIL_QUOTED_FROM_HERE "\x1e"

/* The text that a reader sees: blockquotes as lines that begin with ">", signatures that a client
 * marked left out. `charset` may be NULL: then what the HTML says of itself counts. UTF-8 that may
 * have control characters; never NULL. */
char *mail_html_text(const char *html, gsize length, const char *charset);

#endif
