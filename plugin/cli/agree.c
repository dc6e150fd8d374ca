/* agree: makes or changes an agreement.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "agree.h"

#include <cadence/when.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sysexits.h>

#include "agreement.h"
#include "commands.h"
#include "json.h"
#include "near.h"
#include "prompt.h"
#include "show.h"
#include "text.h"

const GOptionEntry cli_agree_options[] = {
    CLI_OPTION_EVIDENCE,
    {"name", 0, 0, G_OPTION_ARG_FILENAME, &cli_change_given.name,
     N_("what to call a prospect of whom there is no agreement yet"), N_("NAME")},
    CLI_OPTION_NO_INDEX,
    G_OPTION_ENTRY_NULL,
};

/* --- key=value --- */

/* The length of the key; 0 where there is none. A query's prefixes end with a colon. */
static gsize
key_length(const char *word)
{
  gsize length = strspn(word, "abcdefghijklmnopqrstuvwxyz_-");
  if (word[length] == '=' && length > 1 && word[length - 1] == '-')
    return length - 1;
  return word[length] == '=' || g_str_has_prefix(word + length, "+=") ? length : 0;
}

gboolean
cli_agree_is_setting(const char *word)
{
  return key_length(word) > 0;
}

static gboolean
check_key(const char *key, GError **error)
{
  const char *const *keys = cadence_agreement_keys();
  if (g_strv_contains(keys, key))
    return TRUE;
  const char *near = cli_near(key, keys);
  g_autofree char *known = g_strjoinv(", ", (GStrv)keys);
  if (near)
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                _("an agreement has no key \"%s\"; did you mean \"%s\"?"), key, near);
  else
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                _("an agreement has no key \"%s\"; known are %s"), key, known);
  return FALSE;
}

static gboolean
set_value(CliApp *app, CliChanges *changes, const char *key, const char *value, GError **error)
{
  CadenceDay day;
  if (!*value || !cli_agreement_key_is_day(key)) {
    cli_changes_set(changes, key, value);
    return TRUE;
  }
  if (!cadence_when_parse(value, app->clock.today, &day, error)) {
    g_prefix_error(error, "%s: ", key);
    return FALSE;
  }
  cli_changes_set_day(changes, key, day);
  return TRUE;
}

static gboolean
read_setting(CliApp *app, const char *word, CliChanges *changes, GError **error)
{
  gsize length = key_length(word);
  if (length == 0) {
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                _("\"%s\" is no key=value; what holds blanks is quoted: 'every=3bd 5bd 2w'"), word);
    return FALSE;
  }
  g_autofree char *key = g_strndup(word, length);
  g_autofree char *value = g_strdup(strchr(word + length, '=') + 1);
  if (!check_key(key, error))
    return FALSE;
  g_strstrip(value);
  if (word[length] == '=')
    return set_value(app, changes, key, value, error);
  cli_changes_add(changes, word[length] == '+' ? CADENCE_CHANGE_ADD : CADENCE_CHANGE_REMOVE, key,
                  value);
  return TRUE;
}

gboolean
cli_agree_read(CliApp *app, char **words, CliChanges *changes, GError **error)
{
  for (; *words; words++) {
    char *one[] = {*words, NULL};
    g_autofree char *word = NULL;
    if (!cli_words_join(one, &word, error) || !read_setting(app, word, changes, error))
      return FALSE;
  }
  return TRUE;
}

/* --- what follows --- */

/* TRUE where an interval, channel or stop rule is to be another than it is. */
static gboolean
settles(const CadenceAgreement *agreement, const CliChanges *changes)
{
  for (const char *const *key = cadence_agreement_keys(); *key; key++) {
    const char *value = cli_changes_value(changes, *key);
    g_autofree char *is = cli_agreement_value(agreement, *key);
    if (cli_agreement_key_is_settled(*key) && value && *value && g_strcmp0(value, is) != 0)
      return TRUE;
  }
  return FALSE;
}

/* The mail that the party was named by is evidence where it settles something, or where there is
 * none yet; it takes the place of no other for the sake of a note. */
