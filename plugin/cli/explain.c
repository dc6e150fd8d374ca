/* explain: what a message is taken for, and why.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <string.h>
#include <sysexits.h>

#include "commands.h"
#include "input.h"
#include "json.h"
#include "show.h"
#include "table.h"
#include "text.h"

typedef struct {
  CadenceMessage *message;
  CadenceNewText *text;
  const char *ours; /* which of its senders is us; NULL where it is inbound */
  char *nudge;      /* outbound: the sentence, where it only nudges */
} Explanation;

static CadenceKind
kind_of(const Explanation *explanation)
{
  return explanation->ours ? CADENCE_KIND_OUTBOUND : explanation->message->kind;
}

/* ---- finding out ---- */

/* A file needs no database; where there is none, only the policy says who is us. */
static gboolean
open_parties(CliApp *app, gboolean needed, GError **error)
{
  g_autoptr(GError) cause = NULL;
  if (cli_app_open_store(app, &cause))
    return TRUE;
  if (needed || !g_error_matches(cause, CADENCE_ERROR, CADENCE_ERROR_NO_DATABASE)) {
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
  }
  app->parties = cadence_config_parties(app->config, error);
  return app->parties != NULL;
}

static GByteArray *
read_stored(CliApp *app, const char *id, GError **error)
{
  g_autofree char *filename = NULL;
  if (!open_parties(app, TRUE, error) || !cadence_store_filename(app->store, id, &filename, error))
    return NULL;
  if (filename)
    return cli_input_read(filename, error);
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_NO_INPUT,
              _("id:%s is no message that notmuch knows"), id);
  return NULL;
}

static GByteArray *
read_message(CliApp *app, const char *what, GError **error)
{
  if (what && g_str_has_prefix(what, "id:"))
    return read_stored(app, what + strlen("id:"), error);
  return open_parties(app, FALSE, error) ? cli_input_read(what, error) : NULL;
}

static const char *
find_ours(const CliApp *app, const CadenceMessage *message)
{
  for (char **sender = message->sender; *sender; sender++) {
    if (cadence_parties_find(app->parties, *sender, NULL) == CADENCE_PARTY_US)
      return *sender;
  }
  return NULL;
}

static gboolean
find_out(const CliApp *app, const GByteArray *bytes, Explanation *explanation, GError **error)
{
  const char *data = (const char *)bytes->data;
  explanation->message = cadence_message_parse(data, bytes->len, TRUE, error);
  if (!explanation->message)
    return FALSE;
  explanation->text = cadence_new_text_parse(data, bytes->len);
  explanation->ours = find_ours(app, explanation->message);
  explanation->nudge = explanation->ours ? cadence_new_text_nudge(explanation->text) : NULL;
  return TRUE;
}

/* ---- saying it ---- */

static void
add_rule(JsonBuilder *json, const char *id, const char *evidence)
{
  json_builder_begin_object(json);
  cli_json_string(json, "id", id);
  cli_json_string(json, "evidence", evidence);
  json_builder_end_object(json);
}

/* What says that a message is ours says it all. */
static void
add_rules(JsonBuilder *json, const Explanation *explanation)
{
  const GPtrArray *rules = explanation->message->rules;
  json_builder_set_member_name(json, "rules");
  json_builder_begin_array(json);
  if (explanation->ours)
    add_rule(json, "from-us", explanation->ours);
  if (explanation->nudge)
    add_rule(json, "nudge", explanation->nudge);
  for (guint i = 0; !explanation->ours && i < rules->len; i++) {
    const CadenceRule *rule = rules->pdata[i];
    add_rule(json, rule->id, rule->evidence);
  }
  json_builder_end_array(json);
}

static void
add_recipients(JsonBuilder *json, const GPtrArray *recipients)
{
  json_builder_set_member_name(json, "recipients");
  json_builder_begin_array(json);
  for (guint i = 0; recipients && i < recipients->len; i++) {
    const CadenceRecipient *recipient = recipients->pdata[i];
    json_builder_begin_object(json);
    cli_json_string(json, "address", recipient->address);
    cli_json_flag(json, "permanent", recipient->permanent);
    json_builder_end_object(json);
  }
  json_builder_end_array(json);
}

