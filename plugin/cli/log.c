/* log: a contact off mail, kept as a message.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/when.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sysexits.h>

#include "change.h"
#include "commands.h"
#include "insert.h"
#include "json.h"
#include "text.h"

static char *at, *to;

const GOptionEntry cli_log_options[] = {
    {"at", 0, 0, G_OPTION_ARG_FILENAME, &at,
     N_("when it was: \"yesterday\", \"monday 14:30\", 2026-03-01 (now)"), N_("WHEN")},
    {"to", 0, 0, G_OPTION_ARG_FILENAME, &to,
     N_("which address of the prospect (the one last in touch)"), N_("ADDRESS")},
    CLI_OPTION_NO_INDEX,
    G_OPTION_ENTRY_NULL,
};

/* TRANSLATORS: subjects of the messages that log writes; %s is the prospect */
static const struct {
  const char *word, *out, *in;
} subjects[] = {
    {"call", N_("Call with %s"), N_("Call with %s")},
    {"meeting", N_("Meeting with %s"), N_("Meeting with %s")},
    {"message", N_("Message to %s"), N_("Message from %s")},
    {"post", N_("Letter to %s"), N_("Letter from %s")},
};

/* What the command line says. */
typedef struct {
  char *prospect, *text; /* `text` NULL where there is none */
  const char *word;
  CadenceDirection direction;
} Said;

static void
said_clear(Said *said)
{
  g_free(said->prospect);
  g_free(said->text);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Said, said_clear)

static gboolean
usage(GError **error)
{
  g_set_error(
      error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
      _("log needs a prospect and how: notmuch cadence log acme.example call in \"Asked for "
        "an offer\"; how is one of call, meeting, message, post"));
  return FALSE;
}

/* The words up to the first that names a channel are the prospect. */
static gboolean
read_words(char **words, Said *said, GError **error)
{
  CadenceChannel channel;
  guint n = 0;
  while (words[n] && (n == 0 || !cadence_channel_from_log_word(words[n], &channel)))
    n++;
  if (n == 0 || !words[n])
    return usage(error);
  char *word = words[n];
  words[n] = NULL;
  gboolean read = cli_words_join(words, &said->prospect, error);
  words[n] = word;
  if (!read)
    return FALSE;
  said->word = word;
  said->direction = CADENCE_OUTBOUND;
  words += n + 1;
  if (*words && (g_str_equal(*words, "in") || g_str_equal(*words, "out")))
    said->direction = g_str_equal(*words++, "in") ? CADENCE_INBOUND : CADENCE_OUTBOUND;
  return cli_words_join(words, &said->text, error);
}

static gboolean
read_instant(const CliApp *app, gint64 *date, GError **error)
{
  *date = app->clock.now;
  if (!at)
    return TRUE;
  if (!cadence_when_instant_parse(at, &app->clock, date, error)) {
    g_prefix_error(error, "--at: ");
    return FALSE;
  }
  if (*date <= app->clock.now)
    return TRUE;
  g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
              _("--at=%s is still to come: a contact can be logged once it has been"), at);
  return FALSE;
}

/* --- whom and what it stands behind --- */

static gboolean
is_real(const char *address)
{
  return strchr(address, '@') != NULL;
}

/* The address last in touch, else one that the agreement names; NULL for none. */
static const char *
last_address(const CadenceStanding *standing)
{
  const CadenceAgreement *agreement = standing->terms->agreement;
  for (guint i = standing->contacts->len; i > 0; i--) {
    const CadenceContact *contact = standing->contacts->pdata[i - 1];
    if (!contact->taken_back && contact->addresses && contact->addresses[0])
      return contact->addresses[0];
  }
  for (char **entry = agreement ? agreement->match : NULL; entry && *entry; entry++)
    if (is_real(*entry))
      return *entry;
  return NULL;
}

static char *
choose_address(const CliApp *app, const CadenceStanding *standing, GError **error)
{
  const char *last = to ? NULL : last_address(standing);
  const char *owner = NULL;
  g_autofree char *canonical = to ? cadence_address_canonical(to) : NULL;
  if (last)
    return g_strdup(last);
  if (to && !canonical) {
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("--to: \"%s\" is no address"),
                to);
    return NULL;
  }
  if (!to) {
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                _("no address of %s is known yet; name one with --to=ADDRESS"), standing->prospect);
    return NULL;
  }
  (void)cadence_parties_find(app->parties, canonical, &owner);
  g_autofree char *party = cadence_address_party(canonical, app->policy->group);
  if (g_strcmp0(owner, standing->prospect) == 0 ||
      (!owner && g_str_equal(party, standing->prospect)))
    return g_steal_pointer(&canonical);
  g_autofree char *name = cli_shell_word(standing->prospect);
  g_autofree char *entry = cli_shell_word(canonical);
  g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
              _("%s is no address of %s; add it with: notmuch cadence agree %s match+=%s"),
              canonical, standing->prospect, name, entry);
  return NULL;
}

