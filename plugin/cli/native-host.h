/* The native messaging host: frames on standard input and output, requests, and the child that
 * answers each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_NATIVE_HOST_H
#define CADENCE_CLI_NATIVE_HOST_H

#include <json-glib/json-glib.h>

/* A frame is a length, 4 bytes in the machine's order, and so many bytes of UTF-8 JSON. Of what
 * comes the browser's own limit is 4 GiB, of what goes 1 MiB. */
#define CLI_FRAME_IN_MAX ((guint32)16 * 1024 * 1024)
#define CLI_FRAME_OUT_MAX ((guint32)1024 * 1024)

/* The next frame of `fd`. NULL without an error: the stream has ended. CADENCE_ERROR_INPUT for a
 * length over CLI_FRAME_IN_MAX, of which no more is read, and for a stream that ends within a
 * frame. */
GBytes *cli_frame_read(int fd, GError **error);

/* Writes `text` as a frame. CADENCE_ERROR_INPUT where it is over CLI_FRAME_OUT_MAX, and nothing is
 * written; CADENCE_ERROR_IO. */
gboolean cli_frame_write(int fd, const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A request, read. */
typedef struct {
  JsonNode *id;  /* a number or a short string; NULL where there is none */
  GStrv words;   /* what to run, less the program's name; NULL: nothing is to be run (ping) */
  GBytes *draft; /* its standard input; NULL: none */
  guint limit;   /* milliseconds */
} CliRequest;

void cli_request_clear(CliRequest *request);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CliRequest, cli_request_clear)

/* Reads a frame's JSON. CADENCE_ERROR_INPUT for what is no such request; `id` is set as soon as it
 * is known, also then. */
gboolean cli_request_read(GBytes *frame, CliRequest *request,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What a child came to. */
typedef struct {
  int status;
  char *output, *message; /* what it printed, and complained of */
} CliAnswer;

void cli_answer_clear(CliAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CliAnswer, cli_answer_clear)

/* Runs this program with `words`, and `in` (may be NULL) as its standard input, for at most `limit`
 * milliseconds. CADENCE_ERROR_IO where it can't be run, is killed or takes longer. */
gboolean cli_child_run(const char *const *words, GBytes *in, guint limit, CliAnswer *answer,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
