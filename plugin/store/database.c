/* Opening notmuch databases, and reading them steadily while others write.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "store.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#define OPEN_TRIES 5
#define STEADY_TRIES 20
#define STEADY_PAUSE_US 20000 /* grows with each try */

static gboolean
no_database(GError **error, notmuch_status_t status, const char *message)
{
  if (message && g_str_has_prefix(message, "Error: "))
    message += strlen("Error: ");
  g_autofree char *text = g_strdup(message ? message : notmuch_status_to_string(status));
  g_strdelimit(g_strchomp(text), "\n", ' ');
  if (g_str_has_suffix(text, "."))
    text[strlen(text) - 1] = '\0';
  if (status == NOTMUCH_STATUS_NO_DATABASE || status == NOTMUCH_STATUS_NO_CONFIG ||
      status == NOTMUCH_STATUS_NO_MAIL_ROOT || status == NOTMUCH_STATUS_FILE_ERROR)
    g_set_error(
        error, CADENCE_ERROR, CADENCE_ERROR_NO_DATABASE,
        _("no notmuch database: %s; run \"notmuch setup\" and \"notmuch new\" first, or point "
          "NOTMUCH_CONFIG or NOTMUCH_DATABASE at yours"),
        text);
  else
    g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_NO_DATABASE,
                _("the notmuch database cannot be opened: %s"), text);
  return FALSE;
}

/* Without any configuration notmuch goes on with an empty one; so do we. */
static notmuch_status_t
try_open(const char *path, notmuch_database_mode_t mode, notmuch_database_t **db, char **message)
{
  notmuch_status_t status = notmuch_database_open_with_config(path, mode, NULL, NULL, db, message);
  if (status != NOTMUCH_STATUS_NO_CONFIG)
    return status;
  g_clear_pointer(message, free);
  return notmuch_database_open_with_config(path, mode, "", NULL, db, message);
}

/* Beside many commits even opening may fail, and the next time it does not. */
notmuch_database_t *
cadence_database_open(const char *path, notmuch_database_mode_t mode, GError **error)
{
  notmuch_database_t *db = NULL;
  char *message = NULL;
  notmuch_status_t status = try_open(path, mode, &db, &message);
  for (guint try = 1; status == NOTMUCH_STATUS_XAPIAN_EXCEPTION && try < OPEN_TRIES; try++) {
    g_clear_pointer(&db, notmuch_database_destroy);
    g_clear_pointer(&message, free);
    g_usleep(STEADY_PAUSE_US * try);
    status = try_open(path, mode, &db, &message);
  }
  if (status != NOTMUCH_STATUS_SUCCESS) {
    no_database(error, status, message);
    g_clear_pointer(&db, notmuch_database_destroy);
  }
  free(message);
  return db;
}

static gboolean
is_stale(const char *text)
{
  return text && (strstr(text, "revision being read") || strstr(text, "modified"));
}

gboolean
cadence_status_ok(notmuch_status_t status, notmuch_database_t *db, CadenceError code,
                  GError **error)
{
  if (status == NOTMUCH_STATUS_SUCCESS)
    return TRUE;
  const char *text = db ? notmuch_database_status_string(db) : NULL;
  if (is_stale(text))
    code = CADENCE_ERROR_BUSY;
  g_autofree char *line = g_strdup(text ? text : notmuch_status_to_string(status));
  g_strdelimit(g_strchomp(line), "\n", ' ');
  g_set_error(error, CADENCE_ERROR, code, "%s", line);
  return FALSE;
}

gboolean
cadence_store_whole(CadenceStore *store, GError **error)
{
  const char *text = notmuch_database_status_string(store->db);
  if (!text || !strstr(text, "Xapian exception"))
    return TRUE;
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_BUSY,
              _("the database changed faster than it could be read, or is damaged: %s"), text);
  return FALSE;
}

static gboolean
renew(CadenceStore *store, GError **error)
{
  notmuch_database_t *db =
      cadence_database_open(store->path, NOTMUCH_DATABASE_MODE_READ_ONLY, error);
  if (!db)
    return FALSE;
  if (store->db)
    notmuch_database_destroy(store->db);
  store->db = db;
  g_clear_pointer(&store->drafts, g_hash_table_unref);
  g_clear_pointer(&store->unindexed, g_hash_table_unref);
  return TRUE;
}

