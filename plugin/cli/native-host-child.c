/* Runs this program once more, bounded in time: whatever befalls the child, there is an answer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/base.h>
#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <sys/mman.h>
#include <unistd.h>

#include "native-host.h"

/* One run. */
typedef struct {
  GMainContext *context;
  GSubprocess *child;
  GCancellable *cancel;
  GBytes *output, *message;
  GError *error;
  gboolean late, done;
} Run;

static void
run_clear(Run *run)
{
  g_clear_pointer(&run->context, g_main_context_unref);
  g_clear_object(&run->child);
  g_clear_object(&run->cancel);
  g_clear_pointer(&run->output, g_bytes_unref);
  g_clear_pointer(&run->message, g_bytes_unref);
  g_clear_error(&run->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Run, run_clear)

void
cli_answer_clear(CliAnswer *answer)
{
  g_clear_pointer(&answer->output, g_free);
  g_clear_pointer(&answer->message, g_free);
}

static gboolean
fail(GError **error, const char *what, const char *why)
{
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_IO, "%s: %s", what, why);
  return FALSE;
}

/* Not a pipe: a child that ends without reading it would take its own reason along. */
static int
spool(GBytes *bytes)
{
  gsize size;
  const char *at = g_bytes_get_data(bytes, &size);
  int fd = memfd_create("draft", MFD_CLOEXEC);
  while (fd >= 0 && size > 0) {
    ssize_t n = write(fd, at, size);
    if (n < 0 && errno != EINTR) {
      close(fd);
      return -1;
    }
    at += MAX(n, 0);
    size -= (gsize)MAX(n, 0);
  }
  if (fd >= 0)
    (void)lseek(fd, 0, SEEK_SET);
  return fd;
}

static GStrv
command_line(const char *const *words, GError **error)
{
  g_autofree char *program = g_file_read_link("/proc/self/exe", error);
  if (!program)
    return NULL;
  g_autoptr(GStrvBuilder) line = g_strv_builder_new();
  g_strv_builder_add(line, program);
  g_strv_builder_addv(line, (const char **)words);
  return g_strv_builder_end(line);
}

static GSubprocess *
start(const char *const *words, GBytes *in, GError **error)
{
  g_autoptr(GSubprocessLauncher) launcher =
      g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_auto(GStrv) line = command_line(words, error);
  int fd = in ? spool(in) : -1;
  if (in && fd < 0)
    g_set_error_literal(error, G_FILE_ERROR, g_file_error_from_errno(errno), g_strerror(errno));
  if (!line || (in && fd < 0))
    return NULL;
  if (in)
    g_subprocess_launcher_take_stdin_fd(launcher, fd);
  return g_subprocess_launcher_spawnv(launcher, (const char *const *)line, error);
}

static void
on_end(GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  g_subprocess_communicate_finish(run->child, result, &run->output, &run->message, &run->error);
  run->done = TRUE;
}

/* What the child started may hold its pipes: don't wait for their end either. */
static gboolean
on_late(gpointer data)
{
  Run *run = data;
  run->late = TRUE;
  g_subprocess_force_exit(run->child);
  g_cancellable_cancel(run->cancel);
  return G_SOURCE_REMOVE;
}

static void
wait_for(Run *run, guint limit)
{
  g_autoptr(GSource) timer = g_timeout_source_new(limit);
  g_source_set_callback(timer, on_late, run, NULL);
  g_source_attach(timer, run->context);
  g_subprocess_communicate_async(run->child, NULL, run->cancel, on_end, run);
  while (!run->done)
    g_main_context_iteration(run->context, TRUE);
  g_source_destroy(timer);
}

static char *
text_of(GBytes *bytes)
{
  gsize size = 0;
  const char *data = bytes ? g_bytes_get_data(bytes, &size) : NULL;
  return data ? g_utf8_make_valid(data, (gssize)size) : g_strdup("");
}

static gboolean
conclude(const Run *run, const char *what, guint limit, CliAnswer *answer, GError **error)
{
  g_autofree char *late = g_strdup_printf(_("no answer within %u ms"), limit);
  if (run->late)
    return fail(error, what, late);
  if (run->error)
    return fail(error, what, run->error->message);
  if (!g_subprocess_get_if_exited(run->child))
    return fail(error, what, g_strsignal(g_subprocess_get_term_sig(run->child)));
  answer->status = g_subprocess_get_exit_status(run->child);
  answer->output = text_of(run->output);
  answer->message = text_of(run->message);
  return TRUE;
}

gboolean
cli_child_run(const char *const *words, GBytes *in, guint limit, CliAnswer *answer, GError **error)
{
  g_auto(Run) run = {.context = g_main_context_new(), .cancel = g_cancellable_new()};
  g_autofree char *what = g_strconcat("notmuch-cadence ", words[0], NULL);
  g_autoptr(GError) cause = NULL;
  g_main_context_push_thread_default(run.context);
  run.child = start(words, in, &cause);
  if (run.child)
    wait_for(&run, limit);
  g_main_context_pop_thread_default(run.context);
  if (!run.child)
    return fail(error, what, cause->message);
  return conclude(&run, what, limit, answer, error);
}
