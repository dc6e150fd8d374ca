/* Finds and runs the MTA.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mta.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

extern char **environ;

/* Requests to end that a mail client or a shell may send: the MTA is to decide what becomes of the
 * mail. */
static const int requests[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};

/* What this program ignores, so that a failed write is an error; the MTA need not. */
static const int ignored[] = {SIGPIPE, SIGXFSZ};

static gboolean
is_ourselves(const char *path)
{
  struct stat theirs, ours;
  return stat(path, &theirs) == 0 && stat("/proc/self/exe", &ours) == 0 &&
         theirs.st_dev == ours.st_dev && theirs.st_ino == ours.st_ino;
}

static char *
find(const char *name, char **why)
{
  struct stat found;
  g_autofree char *path = strchr(name, '/') ? g_strdup(name) : g_find_program_in_path(name);
  if (!path || stat(path, &found) != 0)
    *why = g_strdup_printf(_("the MTA %s is not there; name the right one in policy.ini, "
                             "[sendmail] command"),
                           name);
  else if (!S_ISREG(found.st_mode) || access(path, X_OK) != 0)
    *why = g_strdup_printf(_("the MTA %s can't be executed"), path);
  else if (is_ourselves(path))
    *why = g_strdup_printf(_("%s is this program, not the MTA; name the right one in policy.ini, "
                             "[sendmail] command"),
                           path);
  else
    return g_steal_pointer(&path);
  return NULL;
}

gboolean
sendmail_mta_find(SendmailMta *mta, const char *command, const char *const *arguments, char **why)
{
  g_auto(GStrv) words = NULL;
  g_autoptr(GError) cause = NULL;
  *mta = (SendmailMta){0};
  *why = NULL;
  if (!g_shell_parse_argv(command, NULL, &words, &cause)) {
    *why = g_strdup_printf(_("the MTA's command can't be read: %s"), cause->message);
    return FALSE;
  }
  mta->path = find(words[0], why);
  if (!mta->path)
    return FALSE;
  g_autoptr(GStrvBuilder) argv = g_strv_builder_new();
  g_strv_builder_addv(argv, (const char **)words);
  g_strv_builder_addv(argv, (const char **)arguments);
  mta->argv = g_strv_builder_end(argv);
  return TRUE;
}

void
sendmail_mta_clear(SendmailMta *mta)
{
  g_clear_pointer(&mta->path, g_free);
  g_clear_pointer(&mta->argv, g_strfreev);
}

/* --- running it --- */

static char **
environment(void)
{
  return g_environ_setenv(g_strdupv(environ), SENDMAIL_WITHIN, "1", TRUE);
}

void
sendmail_mta_become(const SendmailMta *mta, int in)
{
  g_auto(GStrv) changed = environment();
  if (dup2(in, STDIN_FILENO) < 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS(ignored); i++)
    (void)signal(ignored[i], SIG_DFL);
  (void)execve(mta->path, mta->argv, changed);
}

static gboolean
spawn(const SendmailMta *mta, int in, pid_t *pid)
{
  g_auto(GStrv) changed = environment();
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none, defaults;
  sigemptyset(&none);
  sigemptyset(&defaults);
  for (guint i = 0; i < G_N_ELEMENTS(ignored); i++)
    sigaddset(&defaults, ignored[i]);
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  errno = posix_spawn(pid, mta->path, &actions, &attributes, mta->argv, changed);
  int why = errno;
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  errno = why;
  return why == 0;
}

#define EXITED(status) ((status) << 8) /* as wait(2) packs it */

/* Waits for it; a request to end that comes meanwhile is handed on, and not obeyed here: only the
 * MTA knows whether the mail is on its way. */
static int
wait_for(pid_t pid, const sigset_t *blocked)
{
  int status = EXITED(EX_TEMPFAIL); /* whatever keeps us from hearing, it is not "sent" */
  while (waitpid(pid, &status, WNOHANG) == 0) {
    siginfo_t info;
    int got = sigwaitinfo(blocked, &info);
    if (got > 0 && got != SIGCHLD && info.si_code != SI_KERNEL)
      (void)kill(pid, got); /* one from the terminal has reached it already */
  }
  return status;
}

gboolean
sendmail_mta_run(const SendmailMta *mta, int in, int *status)
{
  sigset_t blocked, was;
  pid_t pid = -1;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGCHLD);
  for (guint i = 0; i < G_N_ELEMENTS(requests); i++)
    sigaddset(&blocked, requests[i]);
  (void)signal(SIGCHLD, SIG_DFL); /* where it is ignored, nobody is told how a child ended */
  (void)sigprocmask(SIG_BLOCK, &blocked, &was);
  gboolean started = spawn(mta, in, &pid);
  int why = errno;
  if (started)
    *status = wait_for(pid, &blocked);
  (void)sigprocmask(SIG_SETMASK, &was, NULL);
  errno = why;
  return started;
}
