/* setup: makes a mail client ask before it sends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "setup.h"

#include <cadence/config.h>
#include <glib/gi18n.h>
#include <sysexits.h>

#include "commands.h"
#include "json.h"
#include "near.h"
#include "prompt.h"
#include "text.h"

#define DECLINED 1 /* exit status */

static gboolean print_only, undo, consent;

const GOptionEntry cli_setup_options[] = {
    {"print", 0, 0, G_OPTION_ARG_NONE, &print_only, N_("show the change and make none"), NULL},
    {"undo", 0, 0, G_OPTION_ARG_NONE, &undo, N_("take out again what was put in"), NULL},
    {"yes", 'y', 0, G_OPTION_ARG_NONE, &consent, N_("change it without asking"), NULL},
    G_OPTION_ENTRY_NULL,
};

static const CliSetupClient *
find_client(const char *name, GError **error)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
  for (const CliSetupClient *client = cli_setup_clients; client->name; client++) {
    if (g_strcmp0(client->name, name) == 0)
      return client;
    g_strv_builder_add(builder, client->name);
  }
  g_auto(GStrv) names = g_strv_builder_end(builder);
  g_autofree char *list = g_strjoinv(", ", names), *shown = cli_clean(name);
  const char *near = name ? cli_near(name, (const char *const *)names) : NULL;
  if (near)
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                _("no client is called \"%s\"; did you mean \"%s\"?"), shown, near);
  else
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                _("setup needs the name of a client, one of: %s"), list);
  return NULL;
}

static void
print_text(CliApp *app, const CliSetup *setup)
{
  for (guint i = 0; i < setup->changes->len; i++)
    cli_setup_print_change(app, setup->changes->pdata[i]);
  for (guint i = 0; i < setup->notes->len; i++)
    cli_wrap(app->out, setup->notes->pdata[i], 0, app->terminal.width);
}

static const char *
action(const CliSetupChange *change)
{
  if (change->run)
    return "run";
  return !change->before ? "create" : change->after ? "change" : "remove";
}

static void
print_json(CliApp *app, const CliSetup *setup, gboolean done)
{
  g_autoptr(JsonBuilder) json = cli_json_begin(app);
  cli_json_string(json, "client", setup->client->name);
  cli_json_flag(json, "done", done);
  json_builder_set_member_name(json, "changes");
  json_builder_begin_array(json);
  for (guint i = 0; i < setup->changes->len; i++) {
    const CliSetupChange *change = setup->changes->pdata[i];
    g_autofree char *run = change->run ? g_strjoinv(" ", change->run) : NULL;
    json_builder_begin_object(json);
    cli_json_string(json, "action", action(change));
    cli_json_string(json, "path", change->path);
    cli_json_string(json, "run", run);
    json_builder_end_object(json);
  }
  json_builder_end_array(json);
  g_ptr_array_add(setup->notes, NULL);
  cli_json_strings(json, "notes", (const char *const *)setup->notes->pdata);
  cli_json_end(json, app);
}

/* FALSE with `*status` where it is not to be done. */
static gboolean
is_agreed(CliApp *app, int *status, GError **error)
{
  if (consent)
    return TRUE;
  if (!cli_can_ask(app)) {
    *status = EX_USAGE;
    g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                        _("nothing was changed, for nobody can be asked here: run it on a "
                          "terminal, or with --yes"));
    return FALSE;
  }
  g_autofree char *answer = cli_ask(app, undo ? _("Take that out? [y/N]:") : _("Do that? [y/N]:"));
  if (answer && (g_ascii_tolower(*answer) == 'y' ||
                 g_str_has_prefix(answer, C_("the first letter of yes", "y"))))
    return TRUE;
  g_string_append_printf(app->out, "%s\n", _("Nothing was changed."));
  *status = DECLINED;
  return FALSE;
}

static void
print_done(CliApp *app, const CliSetup *setup)
{
  for (guint i = 0; i < setup->changes->len; i++) {
    const CliSetupChange *change = setup->changes->pdata[i];
    g_autofree char *name = change->keep ? g_filename_display_name(change->path) : NULL;
    g_autofree char *shown = name ? cli_clean(name) : NULL;
    if (shown)
      g_string_append_printf(app->out, _("What it was is kept as %s%s\n"), shown, CLI_SETUP_BACKUP);
  }
  if (!setup->undo && setup->client->then)
    cli_wrap(app->out, _(setup->client->then), 0, app->terminal.width);
  if (!setup->undo)
    g_string_append_printf(app->out, _("To undo: notmuch-cadence setup %s --undo\n"),
                           setup->client->name);
}

static int
carry_out(CliApp *app, CliSetup *setup, GError **error)
{
  int status = EX_OK;
  if (!is_agreed(app, &status, error) || !cli_setup_apply(setup, error))
    return status;
  if (app->json) {
    g_string_truncate(app->out, 0);
    print_json(app, setup, TRUE);
  } else {
    print_done(app, setup);
  }
  return EX_OK;
}

int
cli_setup(CliApp *app, char **arguments, GError **error)
{
  const CliSetupClient *client = find_client(arguments[0], error);
  if (client && arguments[1])
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, _("setup takes one client"));
  if (!client || arguments[1])
    return EX_USAGE;
  g_autoptr(CliSetup) setup = cli_setup_new(client, undo);
  if (!cli_setup_plan(setup, error))
    return EX_SOFTWARE;
  if (app->json)
    print_json(app, setup, FALSE);
  else
    print_text(app, setup);
  if (setup->changes->len > 0)
    return print_only ? EX_OK : carry_out(app, setup, error);
  if (!app->json)
    g_string_append_printf(app->out, "%s\n",
                           undo ? _("There is nothing of ours to take out.")
                                : _("It is set up: there is nothing to change."));
  return EX_OK;
}
