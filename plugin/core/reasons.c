/* How each reason is found, and the table of them all. Messages are whole sentences: every front
 * end shows them as they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "reasons.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "course.h"
#include "history.h"

static gboolean
holds_address(char **list, const char *address)
{
  return g_strv_contains((const char *const *)list, address);
}

/* --- helpers for what is said --- */

static void
add_evidence(CadenceReason *found, const char *id)
{
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new();
  if (!id || (found->evidence && holds_address(found->evidence, id)))
    return;
  if (found->evidence)
    g_strv_builder_addv(ids, (const char **)found->evidence);
  g_strv_builder_add(ids, id);
  g_strfreev(found->evidence);
  found->evidence = g_strv_builder_end(ids);
}

/* What was agreed, by the mail in which it was. */
static void
cite_agreement(CadenceReason *found, const CadenceTerms *terms, const char *key)
{
  g_autofree char *day =
      terms->agreement ? cadence_day_to_string(terms->agreement->agreed_on) : NULL;
  found->rule = day ? g_strdup_printf("agreement of %s: %s", day, key)
                    : g_strdup_printf("agreement: %s", key);
  if (terms->agreement)
    add_evidence(found, terms->agreement->evidence);
}

/* The limit stands in the agreement or, where that is silent, in the policy. */
static void
cite(CadenceReason *found, const CadenceTerms *terms, gboolean agreed, const char *key)
{
  if (agreed)
    cite_agreement(found, terms, key);
  else
    found->rule = g_strdup_printf("policy: cadence.%s", key);
}

static char *
days_ago(const CadenceQuestion *question, CadenceDay day)
{
  int days = question->clock->today - day;
  return g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%d day ago", "%d days ago", (gulong)days),
                         days);
}

static void
cite_last_attempt(const CadenceQuestion *question, CadenceReason *found)
{
  if (question->standing->last_attempt)
    add_evidence(found, question->standing->last_attempt->id);
}

/* No date is promised that the stop rule will not let come. */
static void
set_until(const CadenceQuestion *question, CadenceReason *found, CadenceDay day)
{
  CadenceDay dead_on = question->standing->dead_on;
  if (dead_on == CADENCE_DAY_NONE || day < dead_on)
    found->until = day;
}

/* --- the reasons --- */

static gboolean
opted_out(const CadenceQuestion *question, CadenceReason *found)
{
  const CadenceStanding *standing = question->standing;
  CadenceDay day = standing->opted_out <= question->clock->today ? standing->opted_out : 0;
  const char *who = standing->prospect, *id = standing->opted_out_id;
  for (char **member = question->members; !day && *member; member++) {
    const CadenceAddressFacts *facts = cadence_standing_address(standing, *member);
    if (facts && facts->opted_out) {
      day = facts->opted_out;
      who = *member;
      id = facts->opted_out_id;
    }
  }
  if (!day)
    return FALSE;
  found->observed = cadence_day_to_string(day);
  found->message = g_strdup_printf(_("%s asked on %s not to be written to"), who, found->observed);
  if (id) {
    found->rule = g_strdup("opted out by mail");
    add_evidence(found, id);
  } else {
    cite_agreement(found, standing->terms, "opted-out");
  }
  return TRUE;
}

static gboolean
bounced(const CadenceQuestion *question, CadenceReason *found)
{
  CadenceDay latest = CADENCE_DAY_NONE;
  for (char **member = question->members; *member; member++) {
    const CadenceAddressFacts *facts = cadence_standing_address(question->standing, *member);
    if (!facts || !facts->bounced)
      return FALSE;
    latest = MAX(latest, facts->bounced);
    add_evidence(found, facts->bounced_id);
  }
  g_autofree char *addresses = g_strjoinv(", ", question->members);
  found->rule = g_strdup("every address bounced and none has worked since");
  found->observed = cadence_day_to_string(latest);
  found->message =
      g_strdup_printf(_("mail to %s came back on %s as undeliverable"), addresses, found->observed);
  return TRUE;
}

