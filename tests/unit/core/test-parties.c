/* Whose an address is: the most specific entry wins, a domain covers its sub-domains, and nothing
 * else is compared by suffix.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <cadence/parties.h>

static CadenceParties *
some_parties(void)
{
  static const struct {
    const char *entry;
    CadencePartyRole role;
    const char *prospect;
  } entries[] = {
      {"us.example", CADENCE_PARTY_US, NULL},
      {"me@mail.example", CADENCE_PARTY_US, NULL},
      {"acme.example", CADENCE_PARTY_PROSPECT, "Acme"},
      {"labs.acme.example", CADENCE_PARTY_PROSPECT, "Acme Labs"},
      {"eve@acme.example", CADENCE_PARTY_PROSPECT, "Eve"},
      {"press@acme.example", CADENCE_PARTY_IGNORED, NULL},
      {"partner.us.example", CADENCE_PARTY_PROSPECT, "Partner"},
      {"news.example", CADENCE_PARTY_IGNORED, NULL},
      {"bob@mail.example", CADENCE_PARTY_PROSPECT, "Bob"},
      {"robert@mail.example", CADENCE_PARTY_PROSPECT, "Bob"},
  };
  CadenceParties *parties = cadence_parties_new();
  for (guint i = 0; i < G_N_ELEMENTS(entries); i++)
    assert_true(
        cadence_parties_add(parties, entries[i].entry, entries[i].role, entries[i].prospect, NULL));
  return parties;
}

static void
test_find(void **unused)
{
  static const struct {
    const char *address;
    CadencePartyRole role;
    const char *prospect;
  } cases[] = {
      {"joe@us.example", CADENCE_PARTY_US, NULL},
      {"joe@sales.us.example", CADENCE_PARTY_US, NULL},
      {"me@mail.example", CADENCE_PARTY_US, NULL},
      {"you@mail.example", CADENCE_PARTY_UNKNOWN, NULL},
      {"bob@acme.example", CADENCE_PARTY_PROSPECT, "Acme"},
      {"bob@a.b.c.acme.example", CADENCE_PARTY_PROSPECT, "Acme"},
      {"bob@labs.acme.example", CADENCE_PARTY_PROSPECT, "Acme Labs"},
      {"bob@x.labs.acme.example", CADENCE_PARTY_PROSPECT, "Acme Labs"},
      {"eve@acme.example", CADENCE_PARTY_PROSPECT, "Eve"},
      {"eve@labs.acme.example", CADENCE_PARTY_PROSPECT, "Acme Labs"},
      {"press@acme.example", CADENCE_PARTY_IGNORED, NULL},
      {"joe@partner.us.example", CADENCE_PARTY_PROSPECT, "Partner"},
      {"a@news.example", CADENCE_PARTY_IGNORED, NULL},
      {"bob@mail.example", CADENCE_PARTY_PROSPECT, "Bob"},
      {"robert@mail.example", CADENCE_PARTY_PROSPECT, "Bob"},
      /* nothing is compared by look */
      {"eve@acme.example.evil.example", CADENCE_PARTY_UNKNOWN, NULL},
      {"bob@notacme.example", CADENCE_PARTY_UNKNOWN, NULL},
      {"bob@acme.example.com", CADENCE_PARTY_UNKNOWN, NULL},
      {"acme.example@evil.example", CADENCE_PARTY_UNKNOWN, NULL},
      {"bob@example", CADENCE_PARTY_UNKNOWN, NULL},
      {"bobby@mail.example", CADENCE_PARTY_UNKNOWN, NULL},
      {"\"bob@acme.example\"@evil.example", CADENCE_PARTY_UNKNOWN, NULL},
      {"\"x@evil.example\"@acme.example", CADENCE_PARTY_PROSPECT, "Acme"},
      {"bob@", CADENCE_PARTY_UNKNOWN, NULL},
      {"bob@.", CADENCE_PARTY_UNKNOWN, NULL},
      {"", CADENCE_PARTY_UNKNOWN, NULL},
  };
  g_autoptr(CadenceParties) parties = some_parties();
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    const char *prospect = "untouched";
    CadencePartyRole role = cadence_parties_find(parties, cases[i].address, &prospect);
    if (role != cases[i].role || g_strcmp0(prospect, cases[i].prospect) != 0)
      fail_msg("%s: %d %s", cases[i].address, role, prospect ? prospect : "-");
    assert_int_equal(cadence_parties_find(parties, cases[i].address, NULL), cases[i].role);
  }
}

static void
test_same_owner_twice_is_nothing_new(void **unused)
{
  g_autoptr(CadenceParties) parties = some_parties();
  g_autoptr(GError) error = NULL;
  assert_true(cadence_parties_add(parties, "acme.example", CADENCE_PARTY_PROSPECT, "Acme", &error));
  assert_true(cadence_parties_add(parties, "us.example", CADENCE_PARTY_US, NULL, &error));
  assert_null(error);
  const char *const *entries = cadence_parties_entries(parties, "Acme");
  assert_string_equal(entries[0], "acme.example");
  assert_null(entries[1]);
}

/* The error names both, and the first keeps the entry. */
static void
check_clash(const char *entry, CadencePartyRole role, const char *prospect, const char *first,
            const char *second)
{
  const char *owner;
  g_autoptr(CadenceParties) parties = some_parties();
  g_autoptr(GError) error = NULL;
  CadencePartyRole before = cadence_parties_find(parties, entry, NULL);
  assert_false(cadence_parties_add(parties, entry, role, prospect, &error));
  assert_true(g_error_matches(error, CADENCE_ERROR, CADENCE_ERROR_CONFIG));
  assert_non_null(strstr(error->message, entry));
  assert_non_null(strstr(error->message, first));
  assert_non_null(strstr(error->message, second));
  assert_int_equal(cadence_parties_find(parties, entry, &owner), before);
}

static void
test_two_owners_clash(void **unused)
{
  check_clash("acme.example", CADENCE_PARTY_PROSPECT, "Other", "Acme", "Other");
  check_clash("acme.example", CADENCE_PARTY_US, NULL, "Acme", "our own");
  check_clash("acme.example", CADENCE_PARTY_IGNORED, NULL, "Acme", "ignore");
  check_clash("us.example", CADENCE_PARTY_PROSPECT, "Other", "our own", "Other");
  check_clash("news.example", CADENCE_PARTY_US, NULL, "ignore", "our own");
}

static void
test_entries(void **unused)
{
  g_autoptr(CadenceParties) parties = some_parties();
  const char *const *entries = cadence_parties_entries(parties, "Bob");
  assert_string_equal(entries[0], "bob@mail.example");
  assert_string_equal(entries[1], "robert@mail.example");
  assert_null(entries[2]);
  assert_null(cadence_parties_entries(parties, "Nobody"));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_find),
      cmocka_unit_test(test_same_owner_twice_is_nothing_new),
      cmocka_unit_test(test_two_owners_clash),
      cmocka_unit_test(test_entries),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
