/* History -> course -> the state on a day. The order of the states is that of the table in the
 * design: the first that applies.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "course.h"
#include "history.h"

/* --- history -> course --- */

static CadenceDay
last_day(const CadenceCourse *course)
{
  guint n = course->attempts->len;
  return n ? g_array_index(course->attempts, CadenceDay, n - 1) : CADENCE_DAY_NONE;
}

/* Several attempts on one day are one. A mail that answers a reply is an attempt, but no step: the
 * beat goes on from the last step before it. */
static void
take_attempt(CadenceCourse *course, const CadenceContact *contact)
{
  if (!course->first_attempt) {
    course->first_attempt = contact;
    course->answers = contact->answered;
  }
  course->last_attempt = contact;
  course->open_since = NULL;
  if (last_day(course) != contact->day)
    g_array_append_val(course->attempts, contact->day);
}

/* A reply ends the run; the beat is the run's last step, where it had one. */
static void
take_reply(CadenceCourse *course, const CadenceContact *contact)
{
  if (course->attempts->len > (course->answers ? 1 : 0))
    course->beat = last_day(course);
  g_array_set_size(course->attempts, 0);
  course->first_attempt = course->last_attempt = NULL;
  course->answers = FALSE;
  course->reply = contact;
  if (cadence_reply_settled(contact))
    course->open_since = NULL;
  else if (!course->open_since)
    course->open_since = contact;
}

/* What one address says binds it alone; the whole prospect is bound once it holds for every known
 * address: then it is as absent as the first to return, and opted out or undeliverable since the
 * last of them. */
static void
take_addresses(CadenceCourse *course, const GPtrArray *facts)
{
  CadenceDay absent = CADENCE_DAY_LAST + 1, absent_since = 0, opted_out = CADENCE_DAY_LAST + 1;
  CadenceDay bounced = CADENCE_DAY_LAST + 1, out_latest = 0, bounced_latest = 0;
  const char *opted_out_id = NULL;
  for (guint i = 0; i < facts->len; i++) {
    const CadenceAddressFacts *one = facts->pdata[i];
    absent = MIN(absent, one->absent_until);
    absent_since = MAX(absent_since, one->absent_since);
    opted_out = MIN(opted_out, one->opted_out);
    bounced = MIN(bounced, one->bounced);
    bounced_latest = MAX(bounced_latest, one->bounced);
    if (one->opted_out > out_latest) {
      out_latest = one->opted_out;
      opted_out_id = one->opted_out_id;
    }
  }
  if (facts->len == 0)
    return;
  if (absent != CADENCE_DAY_NONE) {
    course->held_until = course->absent_until = absent;
    course->held_since = course->absent_since = absent_since;
  }
  if (opted_out != CADENCE_DAY_NONE) {
    course->opted_out = out_latest;
    course->opted_out_id = opted_out_id;
  }
  if (bounced != CADENCE_DAY_NONE)
    course->undeliverable = bounced_latest;
}

/* What the user said: an opt-out from before `revived` is lifted, one from after what the mail says
 * adds nothing; a hold adds to an absence. */
static void
take_agreement(CadenceCourse *course, const CadenceAgreement *agreement)
{
  CadenceDay opted_out = agreement->opted_out;
  if (opted_out != CADENCE_DAY_NONE && opted_out >= agreement->revived &&
      (course->opted_out == CADENCE_DAY_NONE || opted_out <= course->opted_out)) {
    course->opted_out = opted_out;
    course->opted_out_id = NULL;
  }
  if (agreement->hold_until > course->held_until) {
    course->held_until = agreement->hold_until;
    course->held_since = CADENCE_DAY_NONE;
  }
}

/* A reply after the last bounce: it came by another channel, for an address that it came from would
 * work again. */
static gboolean
replied_since_bounce(const CadenceCourse *course, const GPtrArray *contacts)
{
  for (guint i = contacts->len; i > 0; i--) {
    const CadenceContact *contact = contacts->pdata[i - 1];
    if (contact->kind == CADENCE_KIND_BOUNCE && contact->day == course->undeliverable)
      return FALSE;
    if (contact == course->reply)
      return TRUE;
  }
  return FALSE;
}

