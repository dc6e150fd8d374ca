/* A story of mail with prospects, written as text: settings, mail, today. The notation is described
 * at the head of tests/cases/standing.cases.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_TEST_SCENARIO_H
#define CADENCE_TEST_SCENARIO_H

#include <cadence/config.h>
#include <cadence/standing.h>
#include <cadence/verdict.h>

typedef struct {
  CadenceConfig *config;
  CadenceParties *parties;
  GTimeZone *zone;
  CadenceClock clock;
  GPtrArray *names; /* of the prospects, as the settings have them; owned by the config */
  GArray *terms;    /* of CadenceTerms, of each */
  GPtrArray *mail;  /* of CadenceContact, with the addresses of everybody in it */
} Scenario;

/* NULL and an error for a text that is no scenario, or settings that the config refuses. */
Scenario *scenario_new(const char *settings, const char *mail, const char *today, GError **error);
void scenario_free(Scenario *scenario);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Scenario, scenario_free)

/* What the store would find for prospect `i`: copies of its mail, with its addresses only. */
GPtrArray *scenario_contacts(const Scenario *scenario, guint i);

/* Where prospect `i` stands on that clock. */
CadenceStanding *scenario_standing(const Scenario *scenario, guint i, const CadenceClock *clock);

/* A draft as the cases write it, its threads filled in; `stale` is set by that word. */
CadenceDraft *scenario_draft(const Scenario *scenario, const char *text, gboolean *stale,
                             GError **error);

/* The verdict on it, on that clock. */
CadenceVerdict *scenario_verdict(const Scenario *scenario, const CadenceDraft *draft,
                                 gboolean stale, const CadenceClock *clock);

/* A copy as it was found, without what preparing works out. */
CadenceContact *scenario_copy(const CadenceContact *contact);

/* Splits at blanks outside parentheses and double quotes; quotes are kept. */
GStrv scenario_words(const char *text);

#endif
