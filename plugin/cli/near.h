/* The word that was likely meant.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_NEAR_H
#define CADENCE_CLI_NEAR_H

#include <glib.h>

/* The one of `words` (NULL-terminated) that `word` looks like a slip of; NULL where none does. */
const char *cli_near(const char *word, const char *const *words);

#endif
