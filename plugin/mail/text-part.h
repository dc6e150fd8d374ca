/* The text of a message as its writer saw it, before anything is taken out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_TEXT_PART_H
#define CADENCE_MAIL_TEXT_PART_H

#include <cadence/new-text.h>

#include "mime.h"

/* Appends the text parts that a reader shows as the message: plain text, else HTML as
 * mail_html_text() makes it; quoted lines begin with ">". UTF-8, lines end in LF, format=flowed
 * (RFC 3676) joined. At most CADENCE_TEXT_MAX bytes of a part are read. `*attached` is set where a
 * part is left that is no such text. */
void mail_text_parts(GMimeObject *top, GString *text, gboolean *attached);

#endif
