/* Reads policy.ini and agreements.ini, and hands out what they say.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/address.h>
#include <string.h>

#include "agreements.h"
#include "claims.h"
#include "excerpt.h"
#include "policy.h"
#include "private.h"

static CadenceKeyfile *
scan(const CadenceSource *source, CadenceFaults *faults)
{
  return cadence_keyfile_new(source->name, source->text ? source->text : "", source->length,
                             faults);
}

static void
add_claim(GArray *claims, CadencePlace place, GStrv entries)
{
  CadenceClaim claim = {place, entries};
  g_array_append_val(claims, claim);
}

static void
check_claims(const CadenceConfig *config, const CadencePolicySource *source,
             const char *agreements_name, const GArray *lines, CadenceFaults *faults)
{
  g_autoptr(GArray) claims = g_array_new(FALSE, FALSE, sizeof(CadenceClaim));
  guint team = cadence_policy_line(source, "scope", "team");
  guint ignore = cadence_policy_line(source, "scope", "ignore");
  add_claim(claims, (CadencePlace){source->file, team, "scope", "team"}, config->policy->team);
  add_claim(claims, (CadencePlace){source->file, ignore, "scope", "ignore"},
            config->policy->ignore);
  for (guint i = 0; i < config->agreements->len; i++) {
    const CadenceAgreement *agreement = g_ptr_array_index(config->agreements, i);
    guint line = g_array_index(lines, guint, i);
    add_claim(claims, (CadencePlace){agreements_name, line, agreement->name, "match"},
              agreement->match);
  }
  cadence_claims_check(claims, faults);
}

static void
index_names(CadenceConfig *config)
{
  config->by_name = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < config->agreements->len; i++) {
    CadenceAgreement *agreement = g_ptr_array_index(config->agreements, i);
    g_hash_table_insert(config->by_name, agreement->name, agreement);
  }
}

static guint64
hash_both(const CadenceSource *policy, const CadenceSource *agreements)
{
  return cadence_source_hash(agreements, cadence_source_hash(policy, 0));
}

/* Reads both; whether the result may be used, `faults` says. */
static CadenceConfig *
read_both(const CadenceSource *policy, const CadenceSource *agreements, CadenceFaults *faults)
{
  CadenceConfig *config = g_new0(CadenceConfig, 1);
  config->hash = hash_both(policy, agreements);
  CadencePolicySource source;
  g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(guint));
  g_autoptr(CadenceKeyfile) policy_file = scan(policy, faults);
  config->policy = cadence_policy_read(policy_file, &source, faults);
  config->settings = cadence_policy_settings(config->policy, &source);
  g_autoptr(CadenceKeyfile) agreements_file = scan(agreements, faults);
  config->agreements = cadence_agreements_read(agreements_file, lines, faults);
  check_claims(config, &source, agreements->name, lines, faults);
  index_names(config);
  return config;
}

CadenceConfig *
cadence_config_read(const CadenceSource *policy, const CadenceSource *agreements, GError **error)
{
  g_auto(CadenceFaults) faults;
  cadence_faults_init(&faults, 1);
  g_autoptr(CadenceConfig) config = read_both(policy, agreements, &faults);
  if (faults.texts->len == 0)
    return g_steal_pointer(&config);
  g_set_error_literal(error, CADENCE_ERROR, CADENCE_ERROR_CONFIG,
                      g_ptr_array_index(faults.texts, 0));
  return NULL;
}

static char *
fingerprint_of(guint64 hash)
{
  return g_strdup_printf("%016" G_GINT64_MODIFIER "x", hash);
}

static void
add_missing(GPtrArray *list, const char *name)
{
  if (!g_ptr_array_find_with_equal_func(list, name, g_str_equal, NULL))
    g_ptr_array_add(list, g_strdup(name));
}

/* The parties that scope would make of `addresses`, and the entries that the agreements of `config`
 * have (NULL: none): what stands below these may belong to somebody else. */
