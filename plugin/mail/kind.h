/* What kind of message an inbound one is, by its header.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_KIND_H
#define CADENCE_MAIL_KIND_H

#include <cadence/address.h>
#include <cadence/message.h>

#include "header.h"

/* Sets kind, body_decides, absence and rules, and recipients where the header names them. What the
 * header says of people and ids has been read into `message` before. */
void mail_kind_read(CadenceMessage *message, const MailHeader *header);

/* Notes a rule that fired. `id` is static; `evidence` is cleaned and cut. */
void mail_kind_note(CadenceMessage *message, const char *id, const char *evidence);

#endif
