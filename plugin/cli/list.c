/* list: what a rep looks at in the morning.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <sysexits.h>

#include "commands.h"
#include "json.h"
#include "prospects.h"
#include "sturdy.h"
#include "table.h"
#include "when.h"

#define MISSING_AFTER (24 * 60 * 60) /* seconds after which sent mail should be in notmuch */
#define ROOMY 130                    /* columns from which on days are written out */

static gboolean all;

const GOptionEntry cli_list_options[] = {
    {"all", 'a', 0, G_OPTION_ARG_NONE, &all, N_("list clients (stage won) too"), NULL},
    G_OPTION_ENTRY_NULL,
};

/* TRANSLATORS: heads of the columns of list: short */
static const CliColumn columns[] = {
    {.title = N_("STATE")},
    {.title = N_("SINCE"), .right = TRUE, .dropped = 3},
    {.title = N_("PROSPECT"), .least = 14},
    {.title = N_("ATT"), .right = TRUE, .dropped = 6},
    {.title = N_("OUT"), .right = TRUE, .dropped = 2},
    {.title = N_("REPLY"), .right = TRUE, .dropped = 4},
    {.title = N_("NEXT"), .right = TRUE, .dropped = 7},
    {.title = N_("PRESS"), .right = TRUE, .dropped = 1},
    {.title = N_("SUBJECT"), .least = 7, .dropped = 5},
};

/* Takes the leading words that are states: a set of bits; the rest are the query's. */
static guint
take_states(char ***words)
{
  CadenceState state;
  guint states = 0;
  for (; **words && cadence_state_from_id(**words, &state); (*words)++)
    states |= 1U << state;
  return states;
}

static void
keep_wanted(GPtrArray *prospects, guint states)
{
  for (guint i = prospects->len; i > 0; i--) {
    const CadenceStanding *standing = ((CliProspect *)prospects->pdata[i - 1])->standing;
    gboolean client = standing->terms->stage == CADENCE_STAGE_WON;
    if ((client && !all) || (states && !(states & 1U << standing->state)))
      g_ptr_array_remove_index(prospects, i - 1);
  }
}

static void
print_row(CliTable *table, const CliProspect *prospect, CadenceDay today, gboolean brief)
{
  const CadenceStanding *standing = prospect->standing;
  const CadenceContact *last_out = standing->last_outbound;
  const CadenceThread *live = standing->threads->len > 0 ? standing->threads->pdata[0] : NULL;
  CadenceDay last_reply = standing->last_reply ? standing->last_reply->day : CADENCE_DAY_NONE;
  g_autofree char *pressure =
      standing->pressure < 0 ? NULL : g_strdup_printf("%.1f", standing->pressure);
  cli_table_add_painted(table, standing->late ? _("owed, late") : cadence_state_id(standing->state),
                        cli_state_paint(standing));
  cli_table_take(table, cli_day(standing->since, today, brief));
  cli_table_add(table, standing->prospect);
  cli_table_take(table, g_strdup_printf("%u", standing->attempts));
  cli_table_take(table, cli_day(last_out ? last_out->day : CADENCE_DAY_NONE, today, brief));
  cli_table_take(table, cli_day(last_reply, today, brief));
  cli_table_take(table, cli_day(standing->next, today, brief));
  cli_table_add(table, pressure);
  cli_table_add(table, live ? live->subject : NULL);
}

static void
print_text(CliApp *app, const GPtrArray *prospects)
{
  guint width = app->terminal.width;
  CliColumn translated[G_N_ELEMENTS(columns)];
  for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
    translated[i] = columns[i];
    translated[i].title = _(columns[i].title);
  }
  g_autoptr(CliTable) table = cli_table_new(translated, G_N_ELEMENTS(translated), &app->terminal);
  for (guint i = 0; i < prospects->len; i++)
    print_row(table, prospects->pdata[i], app->clock.today, width > 0 && width < ROOMY);
  if (prospects->len > 0)
    cli_table_print(table, app->out, 0);
}

/* Where the index is up to date its marks tell who is in a state. Mail that notmuch does not know
 * yet has changed none of them. */
static GPtrArray *
names_in(CliApp *app, guint states, GError **error)
{
  gboolean marked = states && app->sent->len == 0 &&
                    cadence_store_is_current(app->store, app->files, app->clock.now);
  return marked ? cadence_store_prospects_in(app->store, &app->context, states, error)
                : cadence_store_prospects(app->store, &app->context, error);
}

static GPtrArray *
find(CliApp *app, char **words, GError **error)
{
  guint states = take_states(&words);
  g_autofree char *query = NULL;
  if (!cli_words_join(words, &query, error))
    return NULL;
  g_autoptr(GPtrArray) names =
      query ? cli_prospects_matching(app, query, error) : names_in(app, states, error);
  if (!names)
    return NULL;
  GPtrArray *prospects = cli_prospects_load(app, names, FALSE, error);
  if (prospects)
    keep_wanted(prospects, states);
  return prospects;
}

/* A follow-up can't be counted whose predecessor never gets into notmuch. */
static void
warn_of_missing(const CliApp *app)
{
  guint n = 0;
  for (guint i = 0; app->sent && i < app->sent->len; i++)
    if (((const CadenceSent *)app->sent->pdata[i])->at < app->clock.now - MISSING_AFTER)
      n++;
  if (n > 0)
    cli_say(ngettext("%u mail that was sent more than a day ago is not in notmuch: does the mail "
                     "client keep a copy of what it sends where \"notmuch new\" looks?",
                     "%u mails that were sent more than a day ago are not in notmuch: does the "
                     "mail client keep a copy of what it sends where \"notmuch new\" looks?",
                     n),
            n);
}

int
cli_list(CliApp *app, char **arguments, GError **error)
{
  g_autoptr(GPtrArray) prospects = NULL;
  cadence_mail_init();
  if (!cli_app_open_config(app, error))
    return EX_CONFIG;
  cli_sturdy_begin(NULL);
  if (cli_app_says_first_use(app))
    prospects = g_ptr_array_new();
  else if (!cli_app_open_store(app, error) || !(prospects = find(app, arguments, error)))
    return EX_SOFTWARE;
  if (app->json)
    cli_json_prospects(prospects, FALSE, app);
  else
    print_text(app, prospects);
  warn_of_missing(app);
  return EX_OK;
}
