/* A refusal as JSON and back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_SENDMAIL_RECORD_H
#define CADENCE_SENDMAIL_RECORD_H

#include "refusal.h"

/* Owned by the caller. */
char *sendmail_record_text(const SendmailRefusal *refusal);

/* NULL for what is none. */
SendmailRefusal *sendmail_record_parse(const char *text, gsize length);

#endif
