/* What the parts of a message say: delivery reports (RFC 3464), receipts (RFC 8098), calendar parts
 * (RFC 5546).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_REPORT_H
#define CADENCE_MAIL_REPORT_H

#include <cadence/message.h>

/* Reads the parts of a whole message whose header has been read into `message`: recipients,
 * returned and, where the parts settle it, kind; `body_decides` is then FALSE. */
void mail_report_read(CadenceMessage *message, const char *bytes, gsize length);

#endif
