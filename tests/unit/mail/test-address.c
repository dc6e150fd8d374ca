/* Addresses: the tables of cases, and what no table can hold.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/address.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "cases.h"

static char *
run_canonical(const char *input, const char *wanted)
{
  char *address = cadence_address_canonical(input);
  if (!address)
    return g_strdup("none");
  /* What is canonical stays as it is. */
  g_autofree char *again = cadence_address_canonical(address);
  assert_string_equal(again, address);
  return address;
}

static char *
run_list(const char *input, const char *wanted)
{
  g_auto(GStrv) found = cadence_address_list(input);
  return found[0] ? g_strjoinv(" ", found) : g_strdup("none");
}

static char *
run_party(const char *input, const char *wanted)
{
  return cadence_address_party(input, CADENCE_GROUP_DOMAIN);
}

static char *
run_role(const char *input, const char *wanted)
{
  return g_strdup(cadence_address_is_role(input) ? "role" : "person");
}

static char *
run_machine(const char *input, const char *wanted)
{
  return g_strdup(cadence_address_is_machine(input) ? "machine" : "person");
}

static void
test_canonical(void **state)
{
  assert_int_equal(cadence_cases_run("address.cases", 50, run_canonical), 0);
  assert_null(cadence_address_canonical(NULL));
}

static void
test_list(void **state)
{
  assert_int_equal(cadence_cases_run("address-list.cases", 30, run_list), 0);
}

static void
test_party(void **state)
{
  assert_int_equal(cadence_cases_run("party.cases", 40, run_party), 0);
}

static void
test_role(void **state)
{
  assert_int_equal(cadence_cases_run("role.cases", 30, run_role), 0);
  assert_false(cadence_address_is_role(NULL));
  assert_false(cadence_address_is_role("info"));
}

static void
test_machine(void **state)
{
  assert_int_equal(cadence_cases_run("machine.cases", 40, run_machine), 0);
  assert_false(cadence_address_is_machine(NULL));
  assert_false(cadence_address_is_machine("example.com"));
}

static void
test_party_by_address(void **state)
{
  g_autofree char *party = cadence_address_party("alice@example.com", CADENCE_GROUP_ADDRESS);
  assert_string_equal(party, "alice@example.com");
}

static void
test_length(void **state)
{
  g_autofree char *local = g_strnfill(980, 'a');
  g_autofree char *fits = g_strconcat(local, "@example.com", NULL);
  g_autofree char *found = cadence_address_canonical(fits);
  assert_string_equal(found, fits);
  g_autofree char *longer = g_strconcat("123456789", fits, NULL);
  assert_null(cadence_address_canonical(longer));
  g_autofree char *domain = g_strconcat("a@", local, local, ".com", NULL);
  assert_null(cadence_address_canonical(domain));
}

static void
assert_domain(const char *domain, const char *wanted)
{
  g_autofree char *found = cadence_domain_canonical(domain);
  if (wanted)
    assert_string_equal(found, wanted);
  else
    assert_null(found);
}

static void
test_domain(void **state)
{
  assert_domain("Example.COM", "example.com");
  assert_domain("@example.com", "example.com");
  assert_domain(" example.com. ", "example.com");
  assert_domain("intranet", "intranet");
  assert_domain("B\xc3\xbc"
                "cher.example",
                "xn--bcher-kva.example");
  assert_domain(NULL, NULL);
  assert_domain("", NULL);
  assert_domain("@", NULL);
  assert_domain(".", NULL);
  assert_domain("example..com", NULL);
  assert_domain("exam ple.com", NULL);
  assert_domain("alice@example.com", NULL);
  assert_domain("*.example.com", NULL);
  assert_domain("ex\xff.com", NULL);
}

static void
assert_entry(const char *entry, const char *wanted)
{
  g_autofree char *found = cadence_entry_canonical(entry);
  if (wanted)
    assert_string_equal(found, wanted);
  else
    assert_null(found);
}

static void
test_entry(void **state)
{
  assert_entry("Alice@Example.com", "alice@example.com");
  assert_entry(" Example.com", "example.com");
  assert_entry("@example.com", "example.com");
  assert_entry(" @example.com ", "example.com");
  assert_entry(NULL, NULL);
  assert_entry("alice@", NULL);
  assert_entry("two words", NULL);
}

static const char *const free_mail[] = {
#include "free-mail.inc"
};

