/* A standing: the course of a prospect on one day, with its measures and the sentence that says
 * why.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/standing.h>

#include <string.h>

#include <glib/gi18n-lib.h>

#include "course.h"
#include "history.h"
#include "measures.h"

/* --- the rule, in words --- */

/* The day of what made it dead. */
static CadenceDay
cause_day(const CadenceStanding *standing, const CadenceCourse *course, int cause)
{
  switch (cause) {
  case CADENCE_CAUSE_OPTED_OUT:
    return course->opted_out;
  case CADENCE_CAUSE_BURIED:
    return course->terms->agreement->buried;
  case CADENCE_CAUSE_UNDELIVERABLE:
    return course->undeliverable;
  default:
    return standing->dead_on;
  }
}

static char *
dead_rule(const CadenceStanding *standing, const CadenceCourse *course, int cause)
{
  g_autofree char *since = cadence_day_to_string(cause_day(standing, course, cause));
  g_autofree char *stop_time = cadence_duration_to_string(standing->terms->stop_time);
  const char *rule_by = standing->terms->agreement && standing->terms->agreement->stop_after
                            ? _("agreement")
                            : _("policy");
  switch (cause) {
  case CADENCE_CAUSE_OPTED_OUT:
    return g_strdup_printf(_("asked not to be written to on %s"), since);
  case CADENCE_CAUSE_BURIED:
    return g_strdup_printf(_("buried on %s"), since);
  case CADENCE_CAUSE_UNDELIVERABLE:
    return g_strdup_printf(_("every known address has bounced, the last one on %s"), since);
  case CADENCE_CAUSE_COUNT:
    return g_strdup_printf(_("%u attempts without an answer, and the interval after the last one "
                             "ran out on %s (%s: stop-after %u)"),
                           standing->terms->stop_after, since, rule_by,
                           standing->terms->stop_after);
  case CADENCE_CAUSE_TIME:
    return g_strdup_printf(_("no answer within %s: that ran out on %s (policy: stop-time)"),
                           stop_time, since);
  default:
    return g_strdup_printf(_("it was agreed to stop on %s"), since);
  }
}

static char *
held_rule(const CadenceStanding *standing, const CadenceCourse *course)
{
  g_autofree char *until = cadence_day_to_string(standing->held_until);
  if (course->held_since != CADENCE_DAY_NONE)
    return g_strdup_printf(_("absent until %s"), until);
  return g_strdup_printf(_("on hold until %s"), until);
}

/* For the states that wait for a day: since what the interval runs, and until when. */
static char *
interval_rule(const CadenceStanding *standing, const CadenceCourse *course)
{
  g_autofree char *next = cadence_day_to_string(standing->next);
  g_autofree char *every = cadence_duration_to_string(cadence_course_interval(course));
  const char *verb = standing->state == CADENCE_STATE_DUE ? _("was due") : _("is due");
  if (standing->attempts == 0) {
    g_autofree char *reply = cadence_day_to_string(standing->last_reply->day);
    return g_strdup_printf(standing->lapsed
                               ? _("their reply of %s was left unanswered; the next mail %s on %s")
                               : _("their reply of %s needs no answer; the next mail %s on %s"),
                           reply, verb, next);
  }
  g_autofree char *last = cadence_day_to_string(standing->last_attempt_day);
  return g_strdup_printf(_("attempt %u was on %s; the next one %s on %s (%s: %s)"),
                         standing->attempts, last, verb, next,
                         standing->terms->agreed ? _("agreed") : _("policy"), every);
}

static char *
nurture_rule(const CadenceStanding *standing)
{
  g_autofree char *next = cadence_day_to_string(standing->next);
  g_autofree char *floor = cadence_terms_floor(standing->terms, NULL);
  return g_strdup_printf(_("in nurture: nothing before %s (at least %s after the last contact)"),
                         next, floor);
}

