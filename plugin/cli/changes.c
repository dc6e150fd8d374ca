/* The list of changes, and the mail that bears them out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <string.h>

#include "change.h"

CliChangeOptions cli_change_given;

CliChanges *
cli_changes_new(void)
{
  CliChanges *changes = g_new0(CliChanges, 1);
  changes->list = g_array_new(FALSE, FALSE, sizeof(CadenceChange));
  changes->strings = g_string_chunk_new(256);
  return changes;
}

void
cli_changes_free(CliChanges *changes)
{
  if (!changes)
    return;
  g_array_unref(changes->list);
  g_string_chunk_free(changes->strings);
  g_free(changes);
}

void
cli_changes_add(CliChanges *changes, CadenceChangeKind kind, const char *key, const char *value)
{
  CadenceChange change = {.kind = kind,
                          .key = g_string_chunk_insert(changes->strings, key),
                          .value = value ? g_string_chunk_insert(changes->strings, value) : NULL};
  g_array_append_val(changes->list, change);
}

void
cli_changes_set(CliChanges *changes, const char *key, const char *value)
{
  gboolean unset = !value || !*value;
  cli_changes_add(changes, unset ? CADENCE_CHANGE_UNSET : CADENCE_CHANGE_SET, key,
                  unset ? NULL : value);
}

void
cli_changes_set_day(CliChanges *changes, const char *key, CadenceDay day)
{
  g_autofree char *text = cadence_day_to_string(day);
  cli_changes_set(changes, key, text);
}

const char *
cli_changes_value(const CliChanges *changes, const char *key)
{
  const char *value = NULL;
  for (guint i = 0; i < changes->list->len; i++) {
    const CadenceChange *change = &g_array_index(changes->list, CadenceChange, i);
    if (g_str_equal(change->key, key))
      value = change->value ? change->value : "";
  }
  return value;
}

/* It stands first in the group. */
void
cli_change_begin_group(const CliParty *party, CliChanges *changes)
{
  if (party->group || !party->entry || cli_changes_value(changes, "match"))
    return;
  cli_changes_set(changes, "match", party->entry);
  CadenceChange match = g_array_index(changes->list, CadenceChange, changes->list->len - 1);
  g_array_set_size(changes->list, changes->list->len - 1);
  g_array_prepend_val(changes->list, match);
}

/* What the user gave; a Message-ID alone is one, too. */
static char *
given_id(GError **error)
{
  const char *given = cli_change_given.evidence;
  gboolean bare = strchr(given, '@') && !strchr(given, ':');
  g_autofree char *term = g_strconcat(bare ? "id:" : "", given, NULL);
  char *id = g_utf8_validate(term, -1, NULL) ? cli_message_id(term) : NULL;
  if (!id)
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                _("--evidence takes one mail, as id:MESSAGE-ID, not \"%s\""), given);
  return id;
}

gboolean
cli_change_evidence(CliApp *app, const CliParty *party, char **id, CadenceDay *day, GError **error)
{
  gint64 date = 0;
  *day = CADENCE_DAY_NONE;
  *id = cli_change_given.evidence ? given_id(error) : g_strdup(party->message);
  if (!*id)
    return !cli_change_given.evidence;
  if (!cadence_store_date(app->store, *id, &date, error)) {
    g_clear_pointer(id, g_free);
    return FALSE;
  }
  *day = cadence_day_of(MIN(date, app->clock.now), app->zone);
  if (date > 0)
    return TRUE;
  g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _("notmuch knows no mail id:%s"),
              *id);
  g_clear_pointer(id, g_free);
  return FALSE;
}