/* A row out of order would not be found. */
static void
test_free_mail_table(void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS(free_mail); i++) {
    if (i > 0 && strcmp(free_mail[i - 1], free_mail[i]) >= 0)
      fail_msg("free-mail.inc: %s stands before %s", free_mail[i - 1], free_mail[i]);
    g_autofree char *canonical = cadence_domain_canonical(free_mail[i]);
    assert_string_equal(canonical, free_mail[i]);
    assert_true(cadence_domain_is_free_mail(free_mail[i]));
  }
}

static void
test_free_mail(void **state)
{
  static const char *const yes[] = {
      "gmail.com",    "googlemail.com", "outlook.com",    "outlook.de",     "hotmail.com",
      "hotmail.fr",   "live.com",       "live.co.uk",     "msn.com",        "yahoo.com",
      "yahoo.de",     "yahoo.co.uk",    "ymail.com",      "gmx.de",         "gmx.net",
      "gmx.ch",       "web.de",         "t-online.de",    "freenet.de",     "mail.ru",
      "bk.ru",        "list.ru",        "inbox.ru",       "yandex.ru",      "yandex.com",
      "ya.ru",        "rambler.ru",     "orange.fr",      "free.fr",        "laposte.net",
      "wanadoo.fr",   "libero.it",      "icloud.com",     "me.com",         "mac.com",
      "aol.com",      "aol.de",         "proton.me",      "protonmail.com", "pm.me",
      "fastmail.com", "zoho.com",       "qq.com",         "163.com",        "126.com",
      "naver.com",    "hanmail.net",    "seznam.cz",      "wp.pl",          "o2.pl",
      "zoznam.sk",    "abv.bg",         "ukr.net",        "comcast.net",    "btinternet.com",
      "bluewin.ch",   "telia.com",      "rediffmail.com", "uol.com.br",     "tutanota.com"};
  static const char *const no[] = {"example.com",
                                   "gmail.example",
                                   "notgmail.com",
                                   "gmail.com.example.com",
                                   "yahoo",
                                   "yahoo.acme.com",
                                   "live.example",
                                   "com",
                                   "",
                                   "mail.gmx.de"};
  for (gsize i = 0; i < G_N_ELEMENTS(yes); i++) {
    if (!cadence_domain_is_free_mail(yes[i]))
      fail_msg("%s is a free mail service", yes[i]);
  }
  for (gsize i = 0; i < G_N_ELEMENTS(no); i++) {
    if (cadence_domain_is_free_mail(no[i]))
      fail_msg("%s is no free mail service", no[i]);
  }
  assert_false(cadence_domain_is_free_mail(NULL));
}

static guint
count_repeated(const char *piece, gsize bytes)
{
  GString *value = g_string_new(NULL);
  while (value->len < bytes)
    g_string_append(value, piece);
  gint64 before = g_get_monotonic_time();
  g_auto(GStrv) found = cadence_address_list(value->str);
  /* Linear work on a megabyte takes some 0.1 s; quadratic work would take hours. */
  assert_true(g_get_monotonic_time() - before < 20 * G_USEC_PER_SEC);
  g_string_free(value, TRUE);
  return g_strv_length(found);
}

/* Nothing recurses and nothing is searched twice. */
static void
test_hostile(void **state)
{
  static const char *const pieces[] = {"a:",   "<",  "\"",   "(",   "[",      "\\",     "a@",
                                       "<a@b", "@,", "a@b:", "(\"", "<@a,@b", "\"a\"@", "\xff"};
  for (gsize i = 0; i < G_N_ELEMENTS(pieces); i++)
    assert_true(count_repeated(pieces[i], 1024 * 1024) <= 1);
}

static void
test_many(void **state)
{
  GString *value = g_string_new(NULL);
  for (guint i = 0; i < 10000; i++)
    g_string_append_printf(value, "Person %u <person%u@example.com>, ", i, i);
  g_auto(GStrv) found = cadence_address_list(value->str);
  assert_int_equal(g_strv_length(found), 10000);
  assert_string_equal(found[9999], "person9999@example.com");
  g_string_free(value, TRUE);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_canonical),
      cmocka_unit_test(test_list),
      cmocka_unit_test(test_party),
      cmocka_unit_test(test_machine),
      cmocka_unit_test(test_role),
      cmocka_unit_test(test_party_by_address),
      cmocka_unit_test(test_length),
      cmocka_unit_test(test_domain),
      cmocka_unit_test(test_entry),
      cmocka_unit_test(test_free_mail),
      cmocka_unit_test(test_free_mail_table),
      cmocka_unit_test(test_hostile),
      cmocka_unit_test(test_many),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
