/* What was not understood, for the message that says so.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CORE_QUOTED_H
#define CADENCE_CORE_QUOTED_H

/* The text, as valid UTF-8 of at most 40 characters, between quotes. Owned by the caller. */
char *cadence_core_quoted(const char *text);

#endif
