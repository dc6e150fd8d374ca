/* What to propose: a cadence, from how they have answered so far; a hold or a burial, from what
 * they said last.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "course.h"

#define DAY ((gint64)24 * 60 * 60)

/* Intervals that a person would name, the shortest first. */
static const CadenceDuration ladder[] = {
    {3, CADENCE_UNIT_BUSINESS_DAYS}, {1, CADENCE_UNIT_WEEKS},  {2, CADENCE_UNIT_WEEKS},
    {1, CADENCE_UNIT_MONTHS},        {2, CADENCE_UNIT_MONTHS}, {3, CADENCE_UNIT_MONTHS},
};

gboolean
cadence_standing_propose(const CadenceStanding *standing, CadenceIntervals *intervals)
{
  *intervals = (CadenceIntervals){.n = 0};
  if (standing->runs == 0 || standing->wait.median < 0)
    return FALSE;
  double days = (double)standing->wait.median / DAY;
  guint step = 0;
  while (step + 1 < G_N_ELEMENTS(ladder) && cadence_duration_mean_days(ladder[step]) < days)
    step++;
  *intervals = (CadenceIntervals){.n = 1, .step = {ladder[step]}};
  return TRUE;
}

static CadenceProposal
proposal_of(const CadenceStanding *standing, const CadenceContact *contact, CadenceDay today)
{
  CadenceProposal proposal = {.contact = contact};
  if (contact->kind == CADENCE_KIND_DECLINED)
    proposal.kind = CADENCE_PROPOSAL_BURY;
  if (contact->proposed_until > today && contact->proposed_until > standing->held_until) {
    proposal.kind = CADENCE_PROPOSAL_HOLD;
    proposal.until = contact->proposed_until;
  }
  return proposal;
}

/* Of the newest reply, or of what a machine wrote after it. */
CadenceProposal
cadence_propose_what_they_said(const CadenceStanding *standing, CadenceDay today)
{
  CadenceProposal nothing = {.kind = CADENCE_PROPOSAL_NONE};
  for (guint i = standing->contacts->len; i > 0 && standing->state != CADENCE_STATE_DEAD; i--) {
    const CadenceContact *contact = standing->contacts->pdata[i - 1];
    if (contact->direction != CADENCE_INBOUND || !contact->counts)
      continue;
    CadenceProposal proposal = proposal_of(standing, contact, today);
    if (proposal.kind != CADENCE_PROPOSAL_NONE || cadence_kind_is_reply(contact->kind))
      return proposal.kind == CADENCE_PROPOSAL_NONE ? nothing : proposal;
  }
  return nothing;
}
