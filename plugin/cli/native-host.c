/* native-host: what the Thunderbird extension talks to. It decides nothing: each request is a run
 * of this program in a child, and the answer is what that says.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "native-host.h"

#include <glib/gi18n.h>
#include <sysexits.h>
#include <unistd.h>

#include "commands.h"
#include "json.h"

#define EXTENSION "cadence@notmuch.org"

static void
add_id(JsonBuilder *json, JsonNode *id)
{
  json_builder_set_member_name(json, "id");
  if (id)
    json_builder_add_value(json, json_node_copy(id));
  else
    json_builder_add_null_value(json);
}

/* Of `answer` and `failure` one is NULL. */
static gboolean
reply(CliApp *app, JsonNode *id, const CliAnswer *answer, const char *failure, GError **error)
{
  g_autoptr(JsonBuilder) json = json_builder_new();
  g_autofree char *text = NULL;
  json_builder_begin_object(json);
  add_id(json, id);
  cli_json_string(json, "error", failure);
  cli_json_string(json, "version", CADENCE_VERSION);
  cli_json_number(json, "status", answer ? answer->status : -1);
  cli_json_string(json, "output", answer ? answer->output : NULL);
  cli_json_string(json, "message", answer ? answer->message : NULL);
  cli_json_end(json, app);
  text = g_strdup(app->out->str);
  g_string_truncate(app->out, 0);
  return cli_frame_write(STDOUT_FILENO, text, error);
}

static gboolean
run(CliApp *app, const CliRequest *request, CliAnswer *answer, GError **error)
{
  g_autoptr(GStrvBuilder) words = g_strv_builder_new();
  if (!request->words)
    return TRUE;
  g_strv_builder_add(words, request->words[0]);
  if (app->now) {
    g_autofree char *now = g_strconcat("--now=", app->now, NULL);
    g_strv_builder_add(words, now);
  }
  g_strv_builder_addv(words, (const char **)request->words + 1);
  g_auto(GStrv) line = g_strv_builder_end(words);
  return cli_child_run((const char *const *)line, request->draft, request->limit, answer, error);
}

/* FALSE only where nobody can be answered any more. */
static gboolean
serve(CliApp *app, GBytes *frame, GError **error)
{
  g_auto(CliRequest) request = {0};
  g_auto(CliAnswer) answer = {0};
  g_autoptr(GError) cause = NULL;
  if (!cli_request_read(frame, &request, &cause) || !run(app, &request, &answer, &cause))
    return reply(app, request.id, NULL, cause->message, error);
  if (reply(app, request.id, &answer, NULL, &cause))
    return TRUE;
  if (g_error_matches(cause, CADENCE_ERROR, CADENCE_ERROR_INPUT))
    return reply(app, request.id, NULL, cause->message, error);
  g_propagate_error(error, g_steal_pointer(&cause));
  return FALSE;
}

/* The browser's two arguments are the manifest's path and the extension's id. */
static gboolean
is_allowed(char **arguments)
{
  return g_strv_length(arguments) == 2 && g_str_equal(arguments[1], EXTENSION);
}

int
cli_native_host(CliApp *app, char **arguments, GError **error)
{
  if (!is_allowed(arguments)) {
    cli_say(_("a mail client starts this, for the extension %s only"), EXTENSION);
    return EX_NOPERM;
  }
  g_autoptr(GError) cause = NULL;
  g_autoptr(GBytes) frame = cli_frame_read(STDIN_FILENO, &cause);
  while (frame && serve(app, frame, &cause)) {
    g_bytes_unref(frame);
    frame = cli_frame_read(STDIN_FILENO, &cause);
  }
  if (!cause)
    return EX_OK;
  if (!frame && !reply(app, NULL, NULL, cause->message, error))
    return EX_IOERR;
  g_propagate_error(error, g_steal_pointer(&cause));
  return EX_DATAERR;
}
