/* hold, nurture, bury, optout: the everyday changes of an agreement in a word.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/when.h>
#include <glib/gi18n.h>
#include <sysexits.h>

#include "change.h"
#include "commands.h"

const GOptionEntry cli_hold_options[] = {CLI_OPTION_EVIDENCE, CLI_OPTION_NO_INDEX,
                                         G_OPTION_ENTRY_NULL};
const GOptionEntry cli_nurture_options[] = {CLI_OPTION_EVIDENCE, CLI_OPTION_NO_INDEX,
                                            G_OPTION_ENTRY_NULL};
const GOptionEntry cli_bury_options[] = {CLI_OPTION_NO_INDEX, G_OPTION_ENTRY_NULL};
const GOptionEntry cli_optout_options[] = {CLI_OPTION_EVIDENCE, CLI_OPTION_NO_INDEX,
                                           G_OPTION_ENTRY_NULL};

/* What a short form says about the party; FALSE with an error. `*words` may be set to a sentence
 * for the case that it is so already. */
typedef struct {
  const CliParty *party;
  const CadenceAgreement *agreement; /* NULL where there is none */
  const CadenceStanding *standing;   /* NULL where it is no prospect */
  const char *evidence;              /* Message-ID; NULL where none was named */
  CadenceDay said;                   /* its day, else today */
  CadenceDay day;                    /* hold: until when */
} Case;

static void
set_evidence(CliChanges *changes, const char *id)
{
  g_autofree char *term = id ? g_strconcat("id:", id, NULL) : NULL;
  if (id)
    cli_changes_set(changes, "evidence", term);
}

static const char *
say_hold(const CliApp *app, const Case *one, CliChanges *changes)
{
  cli_changes_set_day(changes, "hold-until", one->day);
  if (cli_change_given.evidence)
    set_evidence(changes, one->evidence);
  return _("it is held until that day already");
}

static const char *
say_nurture(const CliApp *app, const Case *one, CliChanges *changes)
{
  cli_changes_set(changes, "stage", "nurture");
  if (cli_change_given.evidence)
    set_evidence(changes, one->evidence);
  return _("it is in nurture already");
}

/* A burial that a later reply undid is made anew; one that holds keeps its day. */
static const char *
say_bury(const CliApp *app, const Case *one, CliChanges *changes)
{
  gboolean holds = one->agreement && one->agreement->buried != CADENCE_DAY_NONE && one->standing &&
                   one->standing->state == CADENCE_STATE_DEAD;
  if (!holds)
    cli_changes_set_day(changes, "buried", app->clock.today);
  return _("it is buried already");
}

static const char *
say_optout(const CliApp *app, const Case *one, CliChanges *changes)
{
  const CadenceAgreement *agreement = one->agreement;
  gboolean holds = agreement && agreement->opted_out != CADENCE_DAY_NONE &&
                   agreement->opted_out >= agreement->revived;
  if (holds && one->standing && one->standing->opted_out != CADENCE_DAY_NONE)
    return _("that it opted out is known already");
  CadenceDay revived = agreement ? agreement->revived : CADENCE_DAY_NONE;
  cli_changes_set_day(changes, "opted-out", MAX(one->said, revived));
  set_evidence(changes, one->evidence);
  return NULL;
}

typedef const char *(*Say)(const CliApp *app, const Case *one, CliChanges *changes);

/* Opens everything, finds the party, and writes what `say` says of it. */
static gboolean
run_for(CliApp *app, const char *text, CadenceDay day, Say say, GError **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(CliChanges) changes = cli_changes_new();
  g_autoptr(CliProspect) prospect = NULL;
  g_autofree char *evidence = NULL;
  g_autoptr(CliParty) party = cli_party_find(app, text, FALSE, error);
  Case one = {.party = party, .day = day};
  if (!party || !cli_change_evidence(app, party, &evidence, &one.said, error))
    return FALSE;
  if (party->known)
    prospect = cli_party_standing(app, party->name, FALSE, &cause);
  if (cause) {
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
  }
  one.agreement = cadence_config_agreement(app->config, party->name);
  one.standing = prospect ? prospect->standing : NULL;
  one.evidence = evidence;
  if (one.said == CADENCE_DAY_NONE)
    one.said = app->clock.today;
  const char *words = say(app, &one, changes);
  cli_change_begin_group(party, changes);
  return cli_change_apply(app, party, changes, words, error);
}

static int
run_simple(CliApp *app, char **arguments, const char *command, Say say, GError **error)
{
  g_autofree char *text = NULL;
  if (!cli_words_join(arguments, &text, error))
    return EX_USAGE;
  if (!text || !*text) {
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                _("%s needs a prospect: a name, an address, a domain, or a mail as id:..."),
                command);
    return EX_USAGE;
  }
  cadence_mail_init();
  return cli_app_open_store(app, error) && run_for(app, text, CADENCE_DAY_NONE, say, error)
             ? EX_OK
             : EX_SOFTWARE;
}

int
cli_nurture(CliApp *app, char **arguments, GError **error)
{
  return run_simple(app, arguments, "nurture", say_nurture, error);
}

int
cli_bury(CliApp *app, char **arguments, GError **error)
{
  return run_simple(app, arguments, "bury", say_bury, error);
}

int
cli_optout(CliApp *app, char **arguments, GError **error)
{
  return run_simple(app, arguments, "optout", say_optout, error);
}

/* --- hold --- */

static char *
join(char **words, guint from, guint to)
{
  GString *joined = g_string_new(NULL);
  for (guint i = from; i < to; i++)
    g_string_append_printf(joined, "%s%s", i > from ? " " : "", words[i]);
  return g_string_free(joined, FALSE);
}

/* The words are a prospect and a day, each of which may be several: the longest end that reads as a
 * day is the day. */
static gboolean
split(const CliApp *app, char **words, char **text, CadenceDay *day, GError **error)
{
  guint n = g_strv_length(words);
  g_autoptr(GError) cause = NULL;
  for (guint i = 1; i < n; i++) {
    g_autofree char *when = join(words, i, n);
    g_clear_error(&cause);
    if (cadence_when_parse(when, app->clock.today, day, &cause)) {
      *text = join(words, 0, i);
      return TRUE;
    }
  }
  if (cause)
    g_propagate_error(error, g_steal_pointer(&cause));
  else
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                _("hold needs a prospect and a day: notmuch cadence hold acme.example 3w"));
  return FALSE;
}

int
cli_hold(CliApp *app, char **arguments, GError **error)
{
  g_autofree char *joined = NULL, *text = NULL;
  CadenceDay day;
  cadence_mail_init();
  if (!cli_words_join(arguments, &joined, error) || !cli_app_open_config(app, error) ||
      !split(app, arguments, &text, &day, error))
    return EX_USAGE;
  if (day < app->clock.today) {
    g_autofree char *when = cadence_day_to_string(day);
    g_set_error(
        error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
        _("%s is past; what was held comes back by itself, or with: notmuch cadence revive"), when);
    return EX_USAGE;
  }
  return cli_app_open_store(app, error) && run_for(app, text, day, say_hold, error) ? EX_OK
                                                                                    : EX_SOFTWARE;
}