static GStrv
roots_of(const CadenceConfig *config, const char *const *addresses)
{
  g_autoptr(GPtrArray) roots = g_ptr_array_new_with_free_func(g_free);
  for (; *addresses; addresses++) {
    g_autofree char *party = cadence_address_party(*addresses, CADENCE_GROUP_DOMAIN);
    add_missing(roots, party);
  }
  for (guint i = 0; config && i < config->agreements->len; i++) {
    const CadenceAgreement *agreement = g_ptr_array_index(config->agreements, i);
    for (GStrv entry = agreement->match; *entry; entry++)
      add_missing(roots, *entry);
  }
  g_ptr_array_add(roots, NULL);
  return (GStrv)g_ptr_array_steal(roots, NULL);
}

/* What is asked of files that were read without a fault before. */
typedef struct {
  const char *directory;
  const char *known; /* their fingerprint then */
  const char *const *addresses;
} Asked;

/* NULL: they are others now, or can't be read; let that be found by reading all. */
static CadenceConfig *
read_excerpt(const Asked *asked, const char *const *roots)
{
  g_auto(CadenceSource) policy = {0};
  if (!cadence_source_read(&policy, asked->directory, CADENCE_POLICY_NAME, NULL))
    return NULL;
  guint64 hash = cadence_source_hash(&policy, 0);
  CadenceExcerpt *excerpt = cadence_excerpt_new(asked->addresses, roots);
  gboolean read = cadence_source_each(asked->directory, CADENCE_AGREEMENTS_NAME,
                                      cadence_excerpt_take, excerpt, &hash, NULL);
  g_auto(CadenceSource)
      kept = {.name = CADENCE_AGREEMENTS_NAME, .text = cadence_excerpt_end(excerpt)};
  kept.length = strlen(kept.text);
  g_autofree char *fingerprint = fingerprint_of(hash);
  if (!read || !g_str_equal(fingerprint, asked->known))
    return NULL;
  CadenceConfig *config = cadence_config_read(&policy, &kept, NULL);
  if (config)
    config->hash = hash;
  return config;
}

/* The agreements that concern the addresses; then those too that have a part of what these have. */
static CadenceConfig *
read_excerpts(const Asked *asked)
{
  g_auto(GStrv) parties = roots_of(NULL, asked->addresses);
  g_autoptr(CadenceConfig) config = read_excerpt(asked, (const char *const *)parties);
  if (!config)
    return NULL;
  g_auto(GStrv) roots = roots_of(config, asked->addresses);
  if (g_strv_length(roots) == g_strv_length(parties))
    return g_steal_pointer(&config);
  return read_excerpt(asked, (const char *const *)roots);
}

#define ADDRESSES_MOST 50 /* beyond that all is read sooner */

CadenceConfig *
cadence_config_load_for(const char *directory, const char *known, const char *const *addresses,
                        GError **error)
{
  Asked asked = {directory, known, addresses};
  CadenceConfig *config = NULL;
  if (known && g_strv_length((GStrv)addresses) <= ADDRESSES_MOST)
    config = read_excerpts(&asked);
  return config ? config : cadence_config_load(directory, error);
}

CadenceConfig *
cadence_config_load(const char *directory, GError **error)
{
  g_auto(CadenceSource) policy = {0};
  g_auto(CadenceSource) agreements = {0};
  if (!cadence_source_read(&policy, directory, CADENCE_POLICY_NAME, error) ||
      !cadence_source_read(&agreements, directory, CADENCE_AGREEMENTS_NAME, error))
    return NULL;
  return cadence_config_read(&policy, &agreements, error);
}

CadenceConfig *
cadence_config_parse(const char *policy_name, const char *policy_text, const char *agreements_name,
                     const char *agreements_text, GError **error)
{
  CadenceSource policy = {policy_name, (char *)policy_text, policy_text ? strlen(policy_text) : 0};
  CadenceSource agreements = {agreements_name, (char *)agreements_text,
                              agreements_text ? strlen(agreements_text) : 0};
  return cadence_config_read(&policy, &agreements, error);
}

char *
cadence_config_fingerprint(const CadenceConfig *config)
{
  return fingerprint_of(config->hash);
}

