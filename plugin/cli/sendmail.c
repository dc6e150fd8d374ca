/* sendmail: in place of the MTA's program. Spools the message, has it judged, and runs the MTA or
 * refuses. Nothing here depends on the judging coming to an end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "commands.h"
#include "hook.h"
#include "sendmail/guard.h"
#include "sendmail/mta.h"
#include "sendmail/spool.h"

#define SETTINGS 10000  /* milliseconds: without the MTA's name nothing can be done */
#define WITHIN 200      /* for the judging, where the policy could not be read */
#define TRIES 2         /* where it crashes */
#define AFTERWARDS 2000 /* milliseconds for noting what was sent */
#define CANNOT_EXECUTE                                                                             \
  126 /* what a shell says of a program that it can't start: mutt takes it for                     \
         "sent" */
#define NOT_FOUND 127

static char *mta_given, *confirm_given, *client_given;

const GOptionEntry cli_sendmail_options[] = {
    {"mta", 0, 0, G_OPTION_ARG_FILENAME, &mta_given,
     N_("the real MTA, with arguments if need be; without it what policy.ini names"),
     N_("COMMAND")},
    {"confirm", 0, 0, G_OPTION_ARG_FILENAME, &confirm_given,
     N_("a refused mail goes out when it is sent again within so long (10min)"), N_("DURATION")},
    {"client", 0, 0, G_OPTION_ARG_FILENAME, &client_given,
     N_("the mail client that calls: a refusal then names its way to send anyway"), N_("NAME")},
    G_OPTION_ENTRY_NULL,
};

/* --- hearing the child --- */

static void
hear_settings(CliHook *hook, GVariant *value)
{
  g_free(hook->command);
  g_variant_get(value, "(sbu)", &hook->command, &hook->hold, &hook->within);
}

static void
hear_draft(CliHook *hook, GVariant *value)
{
  g_free(hook->id);
  g_free(hook->answers);
  g_strfreev(hook->recipients);
  g_variant_get(value, "(ss^as)", &hook->id, &hook->answers, &hook->recipients);
}

static void
hear_answer(CliHook *hook, GVariant *value)
{
  guint answer;
  g_free(hook->text);
  g_variant_get(value, "(us)", &answer, &hook->text);
  hook->answer = answer <= CLI_HOOK_UNKNOWN ? (CliHookAnswer)answer : CLI_HOOK_UNHEARD;
}

static const struct {
  const char *name, *type;
  void (*hear)(CliHook *hook, GVariant *value);
} frames[] = {
    {"settings", "(sbu)", hear_settings},
    {"draft", "(ssas)", hear_draft},
    {"answer", "(us)", hear_answer},
};

static void
hear(const char *name, GVariant *value, gpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS(frames); i++)
    if (g_str_equal(name, frames[i].name) &&
        g_variant_is_of_type(value, G_VARIANT_TYPE(frames[i].type)))
      frames[i].hear(data, value);
}

static void
hook_clear(CliHook *hook)
{
  if (hook->spool >= 0)
    close(hook->spool);
  g_free(hook->command);
  g_free(hook->id);
  g_free(hook->answers);
  g_strfreev(hook->recipients);
  g_free(hook->text);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CliHook, hook_clear)

/* --- the question --- */

static void
cannot_answer(CliHook *hook, char *why)
{
  g_free(hook->text);
  hook->text = why;
  hook->answer = CLI_HOOK_UNKNOWN;
}

/* A mail whose recipients are known may be let through by the user, so that is looked for; once
 * more in a child, for it reads files. */
static void
hold(CliHook *hook)
{
  g_autofree char *why = g_steal_pointer(&hook->text);
  g_autofree char *failed = NULL;
  hook->text = g_strdup(why);
  hook->answer = CLI_HOOK_UNHEARD;
  if (hook->recipients &&
      sendmail_guard_run(AFTERWARDS, cli_hook_hold, hear, hook, &failed) == SENDMAIL_GUARD_DONE &&
      hook->answer != CLI_HOOK_UNHEARD)
    return;
  g_free(hook->text);
  hook->text = cli_refusal_text(hook->app, NULL, why, 0, hook->client);
  hook->answer = CLI_HOOK_REFUSE;
}

static void
learn_settings(CliHook *hook)
{
  g_autofree char *why = NULL;
  hook->within = WITHIN;
  if (sendmail_guard_run(SETTINGS, cli_hook_settings, hear, hook, &why) != SENDMAIL_GUARD_DONE)
    cli_say(_("policy.ini was not read: %s"), why);
}

