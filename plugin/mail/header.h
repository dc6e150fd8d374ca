/* A header block (RFC 5322 section 2.2), or a group of fields of a report (RFC 3464 section 2.1),
 * cut into fields. Only cut: what a value means is for whoever asks.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_HEADER_H
#define CADENCE_MAIL_HEADER_H

#include <glib.h>

typedef struct {
  guint hash; /* of the name in lower case */
  const char *name;
  const char
      *value; /* unfolded, without blanks at its ends; raw: 8-bit and encoded words as they came */
} MailField;

typedef struct {
  char *block;    /* what the fields point into */
  GArray *fields; /* of MailField, in order */
} MailHeader;

/* TRUE where a blank line ends the block of fields at the start of `bytes`; `*end` is then set
 * behind it, and untouched otherwise. */
gboolean mail_header_ends(const char *bytes, gsize length, gsize *end);

/* Cuts `length` bytes that are all header. Lines that are no field (a "From " line of an mbox, text
 * without a colon) are stepped over with their continuations; a NUL is read as a blank. */
MailHeader *mail_header_new(const char *bytes, gsize length);
void mail_header_free(MailHeader *header);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MailHeader, mail_header_free)

/* The first field of that name (in any case) with something in it; NULL where there is none. */
const char *mail_header_get(const MailHeader *header, const char *name);

/* The same from field `*index` on, which is left behind the one found. */
const char *mail_header_next(const MailHeader *header, const char *name, guint *index);

/* All fields of that name joined with commas; NULL where there is none. */
char *mail_header_join(const MailHeader *header, const char *name);

/* The addresses of all fields of that name, canonical. Never NULL. */
GStrv mail_header_addresses(const MailHeader *header, const char *name);

/* For people: encoded words (RFC 2047) and raw 8-bit text decoded. Valid UTF-8. */
char *mail_header_decode(const char *value);

#endif
