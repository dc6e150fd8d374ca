/* GMime with the automatic cleanup that GLib 2.44 brought and GMime 3 does not declare; parsing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_MIME_H
#define CADENCE_MAIL_MIME_H

#include <gmime/gmime.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeContentType, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeMessage, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeParser, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeStream, g_object_unref)

/* Of a whole message, with an mbox "From " line perhaps. Owned by the caller; may be NULL. */
GMimeMessage *mail_mime_parse(const char *bytes, gsize length);

gboolean mail_mime_is(GMimeObject *part, const char *type, const char *subtype);

/* The decoded content of a leaf, `most` bytes of it; NULL for what is none. Owned by the caller. */
GByteArray *mail_mime_content(GMimeObject *part, gsize most);

#endif
