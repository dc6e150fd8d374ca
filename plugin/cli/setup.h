/* Wiring a mail client up: a row a client, a step a file, and what the steps come to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_SETUP_H
#define CADENCE_CLI_SETUP_H

#include "app.h"
#include "setup-edit.h"

#define CLI_SETUP_BACKUP ".before-cadence"

typedef struct CliSetup CliSetup;
typedef struct CliSetupStep CliSetupStep;

/* Changes `text`, which has nothing of ours in it. `fresh`: there was no such file. */
typedef gboolean (*CliSetupPut)(CliSetup *setup, const CliSetupStep *step, GString *text,
                                gboolean fresh, GError **error);
/* Takes out what is of ours; TRUE where the whole file was. */
typedef gboolean (*CliSetupTake)(const CliSetupStep *step, GString *text);

/* The path of the file; owned by the caller. */
typedef char *(*CliSetupFind)(CliSetup *setup, const CliSetupStep *step, GError **error);

/* The command by which the client, configured by `text`, sends mail: owned by the caller, "" where
 * nothing is said. */
typedef char *(*CliSetupAsk)(CliSetup *setup, const char *text, GError **error);

struct CliSetupStep {
  /* Which file: the first of these that is there, else the last. "~/" is the home folder, "%/" that
   * of configurations. Or else `find` says it. */
  const char *const *files;
  CliSetupFind find;
  const char *missing; /* what to do where there is no such file; NULL: it is made */

  CliSetupPut put;
  CliSetupTake take; /* for what cli_setup_take_out() does not know; NULL otherwise */
  CliSetupPlace place;
  const char *wants;  /* a file of ours that must be there for it; NULL: none */
  const char *text;   /* of the block, line or file; %sendmail%, %program%, ... are filled in */
  const char *before; /* see cli_setup_put_block() */
  const char *header; /* what a new file begins with; NULL: nothing */
  CliSetupAsk ask;    /* for %sendmail% */
  const char *usual;  /* what the client runs where it names nothing; NULL: sendmail */
  gboolean quoted;    /* the format takes quotes around a whole value away */
  guint mode;         /* of a new file; 0: 0600 */
};

typedef struct {
  const char *name;
  const char *program; /* that must be there; NULL: none */
  gboolean confirm;    /* it shows the reasons, so that sending again says something */
  gboolean rewrites;   /* its files, when it ends: it may not run */
  CliSetupStep steps[2];
  /* What is done beside files. */
  gboolean (*extra)(CliSetup *setup, GError **error);
  const char *then; /* what is left to be done; marked for translation; may be NULL */
} CliSetupClient;

/* Ends with a row without a name. */
extern const CliSetupClient cli_setup_clients[];

/* A file that changes, or a program that is run. */
typedef struct {
  char *path, *before, *after; /* texts; NULL: no file */
  guint mode;
  gboolean keep; /* a backup is made */
  GStrv run;     /* else NULL */
} CliSetupChange;

struct CliSetup {
  const CliSetupClient *client;
  char *program; /* the path of notmuch-cadence */
  gboolean undo;
  const char *whole;  /* the file whose text is asked about, where that is all of it; else NULL */
  guint commands;     /* how many settings run it by now */
  GPtrArray *changes; /* of CliSetupChange */
  GPtrArray *notes;   /* of char *: what the user should know */
};

CliSetup *cli_setup_new(const CliSetupClient *client, gboolean undo);
void cli_setup_free(CliSetup *setup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CliSetup, cli_setup_free)

/* Works out what is to be changed. */
gboolean cli_setup_plan(CliSetup *setup, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Does it. */
gboolean cli_setup_apply(CliSetup *setup, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Appends what the change does to a file, line by line. */
void cli_setup_print_change(CliApp *app, const CliSetupChange *change);

void cli_setup_note(CliSetup *setup, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* The home folder and its like filled in for "~/" and "%/". Owned by the caller. */
char *cli_setup_expand(const char *path);

/* The command that runs `old` (NULL or "" is /usr/sbin/sendmail) behind the hook. NULL where `old`
 * runs it already. CADENCE_ERROR_CONFIG for what is more than a program and its words. */
char *cli_setup_command(CliSetup *setup, const char *old, GError **error);

/* `text` with the names between percent signs filled in; `sendmail` may be NULL. Owned by the
 * caller. */
char *cli_setup_fill(const CliSetup *setup, const char *text, const char *sendmail);

/* FALSE where the client runs and would write our change over. */
gboolean cli_setup_may_write(const CliSetup *setup, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Runs a program without standard input, in `directory` (NULL: ours), and gives what it prints:
 * NULL where it can't be run or does not end with 0. With `text` (else NULL) as descriptor 3 its
 * complaints are among that. Owned by the caller. */
char *cli_setup_run(const char *const *words, const char *text, const char *directory);

char *cli_setup_ask_mutt(CliSetup *setup, const char *text, GError **error);
char *cli_setup_ask_git(CliSetup *setup, const char *text, GError **error);
char *cli_setup_find_hook(CliSetup *setup, const CliSetupStep *step, GError **error);
char *cli_setup_find_git(CliSetup *setup, const CliSetupStep *step, GError **error);

gboolean cli_setup_put_text(CliSetup *setup, const CliSetupStep *step, GString *text,
                            gboolean fresh, GError **error);
gboolean cli_setup_put_command(CliSetup *setup, const CliSetupStep *step, GString *text,
                               gboolean fresh, GError **error);
gboolean cli_setup_put_hook(CliSetup *setup, const CliSetupStep *step, GString *text,
                            gboolean fresh, GError **error);
gboolean cli_setup_put_plugin(CliSetup *setup, const CliSetupStep *step, GString *text,
                              gboolean fresh, GError **error);
gboolean cli_setup_take_plugin(const CliSetupStep *step, GString *text);
gboolean cli_setup_put_manifest(CliSetup *setup, const CliSetupStep *step, GString *text,
                                gboolean fresh, GError **error);
gboolean cli_setup_take_manifest(const CliSetupStep *step, GString *text);

gboolean cli_setup_timer(CliSetup *setup, GError **error);
gboolean cli_setup_module(CliSetup *setup, GError **error);
gboolean cli_setup_extension(CliSetup *setup, GError **error);

#endif