static gboolean
dead(const CadenceQuestion *question, CadenceReason *found)
{
  const CadenceStanding *standing = question->standing;
  if (!standing->stopped)
    return FALSE;
  found->observed = cadence_day_to_string(standing->since);
  found->message = g_strdup_printf(_("%s is dead: %s"), standing->prospect, standing->rule);
  found->rule = g_strdup(standing->rule);
  cite_last_attempt(question, found);
  return TRUE;
}

/* The day after which every address of the draft is back; NONE where one is there now. */
static CadenceDay
all_absent_until(const CadenceQuestion *question, CadenceReason *found)
{
  CadenceDay until = CADENCE_DAY_LAST;
  for (char **member = question->members; *member; member++) {
    const CadenceAddressFacts *facts = cadence_standing_address(question->standing, *member);
    if (!facts || !facts->absent_until ||
        question->clock->today >= cadence_day_next_business(facts->absent_until))
      return CADENCE_DAY_NONE;
    until = MIN(until, facts->absent_until);
    add_evidence(found, facts->absent_id);
  }
  return *question->members ? until : CADENCE_DAY_NONE;
}

static gboolean
held(const CadenceQuestion *question, CadenceReason *found)
{
  const CadenceTerms *terms = question->standing->terms;
  CadenceDay absent = all_absent_until(question, found);
  CadenceDay until = MAX(absent, question->standing->held_until);
  if (until == CADENCE_DAY_NONE)
    return FALSE;
  found->limit = cadence_day_to_string(until);
  gboolean agreed = terms->agreement && terms->agreement->hold_until == until;
  found->message =
      g_strdup_printf(agreed ? _("%s is on hold until %s") : _("%s is absent until %s"),
                      question->standing->prospect, found->limit);
  if (agreed)
    cite_agreement(found, terms, "hold-until");
  else
    found->rule = g_strdup("absence");
  set_until(question, found, cadence_day_next_business(until));
  return TRUE;
}

/* In the draft's own thread, and newer than what the draft answers there. */
static gboolean
came_between(const CadenceQuestion *question, const CadenceContact *reply)
{
  const CadenceDraft *draft = question->draft;
  const GPtrArray *contacts = question->standing->contacts;
  if (!reply->thread || !holds_address(draft->threads, reply->thread))
    return FALSE;
  for (guint i = contacts->len; i > 0; i--) {
    const CadenceContact *contact = contacts->pdata[i - 1];
    if (contact == reply)
      break;
    if (holds_address(draft->answers, contact->id))
      return FALSE;
  }
  return TRUE;
}

/* A reply that this draft answers needs no word; one that stands beside it does: a warning where it
 * came in the draft's own thread or was not even read, else a note. Lapsed ones are notes. */
static gboolean
reply_waiting(const CadenceQuestion *question, CadenceReason *found)
{
  const CadenceContact *newest = NULL;
  gboolean pressing = question->overtaken;
  for (guint i = 0; i < question->last_replies->len; i++) {
    const CadenceContact *reply = question->last_replies->pdata[i];
    if (cadence_reply_settled(reply) || holds_address(question->draft->answers, reply->id))
      continue;
    if (!newest)
      newest = reply;
    pressing = pressing || reply->unread || came_between(question, reply);
    add_evidence(found, reply->id);
  }
  if (question->answer || !newest || !question->standing->open_reply)
    return FALSE;
  if (!pressing || question->standing->lapsed)
    found->severity = CADENCE_SEVERITY_NOTE;
  found->observed = cadence_day_to_string(newest->day);
  found->rule = g_strdup("a reply waits for an answer");
  found->message = g_strdup_printf(_("%s wrote on %s and this is no answer to it"),
                                   question->standing->prospect, found->observed);
  return TRUE;
}

