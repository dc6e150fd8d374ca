/* libnotmuch reads a snapshot that the second commit of somebody else takes away. Most of its
 * functions say so; some let Xapian's exception through (the process aborts), or call exit(). So
 * the reading is done in a child: one that has not said that it ends by itself is started anew.
 * What libraries write to standard error is kept until it is known whether anybody needs to see it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sturdy.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <unistd.h>

#include "terminal.h"

#define TRIES 8
#define PAUSE_US 20000 /* grows with each try: whoever commits often is let through */
#define WORDS_MAX 65536

static int report = -1; /* the child's end */

typedef struct {
  pid_t pid;
  int report; /* a byte comes where it ends by itself */
  int words;  /* what libraries wrote to standard error */
} Child;

static void
become_child(pid_t parent, int words)
{
  (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent)
    _exit(EX_SOFTWARE);
  int seen = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (seen < 0 || words < 0 || dup2(words, STDERR_FILENO) < 0)
    return;
  cli_terminal_draw_to(seen);
}

/* TRUE in the parent. FALSE in the child, and where there can be none: then there is no second try.
 */
static gboolean
start(Child *child)
{
  int ends[2];
  pid_t parent = getpid();
  if (pipe2(ends, O_CLOEXEC) < 0)
    return FALSE;
  child->words = memfd_create("stderr", MFD_CLOEXEC);
  child->pid = fork();
  if (child->pid > 0) {
    close(ends[1]);
    child->report = ends[0];
    return TRUE;
  }
  close(ends[0]);
  if (child->pid == 0) {
    report = ends[1];
    become_child(parent, child->words);
  } else {
    close(ends[1]);
  }
  if (child->words >= 0)
    close(child->words);
  return FALSE;
}

static gboolean
ended_by_itself(const Child *child)
{
  char byte;
  ssize_t n;
  do
    n = read(child->report, &byte, sizeof byte);
  while (n < 0 && errno == EINTR);
  close(child->report);
  return n == sizeof byte;
}

static int
wait_for(pid_t pid)
{
  int status = -1;
  while (waitpid(pid, &status, 0) < 0)
    if (errno != EINTR)
      break;
  return status;
}

/* What libraries said; it has been passed on. */
static char *
pass_words_on(int words)
{
  char *text = g_malloc0(WORDS_MAX + 1);
  ssize_t n = words < 0 ? 0 : pread(words, text, WORDS_MAX, 0);
  for (ssize_t done = 0; done < n;) {
    ssize_t some = write(STDERR_FILENO, text + done, (gsize)(n - done));
    if (some < 0 && errno != EINTR)
      break;
    done += MAX(some, 0);
  }
  return text;
}

static G_NORETURN void
end_like(int status)
{
  if (WIFSIGNALED(status)) {
    (void)signal(WTERMSIG(status), SIG_DFL);
    (void)raise(WTERMSIG(status));
  }
  _exit(WIFEXITED(status) ? WEXITSTATUS(status) : EX_SOFTWARE);
}

static G_NORETURN void
give_up(int words)
{
  g_autofree char *text = pass_words_on(words);
  if (strstr(text, "DatabaseModified") || strstr(text, "revision being read")) {
    cli_say(_("others write to the database faster than it can be read; run it again later"));
    _exit(EX_TEMPFAIL);
  }
  if (!strstr(text, "Xapian"))
    _exit(EX_SOFTWARE);
  cli_say(_("the database cannot be read, or not be written to; is the disk full?"));
  _exit(EX_IOERR);
}

void
cli_sturdy_begin(void)
{
  Child child;
  for (guint try = 1; start(&child); try++) {
    gboolean ended = ended_by_itself(&child);
    int status = wait_for(child.pid);
    gboolean aborted = WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
    if (ended || !(aborted || WIFEXITED(status))) {
      g_free(pass_words_on(child.words));
      end_like(status);
    }
    if (try == TRIES)
      give_up(child.words);
    close(child.words);
    g_usleep(PAUSE_US * try);
  }
}

void
cli_sturdy_end(void)
{
  if (report >= 0)
    (void)!write(report, "", 1);
}
