/* JSON into a verdict. Nothing is taken for granted: the child may have been anything.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#define DEPTH 32    /* of nesting; the parser takes stack for each level */
#define REASONS 100 /* shown at most */

/* Exit statuses as notmuch-cadence-check(1) has them. */
static const struct {
  const char *id;
  FrontDecision decision;
  int status;
} decisions[] = {
    {"send", FRONT_SEND, 0},
    {"warn", FRONT_WARN, 1},
    {"stop", FRONT_STOP, 2},
};

static void
reason_free(gpointer data)
{
  FrontReason *reason = data;
  g_free(reason->message);
  g_free(reason->until);
  g_free(reason);
}

void
front_verdict_free(FrontVerdict *verdict)
{
  if (!verdict)
    return;
  g_free(verdict->summary);
  g_ptr_array_unref(verdict->reasons);
  g_free(verdict);
}

char *
front_clean(const char *text)
{
  g_autofree char *valid = g_utf8_make_valid(text, -1);
  GString *clean = g_string_new(NULL);
  for (const char *at = valid; *at; at = g_utf8_next_char(at)) {
    GUnicodeType type = g_unichar_type(g_utf8_get_char(at));
    gboolean acts = type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
                    type == G_UNICODE_LINE_SEPARATOR || type == G_UNICODE_PARAGRAPH_SEPARATOR;
    if (acts)
      g_string_append_c(clean, ' ');
    else
      g_string_append_unichar(clean, g_utf8_get_char(at));
  }
  return g_string_free(clean, FALSE);
}

static gboolean
too_deep(const char *json, gsize length)
{
  guint depth = 0;
  gboolean quoted = FALSE;
  for (gsize i = 0; i < length && depth <= DEPTH; i++) {
    if (quoted && json[i] == '\\')
      i++;
    else if (json[i] == '"')
      quoted = !quoted;
    else if (!quoted && (json[i] == '[' || json[i] == '{'))
      depth++;
    else if (!quoted && (json[i] == ']' || json[i] == '}') && depth > 0)
      depth--;
  }
  return depth > DEPTH;
}

/* A member that is a string, cleaned; NULL for anything else. */
static char *
string_member(JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member(object, name);
  gboolean string =
      node && JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_STRING;
  return string ? front_clean(json_node_get_string(node)) : NULL;
}

static void
add_reason(JsonArray *array, guint index, JsonNode *node, gpointer data)
{
  GPtrArray *reasons = data;
  if (!JSON_NODE_HOLDS_OBJECT(node) || reasons->len == REASONS)
    return;
  g_autofree char *message = string_member(json_node_get_object(node), "message");
  if (!message)
    return;
  FrontReason *reason = g_new0(FrontReason, 1);
  reason->message = g_steal_pointer(&message);
  reason->until = string_member(json_node_get_object(node), "until");
  g_ptr_array_add(reasons, reason);
}

static FrontVerdict *
verdict_of(JsonObject *object, FrontDecision decision)
{
  FrontVerdict *verdict = g_new0(FrontVerdict, 1);
  verdict->decision = decision;
  verdict->summary = string_member(object, "summary");
  if (!verdict->summary)
    verdict->summary = g_strdup(_("This mail should not go out yet"));
  verdict->reasons = g_ptr_array_new_with_free_func(reason_free);
  JsonNode *reasons = json_object_get_member(object, "reasons");
  if (reasons && JSON_NODE_HOLDS_ARRAY(reasons))
    json_array_foreach_element(json_node_get_array(reasons), add_reason, verdict->reasons);
  return verdict;
}

static FrontVerdict *
unclear(GError **error, const char *why)
{
  g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                      why ? why : _("its answer cannot be read"));
  return NULL;
}

/* Why the program does not know, from the JSON or else from what it complained about. */
static char *
cause_of(JsonObject *object, const FrontOutput *output)
{
  char *cause = object ? string_member(object, "unknown") : NULL;
  if (cause || !*output->err)
    return cause;
  g_auto(GStrv) lines = g_strsplit(output->err, "\n", 2);
  return front_clean(lines[0]);
}

FrontVerdict *
front_verdict_read(const FrontOutput *output, GError **error)
{
  g_autoptr(JsonParser) parser = json_parser_new();
  gboolean parsed = !too_deep(output->out, output->length) &&
                    json_parser_load_from_data(parser, output->out, (gssize)output->length, NULL);
  JsonNode *root = parsed ? json_parser_get_root(parser) : NULL;
  JsonObject *object = root && JSON_NODE_HOLDS_OBJECT(root) ? json_node_get_object(root) : NULL;
  g_autofree char *decision = object ? string_member(object, "decision") : NULL;
  for (guint i = 0; decision && i < G_N_ELEMENTS(decisions); i++)
    if (g_str_equal(decisions[i].id, decision) && decisions[i].status == output->status)
      return verdict_of(object, decisions[i].decision);
  g_autofree char *cause = cause_of(object, output);
  return unclear(error, cause);
}
