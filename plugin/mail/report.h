/* What the parts of a message say: delivery reports (RFC 3464), receipts (RFC 8098), calendar parts
 * (RFC 5546).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_REPORT_H
#define CADENCE_MAIL_REPORT_H

#include <cadence/message.h>

#include "header.h"

/* Reads the parts and the text of a whole message whose header has been read into `message`, and is
 * `header`: what reports say first, then what the text does (body.h). Clears `body_decides`. */
void mail_report_read(CadenceMessage *message, const MailHeader *header, const char *bytes,
                      gsize length);

#endif
