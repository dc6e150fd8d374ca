/* notmuch insert, as a child process: libnotmuch has no call that delivers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "insert.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <sysexits.h>
#include <unistd.h>

#define WAIT 10 /* seconds for the write lock */

static gboolean
fail(GError **error, CadenceError code, const char *what, const char *why)
{
  g_autofree char *line = g_strdelimit(g_strstrip(g_strdup(why ? why : "")), "\n", ' ');
  g_set_error(error, CADENCE_ERROR, (int)code, "%s%s%s", what, *line ? ": " : "", line);
  return FALSE;
}

/* Bytes that are none have no address. */
static char *
text_of(GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data(bytes, &size);
  return data ? g_strndup(data, size) : g_strdup("");
}

/* A file without a name that holds `bytes`, read from its start; -1 with an error. Not a pipe: a
 * child that ends without reading it would take its own reason along. */
static int
spool(GBytes *bytes, GError **error)
{
  g_autofree char *name = NULL;
  gsize size;
  const char *data = g_bytes_get_data(bytes, &size);
  int fd = g_file_open_tmp(NULL, &name, error);
  if (fd < 0)
    return -1;
  g_unlink(name);
  while (size > 0) {
    ssize_t n = write(fd, data, size);
    if (n < 0 && errno != EINTR)
      break;
    data += MAX(n, 0);
    size -= (gsize)MAX(n, 0);
  }
  if (size == 0 && lseek(fd, 0, SEEK_SET) == 0)
    return fd;
  g_set_error(error, G_FILE_ERROR, g_file_error_from_errno(errno), "%s", g_strerror(errno));
  close(fd);
  return -1;
}

static GSubprocess *
start(const char *const *arguments, GBytes *in, GError **error)
{
  g_autoptr(GSubprocessLauncher) launcher =
      g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  int fd = in ? spool(in, error) : -1;
  if (in && fd < 0)
    return NULL;
  if (in)
    g_subprocess_launcher_take_stdin_fd(launcher, fd);
  return g_subprocess_launcher_spawnv(launcher, arguments, error);
}

/* Runs notmuch with `arguments`; what it said is in `*out` and `*complaint`. */
static gboolean
run_notmuch(const char *const *arguments, GBytes *in, char **out, char **complaint, int *status,
            GError **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(GSubprocess) child = start(arguments, in, &cause);
  g_autoptr(GBytes) said = NULL, complained = NULL;
  if (!child || !g_subprocess_communicate(child, NULL, NULL, &said, &complained, &cause))
    return fail(error, CADENCE_ERROR_IO, _("notmuch can't be run"), cause->message);
  *out = text_of(said);
  *complaint = text_of(complained);
  *status = g_subprocess_get_if_exited(child) ? g_subprocess_get_exit_status(child) : EX_SOFTWARE;
  return TRUE;
}

/* The tags that notmuch gives to whatever is new, one a line. */
static GStrv
new_tags(GError **error)
{
  const char *const arguments[] = {"notmuch", "config", "get", "new.tags", NULL};
  g_autofree char *out = NULL, *complaint = NULL;
  int status;
  if (!run_notmuch(arguments, NULL, &out, &complaint, &status, error))
    return NULL;
  if (status == 0)
    return g_strsplit_set(out, "\n;", -1);
  fail(error, CADENCE_ERROR_IO, _("notmuch config get new.tags failed"), complaint);
  return NULL;
}

static GStrv
insert_arguments(const CadencePolicy *policy, char **unwanted)
{
  g_autoptr(GStrvBuilder) words = g_strv_builder_new();
  g_autofree char *folder = g_strconcat("--folder=", policy->log_folder, NULL);
  g_strv_builder_add_many(words, "notmuch", "insert", folder, "--create-folder", "--", NULL);
  for (; *unwanted; unwanted++) {
    g_autofree char *less = g_strconcat("-", *unwanted, NULL);
    if (**unwanted && !g_strv_contains((const char *const *)policy->log_tags, *unwanted))
      g_strv_builder_add(words, less);
  }
  for (char **tag = policy->log_tags; *tag; tag++) {
    g_autofree char *more = g_strconcat("+", *tag, NULL);
    g_strv_builder_add(words, more);
  }
  return g_strv_builder_end(words);
}

gboolean
cli_insert(CliApp *app, GBytes *message, GError **error)
{
  const char *const none[] = {NULL};
  g_auto(GStrv) unwanted = new_tags(error);
  /* notmuch waits for a locked database without end, the file delivered already: so look first. */
  if (!unwanted || !cadence_store_tag(app->store, none, "", TRUE, WAIT, error))
    return FALSE;
  g_auto(GStrv) arguments = insert_arguments(app->policy, unwanted);
  g_autofree char *out = NULL, *complaint = NULL;
  int status;
  if (!run_notmuch((const char *const *)arguments, message, &out, &complaint, &status, error))
    return FALSE;
  if (status == 0)
    return TRUE;
  return fail(error, status == EX_TEMPFAIL ? CADENCE_ERROR_BUSY : CADENCE_ERROR_IO,
              _("notmuch insert failed, and nothing was logged"), complaint);
}
