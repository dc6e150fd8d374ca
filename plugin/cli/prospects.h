/* Prospects with their standings, and what the words on a command line mean.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_PROSPECTS_H
#define CADENCE_CLI_PROSPECTS_H

#include "app.h"

typedef struct {
  CadenceTerms terms;
  CadenceStanding *standing; /* borrows the terms */
} CliProspect;

void cli_prospect_free(CliProspect *prospect);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CliProspect, cli_prospect_free)

/* The standings of `names`, the most pressing first; of CliProspect. Without `whole` their contacts
 * are let go, except those that a standing points at: so a long list takes little memory. */
GPtrArray *cli_prospects_load(CliApp *app, const GPtrArray *names, gboolean whole, GError **error);

/* The words joined by blanks, as UTF-8; NULL where there are none. G_OPTION_ERROR for what is no
 * text. */
gboolean cli_words_join(char **words, char **text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Names of the prospects of the messages that the user's query matches. G_OPTION_ERROR where it
 * cannot be run. */
GPtrArray *cli_prospects_matching(CliApp *app, const char *query, GError **error);

/* `text` as a canonical address or domain (with a dot); NULL where it reads as neither. */
char *cli_entry_of(const char *text);

/* Names of the prospects that are called `text` or claim it, an address or domain: one, or none. */
GPtrArray *cli_prospects_named(CliApp *app, const char *text, GError **error);

/* The same; where there is none, of those that `text` finds as a query. */
GPtrArray *cli_prospects_meant(CliApp *app, const char *text, GError **error);

/* What mail says of each of the prospect's addresses (CadenceAddressFacts, borrowed), those that
 * answered most first, then those that were written to most. */
GPtrArray *cli_people(const CadenceStanding *standing);

/* How a state is painted: what wants doing stands out. */
CliPaint cli_state_paint(const CadenceStanding *standing);

#endif