CadenceCourse *
cadence_course_new(const GPtrArray *contacts, const GPtrArray *address_facts,
                   const CadenceTerms *terms)
{
  CadenceCourse *course = g_new0(CadenceCourse, 1);
  course->terms = terms;
  course->attempts = g_array_new(FALSE, FALSE, sizeof(CadenceDay));
  for (guint i = 0; i < contacts->len; i++) {
    const CadenceContact *contact = contacts->pdata[i];
    if (contact->counts && cadence_contact_is_attempt(contact))
      take_attempt(course, contact);
    else if (contact->counts && cadence_contact_is_reply(contact))
      take_reply(course, contact);
  }
  take_addresses(course, address_facts);
  if (replied_since_bounce(course, contacts))
    course->undeliverable = CADENCE_DAY_NONE;
  if (terms->agreement)
    take_agreement(course, terms->agreement);
  return course;
}

void
cadence_course_free(CadenceCourse *course)
{
  if (!course)
    return;
  g_array_unref(course->attempts);
  g_free(course);
}

/* --- course -> dates --- */

/* A hold or absence moves a day to the first business day after it, where that is later. */
static CadenceDay
after_hold(const CadenceCourse *course, CadenceDay day)
{
  if (course->held_until == CADENCE_DAY_NONE || day == CADENCE_DAY_NONE)
    return day;
  return MAX(day, cadence_day_next_business(course->held_until));
}

static gboolean
held_on(const CadenceCourse *course, CadenceDay day)
{
  return course->held_until != CADENCE_DAY_NONE &&
         day < cadence_day_next_business(course->held_until);
}

/* Which interval of the cadence runs after the run's `k`th attempt (0: after a settled reply). */
static CadenceDuration
interval_after(const CadenceCourse *course, guint k)
{
  if (course->terms->agreed && course->answers && k > 1)
    k--;
  return cadence_intervals_step(&course->terms->every, k);
}

CadenceDuration
cadence_course_interval(const CadenceCourse *course)
{
  return interval_after(course, course->attempts->len);
}

/* The day from which the interval after the `k`th attempt runs. */
static CadenceDay
base_of(const CadenceCourse *course, guint k)
{
  if (k == 0)
    return course->reply->day;
  if (k == 1 && course->terms->agreed && course->answers && course->beat != CADENCE_DAY_NONE)
    return course->beat;
  return g_array_index(course->attempts, CadenceDay, k - 1);
}

char *
cadence_terms_floor(const CadenceTerms *terms, gboolean *agreed)
{
  CadenceDuration every = cadence_intervals_step(&terms->every, terms->every.n);
  gboolean longer = terms->agreed && cadence_duration_mean_days(every) >
                                         cadence_duration_mean_days(terms->policy->nurture);
  if (agreed)
    *agreed = longer;
  return longer ? cadence_intervals_to_string(&terms->every)
                : cadence_duration_to_string(terms->policy->nurture);
}

/* In nurture the floor runs from the last word of either side, and is the later of what is agreed
 * and the policy's. */
static CadenceDay
nurture_next(const CadenceCourse *course, guint k)
{
  CadenceDay last = k ? g_array_index(course->attempts, CadenceDay, k - 1) : course->reply->day;
  CadenceDay next = cadence_duration_after(last, course->terms->policy->nurture);
  if (course->terms->agreed)
    next = MAX(next, cadence_duration_after(last, interval_after(course, k)));
  return next;
}

/* When the interval after the `k`th attempt has run out. */
static CadenceDay
interval_ends(const CadenceCourse *course, guint k)
{
  if (course->terms->stage == CADENCE_STAGE_NURTURE)
    return nurture_next(course, k);
  return cadence_duration_after(base_of(course, k), interval_after(course, k));
}

/* A reply stands last and is neither settled nor, on `day`, lapsed. */
static gboolean
owed_on(const CadenceCourse *course, CadenceDay day)
{
  return course->attempts->len == 0 && course->reply &&
         cadence_reply_open(course->reply, course->terms, day);
}

/* --- the stop rules --- */

/* While a hold or an absence lasts no stop rule is met. An absence that began once the rule had
 * been met changes nothing any more; when a hold began nobody wrote down. */
static CadenceDay
put_off(const CadenceCourse *course, CadenceDay day)
{
  const CadenceAgreement *agreement = course->terms->agreement;
  if (day == CADENCE_DAY_NONE)
    return day;
  if (agreement && agreement->hold_until != CADENCE_DAY_NONE)
    day = MAX(day, cadence_day_next_business(agreement->hold_until));
  if (course->absent_until != CADENCE_DAY_NONE && course->absent_since <= day)
    day = MAX(day, cadence_day_next_business(course->absent_until));
  return day;
}

