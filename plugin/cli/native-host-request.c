/* Requests of the native messaging host: JSON into a command line, by a table.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/message.h>
#include <glib/gi18n.h>
#include <string.h>

#include "native-host.h"

#define DEPTH_MAX 8        /* a request is an object with lists in an object */
#define VALUES_MAX 100000u /* json-glib makes some 100 bytes of each */
#define ID_MAX 100u        /* bytes */
#define LIMIT 10000        /* milliseconds, where the request names none */
#define LIMIT_MIN 10
#define LIMIT_MAX 60000

/* What a type of request runs. */
typedef struct {
  const char *type;
  const char *options[3]; /* words that are always there */
  const char *member;     /* becomes --MEMBER=VALUE where it is given */
  const char *words[5];   /* members, in order, that become the arguments, none of them an option */
  guint needed;           /* so many of them must be given */
  gboolean draft;         /* has one, which it reads from standard input */
} Type;

static const Type types[] = {
    {.type = "ping"},
    {.type = "check", .options = {"--format=json"}, .draft = TRUE},
    {.type = "allow", .member = "reason", .draft = TRUE},
    {.type = "show", .words = {"prospect"}, .needed = 1},
    {.type = "agree", .words = {"prospect", "settings"}, .needed = 2},
    {.type = "hold", .words = {"prospect", "day"}, .needed = 2},
    {.type = "log", .words = {"prospect", "channel", "direction", "text"}, .needed = 3},
};

/* NULL, for those who return a pointer. */
static gpointer
fail(GError **error, const char *what)
{
  g_set_error_literal(error, CADENCE_ERROR, CADENCE_ERROR_INPUT, what);
  return NULL;
}

void
cli_request_clear(CliRequest *request)
{
  g_clear_pointer(&request->id, json_node_unref);
  g_clear_pointer(&request->words, g_strfreev);
  g_clear_pointer(&request->draft, g_bytes_unref);
}

/* --- JSON --- */

/* json-glib goes down by recursion and makes an object of every value, so both are counted before.
 */
static gboolean
is_modest(const char *text, gsize length)
{
  guint depth = 0, values = 0;
  gboolean quoted = FALSE;
  for (gsize i = 0; i < length; i++) {
    if (quoted && text[i] == '\\')
      i++;
    else if (text[i] == '"')
      quoted = !quoted;
    else if (quoted)
      continue;
    else if (text[i] == '{' || text[i] == '[')
      depth++;
    else if (text[i] == '}' || text[i] == ']')
      depth -= MIN(depth, 1);
    else if (text[i] == ',' || text[i] == ':')
      values++;
    if (depth > DEPTH_MAX || values > VALUES_MAX)
      return FALSE;
  }
  return TRUE;
}

static JsonParser *
parse(GBytes *frame, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data(frame, &length);
  g_autoptr(JsonParser) parser = json_parser_new_immutable();
  if (length == 0 || !g_utf8_validate(text, (gssize)length, NULL))
    return fail(error, _("the message is no JSON: it is empty, or not UTF-8"));
  if (!is_modest(text, length))
    return fail(error, _("the message has too many values, or too deep ones"));
  if (!json_parser_load_from_data(parser, text, (gssize)length, NULL))
    return fail(error, _("the message is no JSON"));
  JsonNode *root = json_parser_get_root(parser);
  if (!root || !JSON_NODE_HOLDS_OBJECT(root))
    return fail(error, _("the message is no JSON object"));
  return g_steal_pointer(&parser);
}

/* The member's text; NULL where there is none, or it is something else. */
static const char *
text_of(JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member(object, name);
  return node && json_node_get_value_type(node) == G_TYPE_STRING ? json_node_get_string(node)
                                                                 : NULL;
}

static gint64
number_of(JsonObject *object, const char *name, gint64 otherwise)
{
  JsonNode *node = json_object_get_member(object, name);
  return node && json_node_get_value_type(node) == G_TYPE_INT64 ? json_node_get_int(node)
                                                                : otherwise;
}

