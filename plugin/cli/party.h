/* Whom a command that changes something is about.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_PARTY_H
#define CADENCE_CLI_PARTY_H

#include "prospects.h"

typedef struct {
  char *name;     /* of the prospect, or what it would be called */
  char *entry;    /* address or domain that it is met by; NULL where only a name was given */
  gboolean known; /* it is a prospect: by agreement, or by scope */
  gboolean group; /* agreements.ini has it */
  char *message;  /* Message-ID that it was named by, as id:...; else NULL */
} CliParty;

void cli_party_free(CliParty *party);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CliParty, cli_party_free)

/* The one party that `text` means: a group's name, an address, a domain, or a notmuch query (what
 * has a colon or parentheses): the party of that mail, be it a prospect or not yet. With `anew` a
 * mere name that nobody has yet is one, too. G_OPTION_ERROR where it is nobody, several (they are
 * listed), ourselves, or ignored by the policy. */
CliParty *cli_party_find(CliApp *app, const char *text, gboolean anew, GError **error);

/* Its standing, the party counting as a prospect where `everybody`; NULL without an error where it
 * is none. Freed as cli_prospect_free() does. */
CliProspect *cli_party_standing(CliApp *app, const char *name, gboolean everybody, GError **error);

/* TRUE for what can be meant as a query alone. Words without a prefix would find whatever mentions
 * them: too much to be changed by a slip. */
gboolean cli_is_query(const char *text);

/* `text` as one word of a command line that is to be copied: quoted where a shell would take any of
 * it for its own. An address may hold a backtick. Owned by the caller. */
char *cli_shell_word(const char *text);

/* What stands behind "id:"; NULL where `text` is no such term. Owned by the caller. */
char *cli_message_id(const char *text);

#endif
