/* Of thousands of agreements, those few that concern somebody: so that they alone are read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CONFIG_EXCERPT_H
#define CADENCE_CONFIG_EXCERPT_H

#include <glib.h>

typedef struct _CadenceExcerpt CadenceExcerpt;

/* Cuts a text of agreements.ini that is free of faults down to those groups with a name or an entry
 * that is `address` or a domain above it, for one of `addresses`; or that is one of `roots` or lies
 * below it. All of those are canonical addresses and domains, NULL-terminated, and not copied.
 *
 * Too much is kept rather than too little: a group with an entry whose canonical form is not plain
 * to see stays as well. */
CadenceExcerpt *cadence_excerpt_new(const char *const *addresses, const char *const *roots);

/* A piece of the text (a CadenceSourceTake of the excerpt): whole groups are gone through. */
gsize cadence_excerpt_take(const char *text, gsize length, gboolean last, gpointer excerpt);

/* What was kept; the excerpt is freed. Owned by the caller. */
char *cadence_excerpt_end(CadenceExcerpt *excerpt);

#endif
