/* The verdict: for each prospect of a draft the table of reasons, from the worst down.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/verdict.h>

#include <glib/gi18n-lib.h>

#include "reasons.h"

CadenceDraft *
cadence_draft_new(void)
{
  CadenceDraft *draft = g_new0(CadenceDraft, 1);
  GStrv *lists[] = {&draft->from, &draft->to,      &draft->cc,
                    &draft->bcc,  &draft->answers, &draft->threads};
  for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
    *lists[i] = g_new0(char *, 1);
  return draft;
}

void
cadence_draft_free(CadenceDraft *draft)
{
  if (!draft)
    return;
  GStrv lists[] = {draft->from, draft->to, draft->cc, draft->bcc, draft->answers, draft->threads};
  for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
    g_strfreev(lists[i]);
  g_free(draft->id);
  g_free(draft->subject);
  g_clear_pointer(&draft->message, g_bytes_unref);
  g_free(draft->said);
  g_free(draft->nudge);
  g_free(draft->repeats);
  g_free(draft);
}

static void
reason_free(CadenceReason *reason)
{
  g_free(reason->prospect);
  g_free(reason->message);
  g_free(reason->rule);
  g_free(reason->limit);
  g_free(reason->observed);
  g_strfreev(reason->evidence);
  g_free(reason);
}

static CadenceVerdict *
verdict_empty(void)
{
  CadenceVerdict *verdict = g_new0(CadenceVerdict, 1);
  verdict->reasons = g_ptr_array_new_with_free_func((GDestroyNotify)reason_free);
  return verdict;
}

void
cadence_verdict_free(CadenceVerdict *verdict)
{
  if (!verdict)
    return;
  g_ptr_array_unref(verdict->reasons);
  g_free(verdict->unknown);
  g_free(verdict);
}

CadenceDay
cadence_verdict_until(const CadenceVerdict *verdict)
{
  CadenceDay until = CADENCE_DAY_NONE;
  for (guint i = 0; i < verdict->reasons->len; i++) {
    const CadenceReason *reason = verdict->reasons->pdata[i];
    if (reason->severity < CADENCE_SEVERITY_WARN)
      continue;
    if (reason->until == CADENCE_DAY_NONE)
      return CADENCE_DAY_NONE;
    until = MAX(until, reason->until);
  }
  return until;
}

CadenceVerdict *
cadence_verdict_unknown(const char *why)
{
  CadenceVerdict *verdict = verdict_empty();
  verdict->decision = CADENCE_DECISION_UNKNOWN;
  verdict->unknown = g_strdup(why);
  return verdict;
}

/* In Cc alone people get notes where others get warnings; an opt-out is one whatever the field. */
static CadenceSeverity
severity_of(const CadenceQuestion *question, const CadenceReason *found)
{
  CadenceSeverity severity = question->standing->terms->policy->severity[found->id];
  if (found->id == CADENCE_REASON_OPTED_OUT)
    return MAX(severity, CADENCE_SEVERITY_WARN);
  if (question->only_cc || found->severity == CADENCE_SEVERITY_NOTE)
    severity = MIN(severity, CADENCE_SEVERITY_NOTE);
  return severity;
}

static void
add_reason(CadenceVerdict *verdict, const CadenceQuestion *question, CadenceReason *found)
{
  found->severity = severity_of(question, found);
  if (found->severity == CADENCE_SEVERITY_OFF) {
    reason_free(found);
    return;
  }
  found->prospect = g_strdup(question->standing->prospect);
  if (!found->evidence)
    found->evidence = g_new0(char *, 1);
  g_ptr_array_add(verdict->reasons, found);
}

/* Whether row `i` is asked at all, given which reasons hold already. */
static gboolean
is_asked(const CadenceReasonRow *row, const CadenceQuestion *question, guint holding)
{
  gboolean hushed = question->first_contact || question->answer;
  if (row->silenced_by & holding || question->follow_up < row->from_follow_up)
    return FALSE;
  if (row->flags & CADENCE_ROW_NOT_SAME_DAY && question->same_day)
    return FALSE;
  if (question->standing->terms->stage == CADENCE_STAGE_WON && !(row->flags & CADENCE_ROW_CLIENTS))
    return FALSE;
  if (!hushed || row->flags & CADENCE_ROW_ALWAYS || holding)
    return TRUE;
  return question->first_contact && row->flags & CADENCE_ROW_FIRST_CONTACT;
}

