/* What the text of a message says of its kind, where the header left that open.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_BODY_H
#define CADENCE_MAIL_BODY_H

#include <cadence/message.h>

#include "header.h"
#include "mime.h"

/* Settles `kind`, and whatever of recipients, returned, absence, absent_until and proposed_until
 * the text tells. `header` is the message's own, which has been read into `message`; `top` may be
 * NULL. Clears body_decides. */
void mail_body_read(CadenceMessage *message, const MailHeader *header, GMimeObject *top);

#endif
