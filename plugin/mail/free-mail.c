/* Domains at which anybody gets an address: there the domain says nothing about the party.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/address.h>

#include <stdlib.h>
#include <string.h>

#include <libpsl.h>

static const char *const domains[] = {
#include "free-mail.inc"
};

/* Services that own their name under every public suffix: yahoo.co.jp, gmx.ch, yandex.kz. Not
 * `live` or `outlook`, under which others have domains too. */
static const char *const brands[] = {"aol", "gmx", "hotmail", "yahoo", "yandex"};

static int
compare(const void *key, const void *element)
{
  return strcmp(key, *(const char *const *)element);
}

static gboolean
is_brand(const char *domain)
{
  const char *dot = strchr(domain, '.');
  if (!dot)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS(brands); i++) {
    if (strlen(brands[i]) == (gsize)(dot - domain) && g_str_has_prefix(domain, brands[i]))
      return psl_is_public_suffix2(psl_builtin(), dot + 1, PSL_TYPE_ICANN);
  }
  return FALSE;
}

gboolean
cadence_domain_is_free_mail(const char *canonical)
{
  if (!canonical)
    return FALSE;
  return bsearch(canonical, domains, G_N_ELEMENTS(domains), sizeof *domains, compare) != NULL ||
         is_brand(canonical);
}