/* Returns whether the question was one of those that pass in silence. */
static gboolean
judge(CadenceVerdict *verdict, const CadenceQuestion *question)
{
  guint holding = 0; /* a bit for each reason that holds, whether or not the policy shows it */
  for (guint i = 0; i < cadence_n_reason_rows; i++) {
    const CadenceReasonRow *row = &cadence_reason_rows[i];
    if (!is_asked(row, question, holding))
      continue;
    CadenceReason *found = g_new0(CadenceReason, 1);
    found->id = row->id;
    found->severity = CADENCE_SEVERITY_STOP;
    if (row->holds(question, found)) {
      holding |= CADENCE_REASON_BIT(row->id);
      add_reason(verdict, question, found);
    } else {
      reason_free(found);
    }
  }
  return !holding && (question->first_contact || question->answer ||
                      question->standing->terms->stage == CADENCE_STAGE_WON);
}

static void
add_stale_index(CadenceVerdict *verdict, const CadencePolicy *policy, const CadenceIndexAge *index)
{
  CadenceReason *found = g_new0(CadenceReason, 1);
  found->id = CADENCE_REASON_STALE_INDEX;
  found->severity = policy->severity[CADENCE_REASON_STALE_INDEX];
  if (found->severity == CADENCE_SEVERITY_OFF) {
    reason_free(found);
    return;
  }
  found->limit = cadence_duration_to_string(policy->stale_after);
  int hours = (int)(index->age / 3600);
  if (index->age >= 0)
    found->observed =
        g_strdup_printf(g_dngettext(GETTEXT_PACKAGE, "%d hour", "%d hours", (gulong)hours), hours);
  found->message = g_strdup_printf(_("the index is older than %s: an answer may be missing; run "
                                     "notmuch new and notmuch cadence index"),
                                   found->limit);
  found->rule = g_strdup("policy: index.stale-after");
  found->evidence = g_new0(char *, 1);
  g_ptr_array_add(verdict->reasons, found);
}

static int
compare_reasons(gconstpointer a, gconstpointer b)
{
  const CadenceReason *x = *(CadenceReason *const *)a, *y = *(CadenceReason *const *)b;
  if (x->severity != y->severity)
    return (int)y->severity - (int)x->severity;
  if (x->id != y->id)
    return (int)x->id - (int)y->id;
  return g_strcmp0(x->prospect, y->prospect);
}

static void
decide(CadenceVerdict *verdict)
{
  g_ptr_array_sort(verdict->reasons, compare_reasons);
  verdict->decision = CADENCE_DECISION_SEND;
  if (verdict->reasons->len == 0)
    return;
  const CadenceReason *worst = verdict->reasons->pdata[0];
  if (worst->severity == CADENCE_SEVERITY_STOP)
    verdict->decision = CADENCE_DECISION_STOP;
  else if (worst->severity == CADENCE_SEVERITY_WARN)
    verdict->decision = CADENCE_DECISION_WARN;
}

CadenceVerdict *
cadence_verdict_new(const CadenceDraft *draft, const GPtrArray *standings, char **const *members,
                    const CadenceIndexAge *index, const CadenceClock *clock)
{
  CadenceVerdict *verdict = verdict_empty();
  gboolean silent = TRUE;
  for (guint i = 0; i < standings->len; i++) {
    CadenceQuestion question;
    cadence_question_init(&question, draft, standings->pdata[i], members[i], clock);
    silent = judge(verdict, &question) && silent;
    cadence_question_clear(&question);
  }
  if (!silent && index && index->stale) {
    const CadenceStanding *first = standings->pdata[0];
    add_stale_index(verdict, first->terms->policy, index);
  }
  decide(verdict);
  return verdict;
}
