/* A child with limits. The parent reads its frames while a timer runs; a frame is a length of four
 * bytes and a GVariant, which can be read safely whatever is in it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#define REPORT_MAX ((gsize)1024 * 1024)             /* bytes that are read of a child */
#define MEMORY_MAX ((rlim_t)2 * 1024 * 1024 * 1024) /* bytes of address space */
#define FRAME_TYPE "(sv)"

typedef struct {
  int timer;
  GByteArray *bytes;
  SendmailHear hear;
  gpointer data;
} Guard;

/* --- the child --- */

static void
limit(int resource, rlim_t most)
{
#if SENDMAIL_LIMITED
  struct rlimit was;
  if (getrlimit(resource, &was) == 0 && (was.rlim_max == RLIM_INFINITY || was.rlim_max > most))
    (void)setrlimit(resource, &(struct rlimit){most, most});
#endif
}

static G_NORETURN void
child(int report, pid_t parent, SendmailWork work, gpointer data)
{
  (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent)
    _exit(EXIT_FAILURE);
  limit(RLIMIT_CORE, 0); /* mail has no business in a core file */
  limit(RLIMIT_AS, MEMORY_MAX);
  work(report, data);
  _exit(EXIT_SUCCESS);
}

void
sendmail_guard_report(int report, const char *name, GVariant *value)
{
  g_autoptr(GVariant) frame = g_variant_ref_sink(g_variant_new(FRAME_TYPE, name, value));
  g_autoptr(GByteArray) bytes = g_byte_array_new();
  guint32 length = (guint32)g_variant_get_size(frame);
  g_byte_array_append(bytes, (const guint8 *)&length, sizeof length);
  g_byte_array_append(bytes, g_variant_get_data(frame), length);
  gsize written = 0;
  while (written < bytes->len) {
    ssize_t n = write(report, bytes->data + written, bytes->len - written);
    if (n < 0 && errno != EINTR)
      return;
    written += (gsize)MAX(n, 0);
  }
}

/* --- the parent --- */

static void
hear_frame(Guard *guard, const guint8 *data, gsize length)
{
  g_autoptr(GBytes) bytes = g_bytes_new(data, length); /* aligned, as GVariant wants it */
  g_autoptr(GVariant) frame =
      g_variant_ref_sink(g_variant_new_from_bytes(G_VARIANT_TYPE(FRAME_TYPE), bytes, FALSE));
  g_autoptr(GVariant) value = NULL;
  const char *name;
  g_variant_get(frame, "(&sv)", &name, &value);
  guard->hear(name, value, guard->data);
}

/* Every whole frame that has come. */
static void
hear_frames(Guard *guard)
{
  guint32 length;
  while (guard->bytes->len >= sizeof length) {
    memcpy(&length, guard->bytes->data, sizeof length);
    if (guard->bytes->len - sizeof length < length)
      return;
    hear_frame(guard, guard->bytes->data + sizeof length, length);
    g_byte_array_remove_range(guard->bytes, 0, (guint)(sizeof length + length));
  }
}

/* TRUE while there may be more. */
static gboolean
read_some(Guard *guard, int report)
{
  guint8 buffer[4096];
  ssize_t n = read(report, buffer, sizeof buffer);
  if (n < 0 && errno == EINTR)
    return TRUE;
  if (n <= 0 || guard->bytes->len + (gsize)n > REPORT_MAX)
    return FALSE;
  g_byte_array_append(guard->bytes, buffer, (guint)n);
  hear_frames(guard);
  return TRUE;
}

/* FALSE where the time ran out first. */
static gboolean
listen_to(Guard *guard, int report)
{
  struct pollfd fds[] = {{.fd = report, .events = POLLIN}, {.fd = guard->timer, .events = POLLIN}};
  for (;;) {
    if (poll(fds, G_N_ELEMENTS(fds), -1) < 0 && errno != EINTR)
      return FALSE;
    if (fds[0].revents && !read_some(guard, report))
      return TRUE;
    if (fds[1].revents && !fds[0].revents)
      return FALSE;
  }
}

static SendmailGuardEnd
end_of(pid_t pid, gboolean in_time, char **why)
{
  int status = -1;
  if (!in_time) { /* not waited for: where a disk hangs even a killed process stays */
    (void)kill(pid, SIGKILL);
    *why = g_strdup(_("it took too long"));
    return SENDMAIL_GUARD_LATE;
  }
  while (waitpid(pid, &status, 0) < 0)
    if (errno != EINTR)
      break;
  if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS)
    return SENDMAIL_GUARD_DONE;
  *why = WIFSIGNALED(status)
             ? g_strdup_printf(_("checking ended by signal %d"), WTERMSIG(status))
             : g_strdup_printf(_("checking ended with status %d"), WEXITSTATUS(status));
  return SENDMAIL_GUARD_FAILED;
}

static SendmailGuardEnd
start(Guard *guard, guint within, SendmailWork work, char **why)
{
  const struct itimerspec ends = {
      .it_value = {within / 1000, (long)(within % 1000) * 1000 * 1000 + 1}}; /* 0 would be never */
  int report[2];
  guard->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
  if (guard->timer < 0 || pipe2(report, O_CLOEXEC) < 0) {
    *why = g_strdup(g_strerror(errno));
    return SENDMAIL_GUARD_FAILED;
  }
  (void)signal(SIGCHLD, SIG_DFL); /* where it is ignored, nobody is told how a child ended */
  pid_t parent = getpid();
  pid_t pid = fork();
  if (pid == 0) {
    close(report[0]); /* so that writing fails once the parent no longer reads */
    child(report[1], parent, work, guard->data);
  }
  close(report[1]);
  if (pid < 0) {
    *why = g_strdup(g_strerror(errno));
    close(report[0]);
    return SENDMAIL_GUARD_FAILED;
  }
  (void)timerfd_settime(guard->timer, 0, &ends, NULL);
  gboolean in_time = listen_to(guard, report[0]);
  close(report[0]);
  return end_of(pid, in_time, why);
}

SendmailGuardEnd
sendmail_guard_run(guint within, SendmailWork work, SendmailHear hear, gpointer data, char **why)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new();
  Guard guard = {.timer = -1, .bytes = bytes, .hear = hear, .data = data};
  *why = NULL;
  SendmailGuardEnd end = start(&guard, within, work, why);
  if (guard.timer >= 0)
    close(guard.timer);
  return end;
}