static char *
rule_text(const CadenceStanding *standing, const CadenceCourse *course, int cause)
{
  g_autofree char *since = cadence_day_to_string(standing->since);
  switch (standing->state) {
  case CADENCE_STATE_DEAD:
    return dead_rule(standing, course, cause);
  case CADENCE_STATE_NEW:
    return g_strdup(_("no attempt and no reply yet"));
  case CADENCE_STATE_OWED:
    return g_strdup_printf(standing->late ? _("their reply of %s waits for an answer, and is late")
                                          : _("their reply of %s waits for an answer"),
                           since);
  case CADENCE_STATE_HELD:
    return held_rule(standing, course);
  case CADENCE_STATE_NURTURE:
    return nurture_rule(standing);
  case CADENCE_STATE_WAITING:
  case CADENCE_STATE_DUE:
    break;
  }
  return interval_rule(standing, course);
}

/* --- the dates --- */

static void
take_course(CadenceStanding *standing, const CadenceCourse *course, CadenceDay today)
{
  const CadenceTerms *terms = course->terms;
  standing->attempts = course->attempts->len;
  standing->follow_ups = course->attempts->len > 1 ? course->attempts->len - 1 : 0;
  standing->first_attempt = course->first_attempt;
  standing->last_attempt = course->last_attempt;
  standing->first_attempt_day = course->first_attempt ? course->first_attempt->day : 0;
  standing->last_attempt_day = course->last_attempt ? course->last_attempt->day : 0;
  standing->last_reply = course->reply;
  standing->open_reply =
      course->reply && standing->attempts == 0 && !cadence_reply_settled(course->reply);
  standing->lapsed = standing->open_reply && !cadence_reply_open(course->reply, terms, today);
  standing->opted_out = course->opted_out;
  standing->opted_out_id = course->opted_out_id;
  if (course->held_until && today < cadence_day_next_business(course->held_until))
    standing->held_until = course->held_until;
}

static const CadenceContact *
newest_outbound(const GPtrArray *contacts)
{
  for (guint i = contacts->len; i > 0; i--) {
    const CadenceContact *contact = contacts->pdata[i - 1];
    if (contact->direction == CADENCE_OUTBOUND)
      return contact;
  }
  return NULL;
}

static void
take_position(CadenceStanding *standing, const CadenceCourse *course, CadenceDay today)
{
  CadencePosition position = cadence_course_on(course, today);
  standing->state = position.state;
  standing->next = position.next;
  standing->interval_ends = position.interval_ends;
  standing->dead_on = position.dead_on;
  standing->since = cadence_course_since(course, today);
  standing->wake = cadence_course_wake(course, today);
  standing->undeliverable =
      position.state == CADENCE_STATE_DEAD && position.cause == CADENCE_CAUSE_UNDELIVERABLE;
  standing->stopped = position.state == CADENCE_STATE_DEAD && !standing->undeliverable &&
                      position.cause != CADENCE_CAUSE_OPTED_OUT;
  standing->late =
      position.state == CADENCE_STATE_OWED &&
      today >= cadence_duration_after(standing->since, course->terms->policy->owed_after);
  standing->rule = rule_text(standing, course, position.cause);
}

CadenceStanding *
cadence_standing_new(const char *prospect, GPtrArray *contacts, const CadenceTerms *terms,
                     const CadenceClock *clock)
{
  CadenceStanding *standing = g_new0(CadenceStanding, 1);
  standing->prospect = g_strdup(prospect);
  standing->terms = terms;
  standing->contacts = contacts;
  cadence_history_prepare(contacts, terms, clock);
  standing->address_facts = cadence_address_facts(contacts, terms);
  g_autoptr(CadenceCourse) course = cadence_course_new(contacts, standing->address_facts, terms);
  take_course(standing, course, clock->today);
  take_position(standing, course, clock->today);
  standing->threads = cadence_threads(contacts, course->first_attempt);
  standing->last_outbound = newest_outbound(contacts);
  standing->proposal = cadence_propose_what_they_said(standing, clock->today);
  cadence_measure(standing, clock);
  return standing;
}

