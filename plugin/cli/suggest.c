/* suggest: parties that we wrote to first and that are no prospects yet.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "suggest.h"

#include <cadence/when.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sysexits.h>

#include "change.h"
#include "commands.h"
#include "json.h"
#include "progress.h"
#include "prompt.h"
#include "sturdy.h"
#include "table.h"
#include "text.h"
#include "when.h"

#define LIMIT 20
#define SINCE "1 year ago"

static char *since;
static gboolean walk;
static int limit = LIMIT;

const GOptionEntry cli_suggest_options[] = {
    {"since", 0, 0, G_OPTION_ARG_FILENAME, &since,
     N_("only whom we have written to since then (1 year ago)"), N_("WHEN")},
    {"limit", 0, 0, G_OPTION_ARG_INT, &limit, N_("so many of them; 0 is all (20)"), N_("NUMBER")},
    {"agree", 0, 0, G_OPTION_ARG_NONE, &walk,
     N_("walk through them on the terminal and make agreements"), NULL},
    CLI_OPTION_NO_INDEX,
    G_OPTION_ENTRY_NULL,
};

CadenceDay
cli_suggest_last(const CadenceStanding *standing)
{
  CadenceDay out = standing->last_outbound ? standing->last_outbound->day : CADENCE_DAY_NONE;
  CadenceDay in = standing->last_reply ? standing->last_reply->day : CADENCE_DAY_NONE;
  return MAX(out, in);
}

char *
cli_suggest_cadence(const CadenceStanding *standing)
{
  CadenceIntervals proposed;
  (void)cadence_standing_propose(standing, &proposed);
  return cadence_intervals_to_string(&proposed);
}

/* --- who --- */

/* Bounces and newsletters begin nothing: the first that a person wrote decides. */
static gboolean
is_begun_by_us(const CadenceStanding *standing)
{
  for (guint i = 0; i < standing->contacts->len; i++) {
    const CadenceContact *contact = standing->contacts->pdata[i];
    if (contact->direction == CADENCE_OUTBOUND)
      return TRUE;
    if (cadence_kind_is_reply(contact->kind))
      return FALSE;
  }
  return FALSE;
}

/* TRUE where they are at a domain of ours: colleagues, as a rule. */
static gboolean
is_house(const CliApp *app, const char *party)
{
  const char *const *us = cadence_store_us(app->store);
  g_autofree char *theirs =
      strchr(party, '@') ? cadence_address_party(party, CADENCE_GROUP_DOMAIN) : g_strdup(party);
  for (; *us; us++) {
    g_autofree char *ours = cadence_address_party(*us, CADENCE_GROUP_DOMAIN);
    if (g_str_equal(ours, theirs))
      return TRUE;
  }
  return FALSE;
}

/* Nobody who asked us to stop, or whose addresses bounce. */
static gboolean
is_candidate(const CliApp *app, const CadenceStanding *standing)
{
  gboolean gone = standing->state == CADENCE_STATE_DEAD && !standing->stopped;
  return !gone && is_begun_by_us(standing) && !is_house(app, standing->prospect);
}

/* Whoever has answered stands before whoever has not, the more often the better; then the newer. */
static int
compare(gconstpointer a, gconstpointer b)
{
  const CadenceStanding *x = (*(CliProspect *const *)a)->standing;
  const CadenceStanding *y = (*(CliProspect *const *)b)->standing;
  if (x->runs != y->runs)
    return x->runs > y->runs ? -1 : 1;
  CadenceDay last_x = cli_suggest_last(x), last_y = cli_suggest_last(y);
  if (last_x != last_y)
    return last_x > last_y ? -1 : 1;
  return strcmp(x->prospect, y->prospect);
}

static GPtrArray *
load(CliApp *app, const GPtrArray *names, GError **error)
{
  GPtrArray *found = g_ptr_array_new_with_free_func((GDestroyNotify)cli_prospect_free);
  CliProgress progress;
  g_autoptr(GError) cause = NULL;
  cli_progress_begin(&progress, &app->terminal);
  for (guint i = 0; i < names->len && !cause; i++) {
    g_autoptr(CliProspect) prospect = cli_party_standing(app, names->pdata[i], TRUE, &cause);
    if (prospect && is_candidate(app, prospect->standing)) {
      cadence_standing_trim(prospect->standing);
      g_ptr_array_add(found, g_steal_pointer(&prospect));
    }
    cli_progress_draw(i + 1, names->len, &progress);
  }
  cli_progress_end(&progress);
  if (cause) {
    g_propagate_error(error, g_steal_pointer(&cause));
    g_clear_pointer(&found, g_ptr_array_unref);
    return NULL;
  }
  g_ptr_array_sort(found, compare);
  return found;
}

/* --- printing --- */

/* TRANSLATORS: heads of the columns of suggest: short */
static const CliColumn columns[] = {
    {.title = N_("PARTY"), .least = 14},
    {.title = N_("OUT"), .right = TRUE},
    {.title = N_("REPLIES"), .right = TRUE, .dropped = 6},
    {.title = N_("ATT"), .right = TRUE, .dropped = 4},
    {.title = N_("GAP"), .right = TRUE, .dropped = 3},
    {.title = N_("LAST"), .right = TRUE, .dropped = 5},
    {.title = N_("EVERY"), .right = TRUE},
    {.title = N_("SUBJECT"), .least = 7, .dropped = 2},
};

