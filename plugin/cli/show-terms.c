/* The part of `show` that tells what applies to the prospect, and where it was said.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "show.h"
#include "table.h"

/* policy.ini and line, or "default". */
static const char *
policy_origin(const CliApp *app, const char *group, const char *key)
{
  const GPtrArray *settings = cadence_config_settings(app->config);
  for (guint i = 0; i < settings->len; i++) {
    const CadenceSetting *setting = settings->pdata[i];
    if (g_str_equal(setting->group, group) && g_str_equal(setting->key, key))
      return setting->origin;
  }
  return NULL;
}

/* Takes `value`; NULL is not shown. */
static void
add_agreed(CliTable *table, const char *key, char *value)
{
  if (!value)
    return;
  cli_table_add(table, key);
  cli_table_take(table, value);
  cli_table_add(table, "agreements.ini");
}

static void
add_policy(CliTable *table, const CliApp *app, const char *key, char *value)
{
  cli_table_add(table, key);
  cli_table_take(table, value);
  cli_table_add(table, policy_origin(app, "cadence", key));
}

/* Takes `value`; "" is written as what it means. */
static char *
or_none(char *value)
{
  if (*value)
    return value;
  g_free(value);
  return g_strdup(_("none"));
}

/* A rule of the policy that stands: or, where the terms have none of it (`value` is empty) though
 * the policy has, what puts it out of force. */
static void
add_rule(CliTable *table, const CliApp *app, const CadenceTerms *terms, const char *key,
         char *value, gboolean in_policy)
{
  if (*value || !in_policy) {
    add_policy(table, app, key, or_none(value));
    return;
  }
  g_free(value);
  cli_table_add(table, key);
  cli_table_add(table, _("none"));
  cli_table_add(table, terms->agreed ? _("an interval is agreed") : _("not in this stage"));
}

static void
add_intervals(CliTable *table, const CliApp *app, const CadenceTerms *terms)
{
  char *every = cadence_intervals_to_string(&terms->every);
  if (terms->agreed)
    add_agreed(table, "every", every);
  else
    add_policy(table, app, "every", every);
  if (terms->stage == CADENCE_STAGE_NURTURE)
    add_policy(table, app, "nurture", cadence_duration_to_string(terms->policy->nurture));
}

static void
add_stop_rules(CliTable *table, const CliApp *app, const CadenceTerms *terms)
{
  const CadenceAgreement *agreement = terms->agreement;
  const CadencePolicy *policy = terms->policy;
  char *stop_after =
      terms->stop_after > 0 ? g_strdup_printf("%u", terms->stop_after) : g_strdup("");
  if (agreement && agreement->stop_after > 0)
    add_agreed(table, "stop-after", stop_after);
  else
    add_rule(table, app, terms, "stop-after", stop_after, policy->stop_after > 0);
  if (agreement)
    add_agreed(table, "stop-on", cadence_day_to_string(agreement->stop_on));
  add_rule(table, app, terms, "stop-time", cadence_duration_to_string(terms->stop_time),
           policy->stop_time.count > 0);
  add_rule(table, app, terms, "cap", cadence_cap_to_string(terms->cap), policy->cap.count > 0);
}

static void
add_agreement(CliTable *table, const CadenceAgreement *agreement)
{
  add_agreed(table, "via",
             agreement->via_set ? g_strdup(cadence_channel_id(agreement->via)) : NULL);
  add_agreed(table, "decider", g_strdup(agreement->decider));
  add_agreed(table, "stage", g_strdup(cadence_stage_id(agreement->stage)));
  add_agreed(table, "hold-until", cadence_day_to_string(agreement->hold_until));
  add_agreed(table, "buried", cadence_day_to_string(agreement->buried));
  add_agreed(table, "opted-out", cadence_day_to_string(agreement->opted_out));
  add_agreed(table, "revived", cadence_day_to_string(agreement->revived));
  add_agreed(table, "agreed-on", cadence_day_to_string(agreement->agreed_on));
  add_agreed(table, "evidence",
             agreement->evidence ? g_strconcat("id:", agreement->evidence, NULL) : NULL);
  add_agreed(table, "note", g_strdup(agreement->note));
}

void
cli_show_terms(CliApp *app, const CadenceTerms *terms)
{
  static const CliColumn columns[] = {{.title = NULL}, {.least = 16}, {.dropped = 1}};
  cli_show_title(app, terms->agreement ? _("Terms") : _("Terms (nothing is agreed)"));
  g_autoptr(CliTable) table = cli_table_new(columns, G_N_ELEMENTS(columns), &app->terminal);
  add_intervals(table, app, terms);
  add_stop_rules(table, app, terms);
  if (terms->agreement)
    add_agreement(table, terms->agreement);
  cli_table_print(table, app->out, 2);
}
