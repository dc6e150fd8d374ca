/* libnotmuch reads a snapshot that the second commit of somebody else takes away. Most of its
 * functions say so; some let Xapian's exception through (the process aborts), or call exit(). Then
 * the program replaces itself by a new run of itself, which the kernel lets go of the locks for; a
 * child to do the reading would cost every run a third of what it takes. What libraries write to
 * standard error is kept until it is known whether anybody needs to see it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "sturdy.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "terminal.h"

#define VARIABLE "NOTMUCH_CADENCE_AGAIN" /* how often it was started anew: a digit */
#define TRIES 8
#define PAUSE_NS 20000000 /* grows with each try: whoever commits often is let through */

/* Everything that ends the program is prepared beforehand: in a signal handler nothing else goes.
 */
static struct {
  gboolean armed;
  char **argv, **environment;
  int seen;        /* standard error */
  int words;       /* stands for it meanwhile */
  int input;       /* what stood on standard input; -1 for nothing */
  char again[32];  /* VARIABLE=DIGIT */
  char text[4096]; /* of `words` */
  const char *busy, *broken;
} run = {.seen = -1, .words = -1, .input = -1};

void
cli_sturdy_init(char **argv)
{
  run.argv = argv;
}

static void
write_all(int fd, const char *text, gsize length)
{
  for (ssize_t n = 1; length > 0 && n > 0; text += n, length -= (gsize)n)
    n = write(fd, text, length);
}

/* What libraries said; the beginning stays in run.text. */
static void
pass_words_on(void)
{
  char more[1024];
  struct iovec text = {run.text, sizeof run.text - 1}, piece = {more, sizeof more};
  /* NOLINTNEXTLINE(bugprone-signal-handler,cert-sig30-c): a system call and no more */
  ssize_t n = preadv(run.words, &text, 1, 0);
  /* NOLINTNEXTLINE(bugprone-signal-handler,cert-sig30-c): a system call and no more */
  for (off_t at = 0; (n = preadv(run.words, &piece, 1, at)) > 0; at += n)
    write_all(run.seen, more, (gsize)n);
}

/* Comes back where there is no further try. */
static void
start_anew(void)
{
  char *digit = run.again + strlen(run.again) - 1;
  sigset_t none;
  if (++*digit > '0' + TRIES)
    return;
  /* NOLINTNEXTLINE(bugprone-signal-handler,cert-sig30-c): a system call and no more */
  (void)nanosleep(&(struct timespec){.tv_nsec = (long)PAUSE_NS * (*digit - '0')}, NULL);
  (void)dup2(run.seen, STDERR_FILENO);
  if (run.input >= 0 && lseek(run.input, 0, SEEK_SET) == 0)
    (void)dup2(run.input, STDIN_FILENO);
  (void)sigemptyset(&none);
  (void)sigprocmask(SIG_SETMASK, &none, NULL);
  (void)execve("/proc/self/exe", run.argv, run.environment);
}

static void
end_of_library(void)
{
  run.armed = FALSE;
  start_anew();
  pass_words_on();
  gboolean busy = strstr(run.text, "DatabaseModified") || strstr(run.text, "revision being read");
  if (!strstr(run.text, "Xapian"))
    return;
  const char *said = busy ? run.busy : run.broken;
  write_all(run.seen, said, strlen(said));
  _exit(busy ? EX_TEMPFAIL : EX_IOERR);
}

static void
on_abort(int number)
{
  (void)signal(number, SIG_DFL); /* abort() raises it again */
  if (run.armed)
    end_of_library();
}

static void
on_end(void)
{
  if (!run.armed)
    return;
  end_of_library();
  _exit(EX_SOFTWARE);
}

static void
prepare_again(void)
{
  const char *again = g_getenv(VARIABLE);
  gboolean digit = again && g_ascii_isdigit(again[0]) && !again[1];
  (void)g_snprintf(run.again, sizeof run.again, VARIABLE "=%c", digit ? *again : '0');
  g_auto(GStrv) others = g_environ_unsetenv(g_get_environ(), VARIABLE);
  guint n = g_strv_length(others);
  run.environment = g_new0(char *, n + 2);
  memcpy(run.environment, others, n * sizeof *others);
  run.environment[n] = run.again;
  g_free(g_steal_pointer(&others)); /* its strings are ours now */
}

static void
keep_input(const GByteArray *input)
{
  run.input = memfd_create("input", MFD_CLOEXEC);
  if (run.input >= 0)
    write_all(run.input, (const char *)input->data, input->len);
}

void
cli_sturdy_begin(const GByteArray *input)
{
  if (run.armed)
    return;
  run.seen = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  run.words = memfd_create("stderr", MFD_CLOEXEC);
  if (run.seen < 0 || run.words < 0 || dup2(run.words, STDERR_FILENO) < 0)
    return;
  cli_terminal_draw_to(run.seen);
  run.busy = _("notmuch-cadence: others write to the database faster than it can be read; run it "
               "again later\n");
  run.broken =
      _("notmuch-cadence: the database cannot be read, or not be written to; is the disk full?\n");
  prepare_again();
  if (input)
    keep_input(input);
  (void)signal(SIGABRT, on_abort);
  run.armed = atexit(on_end) == 0;
}

void
cli_sturdy_end(void)
{
  if (run.words < 0)
    return;
  run.armed = FALSE;
  pass_words_on();
  (void)dup2(run.seen, STDERR_FILENO);
}