char *
cadence_config_fingerprint_now(const char *directory)
{
  g_auto(CadenceSource) policy = {0};
  g_auto(CadenceSource) agreements = {0};
  if (!cadence_source_read(&policy, directory, CADENCE_POLICY_NAME, NULL) ||
      !cadence_source_read(&agreements, directory, CADENCE_AGREEMENTS_NAME, NULL))
    return NULL;
  return fingerprint_of(hash_both(&policy, &agreements));
}

/* A file that can't be read is a fault among others, and the rest of the check takes it as absent.
 */
static void
read_or_fault(CadenceSource *source, const char *directory, const char *name, CadenceFaults *faults)
{
  g_autoptr(GError) error = NULL;
  if (!cadence_source_read(source, directory, name, &error))
    g_ptr_array_add(faults->texts, g_strdup(error->message));
}

CadencePolicy *
cadence_policy_salvage(const char *directory)
{
  g_auto(CadenceSource) file = {0};
  g_auto(CadenceFaults) faults;
  CadencePolicySource source;
  cadence_faults_init(&faults, CADENCE_FAULTS_MOST);
  read_or_fault(&file, directory, CADENCE_POLICY_NAME, &faults);
  g_autoptr(CadenceKeyfile) keyfile = scan(&file, &faults);
  return cadence_policy_read(keyfile, &source, &faults);
}

GPtrArray *
cadence_config_faults(const char *directory)
{
  g_auto(CadenceSource) policy = {0};
  g_auto(CadenceSource) agreements = {0};
  CadenceFaults faults;
  cadence_faults_init(&faults, CADENCE_FAULTS_MOST);
  read_or_fault(&policy, directory, CADENCE_POLICY_NAME, &faults);
  read_or_fault(&agreements, directory, CADENCE_AGREEMENTS_NAME, &faults);
  cadence_config_free(read_both(&policy, &agreements, &faults));
  return faults.texts;
}

void
cadence_config_free(CadenceConfig *config)
{
  if (!config)
    return;
  g_hash_table_unref(config->by_name);
  g_ptr_array_unref(config->agreements);
  g_ptr_array_unref(config->settings);
  cadence_policy_free(config->policy);
  g_free(config->digest);
  g_free(config);
}

const CadencePolicy *
cadence_config_policy(const CadenceConfig *config)
{
  return config->policy;
}

const GPtrArray *
cadence_config_agreements(const CadenceConfig *config)
{
  return config->agreements;
}

const CadenceAgreement *
cadence_config_agreement(const CadenceConfig *config, const char *name)
{
  return g_hash_table_lookup(config->by_name, name);
}

static gboolean
add_entries(CadenceParties *parties, const GStrv entries, CadencePartyRole role,
            const char *prospect, GError **error)
{
  for (GStrv entry = entries; *entry; entry++)
    if (!cadence_parties_add(parties, *entry, role, prospect, error))
      return FALSE;
  return TRUE;
}

CadenceParties *
cadence_config_parties(const CadenceConfig *config, GError **error)
{
  g_autoptr(CadenceParties) parties = cadence_parties_new();
  const CadencePolicy *policy = config->policy;
  if (!add_entries(parties, policy->team, CADENCE_PARTY_US, NULL, error) ||
      !add_entries(parties, policy->ignore, CADENCE_PARTY_IGNORED, NULL, error))
    return NULL;
  for (guint i = 0; i < config->agreements->len; i++) {
    const CadenceAgreement *agreement = g_ptr_array_index(config->agreements, i);
    if (!add_entries(parties, agreement->match, CADENCE_PARTY_PROSPECT, agreement->name, error))
      return NULL;
  }
  return g_steal_pointer(&parties);
}

const GPtrArray *
cadence_config_settings(const CadenceConfig *config)
{
  return config->settings;
}

/* Made when it is first asked for: most commands never do, and it costs a quarter of a load. */
const char *
cadence_config_digest(const CadenceConfig *config)
{
  CadenceConfig *self = (CadenceConfig *)config;
  if (!g_atomic_pointer_get(&self->digest)) {
    char *digest = cadence_digest_new(config);
    if (!g_atomic_pointer_compare_and_exchange(&self->digest, NULL, digest))
      g_free(digest); /* another thread was faster */
  }
  return self->digest;
}
