/* What the text of a bounce says that is no report (RFC 3464): whom the mail did not reach, and
 * whether for good.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_FAILURE_H
#define CADENCE_MAIL_FAILURE_H

#include <cadence/message.h>

#include "phrases.h"

/* Appends a CadenceRecipient for each address that failed. Those of the bounce's own sender and
 * recipients are none. */
void mail_failure_recipients(const CadenceMessage *bounce, const MailPhrases *text,
                             GPtrArray *recipients);

/* The Message-ID of what came back, where its header stands in the text as it came; or NULL. */
char *mail_failure_returned(const char *text);

#endif