gboolean
cli_agree_complete(CliApp *app, const CliParty *party, CliChanges *changes, GError **error)
{
  const CadenceAgreement *agreement = cadence_config_agreement(app->config, party->name);
  gboolean settled = settles(agreement, changes);
  gboolean wanted = cli_change_given.evidence || settled || !agreement || !agreement->evidence;
  g_autofree char *id = NULL;
  CadenceDay day;
  if (!cli_change_evidence(app, party, &id, &day, error))
    return FALSE;
  if (id && wanted && !cli_changes_value(changes, "evidence")) {
    g_autofree char *term = g_strconcat("id:", id, NULL);
    cli_changes_set(changes, "evidence", term);
  }
  if (settled && !cli_changes_value(changes, "agreed-on"))
    cli_changes_set_day(changes, "agreed-on", day != CADENCE_DAY_NONE ? day : app->clock.today);
  cli_change_begin_group(party, changes);
  return TRUE;
}

/* --- the command --- */

/* Without keys and without a terminal: the terms as they are. */
static gboolean
print_terms(CliApp *app, const CliParty *party, GError **error)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(CliProspect) prospect = cli_party_standing(app, party->name, !party->known, &cause);
  g_autoptr(GPtrArray) one = g_ptr_array_new();
  if (cause) {
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
  }
  if (prospect)
    g_ptr_array_add(one, prospect);
  if (app->json) {
    cli_json_prospects(one, FALSE, app);
    return TRUE;
  }
  CadenceTerms terms =
      cadence_terms_fold(app->policy, cadence_config_agreement(app->config, party->name));
  g_autofree char *name = cli_clean(party->name);
  g_string_append_printf(app->out, "%s\n", name);
  cli_show_terms(app, prospect ? &prospect->terms : &terms);
  return TRUE;
}

static gboolean
agree(CliApp *app, const CliParty *party, char **settings, GError **error)
{
  g_autoptr(CliChanges) changes = cli_changes_new();
  if (party->group && cli_change_given.name) {
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                _("--name: the agreement is called \"%s\" already; to call it something else, edit "
                  "agreements.ini"),
                party->name);
    return FALSE;
  }
  gboolean says = *settings || cli_change_given.evidence || cli_change_given.name;
  if (!says && !cli_can_ask(app))
    return print_terms(app, party, error);
  if (!says) {
    if (!print_terms(app, party, error))
      return FALSE;
    if (!cli_agree_ask(app, party, changes) || changes->list->len == 0) {
      cli_say(_("nothing was changed"));
      return TRUE;
    }
  }
  return cli_agree_read(app, settings, changes, error) &&
         cli_agree_complete(app, party, changes, error) &&
         cli_change_apply(app, party, changes, NULL, error);
}

/* PROSPECT may be several words; it ends where the settings begin. */
static guint
count_name_words(char **arguments)
{
  guint n = 0;
  while (arguments[n] && !cli_agree_is_setting(arguments[n]))
    n++;
  return n;
}

int
cli_agree(CliApp *app, char **arguments, GError **error)
{
  guint n = count_name_words(arguments);
  char **settings = arguments + n;
  g_autofree char *text = NULL;
  g_auto(GStrv) words = g_new0(char *, n + 1);
  for (guint i = 0; i < n; i++)
    words[i] = g_strdup(arguments[i]);
  if (!cli_words_join(words, &text, error))
    return EX_USAGE;
  if (!text || !*text) {
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                _("agree needs a prospect: a name, an address, a domain, or a mail as id:..."));
    return EX_USAGE;
  }
  cadence_mail_init();
  if (!cli_app_open_store(app, error))
    return EX_SOFTWARE;
  gboolean has_match = FALSE;
  for (char **setting = settings; *setting; setting++)
    has_match |= g_str_has_prefix(*setting, "match=") || g_str_has_prefix(*setting, "match+=");
  g_autoptr(CliParty) party = cli_party_find(app, text, has_match, error);
  if (!party || !agree(app, party, settings, error))
    return EX_SOFTWARE;
  return EX_OK;
}
