/* settle: says that the open reply needs no answer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <sysexits.h>

#include "change.h"
#include "commands.h"
#include "json.h"
#include "text.h"

#define WAIT 10 /* seconds for the write lock */

static gboolean undo;

const GOptionEntry cli_settle_options[] = {
    {"undo", 0, 0, G_OPTION_ARG_NONE, &undo, N_("say that it needs an answer after all"), NULL},
    CLI_OPTION_NO_INDEX,
    G_OPTION_ENTRY_NULL,
};

/* The Message-IDs of the replies that nothing of ours has followed and that the tag is still to be
 * given to, or taken from. */
static void
add_replies(const CadenceStanding *standing, GPtrArray *ids)
{
  g_autoptr(GPtrArray) replies = cadence_standing_last_replies(standing);
  for (guint i = 0; i < replies->len; i++) {
    const CadenceContact *reply = replies->pdata[i];
    if (reply->settled == undo && (undo || reply->kind != CADENCE_KIND_PUTS_OFF))
      g_ptr_array_add(ids, g_strdup(reply->id));
  }
}

static GPtrArray *
replies_of(const GPtrArray *prospects)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
  for (guint i = 0; i < prospects->len; i++)
    add_replies(((CliProspect *)prospects->pdata[i])->standing, ids);
  g_ptr_array_add(ids, NULL);
  return ids;
}

static void
print_text(CliApp *app, const GPtrArray *ids, const CadenceStanding *before,
           const CadenceStanding *after)
{
  g_autofree char *name = cli_clean(after->prospect);
  g_string_append_printf(app->out, "%s%s%s\n", cli_paint_on(&app->terminal, CLI_PAINT_TITLE), name,
                         cli_paint_off(&app->terminal, CLI_PAINT_TITLE));
  for (guint i = 0; i < ids->len; i++) {
    g_autofree char *line = g_strdup_printf(undo ? _("-%s id:%s") : _("+%s id:%s"),
                                            app->policy->settled_tag, (char *)ids->pdata[i]);
    g_string_append(app->out, "  ");
    cli_wrap(app->out, line, 2, app->terminal.width);
  }
  if (ids->len == 0)
    g_string_append_printf(app->out, "  %s\n",
                           undo ? _("none of its last replies is settled")
                                : _("no reply of it is open"));
  cli_change_print_standings(app, before, after);
}

static void
print_json(JsonBuilder *json, const CliApp *app, const GPtrArray *ids,
           const CadenceStanding *before, const CadenceStanding *after)
{
  json_builder_begin_object(json);
  cli_json_string(json, "prospect", after->prospect);
  json_builder_set_member_name(json, undo ? "opened" : "settled");
  json_builder_begin_array(json);
  for (guint i = 0; i < ids->len; i++) {
    g_autofree char *term = g_strconcat("id:", ids->pdata[i], NULL);
    g_autofree char *valid = g_utf8_make_valid(term, -1);
    json_builder_add_string_value(json, valid);
  }
  json_builder_end_array(json);
  cli_json_standings(json, before, after, app);
  json_builder_end_object(json);
}

static const CadenceStanding *
standing_of(const GPtrArray *prospects, const char *name)
{
  for (guint i = 0; i < prospects->len; i++) {
    const CadenceStanding *standing = ((CliProspect *)prospects->pdata[i])->standing;
    if (g_str_equal(standing->prospect, name))
      return standing;
  }
  return NULL;
}

static void
print(CliApp *app, const GPtrArray *before, const GPtrArray *after)
{
  g_autoptr(JsonBuilder) json = app->json ? cli_json_begin(app) : NULL;
  if (json) {
    json_builder_set_member_name(json, "prospects");
    json_builder_begin_array(json);
  }
  for (guint i = 0; i < before->len; i++) {
    const CadenceStanding *was = ((CliProspect *)before->pdata[i])->standing;
    const CadenceStanding *is = standing_of(after, was->prospect);
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    add_replies(was, ids);
    if (json)
      print_json(json, app, ids, was, is ? is : was);
    else
      print_text(app, ids, was, is ? is : was);
  }
  if (json) {
    json_builder_end_array(json);
    cli_json_end(json, app);
  }
}

static gboolean
settle(CliApp *app, const char *text, GError **error)
{
  g_autoptr(GPtrArray) names = cli_is_query(text) ? cli_prospects_meant(app, text, error)
                                                  : cli_prospects_named(app, text, error);
  g_autoptr(GPtrArray) before = names ? cli_prospects_load(app, names, TRUE, error) : NULL;
  if (!before)
    return FALSE;
  if (before->len == 0) {
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                _("\"%s\" is no prospect, and no query that finds mail of one (such as id:... or "
                  "from:...)"),
                text);
    return FALSE;
  }
  g_autoptr(GPtrArray) ids = replies_of(before);
  gboolean changes = ids->len > 1;
  if (changes && (!cadence_store_tag(app->store, (const char *const *)ids->pdata,
                                     app->policy->settled_tag, !undo, WAIT, error) ||
                  !cli_app_reopen_store(app, error)))
    return FALSE;
  g_autoptr(GPtrArray) after = cli_prospects_load(app, names, TRUE, error);
  if (!after)
    return FALSE;
  print(app, before, after);
  if (changes)
    cli_change_index(app);
  return TRUE;
}

int
cli_settle(CliApp *app, char **arguments, GError **error)
{
  g_autofree char *text = NULL;
  if (!cli_words_join(arguments, &text, error))
    return EX_USAGE;
  if (!text || !*text) {
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                _("settle needs the name, address or domain of a prospect, or a query"));
    return EX_USAGE;
  }
  cadence_mail_init();
  if (!cli_app_open_store(app, error))
    return EX_SOFTWARE;
  if (!*app->policy->settled_tag) {
    g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_CONFIG,
                _("[tags] settled of policy.ini is empty, so no reply can be settled"));
    return EX_CONFIG;
  }
  return settle(app, text, error) ? EX_OK : EX_SOFTWARE;
}
