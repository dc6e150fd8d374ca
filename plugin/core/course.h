/* The course of a prospect: what its history comes to, and the state that follows on any given day.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CORE_COURSE_H
#define CADENCE_CORE_COURSE_H

#include <cadence/standing.h>

typedef struct {
  const CadenceTerms *terms;
  GArray *attempts; /* of CadenceDay: the run's days with an attempt, in order */
  gboolean answers; /* the run's first attempt answers a reply */
  CadenceDay beat;  /* last attempt before the run that was a step of the cadence */
  const CadenceContact *first_attempt, *last_attempt; /* of the run */
  const CadenceContact *reply;                        /* newest reply that counts */
  const CadenceContact *open_since;      /* first of the unsettled replies that stand last */
  CadenceDay absent_since, absent_until; /* the whole prospect */
  CadenceDay held_until; /* last day of the latest hold or absence of the whole prospect */
  CadenceDay held_since; /* of an absence; NONE for a hold, which has no beginning */
  CadenceDay opted_out;  /* the whole prospect */
  const char *opted_out_id;
  CadenceDay undeliverable; /* since then every known address bounces */
} CadenceCourse;

/* What holds on one day. */
typedef struct {
  CadenceState state;
  CadenceDay next, dead_on;
  CadenceDay interval_ends; /* `next` but for a hold */
  enum {
    CADENCE_CAUSE_NONE,
    CADENCE_CAUSE_OPTED_OUT,
    CADENCE_CAUSE_BURIED,
    CADENCE_CAUSE_UNDELIVERABLE,
    CADENCE_CAUSE_COUNT,
    CADENCE_CAUSE_TIME,
    CADENCE_CAUSE_STOP_ON,
  } cause; /* of `dead_on`, and of the state where it is dead */
} CadencePosition;

/* Reads prepared contacts and the facts of the prospect's addresses. */
CadenceCourse *cadence_course_new(const GPtrArray *contacts, const GPtrArray *address_facts,
                                  const CadenceTerms *terms);
void cadence_course_free(CadenceCourse *course);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CadenceCourse, cadence_course_free)

CadencePosition cadence_course_on(const CadenceCourse *course, CadenceDay day);

/* The first day after `today` on which the state would be another, if nothing happens (turns.c). */
CadenceDay cadence_course_wake(const CadenceCourse *course, CadenceDay today);

/* The day since which the state of `today` holds; NONE where that is unknown (turns.c). */
CadenceDay cadence_course_since(const CadenceCourse *course, CadenceDay today);

/* The interval that runs after the run's last attempt (or the settled reply); for messages. */
CadenceDuration cadence_course_interval(const CadenceCourse *course);

/* The least that lies between two contacts in nurture, as written: what is agreed or what the
 * policy says (`agreed` may be NULL), whichever is longer. */
char *cadence_terms_floor(const CadenceTerms *terms, gboolean *agreed);

/* What they said last would have us do; nothing where that is done already, or the prospect is dead
 * (propose.c). */
CadenceProposal cadence_propose_what_they_said(const CadenceStanding *standing, CadenceDay today);

/* Facts of each address, from prepared contacts and the terms' own addresses: an array of
 * CadenceAddressFacts sorted by address. */
GPtrArray *cadence_address_facts(const GPtrArray *contacts, const CadenceTerms *terms);

#endif
