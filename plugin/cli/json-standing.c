/* Standings and verdicts as JSON.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "json.h"
#include "prospects.h"
#include "verdict-text.h"

static void
begin(JsonBuilder *json, const char *name)
{
  json_builder_set_member_name(json, name);
  json_builder_begin_object(json);
}

static void
begin_array(JsonBuilder *json, const char *name)
{
  json_builder_set_member_name(json, name);
  json_builder_begin_array(json);
}

/* Those that mail names, and those that the agreement does. */
static void
add_addresses(JsonBuilder *json, const CadenceStanding *standing)
{
  const CadenceAgreement *agreement = standing->terms->agreement;
  g_autoptr(GPtrArray) addresses = g_ptr_array_new();
  for (guint i = 0; i < standing->address_facts->len; i++)
    g_ptr_array_add(addresses, ((CadenceAddressFacts *)standing->address_facts->pdata[i])->address);
  for (char **entry = agreement ? agreement->match : NULL; entry && *entry; entry++)
    if (strchr(*entry, '@') && !cadence_standing_address(standing, *entry))
      g_ptr_array_add(addresses, *entry);
  g_ptr_array_add(addresses, NULL);
  cli_json_strings(json, "addresses", (const char *const *)addresses->pdata);
}

/* Who at this party answers, most first. */
static void
add_people(JsonBuilder *json, const CadenceStanding *standing)
{
  const CadenceAgreement *agreement = standing->terms->agreement;
  g_autoptr(GPtrArray) people = cli_people(standing);
  begin_array(json, "people");
  for (guint i = 0; i < people->len; i++) {
    const CadenceAddressFacts *facts = people->pdata[i];
    json_builder_begin_object(json);
    cli_json_string(json, "address", facts->address);
    cli_json_number(json, "outbound", facts->outbound);
    cli_json_number(json, "replies", facts->inbound);
    cli_json_flag(json, "role", cadence_address_is_role(facts->address));
    cli_json_flag(json, "decides", agreement && g_strcmp0(agreement->decider, facts->address) == 0);
    json_builder_end_object(json);
  }
  json_builder_end_array(json);
}

static void
add_contact(JsonBuilder *json, const char *name, const CadenceContact *contact, const CliApp *app)
{
  json_builder_set_member_name(json, name);
  if (!contact) {
    json_builder_add_null_value(json);
    return;
  }
  json_builder_begin_object(json);
  cli_json_string(json, "id", contact->id);
  cli_json_instant(json, "date", contact->date, app);
  json_builder_end_object(json);
}

static void
add_measures(JsonBuilder *json, const CadenceStanding *standing)
{
  cli_json_number(json, "outbound", standing->outbound);
  cli_json_number(json, "replies", standing->replies);
  cli_json_number(json, "runs", standing->runs);
  begin(json, "reply_gap");
  cli_json_number(json, "median", standing->reply_gap.median);
  cli_json_number(json, "p90", standing->reply_gap.p90);
  cli_json_number(json, "last", standing->reply_gap.last);
  json_builder_end_object(json);
  begin(json, "wait");
  cli_json_number(json, "median", standing->wait.median);
  cli_json_number(json, "p90", standing->wait.p90);
  json_builder_end_object(json);
  cli_json_number(json, "outbound_30d", standing->outbound_30d);
  json_builder_set_member_name(json, "pressure");
  if (standing->pressure < 0)
    json_builder_add_null_value(json);
  else
    json_builder_add_double_value(json, standing->pressure);
}

/* A number that is 0 where the key is absent. */
static gint64
or_null(guint number)
{
  return number > 0 ? (gint64)number : -1;
}

static void
add_agreement_days(JsonBuilder *json, const CadenceAgreement *agreement)
{
  cli_json_day(json, "stop_on", agreement->stop_on);
  cli_json_day(json, "hold_until", agreement->hold_until);
  cli_json_day(json, "buried", agreement->buried);
  cli_json_day(json, "opted_out", agreement->opted_out);
  cli_json_day(json, "revived", agreement->revived);
  cli_json_day(json, "agreed_on", agreement->agreed_on);
}

