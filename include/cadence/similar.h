/* How much of a text was said before. Pure.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_SIMILAR_H
#define CADENCE_SIMILAR_H

#include <cadence/base.h>

G_BEGIN_DECLS

/* The share (0..1) of the runs of three words in `text` that stand in `earlier` too. Case,
 * punctuation and blanks make no difference; of each text the first 5000 words count. 0 where
 * `text` has fewer than six words: so short a text proves nothing. Both are UTF-8. */
CADENCE_API double cadence_similar_share(const char *text, const char *earlier);

G_END_DECLS

#endif