/* The second commit after a snapshot was taken pulls it away, and libnotmuch ends the process for
 * some of what follows: so each piece of work starts on a new one. Where that fails, so does the
 * work, and it is done again. */
gboolean
cadence_store_steadily(CadenceStore *store, CadenceWork work, gpointer data, GError **error)
{
  (void)notmuch_database_reopen(store->db, NOTMUCH_DATABASE_MODE_READ_ONLY);
  for (guint try = 1;; try++) {
    g_autoptr(GError) failed = NULL;
    if (work(store, data, &failed) && cadence_store_whole(store, &failed))
      return TRUE;
    if (try == STEADY_TRIES || !g_error_matches(failed, CADENCE_ERROR, CADENCE_ERROR_BUSY)) {
      g_propagate_error(error, g_steal_pointer(&failed));
      return FALSE;
    }
    g_usleep(STEADY_PAUSE_US * try);
    if (!renew(store, error))
      return FALSE;
  }
}

char *
cadence_database_config(notmuch_database_t *db, const char *key)
{
  char *value = NULL;
  if (notmuch_database_get_config(db, key, &value) != NOTMUCH_STATUS_SUCCESS)
    return NULL;
  char *copy = value && *value ? g_strdup(value) : NULL;
  free(value);
  return copy;
}

/* A value that notmuch reads from its configuration file, split as notmuch splits lists. */
static GStrv
config_list(notmuch_database_t *db, notmuch_config_key_t key)
{
  const char *value = notmuch_config_get(db, key);
  g_auto(GStrv) words = g_strsplit(value ? value : "", ";", -1);
  g_autoptr(GStrvBuilder) list = g_strv_builder_new();
  for (char **word = words; *word; word++) {
    if (*g_strstrip(*word))
      g_strv_builder_add(list, *word);
  }
  return g_strv_builder_end(list);
}

static GStrv
our_addresses(notmuch_database_t *db)
{
  g_autoptr(GStrvBuilder) list = g_strv_builder_new();
  const notmuch_config_key_t keys[] = {NOTMUCH_CONFIG_PRIMARY_EMAIL, NOTMUCH_CONFIG_OTHER_EMAIL};
  for (guint i = 0; i < G_N_ELEMENTS(keys); i++) {
    g_auto(GStrv) raw = config_list(db, keys[i]);
    for (char **one = raw; *one; one++) {
      g_autofree char *address = cadence_address_canonical(*one);
      if (address)
        g_strv_builder_add(list, address);
    }
  }
  return g_strv_builder_end(list);
}

CadenceStore *
cadence_store_open(const char *path, GError **error)
{
  cadence_mail_init();
  g_autoptr(CadenceStore) store = g_new0(CadenceStore, 1);
  store->path = g_strdup(path);
  store->headers =
      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)cadence_message_free);
  store->crowds =
      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_hash_table_unref);
  store->crowd_contacts =
      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)cadence_contact_free);
  store->owners = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  store->gone = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  if (!renew(store, error))
    return NULL;
  store->us = our_addresses(store->db);
  store->exclude = config_list(store->db, NOTMUCH_CONFIG_EXCLUDE_TAGS);
  return g_steal_pointer(&store);
}

void
cadence_store_free(CadenceStore *store)
{
  if (!store)
    return;
  g_clear_pointer(&store->db, notmuch_database_destroy);
  g_clear_pointer(&store->drafts, g_hash_table_unref);
  g_clear_pointer(&store->unindexed, g_hash_table_unref);
  cadence_kinds_free(store->kinds);
  g_hash_table_unref(store->headers);
  g_hash_table_unref(store->crowds);
  g_hash_table_unref(store->crowd_contacts);
  g_hash_table_unref(store->owners);
  g_hash_table_unref(store->gone);
  g_strfreev(store->us);
  g_strfreev(store->exclude);
  g_free(store->path);
  g_free(store);
}

const char *const *
cadence_store_us(CadenceStore *store)
{
  return (const char *const *)store->us;
}

CadenceParties *
cadence_store_parties(CadenceStore *store, const CadenceConfig *config, GError **error)
{
  g_autoptr(CadenceParties) parties = cadence_config_parties(config, error);
  if (!parties)
    return NULL;
  for (char **address = store->us; *address; address++) {
    if (!cadence_parties_add(parties, *address, CADENCE_PARTY_US, NULL, error))
      return NULL;
  }
  return g_steal_pointer(&parties);
}
