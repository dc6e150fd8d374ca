/* What a message says that was not said before: its text without quotes, the header blocks of what
 * it answers or forwards, signatures and disclaimers. Whatever the bytes are, an answer comes back,
 * in time linear in their number.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_NEW_TEXT_H
#define CADENCE_MAIL_NEW_TEXT_H

#include "mime.h"

/* UTF-8 without control characters but line feed and tab; never NULL. */
typedef struct {
  char *text; /* for people: what is new, and what it forwards where there is nothing else */
  char *own;  /* for rules: of that, what nobody but the sender can have written; may be "" */
  gboolean attached; /* a part that is neither the text nor the picture of a signature */
} MailNewText;

/* Of a message that GMime has read; `top` may be NULL. */
MailNewText *mail_new_text_of(GMimeObject *top);

/* Of a whole message (RFC 5322). */
MailNewText *mail_new_text(const char *bytes, gsize length);

void mail_new_text_free(MailNewText *new_text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MailNewText, mail_new_text_free)

#endif
