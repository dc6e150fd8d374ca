/* The word that was likely meant: the fewest letters added, dropped, changed or swapped.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "near.h"

#include <string.h>

#define WORD_MAX 24 /* bytes; no word of ours is longer */

/* Damerau's distance (neighbours may swap). Both at most WORD_MAX bytes. */
static guint
distance(const char *from, const char *to)
{
  guint cost[WORD_MAX + 1][WORD_MAX + 1];
  gsize m = strlen(from), n = strlen(to);
  for (guint i = 0; i <= m; i++) {
    for (guint k = 0; k <= n; k++) {
      cost[i][k] = i == 0 ? k : i;
      if (i == 0 || k == 0)
        continue;
      guint changed = cost[i - 1][k - 1] + (from[i - 1] != to[k - 1]);
      cost[i][k] = MIN(changed, MIN(cost[i - 1][k], cost[i][k - 1]) + 1);
      if (i > 1 && k > 1 && from[i - 1] == to[k - 2] && from[i - 2] == to[k - 1])
        cost[i][k] = MIN(cost[i][k], cost[i - 2][k - 2] + 1);
    }
  }
  return cost[m][n];
}

const char *
cli_near(const char *word, const char *const *words)
{
  const char *nearest = NULL;
  guint least = G_MAXUINT;
  gsize length = strlen(word);
  if (length < 2 || length > WORD_MAX)
    return NULL;
  for (; *words; words++) {
    guint slips = g_str_has_prefix(*words, word) ? 1 : distance(word, *words);
    if (slips < least && slips <= 1 + length / 4) {
      least = slips;
      nearest = *words;
    }
  }
  return nearest;
}