/* The contacts and ids of contacts that a standing points to. */
static GHashTable *
pointed_to(const CadenceStanding *standing)
{
  GHashTable *set = g_hash_table_new(NULL, NULL);
  gconstpointer pointers[] = {standing->first_attempt,          standing->last_attempt,
                              standing->last_outbound,          standing->last_reply,
                              standing->opted_out_id,           standing->proposal.contact,
                              cadence_standing_bearer(standing)};
  for (guint i = 0; i < G_N_ELEMENTS(pointers); i++)
    g_hash_table_add(set, (gpointer)pointers[i]);
  for (guint i = 0; i < standing->address_facts->len; i++) {
    const CadenceAddressFacts *facts = standing->address_facts->pdata[i];
    g_hash_table_add(set, (gpointer)facts->bounced_id);
    g_hash_table_add(set, (gpointer)facts->opted_out_id);
    g_hash_table_add(set, (gpointer)facts->absent_id);
  }
  return set;
}

void
cadence_standing_trim(CadenceStanding *standing)
{
  g_autoptr(GHashTable) needed = pointed_to(standing);
  for (guint i = standing->contacts->len; i > 0; i--) {
    CadenceContact *contact = standing->contacts->pdata[i - 1];
    if (!g_hash_table_contains(needed, contact) && !g_hash_table_contains(needed, contact->id))
      g_ptr_array_remove_index(standing->contacts, i - 1);
  }
}

void
cadence_standing_free(CadenceStanding *standing)
{
  if (!standing)
    return;
  g_free(standing->prospect);
  g_ptr_array_unref(standing->address_facts);
  g_ptr_array_unref(standing->threads);
  g_ptr_array_unref(standing->contacts);
  g_free(standing->rule);
  g_free(standing);
}

const CadenceContact *
cadence_standing_bearer(const CadenceStanding *standing)
{
  guint n = standing->contacts->len;
  return n ? standing->contacts->pdata[n - 1] : NULL;
}

GPtrArray *
cadence_standing_last_replies(const CadenceStanding *standing)
{
  GPtrArray *replies = g_ptr_array_new();
  for (guint i = standing->contacts->len; i > 0; i--) {
    CadenceContact *contact = standing->contacts->pdata[i - 1];
    if (!contact->counts || cadence_contact_is_attempt(contact))
      break;
    if (cadence_contact_is_reply(contact))
      g_ptr_array_add(replies, contact);
  }
  return replies;
}

const CadenceAddressFacts *
cadence_standing_address(const CadenceStanding *standing, const char *address)
{
  guint from = 0, to = standing->address_facts->len;
  while (from < to) {
    guint middle = from + (to - from) / 2;
    const CadenceAddressFacts *facts = standing->address_facts->pdata[middle];
    int order = strcmp(facts->address, address);
    if (order == 0)
      return facts;
    if (order < 0)
      from = middle + 1;
    else
      to = middle;
  }
  return NULL;
}

int
cadence_standing_compare(const CadenceStanding *a, const CadenceStanding *b)
{
  static const int urgency[] = {
      [CADENCE_STATE_OWED] = 0, [CADENCE_STATE_DUE] = 1,     [CADENCE_STATE_WAITING] = 2,
      [CADENCE_STATE_HELD] = 2, [CADENCE_STATE_NURTURE] = 2, [CADENCE_STATE_NEW] = 3,
      [CADENCE_STATE_DEAD] = 4,
  };
  if (urgency[a->state] != urgency[b->state])
    return urgency[a->state] - urgency[b->state];
  CadenceDay x = a->next ? a->next : a->since, y = b->next ? b->next : b->since;
  if (x != y && a->state == CADENCE_STATE_DEAD)
    return y < x ? -1 : 1;
  if (x != y)
    return x < y ? -1 : 1;
  return strcmp(a->prospect, b->prospect);
}