static CadenceDay
stop_by_count(const CadenceCourse *course)
{
  guint limit = course->terms->stop_after;
  if (limit == 0 || course->attempts->len < limit)
    return CADENCE_DAY_NONE;
  return put_off(course, interval_ends(course, limit));
}

static CadenceDay
stop_by_time(const CadenceCourse *course)
{
  if (course->terms->stop_time.count == 0)
    return CADENCE_DAY_NONE;
  CadenceDay start = course->attempts->len
                         ? g_array_index(course->attempts, CadenceDay, 0)
                         : (course->reply ? course->reply->day : CADENCE_DAY_NONE);
  return put_off(course, cadence_duration_after(start, course->terms->stop_time));
}

/* A reply on that day or later, and a run that began after it, are beyond it. */
static CadenceDay
stop_by_agreed_day(const CadenceCourse *course)
{
  CadenceDay stop_on = course->terms->stop_on;
  gboolean revived = course->reply && course->reply->day >= stop_on;
  gboolean begun_after =
      course->attempts->len && g_array_index(course->attempts, CadenceDay, 0) > stop_on;
  if (stop_on == CADENCE_DAY_NONE || revived || begun_after)
    return CADENCE_DAY_NONE;
  return put_off(course, stop_on);
}

/* The earliest of the stop rules that apply on `day`. An open reply leaves only a `stop-on` to
 * come. */
static void
find_stop(const CadenceCourse *course, CadenceDay day, CadencePosition *position)
{
  gboolean owed = owed_on(course, day);
  const CadenceDay stops[] = {
      [CADENCE_CAUSE_COUNT] = owed ? CADENCE_DAY_NONE : stop_by_count(course),
      [CADENCE_CAUSE_TIME] = owed ? CADENCE_DAY_NONE : stop_by_time(course),
      [CADENCE_CAUSE_STOP_ON] = stop_by_agreed_day(course),
  };
  for (guint cause = CADENCE_CAUSE_COUNT; cause < G_N_ELEMENTS(stops); cause++) {
    if (stops[cause] == CADENCE_DAY_NONE || (owed && stops[cause] <= day))
      continue;
    if (position->dead_on == CADENCE_DAY_NONE || stops[cause] < position->dead_on) {
      position->dead_on = stops[cause];
      position->cause = cause;
    }
  }
}

/* --- the state --- */

static gboolean
buried_on(const CadenceCourse *course, CadenceDay day)
{
  const CadenceAgreement *agreement = course->terms->agreement;
  if (!agreement || agreement->buried == CADENCE_DAY_NONE || agreement->buried > day)
    return FALSE;
  return agreement->buried >= agreement->revived &&
         (!course->reply || course->reply->day <= agreement->buried);
}

/* Dead for a cause that is no stop rule; CADENCE_CAUSE_NONE where not. */
static int
buried_cause(const CadenceCourse *course, CadenceDay day)
{
  if (course->opted_out != CADENCE_DAY_NONE && course->opted_out <= day)
    return CADENCE_CAUSE_OPTED_OUT;
  if (buried_on(course, day))
    return CADENCE_CAUSE_BURIED;
  return course->undeliverable != CADENCE_DAY_NONE && course->undeliverable <= day
             ? CADENCE_CAUSE_UNDELIVERABLE
             : CADENCE_CAUSE_NONE;
}

static CadenceState
living_state(const CadenceCourse *course, CadenceDay day, CadencePosition *position)
{
  if (course->attempts->len == 0 && !course->reply)
    return CADENCE_STATE_NEW;
  if (owed_on(course, day))
    return CADENCE_STATE_OWED;
  position->interval_ends = interval_ends(course, course->attempts->len);
  position->next = after_hold(course, position->interval_ends);
  if (held_on(course, day))
    return CADENCE_STATE_HELD;
  if (position->next <= day)
    return CADENCE_STATE_DUE;
  return course->terms->stage == CADENCE_STAGE_NURTURE ? CADENCE_STATE_NURTURE
                                                       : CADENCE_STATE_WAITING;
}

CadencePosition
cadence_course_on(const CadenceCourse *course, CadenceDay day)
{
  CadencePosition position = {.state = CADENCE_STATE_DEAD};
  find_stop(course, day, &position);
  int cause = buried_cause(course, day);
  if (cause != CADENCE_CAUSE_NONE) {
    position.cause = cause;
    return position;
  }
  if (position.dead_on != CADENCE_DAY_NONE && position.dead_on <= day)
    return position;
  position.state = living_state(course, day, &position);
  return position;
}
