/* The text of a draft, as `notmuch-cadence check` reads it, made from what a client's window holds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FRONT_DRAFT_H
#define FRONT_DRAFT_H

#include <glib.h>

/* Adds a field: `name` with or without its colon, `value` in UTF-8. A name that is none (RFC 5322
 * section 2.2) and an empty value add nothing; whatever in the value would end the line becomes a
 * blank, so no value makes a second field. */
void front_draft_field(GString *draft, const char *name, const char *value);

/* The same for Message-IDs, which some clients keep without angle brackets. */
void front_draft_ids(GString *draft, const char *name, const char *ids);

/* Ends the header and adds the text. Once, last. */
void front_draft_body(GString *draft, const char *text, gsize length);

#endif
