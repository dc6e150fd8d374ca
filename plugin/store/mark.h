/* A mark: what one message should bear of ours, and how that differs from what it bears.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_STORE_MARK_H
#define CADENCE_STORE_MARK_H

#include "store.h"

typedef struct _CadenceMark CadenceMark;
struct _CadenceMark {
  char *id;             /* Message-ID */
  GPtrArray *prospects; /* names of those whose newest contact it is */
  guint states;         /* a bit for each of their states */
  guint tagged;         /* ... and of those that are shown as a tag */
  CadenceDay wake;      /* the earliest of theirs */
  GPtrArray *fresh;     /* properties to cache: key, value, ...; borrowed, may be NULL */
  CadenceMark *group;   /* marks to be written together have one root */
  gboolean changes;     /* it differs from what the database has */
};

/* The states' tags: as they were at the last pass, and as the policy has them now. */
typedef struct {
  char *was[CADENCE_N_STATES];
  const char *is[CADENCE_N_STATES]; /* "" is off */
} CadenceTagNames;

void cadence_mark_free(CadenceMark *mark);

/* Adds a prospect whose newest contact the message is. */
void cadence_mark_bear(CadenceMark *mark, const CadenceStanding *standing);

/* Joins the groups of two marks; the root of a mark's group. */
void cadence_mark_join(CadenceMark *a, CadenceMark *b);
CadenceMark *cadence_mark_root(CadenceMark *mark);

/* Whether the message differs from its mark; with `changes` not NULL, a line for each difference is
 * added to it. */
gboolean cadence_mark_differs(const CadenceMark *mark, notmuch_message_t *message,
                              const CadenceTagNames *names, GPtrArray *changes);

/* Makes the message as the mark says: one frozen change. The database must be open for writing. */
gboolean cadence_mark_write(const CadenceMark *mark, notmuch_message_t *message,
                            const CadenceTagNames *names, GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