/* The newest message of the live thread that is no later than the contact: a contact is never
 * earlier than what it answers. */
static const char *
stands_behind(const CadenceStanding *standing, gint64 date)
{
  const CadenceThread *live = standing->threads->len > 0 ? standing->threads->pdata[0] : NULL;
  for (guint i = live ? standing->contacts->len : 0; i > 0; i--) {
    const CadenceContact *contact = standing->contacts->pdata[i - 1];
    if (contact->date <= date && g_strcmp0(contact->thread, live->id) == 0)
      return contact->id;
  }
  return NULL;
}

/* --- the message --- */

static char *
default_subject(const Said *said, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS(subjects); i++) {
    if (!g_str_equal(subjects[i].word, said->word))
      continue;
    const char *format = said->direction == CADENCE_INBOUND ? subjects[i].in : subjects[i].out;
    g_auto(GStrv) around = g_strsplit(_(format), "%s", 2);
    return g_strjoinv(name, around);
  }
  return g_strdup(name);
}

static char *
new_id(const char *from)
{
  const char *domain = strrchr(from, '@');
  g_autofree char *unique = g_uuid_string_random();
  return g_strconcat("cadence-", unique, domain, NULL);
}

static gboolean
write_message(CliApp *app, const Said *said, const CadenceStanding *standing, gint64 date,
              const char *id, const char *from, GError **error)
{
  g_autofree char *address = choose_address(app, standing, error);
  g_autofree char *subject =
      said->text ? g_strdup(said->text) : default_subject(said, standing->prospect);
  const CadenceLogEntry entry = {.id = id,
                                 .from = from,
                                 .to = address,
                                 .word = said->word,
                                 .direction = said->direction,
                                 .date = date,
                                 .answers = stands_behind(standing, date),
                                 .subject = subject,
                                 .text = said->text};
  g_autoptr(GBytes) message = address ? cadence_log_message(&entry, app->zone, error) : NULL;
  return message && cli_insert(app, message, error);
}

static void
print(CliApp *app, const char *id, const CadenceStanding *before, const CadenceStanding *after)
{
  if (app->json) {
    g_autoptr(JsonBuilder) json = cli_json_begin(app);
    cli_json_string(json, "prospect", before->prospect);
    cli_json_evidence(json, "id", id);
    cli_json_standings(json, before, after, app);
    cli_json_end(json, app);
    return;
  }
  g_autofree char *name = cli_clean(before->prospect);
  g_string_append_printf(app->out, "%s%s%s\n  id:%s\n",
                         cli_paint_on(&app->terminal, CLI_PAINT_TITLE), name,
                         cli_paint_off(&app->terminal, CLI_PAINT_TITLE), id);
  cli_change_print_standings(app, before, after);
}

static gboolean
log_contact(CliApp *app, const Said *said, gint64 date, GError **error)
{
  const char *from = cadence_store_us(app->store)[0];
  g_autoptr(CliParty) party = cli_party_find(app, said->prospect, FALSE, error);
  g_autoptr(GError) failed = NULL;
  if (!party)
    return FALSE;
  g_autoptr(CliProspect) before = cli_party_standing(app, party->name, FALSE, &failed);
  if (failed) {
    g_propagate_error(error, g_steal_pointer(&failed));
    return FALSE;
  }
  if (!before || !party->known) {
    g_autofree char *word = cli_shell_word(party->name);
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                _("%s is no prospect yet; make it one with: notmuch cadence agree %s stage=lead"),
                party->name, word);
    return FALSE;
  }
  if (!from) {
    g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_CONFIG,
                _("notmuch does not know our address; set user.primary_email"));
    return FALSE;
  }
  g_autofree char *id = new_id(from);
  if (!write_message(app, said, before->standing, date, id, from, error) ||
      !cli_app_reopen_store(app, error))
    return FALSE;
  g_autoptr(CliProspect) after = cli_party_standing(app, party->name, FALSE, error);
  if (!after)
    return FALSE;
  print(app, id, before->standing, after->standing);
  cli_change_index(app);
  return TRUE;
}

int
cli_log(CliApp *app, char **arguments, GError **error)
{
  g_auto(Said) said = {0};
  gint64 date;
  if (!read_words(arguments, &said, error))
    return EX_USAGE;
  cadence_mail_init();
  if (!cli_app_open_store(app, error) || !read_instant(app, &date, error))
    return EX_SOFTWARE;
  return log_contact(app, &said, date, error) ? EX_OK : EX_SOFTWARE;
}
