/* Policy and agreement as values, and their folding into terms.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/terms.h>

void
cadence_policy_free(CadencePolicy *policy)
{
  if (!policy)
    return;
  char *owned[] = {policy->scope_query, policy->drafts, policy->zone,
                   policy->settled_tag, policy->mta,    policy->log_folder};
  for (guint i = 0; i < G_N_ELEMENTS(owned); i++)
    g_free(owned[i]);
  for (guint i = 0; i < CADENCE_N_STATES; i++)
    g_free(policy->tag[i]);
  g_strfreev(policy->ignore);
  g_strfreev(policy->team);
  g_strfreev(policy->log_tags);
  g_free(policy);
}

void
cadence_agreement_free(CadenceAgreement *agreement)
{
  if (!agreement)
    return;
  g_free(agreement->name);
  g_strfreev(agreement->match);
  g_free(agreement->decider);
  g_free(agreement->evidence);
  g_free(agreement->note);
  g_free(agreement);
}

/* Where nothing is agreed the policy's cadence, stop rules and cap count, an own `stop-after`
 * replacing the policy's. An agreement with `every`, and one in nurture, stops only by the rule
 * that it names itself. */
CadenceTerms
cadence_terms_fold(const CadencePolicy *policy, const CadenceAgreement *agreement)
{
  CadenceTerms terms = {.policy = policy, .agreement = agreement, .every = policy->every};
  if (agreement) {
    terms.agreed = agreement->every.n > 0;
    terms.stage = agreement->stage;
    terms.stop_after = agreement->stop_after;
    terms.stop_on = agreement->stop_on;
  }
  if (terms.agreed) {
    terms.every = agreement->every;
    return terms;
  }
  terms.cap = policy->cap;
  if (terms.stage == CADENCE_STAGE_NURTURE)
    return terms;
  terms.stop_time = policy->stop_time;
  if (!terms.stop_after)
    terms.stop_after = policy->stop_after;
  return terms;
}
