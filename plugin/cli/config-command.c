/* config: the effective policy and where each value comes from; the faults of both files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <sysexits.h>

#include "commands.h"
#include "json.h"
#include "text.h"

static void
print_json(CliApp *app, const GPtrArray *faults)
{
  g_autoptr(JsonBuilder) json = cli_json_begin(app);
  const GPtrArray *settings = app->config ? cadence_config_settings(app->config) : NULL;
  cli_json_string(json, "directory", app->directory);
  json_builder_set_member_name(json, "settings");
  json_builder_begin_array(json);
  for (guint i = 0; settings && i < settings->len; i++) {
    const CadenceSetting *setting = settings->pdata[i];
    json_builder_begin_object(json);
    cli_json_string(json, "group", setting->group);
    cli_json_string(json, "key", setting->key);
    cli_json_string(json, "value", setting->value);
    cli_json_string(json, "origin", setting->origin);
    json_builder_end_object(json);
  }
  json_builder_end_array(json);
  cli_json_number(json, "agreements",
                  app->config ? (gint64)cadence_config_agreements(app->config)->len : -1);
  json_builder_set_member_name(json, "faults");
  json_builder_begin_array(json);
  for (guint i = 0; i < faults->len; i++) {
    g_autofree char *valid = g_utf8_make_valid(faults->pdata[i], -1);
    json_builder_add_string_value(json, valid);
  }
  json_builder_end_array(json);
  cli_json_end(json, app);
}

static guint
origin_width(const GPtrArray *settings)
{
  guint width = 0;
  for (guint i = 0; i < settings->len; i++)
    width = MAX(width, cli_width(((CadenceSetting *)settings->pdata[i])->origin));
  return width;
}

/* "policy.ini:3   [scope] query = from:me@example.com" */
static void
print_text(CliApp *app)
{
  const GPtrArray *settings = cadence_config_settings(app->config);
  guint width = origin_width(settings), agreements = cadence_config_agreements(app->config)->len;
  for (guint i = 0; i < settings->len; i++) {
    const CadenceSetting *setting = settings->pdata[i];
    g_autofree char *line =
        g_strdup_printf("[%s] %s = %s", setting->group, setting->key, setting->value);
    g_string_append(app->out, setting->origin);
    cli_pad(app->out, width + 2 - cli_width(setting->origin));
    cli_wrap(app->out, line, width + 2, app->terminal.width);
  }
  g_autofree char *summary =
      g_strdup_printf(ngettext("%u agreement; both files are in %s",
                               "%u agreements; both files are in %s", agreements),
                      agreements, app->directory);
  g_string_append_c(app->out, '\n');
  cli_wrap(app->out, summary, 0, app->terminal.width);
}

int
cli_config(CliApp *app, char **arguments, GError **error)
{
  if (arguments[0]) {
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                _("config takes no arguments but options"));
    return EX_USAGE;
  }
  if (!cli_app_find_directory(app, error))
    return EX_CONFIG;
  g_autoptr(GPtrArray) faults = cadence_config_faults(app->directory);
  if (faults->len == 0 && !cli_app_open_config(app, error))
    return EX_CONFIG;
  if (app->json)
    print_json(app, faults);
  else if (faults->len == 0)
    print_text(app);
  for (guint i = 0; i < faults->len; i++)
    cli_say("%s", (const char *)faults->pdata[i]);
  return faults->len > 0 ? EX_CONFIG : EX_OK;
}
