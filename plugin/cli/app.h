/* What a run has in hand: the clock, the terminal, the two files, the database, and the text that
 * will be printed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_APP_H
#define CADENCE_CLI_APP_H

#include <cadence/cadence.h>

#include "terminal.h"

typedef struct {
  CliTerminal terminal;
  gboolean json;
  GString *out; /* UTF-8; written once, at the end */

  char *now;   /* as given; NULL: the clock's */
  gint64 read; /* what the clock said */
  GTimeZone *zone;
  CadenceClock clock;

  char *directory; /* of the two files */
  char *state;     /* folder of the sent journal and of what was refused */
  CadenceConfig *config;
  const CadencePolicy *policy; /* of `config` */
  char *files;                 /* what `config` was read from, as the index keeps it */
  CadenceStore *store;
  CadenceParties *parties;
  GPtrArray *sent;        /* of CadenceSent: what notmuch has not indexed yet */
  CadenceContext context; /* of all that; filled in by cli_app_open_store() */
} CliApp;

/* Reads the clock. */
CliApp *cli_app_new(void);
void cli_app_free(CliApp *app);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CliApp, cli_app_free)

/* From --now, in the zone of the process until the policy names one. NULL: the clock's.
 * CADENCE_ERROR_SYNTAX. */
gboolean cli_app_set_now(CliApp *app, const char *now, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Finds the folder of the two files. CADENCE_ERROR_CONFIG where $NOTMUCH_CADENCE_DIR is no folder.
 */
gboolean cli_app_find_directory(CliApp *app, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a pass of the index depends on beside the database: the bytes of the two files, our version,
 * and the zone where the policy names none. NULL where that can't be told. Does not read the files.
 * Owned by the caller. */
char *cli_app_files_now(CliApp *app);

/* Reads both files; from here on the clock is in the policy's zone. CADENCE_ERROR_CONFIG. */
gboolean cli_app_open_config(CliApp *app, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Goes by `config` from here on, which becomes the run's; one that it had stays the caller's. */
void cli_app_take_config(CliApp *app, CadenceConfig *config);

/* Both files, the database, and the journal of what was sent since. CADENCE_ERROR_CONFIG,
 * CADENCE_ERROR_NO_DATABASE. */
gboolean cli_app_open_store(CliApp *app, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for a draft: of agreements that the index has read before, only those that may concern
 * it. */
gboolean cli_app_open_store_for(CliApp *app, const CadenceDraft *draft,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Opens the database once more, to see what has been written since. CADENCE_ERROR_NO_DATABASE. */
gboolean cli_app_reopen_store(CliApp *app, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* TRUE where neither an agreement nor scope.query names a prospect; says on standard error what to
 * do about it. The files must be open. */
gboolean cli_app_says_first_use(const CliApp *app);

#endif
