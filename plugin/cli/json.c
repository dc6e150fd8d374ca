/* Members of our JSON: how each kind of value is written.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "json.h"

JsonBuilder *
cli_json_begin(const CliApp *app)
{
  JsonBuilder *json = json_builder_new();
  json_builder_begin_object(json);
  cli_json_number(json, "format", 1);
  cli_json_instant(json, "now", app->clock.now, app);
  return json;
}

/* Characters that a terminal might obey, and U+001F, which json-glib 1.6 leaves as it is. */
static gboolean
needs_escape(gunichar c)
{
  switch (g_unichar_type(c)) {
  case G_UNICODE_CONTROL:
    return c != '\n';
  case G_UNICODE_FORMAT:
  case G_UNICODE_LINE_SEPARATOR:
  case G_UNICODE_PARAGRAPH_SEPARATOR:
    return TRUE;
  default:
    return FALSE;
  }
}

/* RFC 8259 section 7: outside the basic plane a pair. */
static void
append_escape(GString *out, gunichar c)
{
  if (c <= 0xFFFF)
    g_string_append_printf(out, "\\u%04x", c);
  else
    g_string_append_printf(out, "\\u%04x\\u%04x", 0xD800 + ((c - 0x10000) >> 10),
                           0xDC00 + ((c - 0x10000) & 0x3FF));
}

/* Such characters stand only within strings, so they can be escaped in the finished text. */
static void
append_escaped(GString *out, const char *text)
{
  const char *plain = text;
  for (const char *at = text; *at; at = g_utf8_next_char(at)) {
    gunichar c = g_utf8_get_char(at);
    if (!needs_escape(c))
      continue;
    g_string_append_len(out, plain, at - plain);
    append_escape(out, c);
    plain = g_utf8_next_char(at);
  }
  g_string_append(out, plain);
}

void
cli_json_end(JsonBuilder *json, CliApp *app)
{
  json_builder_end_object(json);
  g_autoptr(JsonNode) root = json_builder_get_root(json);
  g_autoptr(JsonGenerator) generator = json_generator_new();
  json_generator_set_root(generator, root);
  g_autofree char *text = json_generator_to_data(generator, NULL);
  append_escaped(app->out, text);
  g_string_append_c(app->out, '\n');
}

static void
add_string(JsonBuilder *json, const char *value)
{
  g_autofree char *valid = value ? g_utf8_make_valid(value, -1) : NULL;
  if (valid)
    json_builder_add_string_value(json, valid);
  else
    json_builder_add_null_value(json);
}

void
cli_json_string(JsonBuilder *json, const char *name, const char *value)
{
  json_builder_set_member_name(json, name);
  add_string(json, value);
}

void
cli_json_number(JsonBuilder *json, const char *name, gint64 value)
{
  json_builder_set_member_name(json, name);
  if (value < 0)
    json_builder_add_null_value(json);
  else
    json_builder_add_int_value(json, value);
}

void
cli_json_flag(JsonBuilder *json, const char *name, gboolean value)
{
  json_builder_set_member_name(json, name);
  json_builder_add_boolean_value(json, value);
}

void
cli_json_day(JsonBuilder *json, const char *name, CadenceDay day)
{
  g_autofree char *text = cadence_day_to_string(day);
  cli_json_string(json, name, text);
}

void
cli_json_instant(JsonBuilder *json, const char *name, gint64 instant, const CliApp *app)
{
  g_autofree char *text = cadence_instant_to_string(instant, app->zone);
  cli_json_string(json, name, text);
}

void
cli_json_strings(JsonBuilder *json, const char *name, const char *const *values)
{
  json_builder_set_member_name(json, name);
  json_builder_begin_array(json);
  for (; values && *values; values++)
    add_string(json, *values);
  json_builder_end_array(json);
}

void
cli_json_evidence(JsonBuilder *json, const char *name, const char *id)
{
  g_autofree char *term = id ? g_strconcat("id:", id, NULL) : NULL;
  cli_json_string(json, name, term);
}
