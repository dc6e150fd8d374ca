/* The keys of an agreement, and how each is written.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "agreement.h"

#include <stddef.h>

typedef enum {
  ENTRIES,
  INTERVALS,
  CHANNEL,
  STAGE,
  COUNT,
  DAY,
  TEXT,
  MESSAGE,
} Kind;

typedef struct {
  const char *key;
  Kind kind;
  gsize offset;
  gboolean settled;
} Row;

#define ROW(key, KIND, member, settled)                                                            \
  {                                                                                                \
    key, KIND, offsetof(CadenceAgreement, member), settled                                         \
  }

static const Row rows[] = {
    ROW("match", ENTRIES, match, FALSE),
    ROW("every", INTERVALS, every, TRUE),
    ROW("via", CHANNEL, via, TRUE),
    ROW("decider", TEXT, decider, FALSE),
    ROW("stage", STAGE, stage, FALSE),
    ROW("stop-after", COUNT, stop_after, TRUE),
    ROW("stop-on", DAY, stop_on, TRUE),
    ROW("hold-until", DAY, hold_until, FALSE),
    ROW("buried", DAY, buried, FALSE),
    ROW("opted-out", DAY, opted_out, FALSE),
    ROW("revived", DAY, revived, FALSE),
    ROW("agreed-on", DAY, agreed_on, FALSE),
    ROW("evidence", MESSAGE, evidence, FALSE),
    ROW("note", TEXT, note, FALSE),
};

static const Row *
row_of(const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
    if (g_str_equal(rows[i].key, key))
      return &rows[i];
  return NULL;
}

static char *
text_of(const Row *row, const CadenceAgreement *agreement)
{
  gconstpointer member = (const char *)agreement + row->offset;
  switch (row->kind) {
  case ENTRIES:
    return *(const GStrv *)member ? g_strjoinv(" ", *(const GStrv *)member) : NULL;
  case INTERVALS:
    return cadence_intervals_to_string(member);
  case CHANNEL:
    return agreement->via_set ? g_strdup(cadence_channel_id(agreement->via)) : NULL;
  case STAGE:
    return g_strdup(cadence_stage_id(agreement->stage));
  case COUNT:
    return *(const guint *)member ? g_strdup_printf("%u", *(const guint *)member) : NULL;
  case DAY:
    return cadence_day_to_string(*(const CadenceDay *)member);
  case TEXT:
    return g_strdup(*(char *const *)member);
  case MESSAGE:
    return *(char *const *)member ? g_strconcat("id:", *(char *const *)member, NULL) : NULL;
  }
  return NULL;
}

char *
cli_agreement_value(const CadenceAgreement *agreement, const char *key)
{
  const Row *row = row_of(key);
  char *text = row && agreement ? text_of(row, agreement) : NULL;
  if (text && !*text)
    g_clear_pointer(&text, g_free);
  return text;
}

gboolean
cli_agreement_key_is_day(const char *key)
{
  const Row *row = row_of(key);
  return row && row->kind == DAY;
}

gboolean
cli_agreement_key_is_settled(const char *key)
{
  const Row *row = row_of(key);
  return row && row->settled;
}
