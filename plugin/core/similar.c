/* Shingles: runs of words, compared by their hashes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/similar.h>

#define RUN 3 /* words */
#define WORDS_LEAST 6
#define WORDS_MOST 5000
#define HASH_START G_GUINT64_CONSTANT(14695981039346656037) /* FNV-1a */
#define HASH_STEP G_GUINT64_CONSTANT(1099511628211)

/* The hash of the next word, and `*text` behind it; 0 where there is none. */
static guint64
next_word(const char **text)
{
  while (**text && !g_unichar_isalnum(g_utf8_get_char(*text)))
    *text = g_utf8_next_char(*text);
  guint64 hash = HASH_START;
  const char *start = *text;
  while (**text && g_unichar_isalnum(g_utf8_get_char(*text))) {
    hash = (hash ^ g_unichar_tolower(g_utf8_get_char(*text))) * HASH_STEP;
    *text = g_utf8_next_char(*text);
  }
  return *text > start ? hash : 0;
}

static GArray *
words_of(const char *text)
{
  GArray *words = g_array_new(FALSE, FALSE, sizeof(guint64));
  guint64 word;
  while (words->len < WORDS_MOST && (word = next_word(&text)))
    g_array_append_val(words, word);
  return words;
}

static gint64
run_at(const GArray *words, guint i)
{
  guint64 hash = HASH_START;
  for (guint k = 0; k < RUN; k++)
    hash = (hash ^ g_array_index(words, guint64, i + k)) * HASH_STEP;
  return (gint64)hash;
}

static GHashTable *
runs_of(const GArray *words)
{
  GHashTable *runs = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i + RUN <= words->len; i++) {
    gint64 run = run_at(words, i);
    g_hash_table_add(runs, g_memdup2(&run, sizeof(run)));
  }
  return runs;
}

double
cadence_similar_share(const char *text, const char *earlier)
{
  g_autoptr(GArray) words = words_of(text), before = words_of(earlier);
  if (words->len < WORDS_LEAST)
    return 0;
  g_autoptr(GHashTable) runs = runs_of(before);
  guint n = words->len - RUN + 1, found = 0;
  for (guint i = 0; i < n; i++) {
    gint64 run = run_at(words, i);
    found += g_hash_table_contains(runs, &run) ? 1 : 0;
  }
  return (double)found / n;
}
