/* The party behind an address: its registrable domain, or itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/address.h>

#include <string.h>

#include <libpsl.h>

/* The list that libpsl was built with. A newer one may lie on disk (psl_latest()), but it would be
 * read on every start, and two machines that share a mailbox would name one prospect differently.
 * Both sections of the list count: under the private suffix uk.com there are companies, too. */
static const char *
registrable(const char *domain)
{
  return domain[0] == '[' ? NULL : psl_registrable_domain(psl_builtin(), domain);
}

static gboolean
is_ipv4(const char *domain)
{
  return strspn(domain, "0123456789.") == strlen(domain);
}

char *
cadence_address_party(const char *canonical, CadenceGroup group)
{
  const char *at = strrchr(canonical, '@');
  if (!at || group == CADENCE_GROUP_ADDRESS || cadence_domain_is_free_mail(at + 1))
    return g_strdup(canonical);
  const char *domain = is_ipv4(at + 1) ? NULL : registrable(at + 1);
  return g_strdup(domain && !cadence_domain_is_free_mail(domain) ? domain : canonical);
}