/* Nothing is too soon from which no business day parts it. */
static gboolean
too_soon(const CadenceQuestion *question, CadenceReason *found)
{
  const CadenceStanding *standing = question->standing;
  const CadenceTerms *terms = standing->terms;
  CadenceDay today = question->clock->today;
  if (terms->stage == CADENCE_STAGE_NURTURE || standing->interval_ends <= today ||
      !cadence_day_business_between(today, standing->interval_ends))
    return FALSE;
  g_autofree char *ago = days_ago(question, standing->last_attempt_day);
  g_autofree char *next = cadence_day_to_string(standing->next);
  g_autofree char *last = cadence_day_to_string(standing->last_attempt_day);
  found->limit = cadence_intervals_to_string(&terms->every);
  found->observed = g_steal_pointer(&ago);
  found->message = g_strdup_printf(
      terms->agreed
          ? _("attempt %u to %s was on %s (%s) and has no answer; agreed is %s: the next one is "
              "fine from %s")
          : _("attempt %u to %s was on %s (%s) and has no answer; the policy says %s: the next one "
              "is fine from %s"),
      standing->attempts, standing->prospect, last, found->observed, found->limit, next);
  cite_last_attempt(question, found);
  cite(found, terms, terms->agreed, "every");
  set_until(question, found, standing->next);
  return TRUE;
}

static gboolean
too_many(const CadenceQuestion *question, CadenceReason *found)
{
  const CadenceStanding *standing = question->standing;
  const CadenceTerms *terms = standing->terms;
  if (terms->stop_after == 0 || standing->attempts + 1 <= terms->stop_after)
    return FALSE;
  found->limit = g_strdup_printf("%u", terms->stop_after);
  found->observed = g_strdup_printf("%u", standing->attempts);
  found->message =
      g_strdup_printf(_("%u attempts to %s have no answer; the rule is to stop after %u"),
                      standing->attempts, standing->prospect, terms->stop_after);
  cite_last_attempt(question, found);
  cite(found, terms, terms->agreement && terms->agreement->stop_after, "stop-after");
  return TRUE;
}

/* The days of the contacts in the window to one address that count against the cap, oldest first.
 */
static GArray *
capped_days(const CadenceQuestion *question, const char *address)
{
  GArray *days = g_array_new(FALSE, FALSE, sizeof(CadenceDay));
  CadenceDay start =
      cadence_duration_before(question->clock->today, question->standing->terms->cap.window);
  const GPtrArray *contacts = question->standing->contacts;
  for (guint i = 0; i < contacts->len; i++) {
    const CadenceContact *contact = contacts->pdata[i];
    gboolean bounced =
        contact->returned_from && g_hash_table_contains(contact->returned_from, address);
    if (cadence_contact_is_attempt(contact) && !bounced && !contact->answered &&
        contact->day > start && contact->addresses && holds_address(contact->addresses, address))
      g_array_append_val(days, contact->day);
  }
  return days;
}

static gboolean
over_cap(const CadenceQuestion *question, CadenceReason *found)
{
  const CadenceTerms *terms = question->standing->terms;
  CadenceDay until = CADENCE_DAY_NONE;
  guint most = 0;
  const char *who = NULL;
  for (char **member = question->members; terms->cap.count && *member; member++) {
    g_autoptr(GArray) days = capped_days(question, *member);
    if (days->len + 1 <= terms->cap.count)
      continue;
    CadenceDay leaves = g_array_index(days, CadenceDay, days->len - terms->cap.count);
    until = MAX(until, cadence_duration_after(leaves, terms->cap.window));
    if (days->len > most) {
      most = days->len;
      who = *member;
    }
  }
  if (!who)
    return FALSE;
  g_autofree char *window = cadence_duration_to_string(terms->cap.window);
  found->limit = cadence_cap_to_string(terms->cap);
  found->observed = g_strdup_printf("%u", most + 1);
  found->message = g_strdup_printf(_("this would be mail %u to %s within %s; the cap is %u"),
                                   most + 1, who, window, terms->cap.count);
  cite_last_attempt(question, found);
  cite(found, terms, FALSE, "cap");
  set_until(question, found, until);
  return TRUE;
}

