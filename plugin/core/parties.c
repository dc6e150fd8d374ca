/* Who is who: a table from entry to owner, asked from the most specific form of an address to the
 * least.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/parties.h>

#include <string.h>

#include <glib/gi18n-lib.h>

typedef struct {
  CadencePartyRole role;
  const char *prospect; /* key of `entries` */
} Owner;

struct _CadenceParties {
  GHashTable *owners;  /* entry -> Owner */
  GHashTable *entries; /* prospect -> GPtrArray of entries (keys of `owners`), NULL-terminated */
};

CadenceParties *
cadence_parties_new(void)
{
  CadenceParties *parties = g_new0(CadenceParties, 1);
  parties->owners = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
  parties->entries =
      g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  return parties;
}

void
cadence_parties_free(CadenceParties *parties)
{
  if (!parties)
    return;
  g_hash_table_unref(parties->entries);
  g_hash_table_unref(parties->owners);
  g_free(parties);
}

static const char *
owner_name(CadencePartyRole role, const char *prospect)
{
  switch (role) {
  case CADENCE_PARTY_US:
    return _("our own addresses");
  case CADENCE_PARTY_IGNORED:
    return _("scope.ignore");
  case CADENCE_PARTY_PROSPECT:
    return prospect;
  case CADENCE_PARTY_UNKNOWN:
    break;
  }
  return "";
}

/* The prospect's list of entries, made where it is new, and its name as that table keeps it. */
static GPtrArray *
entries_of(CadenceParties *parties, const char *prospect, const char **name)
{
  gpointer key, list;
  if (!g_hash_table_lookup_extended(parties->entries, prospect, &key, &list)) {
    key = g_strdup(prospect);
    list = g_ptr_array_new();
    g_ptr_array_add(list, NULL);
    g_hash_table_insert(parties->entries, key, list);
  }
  *name = key;
  return list;
}

gboolean
cadence_parties_add(CadenceParties *parties, const char *entry, CadencePartyRole role,
                    const char *prospect, GError **error)
{
  const Owner *known = g_hash_table_lookup(parties->owners, entry);
  if (known) {
    if (known->role == role && g_strcmp0(known->prospect, prospect) == 0)
      return TRUE;
    g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_CONFIG, _("%s belongs to both %s and %s"),
                entry, owner_name(known->role, known->prospect), owner_name(role, prospect));
    return FALSE;
  }
  char *key = g_strdup(entry);
  Owner *owner = g_new0(Owner, 1);
  owner->role = role;
  if (role == CADENCE_PARTY_PROSPECT) {
    GPtrArray *list = entries_of(parties, prospect, &owner->prospect);
    g_ptr_array_insert(list, (int)list->len - 1, key);
  }
  g_hash_table_insert(parties->owners, key, owner);
  return TRUE;
}

CadencePartyRole
cadence_parties_find(const CadenceParties *parties, const char *address, const char **prospect)
{
  const char *at = strrchr(address, '@');
  const Owner *owner = g_hash_table_lookup(parties->owners, address);
  const char *domain = at ? at + 1 : address;
  while (!owner && domain && *domain) {
    owner = g_hash_table_lookup(parties->owners, domain);
    const char *dot = strchr(domain, '.');
    domain = dot ? dot + 1 : NULL;
  }
  if (prospect)
    *prospect = owner ? owner->prospect : NULL;
  return owner ? owner->role : CADENCE_PARTY_UNKNOWN;
}

const char *const *
cadence_parties_entries(const CadenceParties *parties, const char *prospect)
{
  GPtrArray *list = g_hash_table_lookup(parties->entries, prospect);
  return list ? (const char *const *)list->pdata : NULL;
}
