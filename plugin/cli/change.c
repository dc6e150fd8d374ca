/* Writes changes to an agreement and tells what they come to.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "change.h"

#include <glib/gi18n.h>
#include <string.h>

#include "agreement.h"
#include "json.h"
#include "table.h"
#include "text.h"

#define INDEX_WAIT 5 /* seconds: somebody looks at the terminal */

/* A change that was made. The configs are what the standings borrow from. */
typedef struct {
  CadenceConfig *old;
  const CadenceAgreement *was, *is; /* of the two configs */
  CliProspect *before, *after;
  GPtrArray *changed; /* of keys; static strings */
} Change;

static void
change_clear(Change *change)
{
  g_clear_pointer(&change->before, cli_prospect_free);
  g_clear_pointer(&change->after, cli_prospect_free);
  g_clear_pointer(&change->changed, g_ptr_array_unref);
  g_clear_pointer(&change->old, cadence_config_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Change, change_clear)

/* From here on the run goes by `config`; what it went by until now is given back. */
static gboolean
adopt(CliApp *app, CadenceConfig *config, CadenceConfig **old, GError **error)
{
  *old = app->config;
  cli_app_take_config(app, config);
  g_clear_pointer(&app->parties, cadence_parties_free);
  app->parties = cadence_store_parties(app->store, config, error);
  app->context.config = config;
  app->context.files = app->files;
  app->context.parties = app->parties;
  return app->parties != NULL;
}

static void
find_changed(Change *change)
{
  change->changed = g_ptr_array_new();
  for (const char *const *key = cadence_agreement_keys(); *key; key++) {
    g_autofree char *was = cli_agreement_value(change->was, *key);
    g_autofree char *is = cli_agreement_value(change->is, *key);
    if (g_strcmp0(was, is) != 0)
      g_ptr_array_add(change->changed, (gpointer)*key);
  }
}

/* The standing before, the file, the standing after. What the file said is what it said at that
 * moment, whatever was read when the run began. */
static gboolean
write_changes(CliApp *app, const CliParty *party, const CliChanges *changes, const char *name,
              Change *change, GError **error)
{
  g_autoptr(GError) cause = NULL;
  CadenceConfig *after = NULL;
  g_autoptr(CadenceConfig) first = NULL;
  CadenceConfig *before = NULL;
  if (!cadence_agreements_change(app->directory, name,
                                 (const CadenceChange *)(gpointer)changes->list->data,
                                 changes->list->len, !party->group, &before, &after, error))
    return FALSE;
  if (!adopt(app, before, &first, error)) {
    cadence_config_free(after);
    return FALSE;
  }
  if (party->known)
    change->before = cli_party_standing(app, party->name, FALSE, &cause);
  gboolean adopted = adopt(app, after, &change->old, cause ? NULL : &cause);
  change->was = cadence_config_agreement(change->old, party->name);
  change->is = cadence_config_agreement(after, name);
  if (adopted && !cause)
    change->after = cli_party_standing(app, name, FALSE, &cause);
  find_changed(change);
  if (!cause)
    return TRUE;
  g_propagate_prefixed_error(error, g_steal_pointer(&cause), _("the agreement is written, but: "));
  return FALSE;
}

/* --- printing --- */

static void
add_sentence(GString *line, const char *what, const char *is, const char *was)
{
  if (g_strcmp0(is, was) == 0)
    return;
  g_string_append_printf(line, "%s%s: ", line->len > 0 ? "; " : "", what);
  /* TRANSLATORS: of a date, or of a state */
  g_string_append_printf(line, _("%s, was %s"), is ? is : _("none"), was ? was : _("none"));
}

static char *
standing_line(const CadenceStanding *before, const CadenceStanding *after)
{
  GString *line = g_string_new(NULL);
  g_autofree char *next = after ? cadence_day_to_string(after->next) : NULL;
  g_autofree char *next_was = before ? cadence_day_to_string(before->next) : NULL;
  g_autofree char *end = after ? cadence_day_to_string(after->dead_on) : NULL;
  g_autofree char *end_was = before ? cadence_day_to_string(before->dead_on) : NULL;
  add_sentence(line, _("next"), next, next_was);
  add_sentence(line, _("state"), after ? cadence_state_id(after->state) : NULL,
               before ? cadence_state_id(before->state) : NULL);
  add_sentence(line, _("stops"), end, end_was);
  if (line->len > 0 || !after)
    return g_string_free(line, FALSE);
  if (next)
    g_string_append_printf(line, _("next: %s; state: %s; as before"), next,
                           cadence_state_id(after->state));
  else
    g_string_append_printf(line, _("state: %s; as before"), cadence_state_id(after->state));
  return g_string_free(line, FALSE);
}

void
cli_change_print_standings(CliApp *app, const CadenceStanding *before, const CadenceStanding *after)
{
  g_autofree char *line = standing_line(before, after);
  g_string_append(app->out, "  ");
  cli_wrap(app->out, line, 2, app->terminal.width);
  if (!after || after->state != CADENCE_STATE_DEAD)
    return;
  g_string_append(app->out, "  ");
  cli_wrap(app->out, after->rule, 2, app->terminal.width);
}

static void
print_keys(CliApp *app, const Change *change)
{
  static const CliColumn columns[] = {{.title = NULL}, {.least = 16}, {.least = 12}};
  g_autoptr(CliTable) table = cli_table_new(columns, G_N_ELEMENTS(columns), &app->terminal);
  for (guint i = 0; i < change->changed->len; i++) {
    const char *key = change->changed->pdata[i];
    g_autofree char *was = cli_agreement_value(change->was, key);
    char *is = cli_agreement_value(change->is, key);
    cli_table_add(table, key);
    cli_table_take(table, is ? is : g_strdup(_("none")));
    cli_table_take(table, was ? g_strdup_printf(_("was %s"), was) : NULL);
  }
  cli_table_print(table, app->out, 2);
}

static void
print_text(CliApp *app, const char *name, const Change *change, const char *words)
{
  g_autofree char *clean = cli_clean(name);
  g_string_append_printf(app->out, "%s%s%s\n", cli_paint_on(&app->terminal, CLI_PAINT_TITLE), clean,
                         cli_paint_off(&app->terminal, CLI_PAINT_TITLE));
  if (change->changed->len > 0) {
    print_keys(app, change);
  } else {
    g_string_append(app->out, "  ");
    cli_wrap(app->out, words ? words : _("nothing changes: that is what it says already"), 2,
             app->terminal.width);
  }
  cli_change_print_standings(app, change->before ? change->before->standing : NULL,
                             change->after ? change->after->standing : NULL);
}

static void
print_json(CliApp *app, const char *name, const Change *change)
{
  g_autoptr(JsonBuilder) json = cli_json_begin(app);
  cli_json_string(json, "prospect", name);
  g_ptr_array_add(change->changed, NULL);
  cli_json_strings(json, "changed", (const char *const *)change->changed->pdata);
  cli_json_standings(json, change->before ? change->before->standing : NULL,
                     change->after ? change->after->standing : NULL, app);
  cli_json_end(json, app);
}

void
cli_change_index(CliApp *app)
{
  g_autoptr(GError) cause = NULL;
  CadenceIndexResult result = {0};
  const CadenceIndexOptions options = {.wait = INDEX_WAIT};
  if (cli_change_given.no_index)
    return;
  if (!cadence_store_index(app->store, &app->context, &options, &result, &cause))
    cli_say(_("the tags in notmuch are not up to date yet (%s); later: notmuch cadence index"),
            cause->message);
  cadence_index_result_clear(&result);
}

gboolean
cli_change_apply(CliApp *app, const CliParty *party, const CliChanges *changes, const char *words,
                 GError **error)
{
  g_auto(Change) change = {0};
  const char *name = cli_change_given.name && !party->group ? cli_change_given.name : party->name;
  if (!write_changes(app, party, changes, name, &change, error))
    return FALSE;
  gboolean changed = change.changed->len > 0;
  if (app->json)
    print_json(app, name, &change);
  else
    print_text(app, name, &change, words);
  if (changed)
    cli_change_index(app);
  return TRUE;
}
