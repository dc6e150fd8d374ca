/* The table of reasons: when each is asked, and how it is found.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CORE_REASONS_H
#define CADENCE_CORE_REASONS_H

#include <cadence/verdict.h>

/* One prospect of one draft. */
typedef struct {
  const CadenceDraft *draft;
  const CadenceStanding *standing;
  char **members; /* the draft's addresses of this prospect */
  const CadenceClock *clock;
  gboolean only_cc;        /* it is in Cc and nowhere else */
  gboolean first_contact;  /* no attempt and no reply yet */
  gboolean same_day;       /* the last attempt was today: the draft is part of it */
  guint follow_up;         /* which follow-up of the run the draft is: 0 for its first attempt */
  GPtrArray *last_replies; /* replies that no attempt followed, newest first */
  const CadenceContact *answer; /* the newest of them that the draft answers; NULL for none, and
                                   where a later one of its thread stands unanswered */
  gboolean overtaken; /* it answers one of them, but a later one stands in the same thread */
} CadenceQuestion;

void cadence_question_init(CadenceQuestion *question, const CadenceDraft *draft,
                           const CadenceStanding *standing, char **members,
                           const CadenceClock *clock);
void cadence_question_clear(CadenceQuestion *question);

#define CADENCE_REASON_BIT(id) (1u << (id))

enum {
  CADENCE_ROW_ALWAYS = 1,        /* asked even where a draft otherwise passes in silence */
  CADENCE_ROW_FIRST_CONTACT = 2, /* asked of a first contact too */
  CADENCE_ROW_CLIENTS = 4,       /* asked in stage `won` too */
  CADENCE_ROW_NOT_SAME_DAY = 8,  /* not asked on the day of the last attempt */
};

typedef struct {
  CadenceReasonId id;
  CadenceSeverity severity; /* where the policy says nothing */
  guint from_follow_up;     /* asked from this one on */
  guint flags;
  guint silenced_by; /* CADENCE_REASON_BIT()s */
  /* Whether it holds; then message, rule, limit, observed, until and evidence are filled in, and
   * `severity` lowered where this case deserves no more. */
  gboolean (*holds)(const CadenceQuestion *question, CadenceReason *found);
} CadenceReasonRow;

extern const CadenceReasonRow cadence_reason_rows[];
extern const guint cadence_n_reason_rows;

#endif
