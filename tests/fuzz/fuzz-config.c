/* policy.ini and, behind a line of %%, agreements.ini. What is accepted is written out and reads as
 * the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mail.h"

/* The whole policy as a file. */
static char *
written_out(const CadenceConfig *config)
{
  const GPtrArray *settings = cadence_config_settings(config);
  GString *text = g_string_new(NULL);
  const char *group = NULL;
  for (guint i = 0; i < settings->len; i++) {
    const CadenceSetting *setting = settings->pdata[i];
    if (g_strcmp0(group, setting->group) != 0)
      g_string_append_printf(text, "[%s]\n", setting->group);
    group = setting->group;
    g_string_append_printf(text, "%s = %s\n", setting->key, setting->value);
  }
  return g_string_free(text, FALSE);
}

static void
holds_agreements(const CadenceConfig *config)
{
  const GPtrArray *agreements = cadence_config_agreements(config);
  for (guint i = 0; i < agreements->len; i++) {
    const CadenceAgreement *agreement = agreements->pdata[i];
    fuzz_holds_line(agreement->name);
    fuzz_holds_utf8(agreement->note);
    fuzz_holds_utf8(agreement->evidence);
    HOLDS(*agreement->match);
    if (agreement->decider)
      fuzz_holds_address(agreement->decider);
    HOLDS(cadence_config_agreement(config, agreement->name) == agreement);
  }
}

/* Read from files it is the same, and the first fault that of all; what can be had of a policy with
 * faults is a whole one. `fault` NULL: there is none. */
static void
holds_files(const char *policy, const char *agreements, const char *fault)
{
  fuzz_put("policy.ini", policy ? policy : "", policy ? strlen(policy) : 0);
  fuzz_put("agreements.ini", agreements ? agreements : "", agreements ? strlen(agreements) : 0);
  g_autoptr(GPtrArray) faults = cadence_config_faults(fuzz_folder());
  HOLDS(g_strcmp0(faults->len > 0 ? faults->pdata[0] : NULL, fault) == 0);
  for (guint i = 0; i < faults->len; i++)
    fuzz_holds_line(faults->pdata[i]);
  g_autoptr(CadencePolicy) salvaged = cadence_policy_salvage(fuzz_folder());
  HOLDS(salvaged && salvaged->every.n > 0 && salvaged->within > 0 && salvaged->mta);
}

/* Somebody whom an entry names, as an address; owned by the caller. */
static char *
somebody_of(const char *entry)
{
  return strchr(entry, '@') ? g_strdup(entry) : g_strconcat("somebody@", entry, NULL);
}

/* The files are in the folder. What is read for one address alone says the same of it. */
static void
holds_for(const CadenceConfig *config, const char *address)
{
  const char *addresses[] = {address, NULL}, *all, *few;
  g_autofree char *known = cadence_config_fingerprint_now(fuzz_folder());
  g_autoptr(CadenceConfig) some = cadence_config_load_for(fuzz_folder(), known, addresses, NULL);
  HOLDS(some);
  g_autoptr(CadenceParties) parties = cadence_config_parties(config, NULL);
  g_autoptr(CadenceParties) those = cadence_config_parties(some, NULL);
  HOLDS(parties && those);
  HOLDS(cadence_parties_find(parties, address, &all) == cadence_parties_find(those, address, &few));
  HOLDS(g_strcmp0(all, few) == 0);
  if (!all)
    return;
  g_autofree char *digest = cadence_agreement_digest(cadence_config_agreement(config, all));
  g_autofree char *same = cadence_agreement_digest(cadence_config_agreement(some, few));
  HOLDS(g_str_equal(digest, same));
}

#define ASKED_MOST 8 /* addresses an input */

static void
holds_for_each(const CadenceConfig *config)
{
  const GPtrArray *agreements = cadence_config_agreements(config);
  guint asked = 0;
  for (guint i = 0; i < agreements->len && asked < ASKED_MOST; i++) {
    const CadenceAgreement *agreement = agreements->pdata[i];
    for (char **entry = agreement->match; *entry && asked < ASKED_MOST; entry++, asked++) {
      g_autofree char *address = somebody_of(*entry);
      holds_for(config, address);
    }
  }
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_auto(GStrv) texts = fuzz_texts(data, size, 2);
  const char *policy = texts[0];
  const char *agreements = policy ? texts[1] : NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(CadenceConfig) config =
      cadence_config_parse("policy.ini", policy, "agreements.ini", agreements, &error);
  fuzz_holds_error(config != NULL, error);
  holds_files(policy, agreements, error ? error->message : NULL);
  if (!config)
    return 0;
  holds_agreements(config);
  holds_for_each(config);
  g_autoptr(CadenceParties) parties = cadence_config_parties(config, NULL);
  HOLDS(parties);
  g_autofree char *written = written_out(config);
  g_autoptr(CadenceConfig) again =
      cadence_config_parse("policy.ini", written, "agreements.ini", agreements, NULL);
  HOLDS(again);
  HOLDS(g_str_equal(cadence_config_digest(again), cadence_config_digest(config)));
  return 0;
}
