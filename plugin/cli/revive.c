/* revive: brings back who is dead or on hold.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <sysexits.h>

#include "change.h"
#include "commands.h"

const GOptionEntry cli_revive_options[] = {
    CLI_OPTION_EVIDENCE,
    {"force", 0, 0, G_OPTION_ARG_NONE, &cli_change_given.force,
     N_("lift an opt-out without a mail that says so"), NULL},
    CLI_OPTION_NO_INDEX,
    G_OPTION_ENTRY_NULL,
};

/* TRUE where the prospect, or one address of it, asked not to be written to. */
static gboolean
has_opted_out(const CadenceStanding *standing)
{
  gboolean found = standing->opted_out != CADENCE_DAY_NONE;
  for (guint i = 0; i < standing->address_facts->len; i++) {
    const CadenceAddressFacts *facts = standing->address_facts->pdata[i];
    found |= facts->opted_out != CADENCE_DAY_NONE;
  }
  return found;
}

static gboolean
is_down(const CadenceStanding *standing)
{
  return standing->state == CADENCE_STATE_DEAD || has_opted_out(standing);
}

/* Whether the prospect would be back if it were revived on `day`, and what was said off the mail
 * gone. -1 where that cannot be found out. */
static int
would_be_back(CliApp *app, const CliParty *party, CadenceDay day, GError **error)
{
  const CadenceAgreement *is = cadence_config_agreement(app->config, party->name);
  CadenceAgreement would = is ? *is : (CadenceAgreement){.name = party->name};
  would.revived = day;
  would.buried = would.opted_out = CADENCE_DAY_NONE;
  GPtrArray *contacts = cadence_store_contacts(app->store, &app->context, party->name, error);
  if (!contacts)
    return -1;
  CadenceTerms terms = cadence_terms_fold(app->policy, &would);
  g_autoptr(CadenceStanding) standing =
      cadence_standing_new(party->name, contacts, &terms, &app->clock);
  return !is_down(standing);
}

/* The day that the agreement is to call `revived`. What it says of today alone was a slip or a
 * change of mind: without that everything may be as it was, and the day stays what it is (NONE for
 * none). Contacts of a day still count, and one of today may be what it died of: then the next day
 * is taken. FALSE with an error where none of them would help. */
static gboolean
day_to_revive(CliApp *app, const CliParty *party, const CadenceStanding *standing, CadenceDay *day,
              GError **error)
{
  const CadenceAgreement *agreement = cadence_config_agreement(app->config, party->name);
  CadenceDay today = app->clock.today;
  gboolean slip = agreement && MAX(agreement->buried, agreement->opted_out) == today;
  const CadenceDay days[] = {slip ? agreement->revived : today, today, today + 1};
  for (guint i = 0; i < G_N_ELEMENTS(days); i++) {
    int back = would_be_back(app, party, days[i], error);
    *day = days[i];
    if (back != 0)
      return back > 0;
  }
  g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
              _("reviving does not bring %s back: %s; change that with: notmuch cadence agree"),
              party->name, standing->rule);
  return FALSE;
}

static gboolean
may_lift(const CadenceStanding *standing, const char *evidence, GError **error)
{
  if (!has_opted_out(standing) || evidence || cli_change_given.force)
    return TRUE;
  g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
              _("%s asked not to be written to; revive wants the mail in which they asked for more "
                "(--evidence=id:...), or --force"),
              standing->prospect);
  return FALSE;
}

static gboolean
bring_back(CliApp *app, const CliParty *party, const CadenceStanding *standing,
           const char *evidence, CliChanges *changes, GError **error)
{
  CadenceDay day;
  if (!may_lift(standing, evidence, error))
    return FALSE;
  if (!day_to_revive(app, party, standing, &day, error))
    return FALSE;
  cli_changes_set_day(changes, "revived", day);
  cli_changes_set(changes, "buried", NULL);
  cli_changes_set(changes, "opted-out", NULL);
  if (evidence) {
    g_autofree char *term = g_strconcat("id:", evidence, NULL);
    cli_changes_set(changes, "evidence", term);
  }
  return TRUE;
}

static gboolean
revive(CliApp *app, const CliParty *party, const CadenceStanding *standing, GError **error)
{
  g_autoptr(CliChanges) changes = cli_changes_new();
  const CadenceAgreement *agreement = cadence_config_agreement(app->config, party->name);
  g_autofree char *evidence = NULL;
  CadenceDay day;
  if (!cli_change_evidence(app, party, &evidence, &day, error))
    return FALSE;
  if (is_down(standing) && !bring_back(app, party, standing, evidence, changes, error))
    return FALSE;
  if (agreement && agreement->hold_until >= app->clock.today)
    cli_changes_set(changes, "hold-until", NULL);
  if (changes->list->len == 0 && standing->state == CADENCE_STATE_HELD) {
    g_autofree char *until = cadence_day_to_string(standing->held_until);
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                _("%s is away until %s, says a mail; a reply ends that, or log what they told you"),
                party->name, until);
    return FALSE;
  }
  cli_change_begin_group(party, changes);
  return cli_change_apply(app, party, changes, _("there is nothing to revive it from"), error);
}

static gboolean
find_and_revive(CliApp *app, const char *text, GError **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(CliParty) party = cli_party_find(app, text, FALSE, error);
  if (!party)
    return FALSE;
  g_autoptr(CliProspect) prospect = cli_party_standing(app, party->name, FALSE, &cause);
  if (prospect && party->known)
    return revive(app, party, prospect->standing, error);
  if (cause)
    g_propagate_error(error, g_steal_pointer(&cause));
  else
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                _("%s is no prospect, so there is nothing to revive"), party->name);
  return FALSE;
}

int
cli_revive(CliApp *app, char **arguments, GError **error)
{
  g_autofree char *text = NULL;
  if (!cli_words_join(arguments, &text, error))
    return EX_USAGE;
  if (!text || !*text) {
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                _("revive needs a prospect: a name, an address, a domain, or a mail as id:..."));
    return EX_USAGE;
  }
  cadence_mail_init();
  return cli_app_open_store(app, error) && find_and_revive(app, text, error) ? EX_OK : EX_SOFTWARE;
}
