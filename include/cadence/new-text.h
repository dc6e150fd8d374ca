/* What a message says that was not said before: its text without quotes, the header blocks of what
 * it answers or forwards, signatures and disclaimers. Whatever the bytes are, an answer comes back,
 * in time linear in their number.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_NEW_TEXT_H
#define CADENCE_NEW_TEXT_H

#include <cadence/base.h>

G_BEGIN_DECLS

/* No more of a message than this is looked at for its text: 1 MiB. */
#define CADENCE_TEXT_MAX (1024 * 1024)

/* UTF-8 without control characters but line feed and tab; never NULL. */
typedef struct {
  char *text; /* for people: what is new, and what it forwards where there is nothing else */
  char *own;  /* for rules: of that, what nobody but the sender can have written; may be "" */
  gboolean attached; /* a part that is neither the text nor the picture of a signature */
} CadenceNewText;

/* Of a whole message (RFC 5322). */
CADENCE_API CadenceNewText *cadence_new_text_parse(const char *bytes, gsize length);

/* Of a mail file. CADENCE_ERROR_NO_INPUT where it cannot be read. */
CADENCE_API CadenceNewText *cadence_new_text_read(const char *filename, GError **error);
CADENCE_API void cadence_new_text_free(CadenceNewText *new_text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CadenceNewText, cadence_new_text_free)

/* The sender's own words without greeting, closing and name, a sentence a line: what is compared
 * with earlier mail. Never NULL; owned by the caller. */
CADENCE_API char *cadence_new_text_said(const CadenceNewText *new_text);

/* The sentence that asks for an answer, where the text does that and brings nothing else: no
 * question of its own, no date, number, link, attachment or sentence of substance. Else NULL. Owned
 * by the caller. */
CADENCE_API char *cadence_new_text_nudge(const CadenceNewText *new_text);

G_END_DECLS

#endif