static void
add_agreement(JsonBuilder *json, const CadenceAgreement *agreement)
{
  json_builder_set_member_name(json, "agreement");
  if (!agreement) {
    json_builder_add_null_value(json);
    return;
  }
  g_autofree char *every =
      agreement->every.n > 0 ? cadence_intervals_to_string(&agreement->every) : NULL;
  json_builder_begin_object(json);
  cli_json_strings(json, "match", (const char *const *)agreement->match);
  cli_json_string(json, "every", every);
  cli_json_string(json, "via", agreement->via_set ? cadence_channel_id(agreement->via) : NULL);
  cli_json_string(json, "decider", agreement->decider);
  cli_json_string(json, "stage", cadence_stage_id(agreement->stage));
  cli_json_number(json, "stop_after", or_null(agreement->stop_after));
  add_agreement_days(json, agreement);
  cli_json_evidence(json, "evidence", agreement->evidence);
  cli_json_string(json, "note", agreement->note);
  json_builder_end_object(json);
}

static void
add_threads(JsonBuilder *json, const CadenceStanding *standing, const CliApp *app)
{
  begin_array(json, "threads");
  for (guint i = 0; i < standing->threads->len; i++) {
    const CadenceThread *thread = standing->threads->pdata[i];
    json_builder_begin_object(json);
    cli_json_string(json, "id", thread->id);
    cli_json_string(json, "subject", thread->subject);
    cli_json_number(json, "outbound", thread->outbound);
    cli_json_number(json, "replies", thread->replies);
    cli_json_number(json, "attempts", thread->attempts);
    cli_json_instant(json, "last", thread->last, app);
    json_builder_end_object(json);
  }
  json_builder_end_array(json);
}

static void
add_timeline(JsonBuilder *json, const CadenceStanding *standing, const CliApp *app)
{
  begin_array(json, "timeline");
  for (guint i = 0; i < standing->contacts->len; i++) {
    const CadenceContact *contact = standing->contacts->pdata[i];
    json_builder_begin_object(json);
    cli_json_instant(json, "date", contact->date, app);
    cli_json_string(json, "direction", cadence_direction_id(contact->direction));
    cli_json_string(json, "kind", cadence_kind_id(contact->kind));
    cli_json_string(json, "id", contact->id);
    cli_json_string(json, "from", contact->from);
    cli_json_string(json, "subject", contact->subject);
    json_builder_end_object(json);
  }
  json_builder_end_array(json);
}

static void
add_state(JsonBuilder *json, const CadenceStanding *standing)
{
  cli_json_string(json, "state", cadence_state_id(standing->state));
  cli_json_flag(json, "late", standing->late);
  cli_json_day(json, "since", standing->since);
  cli_json_day(json, "next", standing->next);
  cli_json_day(json, "dead_on", standing->dead_on);
  cli_json_day(json, "held_until", standing->held_until);
  cli_json_number(json, "attempts", standing->attempts);
  cli_json_number(json, "follow_ups", standing->follow_ups);
}

static void
add_proposal(JsonBuilder *json, const CadenceStanding *standing)
{
  CadenceProposal proposal = standing->proposal;
  json_builder_set_member_name(json, "proposed");
  if (proposal.kind == CADENCE_PROPOSAL_NONE) {
    json_builder_add_null_value(json);
    return;
  }
  json_builder_begin_object(json);
  cli_json_string(json, "command", proposal.kind == CADENCE_PROPOSAL_HOLD ? "hold" : "bury");
  cli_json_day(json, "until", proposal.until);
  cli_json_string(json, "evidence", proposal.contact->id);
  json_builder_end_object(json);
}

void
cli_json_standing(JsonBuilder *json, const CadenceStanding *standing, gboolean timeline,
                  const CliApp *app)
{
  json_builder_begin_object(json);
  cli_json_string(json, "prospect", standing->prospect);
  add_addresses(json, standing);
  add_people(json, standing);
  add_state(json, standing);
  add_contact(json, "first_attempt", standing->first_attempt, app);
  add_contact(json, "last_attempt", standing->last_attempt, app);
  add_contact(json, "last_reply", standing->last_reply, app);
  add_measures(json, standing);
  add_agreement(json, standing->terms->agreement);
  cli_json_string(json, "rule", standing->rule);
  add_proposal(json, standing);
  add_threads(json, standing, app);
  if (timeline)
    add_timeline(json, standing, app);
  json_builder_end_object(json);
}

