/* Of thousands of agreements only those that concern somebody.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "home.h"

static const char excerpt_file[] =
    "# a comment\n"
    "[acme.example]\nevery = 2w\n\n"
    "[Beta]\nmatch = beta.example, jane@gmx.de;@intranet\nnote = match = acme.example\n"
    "[Jane of Acme]\r\nmatch = Jane@Labs.ACME.example\r\n"
    "  [Labs]\n  match\t=\tlabs.acme.example\n"
    "[Bücher]\nmatch = BÜCHER.example\n"
    "[all of gmx]\nmatch = gmx.de\n"
    "[quoted]\nmatch = <\"o'neil\"@quoted.example>\n"
    "[comment]\nmatch = max(the)@gmx.de\n"
    "[dotted.example.]\nstage = won\n"
    "[stage.example]\nmatch =\nstage = won\n"
    "[empty.example]\nmatch = ;\n"
    "[uk]\nmatch = @uk\n"
    "[Firm of uk]\nmatch = firm.co.uk\n";

static const char *const excerpt_addresses[] = {
    "a@acme.example",
    "jane@labs.acme.example",
    "b@labs.acme.example",
    "c@beta.example",
    "jane@gmx.de",
    "max@gmx.de",
    "eva@gmx.de",
    "x@intranet",
    "y@www.uk",
    "y@firm.co.uk",
    "y@a.firm.co.uk",
    "z@xn--bcher-kva.example",
    "o'neil@quoted.example",
    "d@dotted.example",
    "d@sub.stage.example",
    "d@empty.example",
    "n@nobody.example",
    "e@acme.example.org",
    "e@xacme.example",
};

static CadenceConfig *
load_for(const char *directory, const char *const *addresses)
{
  g_autofree char *known = cadence_config_fingerprint_now(directory);
  g_autoptr(GError) error = NULL;
  CadenceConfig *config = cadence_config_load_for(directory, known, addresses, &error);
  if (!config)
    fail_msg("%s", error->message);
  g_autofree char *fingerprint = cadence_config_fingerprint(config);
  assert_string_equal(fingerprint, known);
  return config;
}

/* Whose an address is, and all that was agreed with them. */
static char *
told_of(const CadenceConfig *config, const char *address)
{
  g_autoptr(CadenceParties) parties = cadence_config_parties(config, NULL);
  const char *prospect;
  CadencePartyRole role = cadence_parties_find(parties, address, &prospect);
  const CadenceAgreement *agreement = prospect ? cadence_config_agreement(config, prospect) : NULL;
  g_autofree char *digest = agreement ? cadence_agreement_digest(agreement) : NULL;
  return g_strdup_printf("%d %s %s", role, prospect, digest);
}

static void
assert_told_alike(const CadenceConfig *all, const CadenceConfig *some, const char *address)
{
  g_autofree char *wanted = told_of(all, address), *told = told_of(some, address);
  if (!g_str_equal(wanted, told))
    fail_msg("%s: %s instead of %s", address, told, wanted);
}

/* The address's own agreement; and of the addresses that this one claims with a domain, those that
 * another agreement claims more closely. */
static void
test_load_for(void **state)
{
  Home *home = *state;
  put(home->agreements, excerpt_file);
  g_autoptr(CadenceConfig) all = cadence_config_load(home->directory, NULL);
  assert_non_null(all);
  for (guint i = 0; i < G_N_ELEMENTS(excerpt_addresses); i++) {
    const char *addresses[] = {excerpt_addresses[i], NULL};
    g_autoptr(CadenceConfig) some = load_for(home->directory, addresses);
    g_autoptr(CadenceParties) parties = cadence_config_parties(all, NULL);
    const char *wanted, *owner;
    (void)cadence_parties_find(parties, addresses[0], &wanted);
    assert_told_alike(all, some, addresses[0]);
    for (guint k = 0; k < G_N_ELEMENTS(excerpt_addresses); k++) {
      g_autoptr(CadenceParties) few = cadence_config_parties(some, NULL);
      (void)cadence_parties_find(few, excerpt_addresses[k], &owner);
      if (owner && g_strcmp0(owner, wanted) == 0)
        assert_told_alike(all, some, excerpt_addresses[k]);
    }
  }
}

/* It is worth it: of 1000 only those that are asked for are read, whatever these match beside. */
static void
test_load_for_few(void **state)
{
  Home *home = *state;
  g_autoptr(GString) text =
      g_string_new(" [a.example]\n[jane@b .example]\n[c]\nmatch ==x@c.example\n[one]\nmatch = "
                   "firm7.example other.example\n");
  for (guint i = 100; i < 1000; i++)
    g_string_append_printf(text, "[%u.example]\nmatch = %u.example\nnote = für\n", i, i);
  g_string_append(text, "\f[sub]\nmatch = a.other.example\n");
  put(home->agreements, text->str);
  const char *addresses[] = {"x@firm7.example", "y@200.example", "z@a.example",
                             "jane@b.example",  "=x@c.example",  NULL};
  g_autoptr(CadenceConfig) some = load_for(home->directory, addresses);
  assert_int_equal(cadence_config_agreements(some)->len, 6);
  assert_non_null(cadence_config_agreement(some, "sub"));
}

/* A file of many pieces, and groups that lie across where they end; one is longer than a piece. */
static void
test_load_for_pieces(void **state)
{
  Home *home = *state;
  g_autoptr(GString) text = g_string_new("\xef\xbb\xbf; first\n");
  for (guint i = 0; i < 9000; i++)
    g_string_append_printf(text, " [Firm %u]\r\n  match = f%u.example\nnote = [%0*u]\n", i, i,
                           i == 4500 ? 200000 : 1, i);
  put(home->agreements, text->str);
  for (guint i = 0; i < 9000; i += 90) {
    g_autofree char *address = g_strdup_printf("x@f%u.example", i);
    g_autoptr(CadenceConfig) some = load_for(home->directory, (const char *[]){address, NULL});
    assert_int_equal(cadence_config_agreements(some)->len, 1);
    const CadenceAgreement *agreement = cadence_config_agreements(some)->pdata[0];
    assert_string_equal(agreement->match[0], address + strlen("x@"));
    assert_true((strlen(agreement->note) > 100) == (i == 4500));
  }
}

/* Other bytes than those that somebody found good are read whole, and so found to be bad. */
static void
test_load_for_unknown(void **state)
{
  Home *home = *state;
  const char *addresses[] = {"x@acme.example", NULL};
  put(home->agreements, "[acme.example]\n[beta.example]\nevery = 1mo\n");
  g_autofree char *known = cadence_config_fingerprint_now(home->directory);
  put(home->agreements, "[acme.example]\n[beta.example]\nevery = often\n");
  assert_null(cadence_config_load_for(home->directory, known, addresses, NULL));
  assert_null(cadence_config_load_for(home->directory, "", addresses, NULL));
}

int
main(void)
{
#define IN_HOME(test) cmocka_unit_test_setup_teardown(test, make_home, drop_home)
  const struct CMUnitTest tests[] = {
      IN_HOME(test_load_for),
      IN_HOME(test_load_for_few),
      IN_HOME(test_load_for_pieces),
      IN_HOME(test_load_for_unknown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
