/* The hook in front of the MTA: what its parts share. The parent (sendmail.c) spools and runs the
 * MTA; what may fail or hang is done in children of it (hook-judge.c, hook-after.c).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_HOOK_H
#define CADENCE_CLI_HOOK_H

#include "app.h"
#include "sendmail/arguments.h"

/* What became of the question. */
typedef enum {
  CLI_HOOK_UNHEARD, /* the child has not said */
  CLI_HOOK_PASS,    /* nobody of the recipients is a prospect */
  CLI_HOOK_SEND,    /* nothing stands against it */
  CLI_HOOK_ALLOWED, /* the user wants it sent all the same; that leave is taken */
  CLI_HOOK_REFUSE,  /* `text` says why */
  CLI_HOOK_UNKNOWN, /* it can't be answered: `text` says why */
} CliHookAnswer;

typedef struct {
  CliApp *app;
  const SendmailArguments *arguments;
  int spool;          /* the message; -1 where there is none */
  guint confirm;      /* seconds in which the same mail may be sent again; 0: never */
  const char *client; /* whose way to send anyway the refusal names; NULL for any */

  /* heard from the child */
  char *command;    /* of the MTA, by policy.ini; "" for the usual one */
  guint within;     /* milliseconds for the judging */
  gboolean hold;    /* where the question can't be answered, nothing is sent */
  char *id;         /* Message-ID; "" for none */
  char *answers;    /* Message-ID; "" for none */
  GStrv recipients; /* canonical; NULL until they are known */
  CliHookAnswer answer;
  char *text;

  gboolean sent; /* for what comes after: the MTA has said 0 */
} CliHook;

/* SendmailWork: reads what policy.ini says of the hook, as far as it can be read. */
void cli_hook_settings(int report, gpointer data);

/* SendmailWork: reads the files, the message and the database, and answers. */
void cli_hook_judge(int report, gpointer data);

/* SendmailWork: nothing could be answered and the policy holds such mail: refuses with `text`, or
 * finds a leave. */
void cli_hook_hold(int report, gpointer data);

/* SendmailWork: after the MTA, notes in the journal what was sent, and settles a leave that was
 * taken. */
void cli_hook_after(int report, gpointer data);

/* What is said of a refusal on standard error: at most eight lines of 80 columns. `judgement` NULL:
 * the question could not be answered, for the reason `why`. Owned by the caller. */
char *cli_refusal_text(const CliApp *app, const CadenceJudgement *judgement, const char *why,
                       guint confirm, const char *client);

/* "10min", "90s" or "1h" as seconds, 1 second to 1 day. */
gboolean cli_confirm_parse(const char *text, guint *seconds,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