/* Once more where it crashed: libnotmuch may, when others commit while it reads. */
static void
ask_child(CliHook *hook)
{
  SendmailGuardEnd end = SENDMAIL_GUARD_FAILED;
  g_autofree char *why = NULL;
  for (guint i = 0; i < TRIES && end == SENDMAIL_GUARD_FAILED; i++) {
    g_clear_pointer(&why, g_free);
    end = sendmail_guard_run(hook->within, cli_hook_judge, hear, hook, &why);
  }
  if (hook->answer == CLI_HOOK_UNHEARD)
    cannot_answer(hook, why ? g_steal_pointer(&why) : g_strdup(_("checking came to no answer")));
}

/* Whatever comes of the child, there is an answer afterwards, and it is not UNHEARD. */
static void
ask(CliHook *hook)
{
  ask_child(hook);
  if (hook->answer != CLI_HOOK_UNKNOWN)
    return;
  if (hook->hold)
    hold(hook);
  else
    cli_say(_("this mail was not checked (%s); it is sent all the same"), hook->text);
}

/* --- the MTA --- */

static int
status_of(int status, const char *path)
{
  if (WIFSIGNALED(status)) {
    cli_say(_("the MTA %s was ended by signal %d; whether the mail is on its way only it knows"),
            path, WTERMSIG(status));
    return EX_TEMPFAIL;
  }
  int code = WEXITSTATUS(status);
  if (code != CANNOT_EXECUTE && code != NOT_FOUND)
    return code;
  cli_say(_("the MTA %s could not run (it said %d)"), path, code);
  return EX_UNAVAILABLE;
}

/* The mail is gone already: what fails here is only told. */
static void
note(CliHook *hook)
{
  g_autofree char *why = NULL;
  if (!hook->recipients || !(hook->sent || hook->answer == CLI_HOOK_ALLOWED))
    return;
  if (sendmail_guard_run(AFTERWARDS, cli_hook_after, hear, hook, &why) != SENDMAIL_GUARD_DONE)
    cli_say(_("the mail was sent, but not noted as sent: %s"), why);
}

static int
cannot_start(const char *path)
{
  cli_say(_("the MTA %s can't be started: %s"), path, g_strerror(errno));
  return EX_UNAVAILABLE;
}

static int
run(CliHook *hook, const SendmailMta *mta)
{
  int status;
  if (hook->answer == CLI_HOOK_PASS) {
    sendmail_mta_become(mta, hook->spool);
    return cannot_start(mta->path);
  }
  if (!sendmail_mta_run(mta, hook->spool, &status))
    return cannot_start(mta->path);
  int code = status_of(status, mta->path);
  hook->sent = code == EX_OK;
  note(hook);
  return code;
}

static int
send_on(CliHook *hook, char **arguments)
{
  g_auto(SendmailMta) mta = {0};
  g_autofree char *why = NULL;
  const char *command = mta_given ? mta_given : hook->command;
  if (!command || !*command)
    command = SENDMAIL_MTA;
  if (sendmail_mta_find(&mta, command, (const char *const *)arguments, &why))
    return run(hook, &mta);
  cli_say("%s", why);
  return EX_UNAVAILABLE;
}

static int
submit(CliHook *hook, char **arguments, GError **error)
{
  hook->spool = sendmail_spool(STDIN_FILENO, g_get_tmp_dir(), error);
  if (hook->spool < 0)
    return EX_IOERR;
  learn_settings(hook);
  ask(hook);
  if (hook->answer != CLI_HOOK_REFUSE)
    return send_on(hook, arguments);
  cli_draw(hook->text);
  return EX_NOPERM;
}

/* No message: only the MTA's name is asked for, and the MTA gets our own standard input. */
static int
hand_over(CliHook *hook, char **arguments)
{
  learn_settings(hook);
  hook->answer = CLI_HOOK_PASS;
  hook->spool = dup(STDIN_FILENO);
  return send_on(hook, arguments);
}

int
cli_sendmail(CliApp *app, char **arguments, GError **error)
{
  g_auto(SendmailArguments) read = {0};
  g_auto(CliHook) hook = {.app = app, .arguments = &read, .spool = -1, .client = client_given};
  if (confirm_given && !cli_confirm_parse(confirm_given, &hook.confirm, error))
    return EX_USAGE;
  if (g_getenv(SENDMAIL_WITHIN)) {
    cli_say(_("this program was called by itself: what policy.ini names as the MTA ([sendmail] "
              "command) leads back here"));
    return EX_CONFIG;
  }
  sendmail_arguments_read(&read, (const char *const *)arguments);
  switch (read.mode) {
  case SENDMAIL_SUBMITS:
    return submit(&hook, arguments, error);
  case SENDMAIL_TALKS:
    cli_say(_("-bs (SMTP on standard input) can't be checked; let the mail client call sendmail "
              "with the recipients, or with -t"));
    return EX_USAGE;
  case SENDMAIL_OTHER:
    break;
  }
  return hand_over(&hook, arguments);
}
