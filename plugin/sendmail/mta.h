/* The real MTA: found, kept apart from ourselves, and run once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_SENDMAIL_MTA_H
#define CADENCE_SENDMAIL_MTA_H

#include <glib.h>

#define SENDMAIL_MTA "/usr/sbin/sendmail" /* where nothing names another */

/* The MTA's environment has it: whoever finds it set was called by a hook that has judged already,
 * and is its own MTA. */
#define SENDMAIL_WITHIN "NOTMUCH_CADENCE_SENDMAIL"

typedef struct {
  char *path; /* of the program */
  GStrv argv; /* of it: the command's words, then the arguments as they were given */
} SendmailMta;

/* The program that `command` names, split as a shell would (but no shell runs), with `arguments`
 * behind; searched for in PATH where it has no slash. FALSE and a sentence in `*why`, owned by the
 * caller: none there, not executable, or we ourselves. */
gboolean sendmail_mta_find(SendmailMta *mta, const char *command, const char *const *arguments,
                           char **why) G_GNUC_WARN_UNUSED_RESULT;
void sendmail_mta_clear(SendmailMta *mta);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SendmailMta, sendmail_mta_clear)

/* Becomes the MTA, with the file `in` as its standard input. Returns only where that failed, with
 * errno. */
void sendmail_mta_become(const SendmailMta *mta, int in);

/* Runs the MTA, once, with the file `in` as its standard input, and waits for as long as it takes;
 * requests to end go to it. Its status as wait(2) gives it in `*status`; FALSE with errno where it
 * could not be started. */
gboolean sendmail_mta_run(const SendmailMta *mta, int in, int *status) G_GNUC_WARN_UNUSED_RESULT;

#endif
