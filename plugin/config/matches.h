/* A list of addresses and domains as it is written, changed in place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CONFIG_MATCHES_H
#define CADENCE_CONFIG_MATCHES_H

#include <glib.h>

/* Adds those of `entries` that `list` does not hold, as they are written there, parted as its last
 * two are. Both have been read as lists without fault. */
void cadence_matches_add(GString *list, const char *entries);

/* Takes each of `entries` out, with its separator. FALSE where one of them is not there;
 * `*missing`, owned by the caller, then is that one. */
gboolean cadence_matches_remove(GString *list, const char *entries, char **missing);

/* TRUE where there is no entry. */
gboolean cadence_matches_empty(const char *list);

#endif
