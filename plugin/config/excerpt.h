/* Of thousands of agreements, those few that concern somebody: so that they alone are read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CONFIG_EXCERPT_H
#define CADENCE_CONFIG_EXCERPT_H

#include <glib.h>

/* Cuts a text of agreements.ini that is known to be free of faults down to those groups with a name
 * or an entry that is `address` or a domain above it, for one of `addresses`; or that is one of
 * `roots` or lies below it. All of those are canonical addresses and domains, NULL-terminated.
 * Owned by the caller.
 *
 * Too much is kept rather than too little: a group with an entry whose canonical form is not plain
 * to see stays as well. */
char *cadence_excerpt(const char *text, gsize length, const char *const *addresses,
                      const char *const *roots);

#endif