static void
add_row(CliTable *table, const CliApp *app, const CadenceStanding *standing)
{
  const CadenceThread *live = standing->threads->len > 0 ? standing->threads->pdata[0] : NULL;
  gboolean brief = app->terminal.width > 0;
  cli_table_add(table, standing->prospect);
  cli_table_take(table, g_strdup_printf("%u", standing->outbound));
  cli_table_take(table, g_strdup_printf("%u", standing->replies));
  cli_table_take(table, g_strdup_printf("%u", standing->attempts));
  cli_table_take(table, cli_length(standing->reply_gap.median));
  cli_table_take(table, cli_day(cli_suggest_last(standing), app->clock.today, brief));
  cli_table_take(table, cli_suggest_cadence(standing));
  cli_table_add(table, live ? live->subject : NULL);
}

static void
print_text(CliApp *app, const GPtrArray *candidates, guint n)
{
  CliColumn translated[G_N_ELEMENTS(columns)];
  for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
    translated[i] = columns[i];
    translated[i].title = _(columns[i].title);
  }
  g_autoptr(CliTable) table = cli_table_new(translated, G_N_ELEMENTS(translated), &app->terminal);
  for (guint i = 0; i < n; i++)
    add_row(table, app, ((CliProspect *)candidates->pdata[i])->standing);
  cli_table_print(table, app->out, 0);
}

/* Those who named a day before which they don't want to hear from us. */
static void
print_holds(const GPtrArray *candidates, guint n)
{
  for (guint i = 0; i < n; i++) {
    const CadenceStanding *standing = ((CliProspect *)candidates->pdata[i])->standing;
    CadenceProposal proposal = standing->proposal;
    if (proposal.kind != CADENCE_PROPOSAL_HOLD)
      continue;
    g_autofree char *word = cli_shell_word(standing->prospect);
    g_autofree char *until = cadence_day_to_string(proposal.until);
    cli_say(_("%s put us off until %s: notmuch cadence agree %s hold-until=%s"), standing->prospect,
            until, word, until);
  }
}

/* What to do with them, beside the list and not in it. */
static void
print_hint(const GPtrArray *candidates, guint n)
{
  if (candidates->len == 0) {
    cli_say(_("nobody is to be suggested: whoever we wrote to first since %s is a prospect, is "
              "ignored, "
              "or asked us to stop; --since=DATE looks further back"),
            since ? since : SINCE);
    return;
  }
  const CadenceStanding *first = ((CliProspect *)candidates->pdata[0])->standing;
  g_autofree char *word = cli_shell_word(first->prospect);
  if (candidates->len > n)
    cli_say(ngettext("%u more is left out; --limit=0 shows it",
                     "%u more are left out; --limit=0 shows them", candidates->len - n),
            candidates->len - n);
  cli_say(
      _("to make one a prospect: notmuch cadence agree %s every=1mo; to walk through them: notmuch "
        "cadence suggest --agree"),
      word);
}

static void
print_json(CliApp *app, const GPtrArray *candidates, guint n, gint64 instant)
{
  g_autoptr(JsonBuilder) json = cli_json_begin(app);
  cli_json_instant(json, "since", instant, app);
  json_builder_set_member_name(json, "candidates");
  json_builder_begin_array(json);
  for (guint i = 0; i < n; i++) {
    const CadenceStanding *standing = ((CliProspect *)candidates->pdata[i])->standing;
    g_autofree char *every = cli_suggest_cadence(standing);
    json_builder_begin_object(json);
    cli_json_string(json, "every", *every ? every : NULL);
    json_builder_set_member_name(json, "standing");
    cli_json_standing(json, standing, FALSE, app);
    json_builder_end_object(json);
  }
  json_builder_end_array(json);
  cli_json_number(json, "left_out", candidates->len - n);
  cli_json_end(json, app);
}

/* --- the command --- */

static gboolean
check_options(const CliApp *app, char **arguments, GError **error)
{
  const char *fault = NULL;
  if (arguments[0])
    fault = _("suggest takes no arguments but options");
  else if (limit < 0)
    fault = _("--limit takes a number from 0 on");
  else if (walk && !cli_can_ask(app))
    fault = _(
        "--agree asks, so it needs a terminal; without one: notmuch cadence agree PARTY every=1mo");
  if (fault)
    g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, fault);
  return fault == NULL;
}

/* The beginning of the day that --since names. */
static gboolean
read_since(const CliApp *app, gint64 *instant, GError **error)
{
  if (!cadence_when_instant_parse(since ? since : SINCE, &app->clock, instant, error)) {
    g_prefix_error(error, "--since: ");
    return FALSE;
  }
  g_autofree char *day = cadence_day_to_string(cadence_day_of(*instant, app->zone));
  g_autofree char *midnight = g_strconcat(day ? day : "", "T00:00:00", NULL);
  return cadence_instant_parse(midnight, app->zone, instant, error);
}

static GPtrArray *
find(CliApp *app, gint64 *instant, GError **error)
{
  if (!read_since(app, instant, error))
    return NULL;
  g_autoptr(GPtrArray) names =
      cadence_store_candidates(app->store, &app->context, MAX(*instant, 0), error);
  return names ? load(app, names, error) : NULL;
}

int
cli_suggest(CliApp *app, char **arguments, GError **error)
{
  gint64 instant;
  if (!check_options(app, arguments, error))
    return EX_USAGE;
  cadence_mail_init();
  cli_sturdy_begin(NULL);
  if (!cli_app_open_store(app, error))
    return EX_SOFTWARE;
  g_autoptr(GPtrArray) candidates = find(app, &instant, error);
  if (!candidates)
    return EX_SOFTWARE;
  guint n = limit > 0 ? MIN((guint)limit, candidates->len) : candidates->len;
  if (app->json) {
    print_json(app, candidates, n, instant);
    return EX_OK;
  }
  if (walk && candidates->len > 0)
    return cli_suggest_walk(app, candidates, error) ? EX_OK : EX_SOFTWARE;
  if (n > 0)
    print_text(app, candidates, n);
  print_holds(candidates, n);
  print_hint(candidates, n);
  return EX_OK;
}