static void
print_json(CliApp *app, const Explanation *explanation)
{
  const CadenceMessage *message = explanation->message;
  g_autoptr(JsonBuilder) json = cli_json_begin(app);
  cli_json_string(json, "kind", cadence_kind_id(kind_of(explanation)));
  add_rules(json, explanation);
  add_recipients(json, explanation->ours ? NULL : message->recipients);
  cli_json_day(json, "absent_until", explanation->ours ? CADENCE_DAY_NONE : message->absent_until);
  cli_json_day(json, "proposed_until",
               explanation->ours ? CADENCE_DAY_NONE : message->proposed_until);
  cli_json_string(json, "new_text", explanation->text->text);
  cli_json_end(json, app);
}

static void
print_rules(CliApp *app, const Explanation *explanation)
{
  static const CliColumn columns[] = {{.title = NULL}, {.least = 16}};
  const GPtrArray *rules = explanation->message->rules;
  if (!explanation->ours && rules->len == 0)
    return;
  cli_show_title(app, _("Rules"));
  g_autoptr(CliTable) table = cli_table_new(columns, G_N_ELEMENTS(columns), &app->terminal);
  if (explanation->ours) {
    cli_table_add(table, "from-us");
    cli_table_add(table, explanation->ours);
  }
  if (explanation->nudge) {
    cli_table_add(table, "nudge");
    cli_table_add(table, explanation->nudge);
  }
  for (guint i = 0; !explanation->ours && i < rules->len; i++) {
    const CadenceRule *rule = rules->pdata[i];
    cli_table_add(table, rule->id);
    cli_table_add(table, rule->evidence);
  }
  cli_table_print(table, app->out, 2);
}

/* Of a bounce, whom the mail did not reach; of a delivery report, whom it did. */
static void
print_recipients(CliApp *app, const CadenceMessage *message)
{
  static const CliColumn columns[] = {{.least = 16}, {.title = NULL}};
  const GPtrArray *recipients = message->recipients;
  if (!recipients || recipients->len == 0)
    return;
  cli_show_title(app, _("Recipients"));
  g_autoptr(CliTable) table = cli_table_new(columns, G_N_ELEMENTS(columns), &app->terminal);
  for (guint i = 0; i < recipients->len; i++) {
    const CadenceRecipient *recipient = recipients->pdata[i];
    cli_table_add(table, recipient->address);
    cli_table_add(table, message->kind != CADENCE_KIND_BOUNCE ? _("reached")
                         : recipient->permanent               ? _("failed for good")
                                                              : _("failed for now"));
  }
  cli_table_print(table, app->out, 2);
}

static void
print_day(CliApp *app, const char *label, CadenceDay day)
{
  g_autofree char *shown = cadence_day_to_string(day);
  if (shown)
    g_string_append_printf(app->out, "%s: %s\n", label, shown);
}

static void
print_new_text(CliApp *app, const char *text)
{
  g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
  cli_show_title(app, *text ? _("New text") : _("No new text"));
  for (char **line = lines; *line; line++) {
    cli_pad(app->out, **line ? 2 : 0);
    cli_wrap(app->out, *line, 2, app->terminal.width);
  }
}

static void
print_text(CliApp *app, const Explanation *explanation)
{
  const CadenceMessage *message = explanation->message;
  g_string_append_printf(app->out, "%s%s%s\n", cli_paint_on(&app->terminal, CLI_PAINT_TITLE),
                         cadence_kind_id(kind_of(explanation)),
                         cli_paint_off(&app->terminal, CLI_PAINT_TITLE));
  if (!explanation->ours) {
    print_day(app, _("absent until"), message->absent_until);
    print_day(app, _("a hold could be proposed until"), message->proposed_until);
  }
  print_rules(app, explanation);
  if (!explanation->ours)
    print_recipients(app, message);
  print_new_text(app, explanation->text->text);
}

int
cli_explain(CliApp *app, char **arguments, GError **error)
{
  if (arguments[0] && arguments[1]) {
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                _("explain takes one message at a time"));
    return EX_USAGE;
  }
  cadence_mail_init();
  Explanation explanation = {0};
  g_autoptr(GByteArray) bytes = read_message(app, arguments[0], error);
  gboolean found = bytes && find_out(app, bytes, &explanation, error);
  if (found && app->json)
    print_json(app, &explanation);
  else if (found)
    print_text(app, &explanation);
  g_clear_pointer(&explanation.message, cadence_message_free);
  g_clear_pointer(&explanation.text, cadence_new_text_free);
  g_free(explanation.nudge);
  return EX_OK;
}
