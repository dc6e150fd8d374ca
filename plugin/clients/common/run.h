/* Runs the installed notmuch-cadence as a child: nothing that goes wrong in it, or does not end,
 * reaches the mail client.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FRONT_RUN_H
#define FRONT_RUN_H

#include <gio/gio.h>

typedef struct {
  int status; /* what it exited with */
  char *out;  /* what it printed, at most 1 MiB; ends with a NUL */
  gsize length;
  char *err; /* what it complained about, at most 64 KiB; made valid UTF-8 */
} FrontOutput;

void front_output_free(FrontOutput *output);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FrontOutput, front_output_free)

/* Starts `argv` (found on the PATH, no shell) with `input` (or nothing, where NULL) as its standard
 * input. After `limit` milliseconds it is killed. The callback comes once, from the main loop. */
void front_run_async(const char *const *argv, const char *input, gsize length, guint limit,
                     GAsyncReadyCallback callback, gpointer data);

/* NULL with an error where it could not be started, was killed, took too long
 * (G_IO_ERROR_TIMED_OUT) or printed too much (G_IO_ERROR_NO_SPACE). The message is for people. */
FrontOutput *front_run_finish(GAsyncResult *result, GError **error);

/* Both, in a main loop of its own: windows go on being drawn meanwhile. */
FrontOutput *front_run(const char *const *argv, const char *input, gsize length, guint limit,
                       GError **error);

#endif
