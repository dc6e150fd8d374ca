/* The file of a refusal: an object of format 1, read back with suspicion.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "record.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define FORMAT 1
#define DEPTH_MAX 4 /* a list in a reason in a list in an object */

/* --- writing --- */

static void
add_string(JsonBuilder *json, const char *name, const char *value)
{
  g_autofree char *valid = value ? g_utf8_make_valid(value, -1) : NULL;
  json_builder_set_member_name(json, name);
  if (valid)
    json_builder_add_string_value(json, valid);
  else
    json_builder_add_null_value(json);
}

static void
add_number(JsonBuilder *json, const char *name, gint64 value)
{
  json_builder_set_member_name(json, name);
  json_builder_add_int_value(json, value);
}

static void
add_reason(JsonBuilder *json, const CadenceReason *reason)
{
  g_autofree char *until = cadence_day_to_string(reason->until);
  json_builder_begin_object(json);
  add_string(json, "id", cadence_reason_id(reason->id));
  add_string(json, "severity", cadence_severity_id(reason->severity));
  add_string(json, "prospect", reason->prospect);
  add_string(json, "message", reason->message);
  add_string(json, "rule", reason->rule);
  add_string(json, "limit", reason->limit);
  add_string(json, "observed", reason->observed);
  add_string(json, "until", until);
  json_builder_set_member_name(json, "evidence");
  json_builder_begin_array(json);
  for (char **id = reason->evidence; id && *id; id++)
    json_builder_add_string_value(json, *id);
  json_builder_end_array(json);
  json_builder_end_object(json);
}

char *
sendmail_record_text(const SendmailRefusal *refusal)
{
  g_autoptr(JsonBuilder) json = json_builder_new();
  json_builder_begin_object(json);
  add_number(json, "format", FORMAT);
  add_string(json, "recipients", refusal->recipients);
  add_number(json, "at", refusal->at);
  add_number(json, "allowed", refusal->allowed);
  add_string(json, "leave_reason", refusal->leave_reason);
  add_number(json, "decision", refusal->verdict->decision);
  add_string(json, "unknown", refusal->verdict->unknown);
  json_builder_set_member_name(json, "reasons");
  json_builder_begin_array(json);
  for (guint i = 0; i < refusal->verdict->reasons->len; i++)
    add_reason(json, refusal->verdict->reasons->pdata[i]);
  json_builder_end_array(json);
  json_builder_end_object(json);
  g_autoptr(JsonNode) root = json_builder_get_root(json);
  return json_to_string(root, FALSE);
}

/* --- reading --- */

/* NULL where it is no string; json_node_get_string() takes an object or array for a value, and the
 * parser bytes for text. */
static const char *
text_of(JsonNode *node)
{
  const char *text = node && JSON_NODE_HOLDS_VALUE(node) ? json_node_get_string(node) : NULL;
  return text && g_utf8_validate(text, -1, NULL) ? text : NULL;
}

/* A string member; NULL where it is absent, null or something else. Owned by the caller. */
static char *
string_of(JsonObject *object, const char *name)
{
  return g_strdup(text_of(json_object_get_member(object, name)));
}

static gint64
number_of(JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member(object, name);
  return node && JSON_NODE_HOLDS_VALUE(node) && json_node_get_value_type(node) == G_TYPE_INT64
             ? json_node_get_int(node)
             : -1;
}

/* NULL where it is none. */
static JsonArray *
array_of(JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member(object, name);
  return node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
}

static GStrv
strings_of(JsonArray *array)
{
  g_autoptr(GStrvBuilder) strings = g_strv_builder_new();
  for (guint i = 0; array && i < json_array_get_length(array); i++) {
    const char *string = text_of(json_array_get_element(array, i));
    if (string)
      g_strv_builder_add(strings, string);
  }
  return g_strv_builder_end(strings);
}

/* NULL where it is none that we know. */
static CadenceReason *
reason_of(JsonNode *node)
{
  CadenceReasonId id;
  CadenceSeverity severity;
  JsonObject *object = JSON_NODE_HOLDS_OBJECT(node) ? json_node_get_object(node) : NULL;
  g_autofree char *id_text = object ? string_of(object, "id") : NULL;
  g_autofree char *severity_text = object ? string_of(object, "severity") : NULL;
  if (!id_text || !cadence_reason_from_id(id_text, &id) || !severity_text ||
      !cadence_severity_from_id(severity_text, &severity))
    return NULL;
  CadenceReason *reason = g_new0(CadenceReason, 1);
  reason->id = id;
  reason->severity = severity;
  g_autofree char *until = string_of(object, "until");
  reason->prospect = string_of(object, "prospect");
  reason->message = string_of(object, "message");
  reason->rule = string_of(object, "rule");
  reason->limit = string_of(object, "limit");
  reason->observed = string_of(object, "observed");
  if (!until || !cadence_day_parse(until, &reason->until, NULL))
    reason->until = CADENCE_DAY_NONE;
  reason->evidence = strings_of(array_of(object, "evidence"));
  return reason;
}

static CadenceVerdict *
verdict_of(JsonObject *object)
{
  gint64 decision = number_of(object, "decision");
  JsonArray *reasons = array_of(object, "reasons");
  g_autofree char *unknown = string_of(object, "unknown");
  if (decision < CADENCE_DECISION_SEND || decision > CADENCE_DECISION_UNKNOWN || !reasons)
    return NULL;
  CadenceVerdict *verdict = cadence_verdict_unknown(unknown);
  verdict->decision = (CadenceDecision)decision;
  for (guint i = 0; i < json_array_get_length(reasons); i++) {
    CadenceReason *reason = reason_of(json_array_get_element(reasons, i));
    if (reason)
      g_ptr_array_add(verdict->reasons, reason);
  }
  return verdict;
}

/* json-glib goes down by recursion, as deep as the text says. */
static gboolean
is_shallow(const char *text, gsize length)
{
  guint depth = 0;
  gboolean quoted = FALSE;
  for (gsize i = 0; i < length && depth <= DEPTH_MAX; i++) {
    if (text[i] == '"')
      quoted = !quoted;
    else if (quoted)
      i += text[i] == '\\';
    else if (strchr("[{", text[i]))
      depth++;
    else if (strchr("]}", text[i]) && depth > 0)
      depth--;
  }
  return depth <= DEPTH_MAX;
}

SendmailRefusal *
sendmail_record_parse(const char *text, gsize length)
{
  g_autoptr(JsonParser) parser = json_parser_new();
  if (!is_shallow(text, length) || !json_parser_load_from_data(parser, text, (gssize)length, NULL))
    return NULL;
  JsonNode *root = json_parser_get_root(parser);
  JsonObject *object = root && JSON_NODE_HOLDS_OBJECT(root) ? json_node_get_object(root) : NULL;
  if (!object || number_of(object, "format") != FORMAT)
    return NULL;
  g_autoptr(SendmailRefusal) refusal = g_new0(SendmailRefusal, 1);
  refusal->recipients = string_of(object, "recipients");
  refusal->at = number_of(object, "at");
  refusal->allowed = number_of(object, "allowed");
  refusal->leave_reason = string_of(object, "leave_reason");
  refusal->verdict = refusal->owned = verdict_of(object);
  if (!refusal->recipients || !refusal->verdict || refusal->at <= 0 || refusal->allowed < 0)
    return NULL;
  return g_steal_pointer(&refusal);
}
