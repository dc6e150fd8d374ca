/* The days on which a course turns from one state to another by the passing of time: the next one,
 * and the last one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "course.h"

#define MAX_TURNS 8

/* Every day on which the state may turn, whether or not it does: in no order, some NONE. */
static void
find_turns(const CadenceCourse *course, CadenceDay today, CadenceDay turns[static MAX_TURNS])
{
  const CadencePosition now = cadence_course_on(course, today);
  const CadenceTerms *terms = course->terms;
  const CadenceDay found[MAX_TURNS] = {
      now.next,
      now.dead_on,
      course->reply ? cadence_duration_after(course->reply->day, terms->policy->owed_lapse) : 0,
      course->held_until ? cadence_day_next_business(course->held_until) : CADENCE_DAY_NONE,
      terms->stop_on,
      terms->agreement ? terms->agreement->buried : CADENCE_DAY_NONE,
      course->opted_out,
      course->undeliverable,
  };
  for (guint i = 0; i < MAX_TURNS; i++)
    turns[i] = found[i];
}

CadenceDay
cadence_course_wake(const CadenceCourse *course, CadenceDay today)
{
  CadenceState state = cadence_course_on(course, today).state;
  CadenceDay wake = CADENCE_DAY_NONE, turns[MAX_TURNS];
  find_turns(course, today, turns);
  for (guint i = 0; i < MAX_TURNS; i++) {
    if (turns[i] > today && (wake == CADENCE_DAY_NONE || turns[i] < wake) &&
        cadence_course_on(course, turns[i]).state != state)
      wake = turns[i];
  }
  return wake;
}

/* Where no turn lies between: the day of the mail that put the state there. The dead may have been
 * dead before our last mail. */
static CadenceDay
begun_by_mail(const CadenceCourse *course, CadenceState state)
{
  const CadenceContact *last = course->last_attempt ? course->last_attempt : course->reply;
  if (state == CADENCE_STATE_DEAD)
    return CADENCE_DAY_NONE;
  return state == CADENCE_STATE_HELD ? MAX(course->held_since, last->day) : last->day;
}

CadenceDay
cadence_course_since(const CadenceCourse *course, CadenceDay today)
{
  CadenceState state = cadence_course_on(course, today).state;
  if (state == CADENCE_STATE_NEW)
    return CADENCE_DAY_NONE;
  if (state == CADENCE_STATE_OWED)
    return course->open_since->day;
  CadenceDay since = begun_by_mail(course, state), turns[MAX_TURNS];
  find_turns(course, today, turns);
  for (guint i = 0; i < MAX_TURNS; i++) {
    if (turns[i] > since && turns[i] <= today &&
        cadence_course_on(course, turns[i] - 1).state != state)
      since = turns[i];
  }
  return since;
}