static gboolean
nurture(const CadenceQuestion *question, CadenceReason *found)
{
  const CadenceStanding *standing = question->standing;
  const CadenceTerms *terms = standing->terms;
  if (terms->stage != CADENCE_STAGE_NURTURE || standing->interval_ends <= question->clock->today)
    return FALSE;
  g_autofree char *next = cadence_day_to_string(standing->next);
  gboolean agreed;
  found->limit = cadence_terms_floor(terms, &agreed);
  const CadenceContact *last =
      standing->last_attempt ? standing->last_attempt : standing->last_reply;
  found->observed = days_ago(question, last->day);
  found->message =
      g_strdup_printf(_("%s is in nurture (at least %s apart) and the last contact was "
                        "%s: the next one is fine from %s"),
                      standing->prospect, found->limit, found->observed, next);
  add_evidence(found, last->id);
  cite(found, terms, agreed, agreed ? "every" : "nurture");
  set_until(question, found, standing->next);
  return TRUE;
}

static gboolean
wrong_channel(const CadenceQuestion *question, CadenceReason *found)
{
  const CadenceTerms *terms = question->standing->terms;
  if (!terms->agreement || !terms->agreement->via_set ||
      terms->agreement->via == CADENCE_CHANNEL_MAIL)
    return FALSE;
  found->limit = g_strdup(cadence_channel_id(terms->agreement->via));
  found->observed = g_strdup(cadence_channel_id(CADENCE_CHANNEL_MAIL));
  found->message = g_strdup_printf(_("the channel agreed with %s is %s, not mail"),
                                   question->standing->prospect, found->limit);
  cite_agreement(found, terms, "via");
  return TRUE;
}

/* The draft may go to several: what it repeats must have gone to this one. */
static const char *
repeated_to(const CadenceQuestion *question)
{
  const char *repeats = question->draft->repeats;
  const GPtrArray *contacts = question->standing->contacts;
  for (guint i = 0; repeats && i < contacts->len; i++) {
    if (g_str_equal(((const CadenceContact *)contacts->pdata[i])->id, repeats))
      return repeats;
  }
  return NULL;
}

static gboolean
nothing_new(const CadenceQuestion *question, CadenceReason *found)
{
  const char *nudge = question->draft->nudge, *repeats = repeated_to(question);
  if (!nudge && !repeats)
    return FALSE;
  found->observed = g_strdup(nudge);
  found->rule = g_strdup(nudge ? "new text only nudges" : "repeats an earlier attempt");
  found->message =
      nudge ? g_strdup_printf(_("the text only nudges (\"%s\") and says nothing new"), nudge)
            : g_strdup(_("the text repeats an earlier attempt"));
  add_evidence(found, repeats);
  return TRUE;
}

static gboolean
gatekeeper(const CadenceQuestion *question, CadenceReason *found)
{
  const CadenceAgreement *agreement = question->standing->terms->agreement;
  const char *decider = agreement ? agreement->decider : NULL;
  if (!decider || holds_address(question->draft->to, decider) ||
      holds_address(question->draft->cc, decider))
    return FALSE;
  const CadenceAddressFacts *facts = cadence_standing_address(question->standing, decider);
  if (facts && facts->inbound > 0)
    return FALSE;
  found->limit = g_strdup(decider);
  found->message = g_strdup_printf(_("%s decides at %s, has never written, and is not addressed"),
                                   decider, question->standing->prospect);
  cite_agreement(found, question->standing->terms, "decider");
  return TRUE;
}

static gboolean
unqualified(const CadenceQuestion *question, CadenceReason *found)
{
  const CadenceStanding *standing = question->standing;
  if (standing->terms->stage == CADENCE_STAGE_QUALIFIED)
    return FALSE;
  const char *stage = cadence_stage_id(standing->terms->stage);
  found->observed = g_strdup(stage);
  found->limit = g_strdup(cadence_stage_id(CADENCE_STAGE_QUALIFIED));
  found->message = g_strdup_printf(_("%u attempts to %s, which nobody has marked as qualified"),
                                   standing->attempts, standing->prospect);
  cite_agreement(found, standing->terms, "stage");
  return TRUE;
}

