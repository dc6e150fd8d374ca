/* The parts of `show` that count: attempts, gaps, pressure, and what is known of each address.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "prospects.h"
#include "show.h"
#include "table.h"
#include "when.h"

static void
add(CliTable *table, const char *name, char *value)
{
  if (!value)
    return;
  cli_table_add(table, name);
  cli_table_take(table, value);
}

static char *
attempts_text(const CadenceStanding *standing)
{
  g_autofree char *first = cadence_day_to_string(standing->first_attempt_day);
  g_autofree char *last = cadence_day_to_string(standing->last_attempt_day);
  if (standing->attempts == 0)
    return g_strdup(standing->last_reply ? _("none since the last reply") : _("none"));
  if (standing->attempts == 1)
    return g_strdup_printf(_("1, on %s"), last);
  return g_strdup_printf(_("%u, from %s to %s"), standing->attempts, first, last);
}

/* NULL where nothing was measured. */
static char *
gap_text(const CadenceMeasure *measure)
{
  g_autofree char *median = cli_length(measure->median);
  g_autofree char *p90 = cli_length(measure->p90);
  g_autofree char *last = cli_length(measure->last);
  return median ? g_strdup_printf(_("median %s, 90%% within %s, last %s"), median, p90, last)
                : NULL;
}

static char *
wait_text(const CadenceMeasure *measure)
{
  g_autofree char *median = cli_length(measure->median);
  g_autofree char *p90 = cli_length(measure->p90);
  return median ? g_strdup_printf(_("median %s, 90%% within %s"), median, p90) : NULL;
}

static void
add_dates(CliTable *table, const CadenceStanding *standing)
{
  add(table, _("next"), cadence_day_to_string(standing->next));
  add(table, _("held until"), cadence_day_to_string(standing->held_until));
  add(table, _("dead on"), cadence_day_to_string(standing->dead_on));
}

void
cli_show_measures(CliApp *app, const CadenceStanding *standing)
{
  static const CliColumn columns[] = {{.title = NULL}, {.least = 14}};
  CadenceDay reply = standing->last_reply ? standing->last_reply->day : CADENCE_DAY_NONE;
  cli_show_title(app, _("Measures"));
  g_autoptr(CliTable) table = cli_table_new(columns, G_N_ELEMENTS(columns), &app->terminal);
  add(table, _("attempts"), attempts_text(standing));
  add(table, _("last reply"), cadence_day_to_string(reply));
  add_dates(table, standing);
  add(table, _("outbound"),
      g_strdup_printf(_("%u, %u of them in the last 30 days"), standing->outbound,
                      standing->outbound_30d));
  add(table, _("replies"),
      g_strdup_printf(
          ngettext("%u, to %u run of attempts", "%u, to %u runs of attempts", standing->runs),
          standing->replies, standing->runs));
  add(table, _("reply gap"), gap_text(&standing->reply_gap));
  add(table, _("wait"), wait_text(&standing->wait));
  if (standing->pressure >= 0)
    add(table, _("pressure"),
        g_strdup_printf(_("%.2f (1 is as much as the terms allow)"), standing->pressure));
  cli_table_print(table, app->out, 2);
}

/* "decides, bounced 2026-03-01, absent until ..." */
static char *
facts_text(const CadenceAddressFacts *facts, const char *decider)
{
  g_autofree char *bounced = cadence_day_to_string(facts->bounced);
  g_autofree char *opted_out = cadence_day_to_string(facts->opted_out);
  g_autofree char *absent = cadence_day_to_string(facts->absent_until);
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
  if (g_strcmp0(facts->address, decider) == 0)
    g_ptr_array_add(parts, g_strdup(_("decides")));
  if (cadence_address_is_role(facts->address))
    g_ptr_array_add(parts, g_strdup(_("a role, no person")));
  if (opted_out)
    g_ptr_array_add(parts, g_strdup_printf(_("opted out %s"), opted_out));
  if (bounced)
    g_ptr_array_add(parts, g_strdup_printf(_("bounced %s"), bounced));
  if (absent)
    g_ptr_array_add(parts, g_strdup_printf(_("absent until %s"), absent));
  g_ptr_array_add(parts, NULL);
  return g_strjoinv(", ", (char **)parts->pdata);
}

void
cli_show_addresses(CliApp *app, const CadenceStanding *standing)
{
  static const CliColumn columns[] = {
      {.least = 14},
      {.right = TRUE, .dropped = 1},
      {.right = TRUE, .dropped = 2},
      {.least = 10},
  };
  if (standing->address_facts->len == 0)
    return;
  cli_show_title(app, _("Addresses"));
  g_autoptr(CliTable) table = cli_table_new(columns, G_N_ELEMENTS(columns), &app->terminal);
  const CadenceAgreement *agreement = standing->terms->agreement;
  g_autoptr(GPtrArray) people = cli_people(standing);
  for (guint i = 0; i < people->len; i++) {
    const CadenceAddressFacts *facts = people->pdata[i];
    cli_table_add(table, facts->address);
    cli_table_take(table, g_strdup_printf(_("%u out"), facts->outbound));
    cli_table_take(
        table, g_strdup_printf(ngettext("%u reply", "%u replies", facts->inbound), facts->inbound));
    cli_table_take(table, facts_text(facts, agreement ? agreement->decider : NULL));
  }
  cli_table_print(table, app->out, 2);
}