/* Texts of the member, which is a text or a list. */
static GStrv
texts_of(JsonObject *object, const char *name)
{
  g_autoptr(GStrvBuilder) texts = g_strv_builder_new();
  JsonNode *node = json_object_get_member(object, name);
  JsonArray *list = node && JSON_NODE_HOLDS_ARRAY(node) ? json_node_get_array(node) : NULL;
  const char *one = text_of(object, name);
  if (one)
    g_strv_builder_add(texts, one);
  for (guint i = 0; list && i < json_array_get_length(list); i++) {
    JsonNode *element = json_array_get_element(list, i);
    if (json_node_get_value_type(element) == G_TYPE_STRING)
      g_strv_builder_add(texts, json_node_get_string(element));
  }
  return g_strv_builder_end(texts);
}

static JsonNode *
id_of(JsonObject *object)
{
  JsonNode *node = json_object_get_member(object, "id");
  const char *text = text_of(object, "id");
  gboolean fits =
      text ? strlen(text) <= ID_MAX : node && json_node_get_value_type(node) == G_TYPE_INT64;
  return fits ? json_node_copy(node) : NULL;
}

/* --- requests --- */

static GBytes *
draft_of(JsonObject *request, GError **error)
{
  JsonNode *node = json_object_get_member(request, "draft");
  if (!node || !JSON_NODE_HOLDS_OBJECT(node))
    return fail(error, _("the request has no draft"));
  JsonObject *draft = json_node_get_object(node);
  g_auto(GStrv) to = texts_of(draft, "to");
  g_auto(GStrv) cc = texts_of(draft, "cc");
  g_auto(GStrv) bcc = texts_of(draft, "bcc");
  CadenceDraftFields fields = {
      .from = text_of(draft, "from"),
      .to = (const char *const *)to,
      .cc = (const char *const *)cc,
      .bcc = (const char *const *)bcc,
      .subject = text_of(draft, "subject"),
      .in_reply_to = text_of(draft, "inReplyTo"),
      .references = text_of(draft, "references"),
      .text = text_of(draft, "text"),
      .attachments = (guint)CLAMP(number_of(draft, "attachments", 0), 0, G_MAXINT),
  };
  return cadence_draft_message(&fields, error);
}

static const Type *
type_of(JsonObject *request, GError **error)
{
  const char *type = text_of(request, "type");
  for (guint i = 0; type && i < G_N_ELEMENTS(types); i++) {
    if (g_str_equal(types[i].type, type))
      return &types[i];
  }
  return fail(error, _("the request is of no type that is known"));
}

/* "--" before the arguments: whatever they begin with, none is an option. */
static GStrv
words_of(JsonObject *request, const Type *type, GError **error)
{
  g_autoptr(GStrvBuilder) words = g_strv_builder_new();
  const char *value = type->member ? text_of(request, type->member) : NULL;
  g_autofree char *option = value ? g_strdup_printf("--%s=%s", type->member, value) : NULL;
  g_strv_builder_add(words, type->type);
  g_strv_builder_addv(words, (const char **)type->options);
  if (option)
    g_strv_builder_add(words, option);
  g_strv_builder_add_many(words, "--", type->draft ? "-" : NULL, NULL);
  for (guint i = 0; type->words[i]; i++) {
    g_auto(GStrv) texts = texts_of(request, type->words[i]);
    if (i < type->needed && !*texts) {
      g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_INPUT, _("the request has no \"%s\""),
                  type->words[i]);
      return NULL;
    }
    g_strv_builder_addv(words, (const char **)texts);
  }
  return g_strv_builder_end(words);
}

gboolean
cli_request_read(GBytes *frame, CliRequest *request, GError **error)
{
  g_autoptr(JsonParser) parser = parse(frame, error);
  if (!parser)
    return FALSE;
  JsonObject *object = json_node_get_object(json_parser_get_root(parser));
  request->id = id_of(object);
  request->limit = (guint)CLAMP(number_of(object, "limit", LIMIT), LIMIT_MIN, LIMIT_MAX);
  const Type *type = type_of(object, error);
  if (!type)
    return FALSE;
  if (type == &types[0])
    return TRUE;
  request->draft = type->draft ? draft_of(object, error) : NULL;
  if (type->draft && !request->draft)
    return FALSE;
  request->words = words_of(object, type, error);
  return request->words != NULL;
}
