/* Changing an agreement: the file, then what became of the standing, then the tags.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_CHANGE_H
#define CADENCE_CLI_CHANGE_H

#include "party.h"

/* What was given to the options of the commands that change something: one process, one run. */
typedef struct {
  char *evidence, *name; /* NULL where not given */
  gboolean no_index, force;
} CliChangeOptions;
extern CliChangeOptions cli_change_given;

#define CLI_OPTION_NO_INDEX                                                                        \
  {                                                                                                \
    "no-index", 0, 0, G_OPTION_ARG_NONE, &cli_change_given.no_index,                               \
        N_("leave the tags in notmuch to the next index run"), NULL                                \
  }
#define CLI_OPTION_EVIDENCE                                                                        \
  {                                                                                                \
    "evidence", 0, 0, G_OPTION_ARG_FILENAME, &cli_change_given.evidence,                           \
        N_("the mail in which they said so"), N_("id:MESSAGE-ID")                                  \
  }

/* What is to be written, in order; of CadenceChange. The strings are kept by it. */
typedef struct {
  GArray *list;
  GStringChunk *strings;
} CliChanges;

CliChanges *cli_changes_new(void);
void cli_changes_free(CliChanges *changes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CliChanges, cli_changes_free)

void cli_changes_add(CliChanges *changes, CadenceChangeKind kind, const char *key,
                     const char *value);
/* NULL takes the key out. */
void cli_changes_set(CliChanges *changes, const char *key, const char *value);
void cli_changes_set_day(CliChanges *changes, const char *key, CadenceDay day);
/* The value that is to be set; NULL where nothing is said about the key, "" where it is taken out.
 */
const char *cli_changes_value(const CliChanges *changes, const char *key);

/* The mail that the option names, or else the party was named by, without "id:"; and the day of it,
 * NONE where there is none. G_OPTION_ERROR for what is no id and for a mail that notmuch does not
 * know. */
gboolean cli_change_evidence(CliApp *app, const CliParty *party, char **id, CadenceDay *day,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Says what the party's group must match, where there is no group of it yet. */
void cli_change_begin_group(const CliParty *party, CliChanges *changes);

/* Writes the changes, prints them with what they change in the standing, and brings the tags up to
 * date. Where they change nothing, that is said, and nothing is written. `words` (may be NULL) is a
 * sentence to say then. */
gboolean cli_change_apply(CliApp *app, const CliParty *party, const CliChanges *changes,
                          const char *words, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "next: 2026-12-12, was 2026-11-28; state: waiting, was due", or what it stays; a line. Either
 * standing may be NULL: no prospect. */
void cli_change_print_standings(CliApp *app, const CadenceStanding *before,
                                const CadenceStanding *after);

/* Runs the incremental index, unless --no-index. What keeps it from it is said, and is no error:
 * what was changed stays, and the next run makes it good. */
void cli_change_index(CliApp *app);

#endif