static gboolean
no_agreement(const CadenceQuestion *question, CadenceReason *found)
{
  const CadenceStanding *standing = question->standing;
  if (standing->terms->agreed)
    return FALSE;
  found->message = g_strdup_printf(_("nothing is agreed with %s; ask: \"How often would you like "
                                     "to hear from me, and is mail the "
                                     "right way?\""),
                                   standing->prospect);
  found->rule = g_strdup("agreement: every");
  return TRUE;
}

/* `opted-out` silences all others, `dead` the counting ones. */
#define BY_OPT_OUT CADENCE_REASON_BIT(CADENCE_REASON_OPTED_OUT)
#define BY_DEATH CADENCE_REASON_BIT(CADENCE_REASON_DEAD)

/* Worst first. `stale-index` is about no prospect and is added by the verdict itself. */
const CadenceReasonRow cadence_reason_rows[] = {
    {CADENCE_REASON_OPTED_OUT, CADENCE_SEVERITY_STOP, 0, CADENCE_ROW_ALWAYS | CADENCE_ROW_CLIENTS,
     0, opted_out},
    {CADENCE_REASON_BOUNCED, CADENCE_SEVERITY_WARN, 0, CADENCE_ROW_ALWAYS | CADENCE_ROW_CLIENTS,
     BY_OPT_OUT, bounced},
    {CADENCE_REASON_DEAD, CADENCE_SEVERITY_WARN, 0, CADENCE_ROW_ALWAYS, BY_OPT_OUT, dead},
    {CADENCE_REASON_HELD, CADENCE_SEVERITY_WARN, 0, CADENCE_ROW_FIRST_CONTACT, BY_OPT_OUT, held},
    {CADENCE_REASON_REPLY_WAITING, CADENCE_SEVERITY_WARN, 0, 0, BY_OPT_OUT, reply_waiting},
    {CADENCE_REASON_TOO_SOON, CADENCE_SEVERITY_WARN, 1, CADENCE_ROW_NOT_SAME_DAY,
     BY_OPT_OUT | BY_DEATH, too_soon},
    {CADENCE_REASON_TOO_MANY, CADENCE_SEVERITY_WARN, 1, CADENCE_ROW_NOT_SAME_DAY,
     BY_OPT_OUT | BY_DEATH, too_many},
    {CADENCE_REASON_OVER_CAP, CADENCE_SEVERITY_WARN, 1, CADENCE_ROW_NOT_SAME_DAY, BY_OPT_OUT,
     over_cap},
    {CADENCE_REASON_NURTURE, CADENCE_SEVERITY_WARN, 0, CADENCE_ROW_NOT_SAME_DAY, BY_OPT_OUT,
     nurture},
    {CADENCE_REASON_WRONG_CHANNEL, CADENCE_SEVERITY_WARN, 0, 0, BY_OPT_OUT, wrong_channel},
    {CADENCE_REASON_NOTHING_NEW, CADENCE_SEVERITY_WARN, 1, 0, BY_OPT_OUT, nothing_new},
    {CADENCE_REASON_GATEKEEPER, CADENCE_SEVERITY_NOTE, 1, 0, BY_OPT_OUT, gatekeeper},
    {CADENCE_REASON_UNQUALIFIED, CADENCE_SEVERITY_NOTE, 2, 0, BY_OPT_OUT, unqualified},
    {CADENCE_REASON_NO_AGREEMENT, CADENCE_SEVERITY_NOTE, 1, 0, BY_OPT_OUT, no_agreement},
};
const guint cadence_n_reason_rows = G_N_ELEMENTS(cadence_reason_rows);

CadenceSeverity
cadence_reason_default_severity(CadenceReasonId reason)
{
  for (guint i = 0; i < cadence_n_reason_rows; i++) {
    if (cadence_reason_rows[i].id == reason)
      return cadence_reason_rows[i].severity;
  }
  return CADENCE_SEVERITY_NOTE;
}
