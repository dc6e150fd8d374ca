/* A child with a time limit and a bound on what it prints.
 *
 * Its standard input is a file in memory, not a pipe: there is nothing to write while it runs, and
 * no SIGPIPE where it dies early. Its output is read to the end or to the bound, whichever is
 * first.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "run.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/mman.h>
#include <unistd.h>

#define OUT (1024 * 1024)
#define ERR (64 * 1024)

typedef struct {
  GSubprocess *child;
  GCancellable *stop;
  GOutputStream *out, *err; /* of fixed size: a write past it fails */
  GError *error;            /* the first thing that went wrong */
  guint timer;
  guint pending; /* of output, errors and the end of the child */
} Run;

void
front_output_free(FrontOutput *output)
{
  if (!output)
    return;
  g_free(output->out);
  g_free(output->err);
  g_free(output);
}

static void
run_free(gpointer data)
{
  Run *run = data;
  g_clear_handle_id(&run->timer, g_source_remove);
  g_clear_object(&run->child);
  g_clear_object(&run->stop);
  g_clear_object(&run->out);
  g_clear_object(&run->err);
  g_clear_error(&run->error);
  g_free(run);
}

/* A file in memory that holds the input, to be read from its start; -1 with an error. */
static int
input_file(const char *input, gsize length, GError **error)
{
  int fd = memfd_create("draft", MFD_CLOEXEC);
  gboolean good = fd >= 0;
  for (gsize done = 0; good && done < length;) {
    ssize_t wrote = write(fd, input + done, length - done);
    good = wrote >= 0 || errno == EINTR;
    done += wrote > 0 ? (gsize)wrote : 0;
  }
  if (good && lseek(fd, 0, SEEK_SET) == 0)
    return fd;
  g_set_error(error, G_IO_ERROR, g_io_error_from_errno(errno), _("no memory for the draft: %s"),
              g_strerror(errno));
  if (fd >= 0)
    close(fd);
  return -1;
}

static void
fail(Run *run, GError *error)
{
  if (run->error) {
    g_error_free(error);
    return;
  }
  run->error = error;
  g_subprocess_force_exit(run->child);
  g_cancellable_cancel(run->stop);
}

static gboolean
too_late(gpointer data)
{
  Run *run = data;
  run->timer = 0;
  fail(run, g_error_new_literal(G_IO_ERROR, G_IO_ERROR_TIMED_OUT, _("it took too long")));
  return G_SOURCE_REMOVE;
}

static char *
text_of(GOutputStream *stream, gsize *length)
{
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM(stream);
  *length = g_memory_output_stream_get_data_size(memory);
  return g_strndup(g_memory_output_stream_get_data(memory), *length);
}

static void
answer(GTask *task, Run *run)
{
  if (!run->error && !g_subprocess_get_if_exited(run->child))
    run->error = g_error_new(G_IO_ERROR, G_IO_ERROR_FAILED, _("it was killed (signal %d)"),
                             g_subprocess_get_term_sig(run->child));
  if (run->error) {
    g_task_return_error(task, g_steal_pointer(&run->error));
    return;
  }
  FrontOutput *output = g_new0(FrontOutput, 1);
  gsize length = 0;
  g_autofree char *complaint = text_of(run->err, &length);
  output->err = g_utf8_make_valid(complaint, -1);
  output->out = text_of(run->out, &output->length);
  output->status = g_subprocess_get_exit_status(run->child);
  g_task_return_pointer(task, output, (GDestroyNotify)front_output_free);
}

/* One of the three has ended; takes the error, if any, and the reference that was held for it. */
static void
ended(GTask *owned, GError *error)
{
  g_autoptr(GTask) task = owned;
  Run *run = g_task_get_task_data(task);
  if (error && g_error_matches(error, G_IO_ERROR, G_IO_ERROR_NO_SPACE)) {
    g_clear_error(&error);
    error = g_error_new_literal(G_IO_ERROR, G_IO_ERROR_NO_SPACE, _("it printed too much"));
  }
  if (error)
    fail(run, error);
  if (--run->pending == 0) {
    g_clear_handle_id(&run->timer, g_source_remove);
    answer(task, run);
  }
}

static void
read_all(GObject *stream, GAsyncResult *result, gpointer task)
{
  GError *error = NULL;
  g_output_stream_splice_finish(G_OUTPUT_STREAM(stream), result, &error);
  ended(task, error);
}

static void
exited(GObject *child, GAsyncResult *result, gpointer task)
{
  GError *error = NULL;
  g_subprocess_wait_finish(G_SUBPROCESS(child), result, &error);
  ended(task, error);
}

static GOutputStream *
collect(GInputStream *from, gsize size, GTask *task)
{
  Run *run = g_task_get_task_data(task);
  GOutputStream *into = g_memory_output_stream_new(g_malloc(size), size, NULL, g_free);
  run->pending++;
  g_output_stream_splice_async(into, from, G_OUTPUT_STREAM_SPLICE_NONE, G_PRIORITY_DEFAULT,
                               run->stop, read_all, g_object_ref(task));
  return into;
}

void
front_run_async(const char *const *argv, const char *input, gsize length, guint limit,
                GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr(GTask) task = g_task_new(NULL, NULL, callback, data);
  g_autoptr(GSubprocessLauncher) launcher =
      g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  GError *error = NULL;
  int fd = input_file(input, length, &error);
  Run *run = g_new0(Run, 1);
  g_task_set_task_data(task, run, run_free);
  if (fd >= 0) {
    g_subprocess_launcher_take_stdin_fd(launcher, fd);
    run->child = g_subprocess_launcher_spawnv(launcher, argv, &error);
  }
  if (!run->child) {
    g_task_return_error(task, error);
    return;
  }
  run->stop = g_cancellable_new();
  run->timer = g_timeout_add(limit, too_late, run);
  run->out = collect(g_subprocess_get_stdout_pipe(run->child), OUT, task);
  run->err = collect(g_subprocess_get_stderr_pipe(run->child), ERR, task);
  run->pending++;
  g_subprocess_wait_async(run->child, run->stop, exited, g_object_ref(task));
}

FrontOutput *
front_run_finish(GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer(G_TASK(result), error);
}

static void
keep(GObject *source, GAsyncResult *result, gpointer data)
{
  GAsyncResult **kept = data;
  *kept = g_object_ref(result);
}

FrontOutput *
front_run(const char *const *argv, const char *input, gsize length, guint limit, GError **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  front_run_async(argv, input, length, limit, keep, &result);
  while (!result)
    g_main_context_iteration(NULL, TRUE);
  return front_run_finish(result, error);
}
