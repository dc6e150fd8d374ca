/* Addresses, domains and entries of the two files, one and many.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "mail.h"

static void
holds_one(const char *text)
{
  g_autofree char *address = cadence_address_canonical(text);
  if (!address)
    return;
  fuzz_holds_address(address);
  g_autofree char *entry = cadence_entry_canonical(address);
  HOLDS(g_strcmp0(entry, address) == 0);
  for (int group = CADENCE_GROUP_DOMAIN; group <= CADENCE_GROUP_ADDRESS; group++) {
    g_autofree char *party = cadence_address_party(address, (CadenceGroup)group);
    HOLDS(party && g_str_has_suffix(address, party));
  }
  (void)cadence_address_is_machine(address);
  (void)cadence_address_is_indexed(address);
}

static void
holds_domain(const char *text)
{
  g_autofree char *domain = cadence_domain_canonical(text);
  g_autofree char *again = domain ? cadence_domain_canonical(domain) : NULL;
  HOLDS(g_strcmp0(domain, again) == 0);
  if (!domain)
    return;
  fuzz_holds_line(domain);
  HOLDS(!strchr(domain, '@'));
  (void)cadence_domain_is_free_mail(domain);
}

static void
holds_entry(const char *text)
{
  g_autofree char *entry = cadence_entry_canonical(text);
  g_autofree char *again = entry ? cadence_entry_canonical(entry) : NULL;
  HOLDS(g_strcmp0(entry, again) == 0);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_autofree char *text = fuzz_text(data, size);
  holds_one(text);
  holds_domain(text);
  holds_entry(text);
  g_auto(GStrv) list = cadence_address_list(text);
  fuzz_holds_addresses(list);
  for (char **address = list; *address; address++)
    holds_one(*address);
  return 0;
}
