/* index: brings tags and properties up to date.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <sysexits.h>

#include "commands.h"
#include "json.h"
#include "progress.h"
#include "sturdy.h"
#include "text.h"

#define WAIT 60          /* seconds */
#define READERS_MAX 3    /* more would wait for the one that talks to libnotmuch */
#define WAIT_MAX 1000000 /* likewise: 11 days */

static struct {
  gboolean full, remove, dry_run, quiet;
  int wait;
} options = {.wait = WAIT};

const GOptionEntry cli_index_options[] = {
    {"full", 0, 0, G_OPTION_ARG_NONE, &options.full, N_("read everything, as for the first time"),
     NULL},
    {"remove", 0, 0, G_OPTION_ARG_NONE, &options.remove,
     N_("take everything that index wrote out of the database again"), NULL},
    {"dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run,
     N_("print what would change and write nothing"), NULL},
    {"quiet", 'q', 0, G_OPTION_ARG_NONE, &options.quiet, N_("print nothing but faults"), NULL},
    {"wait", 0, 0, G_OPTION_ARG_INT, &options.wait,
     N_("wait so long for a database that somebody else writes to (60)"), N_("SECONDS")},
    G_OPTION_ENTRY_NULL,
};

/* What the callbacks of a pass get. */
typedef struct {
  CliProgress progress;
} Pass;

static void
on_progress(guint done, guint total, gpointer data)
{
  Pass *pass = data;
  if (!options.quiet)
    cli_progress_draw(done, total, &pass->progress);
}

static void
on_waiting(gpointer data)
{
  Pass *pass = data;
  cli_progress_end(&pass->progress);
  if (!options.quiet)
    cli_say(_("another program writes to the database; waiting up to %d seconds for it"),
            options.wait);
}

static void
print_json(CliApp *app, const CadenceIndexResult *result)
{
  g_autoptr(JsonBuilder) json = cli_json_begin(app);
  cli_json_flag(json, "full", result->full);
  cli_json_flag(json, "dry_run", options.dry_run);
  cli_json_number(json, "prospects", result->prospects);
  cli_json_number(json, "messages", result->messages);
  cli_json_number(json, "unreadable", result->unreadable);
  json_builder_set_member_name(json, "states");
  json_builder_begin_object(json);
  for (guint i = 0; i < CADENCE_N_STATES; i++)
    cli_json_number(json, cadence_state_id((CadenceState)i), result->states[i]);
  json_builder_end_object(json);
  json_builder_set_member_name(json, "changes");
  json_builder_begin_array(json);
  for (guint i = 0; result->changes && i < result->changes->len; i++) {
    g_autofree char *valid = g_utf8_make_valid(result->changes->pdata[i], -1);
    json_builder_add_string_value(json, valid);
  }
  json_builder_end_array(json);
  cli_json_end(json, app);
}

/* "3 owed, 5 due" */
static char *
states_text(const CadenceIndexResult *result)
{
  GString *text = g_string_new(NULL);
  for (guint i = 0; i < CADENCE_N_STATES; i++)
    if (result->states[i] > 0)
      g_string_append_printf(text, "%s%u %s", text->len > 0 ? ", " : "", result->states[i],
                             cadence_state_id((CadenceState)i));
  return g_string_free(text, FALSE);
}

static void
print_text(CliApp *app, const CadenceIndexResult *result)
{
  for (guint i = 0; result->changes && i < result->changes->len; i++)
    cli_wrap(app->out, result->changes->pdata[i], 2, app->terminal.width);
  g_autofree char *states = states_text(result);
  g_autofree char *read = g_strdup_printf(
      ngettext("%u prospect read", "%u prospects read", result->prospects), result->prospects);
  g_autofree char *written = g_strdup_printf(
      options.dry_run
          ? ngettext("%u message would be written to", "%u messages would be written to",
                     result->messages)
          : ngettext("%u message written to", "%u messages written to", result->messages),
      result->messages);
  g_autofree char *line = options.remove ? g_strdup(written)
                          : *states      ? g_strdup_printf("%s (%s); %s", read, states, written)
                                         : g_strdup_printf("%s; %s", read, written);
  cli_wrap(app->out, line, 2, app->terminal.width);
  if (result->unreadable > 0)
    cli_say(ngettext("%u message has no readable file; notmuch new puts that right",
                     "%u messages have no readable file; notmuch new puts that right",
                     result->unreadable),
            result->unreadable);
}

static gboolean
run_pass(CliApp *app, CadenceIndexResult *result, GError **error)
{
  Pass pass;
  CadenceIndexOptions given = {.full = options.full,
                               .remove = options.remove,
                               .dry_run = options.dry_run,
                               .wait = (guint)options.wait,
                               .ticks = g_get_monotonic_time,
                               .readers = MIN(g_get_num_processors() - 1, READERS_MAX),
                               .progress = on_progress,
                               .waiting = on_waiting,
                               .data = &pass};
  cli_progress_begin(&pass.progress, &app->terminal);
  gboolean done = cadence_store_index(app->store, &app->context, &given, result, error);
  cli_progress_end(&pass.progress);
  return done;
}

/* The next run makes good what this one could not. */
static void
sweep_journal(CliApp *app)
{
  g_autoptr(GError) cause = NULL;
  if (!options.dry_run && !cadence_journal_sweep(app->store, &app->context, app->state, &cause) &&
      !options.quiet)
    cli_say(_("the journal of sent mail was not cleared up: %s"), cause->message);
}

/* Reading thousands of agreements takes longer than all else; whoever wants nothing printed need
 * not wait for that. */
static gboolean
is_current(CliApp *app)
{
  if (!options.quiet || options.full || options.remove)
    return FALSE;
  g_autoptr(GPtrArray) sent = cadence_journal_read(app->state, app->clock.now);
  if (sent->len > 0) /* to be cleared up */
    return FALSE;
  g_autofree char *files = cli_app_files_now(app);
  app->store = files ? cadence_store_open(NULL, NULL) : NULL;
  return app->store && cadence_store_is_current(app->store, files, app->clock.now);
}

static gboolean
check_arguments(char **arguments, GError **error)
{
  const char *fault = NULL;
  if (arguments[0])
    fault = _("index takes no arguments but options");
  else if (options.remove && options.full)
    fault = _("--remove and --full exclude each other");
  else if (options.wait < 0 || options.wait > WAIT_MAX)
    fault = _("--wait takes a number of seconds from 0 on");
  if (fault)
    g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, fault);
  return fault == NULL;
}

int
cli_index(CliApp *app, char **arguments, GError **error)
{
  CadenceIndexResult result = {0};
  if (!check_arguments(arguments, error))
    return EX_USAGE;
  cli_sturdy_begin(NULL);
  if (is_current(app))
    return EX_OK;
  cadence_mail_init();
  if (!cli_app_open_store(app, error))
    return EX_SOFTWARE;
  app->context.sent = NULL; /* the tags follow from what notmuch knows, and from nothing else */
  if (!run_pass(app, &result, error))
    return EX_SOFTWARE;
  sweep_journal(app);
  if (!options.quiet && app->json)
    print_json(app, &result);
  else if (!options.quiet)
    print_text(app, &result);
  cadence_index_result_clear(&result);
  if (!options.quiet && !options.remove)
    cli_app_says_first_use(app);
  return EX_OK;
}
