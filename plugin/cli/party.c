/* Finds whom a command is about.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "party.h"

#include <glib/gi18n.h>
#include <string.h>

#include "near.h"

#define NAMES 10 /* listed where several are meant */

void
cli_party_free(CliParty *party)
{
  if (!party)
    return;
  g_free(party->name);
  g_free(party->entry);
  g_free(party->message);
  g_free(party);
}

char *
cli_message_id(const char *text)
{
  if (!g_str_has_prefix(text, "id:") || strpbrk(text, " ()"))
    return NULL;
  g_autofree char *id = g_strdup(text + strlen("id:"));
  gsize length = strlen(id);
  gboolean quoted = length >= 2 && *id == '"' && id[length - 1] == '"';
  char *plain = quoted ? g_strndup(id + 1, length - 2) : g_steal_pointer(&id);
  if (!*plain)
    g_clear_pointer(&plain, g_free);
  return plain;
}

char *
cli_shell_word(const char *text)
{
  gsize plain = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.@_+-");
  return *text && !text[plain] ? g_strdup(text) : g_shell_quote(text);
}

gboolean
cli_is_query(const char *text)
{
  return strpbrk(text, ":()") != NULL;
}

static CliParty *usage(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);

static CliParty *
usage(GError **error, const char *format, ...)
{
  va_list values;
  va_start(values, format);
  g_autofree char *message = g_strdup_vprintf(format, values);
  va_end(values);
  g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message);
  return NULL;
}

static CliParty *
several(const char *text, GPtrArray *names, GError **error)
{
  guint more = names->len > NAMES ? names->len - NAMES : 0;
  g_autoptr(GString) list = g_string_new(NULL);
  for (guint i = 0; i < names->len - more; i++)
    g_string_append_printf(list, "%s%s", i > 0 ? ", " : "", (const char *)names->pdata[i]);
  if (more > 0)
    g_string_append_printf(list, ngettext(", and %u more", ", and %u more", more), more);
  return usage(error, _("\"%s\" means several: %s; name one of them"), text, list->str);
}

/* A name like `text`: the same in other letters, or with a slip. */
static const char *
similar(const CliApp *app, const char *text)
{
  const GPtrArray *agreements = cadence_config_agreements(app->config);
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  g_autofree char *folded = g_utf8_casefold(text, -1);
  for (guint i = 0; i < agreements->len; i++) {
    char *name = ((CadenceAgreement *)agreements->pdata[i])->name;
    g_autofree char *other = g_utf8_casefold(name, -1);
    if (strstr(other, folded))
      return name;
    if (strlen(name) < 24)
      g_ptr_array_add(names, name);
  }
  g_ptr_array_add(names, NULL);
  return cli_near(text, (const char *const *)names->pdata);
}

static CliParty *
nobody(const CliApp *app, const char *text, GError **error)
{
  const char *near = similar(app, text);
  g_autofree char *word = cli_shell_word(text);
  if (cli_is_query(text))
    return usage(error, _("\"%s\" finds no mail with anybody who could be a prospect"), text);
  if (near)
    return usage(error, _("no prospect is called \"%s\"; did you mean \"%s\"?"), text, near);
  return usage(error,
               _("no prospect is called \"%s\"; name one by its address, its domain or a mail "
                 "(id:...), or give it one with: notmuch cadence agree %s match=ADDRESS"),
               text, word);
}

static CliParty *
party_new(const CliApp *app, const char *name, gboolean known)
{
  CliParty *party = g_new0(CliParty, 1);
  party->name = g_strdup(name);
  party->group = cadence_config_agreement(app->config, name) != NULL;
  party->entry = party->group ? NULL : cli_entry_of(name);
  party->known = known || party->group;
  return party;
}

/* A stranger's address or domain: its party, by the same rule as scope would. */
static CliParty *
stranger(const CliApp *app, const char *entry, GError **error)
{
  g_autofree char *somebody =
      strchr(entry, '@') ? g_strdup(entry) : g_strconcat("anybody@", entry, NULL);
  CadencePartyRole role = cadence_parties_find(app->parties, somebody, NULL);
  if (role == CADENCE_PARTY_US)
    return usage(error, _("%s is one of our own"), entry);
  if (role == CADENCE_PARTY_IGNORED)
    return usage(error, _("%s is never a prospect: [scope] ignore of policy.ini says so"), entry);
  g_autofree char *name =
      strchr(entry, '@') ? cadence_address_party(entry, app->policy->group) : g_strdup(entry);
  return party_new(app, name, FALSE);
}

/* The party of the mail that a query finds: of prospects first, else of anybody. */
static CliParty *
matching(CliApp *app, const char *text, GError **error)
{
  g_autoptr(GPtrArray) known = cli_prospects_matching(app, text, error);
  if (!known)
    return NULL;
  if (known->len > 1)
    return several(text, known, error);
  if (known->len == 1)
    return party_new(app, known->pdata[0], TRUE);
  app->context.everybody = TRUE;
  g_autoptr(GPtrArray) names = cli_prospects_matching(app, text, error);
  app->context.everybody = FALSE;
  if (!names)
    return NULL;
  if (names->len > 1)
    return several(text, names, error);
  return names->len == 1 ? party_new(app, names->pdata[0], FALSE) : nobody(app, text, error);
}

CliParty *
cli_party_find(CliApp *app, const char *text, gboolean anew, GError **error)
{
  g_autoptr(GPtrArray) names = cli_prospects_named(app, text, error);
  g_autofree char *entry = cli_entry_of(text);
  CliParty *party;
  if (!names)
    return NULL;
  if (names->len > 0)
    return party_new(app, names->pdata[0], TRUE);
  if (entry)
    return stranger(app, entry, error);
  if (!cli_is_query(text))
    return anew ? party_new(app, text, FALSE) : nobody(app, text, error);
  party = matching(app, text, error);
  if (party)
    party->message = cli_message_id(text);
  return party;
}

CliProspect *
cli_party_standing(CliApp *app, const char *name, gboolean everybody, GError **error)
{
  g_autoptr(GPtrArray) one = g_ptr_array_new();
  g_ptr_array_add(one, (gpointer)name);
  app->context.everybody = everybody;
  g_autoptr(GPtrArray) found = cli_prospects_load(app, one, TRUE, error);
  app->context.everybody = FALSE;
  return found && found->len > 0 ? g_ptr_array_steal_index(found, 0) : NULL;
}
