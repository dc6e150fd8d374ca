/* show: what a rep looks at before writing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "show.h"

#include <glib/gi18n.h>
#include <sysexits.h>

#include "commands.h"
#include "json.h"
#include "party.h"
#include "prospects.h"
#include "sturdy.h"
#include "table.h"
#include "text.h"

/* Lines, unless all are asked for. */
#define CONTACTS 25
#define THREADS 10

static gboolean all;

const GOptionEntry cli_show_options[] = {
    {"all", 'a', 0, G_OPTION_ARG_NONE, &all, N_("the whole timeline, however long"), NULL},
    G_OPTION_ENTRY_NULL,
};

void
cli_show_title(CliApp *app, const char *title)
{
  g_string_append_printf(app->out, "\n%s%s%s\n", cli_paint_on(&app->terminal, CLI_PAINT_TITLE),
                         title, cli_paint_off(&app->terminal, CLI_PAINT_TITLE));
}

/* The name is cut where the terminal is too narrow for the line. */
static char *
headline_name(const CliApp *app, const CadenceStanding *standing, const char *state,
              const char *since)
{
  g_autofree char *name = cli_clean(standing->prospect);
  guint width = app->terminal.width, behind = 2 + cli_width(state) + cli_width(since);
  return cli_fit(name, width > behind ? width - behind : CLI_CLEAN_MAX * 2, app->terminal.cut);
}

static void
print_headline(CliApp *app, const CadenceStanding *standing)
{
  const CliTerminal *terminal = &app->terminal;
  CliPaint paint = cli_state_paint(standing);
  const char *state = standing->late ? _("owed, late") : cadence_state_id(standing->state);
  g_autofree char *day = cadence_day_to_string(standing->since);
  g_autofree char *since = day ? g_strdup_printf(_(" since %s"), day) : g_strdup("");
  g_autofree char *name = headline_name(app, standing, state, since);
  g_string_append_printf(app->out, "%s%s%s  %s%s%s%s\n  ", cli_paint_on(terminal, CLI_PAINT_TITLE),
                         name, cli_paint_off(terminal, CLI_PAINT_TITLE),
                         cli_paint_on(terminal, paint), state, cli_paint_off(terminal, paint),
                         since);
  cli_wrap(app->out, standing->rule, 2, terminal->width);
}

void
cli_show_left_out(CliApp *app, guint n)
{
  if (n == 0)
    return;
  g_autofree char *note =
      g_strdup_printf(ngettext("%u earlier one is left out; --all shows it",
                               "%u earlier ones are left out; --all shows them", n),
                      n);
  g_string_append(app->out, "  ");
  cli_wrap(app->out, note, 2, app->terminal.width);
}

static void
add_thread(CliTable *table, const CliApp *app, const CadenceThread *thread)
{
  cli_table_take(table, cadence_day_to_string(cadence_day_of(thread->last, app->zone)));
  cli_table_take(table, g_strdup_printf(_("%u out"), thread->outbound));
  cli_table_take(
      table, g_strdup_printf(ngettext("%u reply", "%u replies", thread->replies), thread->replies));
  cli_table_add(table, thread->subject);
  cli_table_take(table, g_strdup_printf("thread:%s", thread->id));
}

static void
print_threads(CliApp *app, const CadenceStanding *standing)
{
  static const CliColumn columns[] = {
      {.title = NULL}, {.right = TRUE, .dropped = 2}, {.right = TRUE, .dropped = 3}, {.least = 16},
      {.dropped = 1},
  };
  guint n = all ? standing->threads->len : MIN(THREADS, standing->threads->len);
  if (n == 0)
    return;
  cli_show_title(app, _("Threads"));
  g_autoptr(CliTable) table = cli_table_new(columns, G_N_ELEMENTS(columns), &app->terminal);
  for (guint i = 0; i < n; i++)
    add_thread(table, app, standing->threads->pdata[i]);
  cli_table_print(table, app->out, 2);
  cli_show_left_out(app, standing->threads->len - n);
}

/* What they said last, and the command that would heed it. */
static void
print_proposal(CliApp *app, const CadenceStanding *standing)
{
  CadenceProposal proposal = standing->proposal;
  if (proposal.kind == CADENCE_PROPOSAL_NONE)
    return;
  g_autofree char *word = cli_shell_word(standing->prospect);
  g_autofree char *said = cadence_day_to_string(proposal.contact->day);
  g_autofree char *until = cadence_day_to_string(proposal.until);
  g_autofree char *text =
      proposal.kind == CADENCE_PROPOSAL_BURY
          ? g_strdup_printf(_("they declined on %s: notmuch cadence bury %s"), said, word)
          : g_strdup_printf(_("they put us off until %s, on %s: notmuch cadence hold %s %s"), until,
                            said, word, until);
  g_string_append(app->out, "  ");
  cli_wrap(app->out, text, 2, app->terminal.width);
}

static void
print_prospect(CliApp *app, const CadenceStanding *standing)
{
  if (app->out->len > 0)
    g_string_append_c(app->out, '\n');
  print_headline(app, standing);
  print_proposal(app, standing);
  cli_show_terms(app, standing->terms);
  cli_show_measures(app, standing);
  cli_show_addresses(app, standing);
  cli_show_timeline(app, standing, all ? 0 : CONTACTS);
  print_threads(app, standing);
}

static GPtrArray *
find(CliApp *app, const char *text, GError **error)
{
  g_autoptr(GPtrArray) names = cli_prospects_meant(app, text, error);
  return names ? cli_prospects_load(app, names, TRUE, error) : NULL;
}

int
cli_show(CliApp *app, char **arguments, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr(GPtrArray) prospects = NULL;
  if (!cli_words_join(arguments, &text, error))
    return EX_USAGE;
  if (!text || !*text) {
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                _("show needs the name, address or domain of a prospect, or a query"));
    return EX_USAGE;
  }
  cadence_mail_init();
  cli_sturdy_begin(NULL);
  if (!cli_app_open_store(app, error))
    return EX_SOFTWARE;
  if (cli_app_says_first_use(app))
    prospects = g_ptr_array_new();
  else if (!(prospects = find(app, text, error)))
    return EX_SOFTWARE;
  else if (prospects->len == 0)
    cli_say(_("\"%s\" is no prospect, and as a query it finds no mail of one; see: notmuch cadence "
              "list"),
            text);
  if (app->json)
    cli_json_prospects(prospects, TRUE, app);
  for (guint i = 0; !app->json && i < prospects->len; i++)
    print_prospect(app, ((CliProspect *)prospects->pdata[i])->standing);
  return EX_OK;
}