void
cli_json_standings(JsonBuilder *json, const CadenceStanding *before, const CadenceStanding *after,
                   const CliApp *app)
{
  const CadenceStanding *both[] = {before, after};
  for (guint i = 0; i < G_N_ELEMENTS(both); i++) {
    json_builder_set_member_name(json, i == 0 ? "before" : "after");
    if (both[i])
      cli_json_standing(json, both[i], FALSE, app);
    else
      json_builder_add_null_value(json);
  }
}

void
cli_json_prospects(const GPtrArray *prospects, gboolean timeline, CliApp *app)
{
  g_autoptr(JsonBuilder) json = cli_json_begin(app);
  begin_array(json, "prospects");
  for (guint i = 0; i < prospects->len; i++)
    cli_json_standing(json, ((CliProspect *)prospects->pdata[i])->standing, timeline, app);
  json_builder_end_array(json);
  cli_json_end(json, app);
}

static void
add_reason(JsonBuilder *json, const CadenceReason *reason)
{
  json_builder_begin_object(json);
  cli_json_string(json, "id", cadence_reason_id(reason->id));
  cli_json_string(json, "severity", cadence_severity_id(reason->severity));
  cli_json_string(json, "prospect", reason->prospect);
  cli_json_string(json, "message", reason->message);
  cli_json_string(json, "rule", reason->rule);
  cli_json_string(json, "limit", reason->limit);
  cli_json_string(json, "observed", reason->observed);
  cli_json_day(json, "until", reason->until);
  begin_array(json, "evidence");
  for (char **id = reason->evidence; id && *id; id++) {
    g_autofree char *term = g_strconcat("id:", *id, NULL);
    g_autofree char *valid = g_utf8_make_valid(term, -1);
    json_builder_add_string_value(json, valid);
  }
  json_builder_end_array(json);
  json_builder_end_object(json);
}

static void
add_index_age(JsonBuilder *json, const CadenceIndexAge *index)
{
  begin(json, "index");
  cli_json_number(json, "revision", index && index->age >= 0 ? (gint64)index->revision : -1);
  cli_json_number(json, "age", index ? index->age : -1);
  json_builder_set_member_name(json, "stale");
  if (index)
    json_builder_add_boolean_value(json, index->stale);
  else
    json_builder_add_null_value(json);
  json_builder_end_object(json);
}

void
cli_json_verdict(JsonBuilder *json, const CadenceVerdict *verdict, const char *unknown)
{
  CadenceDecision decision = verdict ? verdict->decision : CADENCE_DECISION_UNKNOWN;
  g_autofree char *summary = cli_verdict_summary(verdict);
  cli_json_string(json, "decision", cadence_decision_id(decision));
  cli_json_string(json, "unknown", verdict ? verdict->unknown : unknown);
  cli_json_string(json, "summary", summary);
  cli_json_day(json, "until", verdict ? cadence_verdict_until(verdict) : CADENCE_DAY_NONE);
  begin_array(json, "reasons");
  for (guint i = 0; verdict && i < verdict->reasons->len; i++)
    add_reason(json, verdict->reasons->pdata[i]);
  json_builder_end_array(json);
}

void
cli_json_judgement(JsonBuilder *json, const CadenceJudgement *judgement, const char *unknown,
                   const CliApp *app)
{
  cli_json_verdict(json, judgement ? judgement->verdict : NULL, unknown);
  add_index_age(json, judgement ? &judgement->index : NULL);
  begin_array(json, "prospects");
  for (guint i = 0; judgement && i < judgement->standings->len; i++)
    cli_json_standing(json, judgement->standings->pdata[i], FALSE, app);
  json_builder_end_array(json);
}
