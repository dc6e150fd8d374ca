/* Both files together: reading from a directory, every fault at once, who is who, and the digests.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/config.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "home.h"

static CadenceConfig *
parse(const char *policy, const char *agreements)
{
  g_autoptr(GError) error = NULL;
  CadenceConfig *config =
      cadence_config_parse("policy.ini", policy, "agreements.ini", agreements, &error);
  if (!config)
    fail_msg("%s", error->message);
  return config;
}

static void
assert_refused(const char *directory, CadenceError code, const char *end)
{
  g_autoptr(GError) error = NULL;
  assert_null(cadence_config_load(directory, &error));
  assert_true(g_error_matches(error, CADENCE_ERROR, code));
  if (!g_str_has_suffix(error->message, end))
    fail_msg("%s", error->message);
  g_autoptr(GPtrArray) faults = cadence_config_faults(directory);
  assert_true(faults->len > 0);
  assert_string_equal(g_ptr_array_index(faults, 0), error->message);
}

static void
test_no_files(void **state)
{
  Home *home = *state;
  g_autofree char *nowhere = g_build_filename(home->directory, "nowhere", NULL);
  const char *directories[] = {home->directory, nowhere};
  for (guint i = 0; i < G_N_ELEMENTS(directories); i++) {
    g_autoptr(CadenceConfig) config = cadence_config_load(directories[i], NULL);
    assert_non_null(config);
    assert_int_equal(cadence_config_policy(config)->stop_after, 4);
    assert_int_equal(cadence_config_agreements(config)->len, 0);
    g_autoptr(GPtrArray) faults = cadence_config_faults(directories[i]);
    assert_int_equal(faults->len, 0);
  }
}

static void
test_load(void **state)
{
  Home *home = *state;
  put(home->policy, "[cadence]\nstop-after = 7\n");
  put(home->agreements, "[acme.example]\nevery = 2w\n");
  g_autoptr(CadenceConfig) config = cadence_config_load(home->directory, NULL);
  assert_non_null(config);
  assert_int_equal(cadence_config_policy(config)->stop_after, 7);
  const CadenceAgreement *acme = cadence_config_agreement(config, "acme.example");
  assert_non_null(acme);
  assert_int_equal(acme->every.step[0].count, 2);
}

static void
test_symlink(void **state)
{
  Home *home = *state;
  put(home->agreements, "");
  g_autofree char *target = g_build_filename(home->directory, "target", NULL);
  put(target, "[cadence]\nstop-after = 7\n");
  assert_int_equal(symlink("target", home->policy), 0);
  g_autoptr(CadenceConfig) config = cadence_config_load(home->directory, NULL);
  assert_non_null(config);
  assert_int_equal(cadence_config_policy(config)->stop_after, 7);
  g_remove(target);
}

/* A link to nowhere is most likely a disk that is not mounted: not the same as "nothing agreed". */
static void
test_dangling_symlink(void **state)
{
  Home *home = *state;
  assert_int_equal(symlink("/nonexistent/agreements.ini", home->agreements), 0);
  assert_refused(home->directory, CADENCE_ERROR_NO_INPUT, "agreements.ini: a link to nowhere");
}

static void
test_directory_in_its_place(void **state)
{
  Home *home = *state;
  assert_int_equal(g_mkdir(home->policy, 0700), 0);
  assert_refused(home->directory, CADENCE_ERROR_NO_INPUT, "policy.ini: is no plain file");
}

static void
test_pipe_in_its_place(void **state)
{
  Home *home = *state;
  assert_int_equal(mkfifo(home->agreements, 0600), 0);
  assert_refused(home->directory, CADENCE_ERROR_NO_INPUT, "agreements.ini: is no plain file");
}

static void
test_forbidden(void **state)
{
  Home *home = *state;
  if (geteuid() == 0)
    skip();
  put(home->policy, "");
  assert_int_equal(g_chmod(home->policy, 0), 0);
  assert_refused(home->directory, CADENCE_ERROR_NO_INPUT, "policy.ini: Permission denied");
}

static void
test_every_fault(void **state)
{
  static const char *const wanted[] = {
      "policy.ini:3: neither [group] nor key = value; a comment begins with #",
      "policy.ini:2: [cadence] cap: \"x\" is no cap; write 5/30d (five in any 30 days), or never "
      "for "
      "none",
      "policy.ini:5: [tgs] unknown group; did you mean [tags]?",
      "agreements.ini:4: [A] via: \"fax\" is no channel; write mail, phone, meeting, post or other",
      "agreements.ini:6: [B] stage: \"x\" is no stage; write lead, qualified, nurture or won",
      "agreements.ini:2: [A] match: \"us.example\" belongs to [scope] team (policy.ini:8) already; "
      "only one can have it",
      "agreements.ini:7: [B] match: \"a.example\" belongs to [A] match (agreements.ini:2) already; "
      "only one can have it",
  };
  Home *home = *state;
  put(home->policy, "[cadence]\ncap = x\nnonsense\n\n[tgs]\ndue = 1\n[scope]\n"
                    "team = us.example\n");
  put(home->agreements, "[A]\nmatch = a.example us.example\n\nvia = fax\n[B]\nstage = x\n"
                        "match = b.example a.example\n");
  g_autoptr(GPtrArray) faults = cadence_config_faults(home->directory);
  assert_int_equal(faults->len, G_N_ELEMENTS(wanted));
  for (guint i = 0; i < faults->len; i++)
    assert_string_equal(g_ptr_array_index(faults, i), wanted[i]);
  g_autoptr(GError) error = NULL;
  assert_null(cadence_config_load(home->directory, &error));
  assert_string_equal(error->message, wanted[0]);
}

/* What follows from a fault is not told as another. */
static void
test_no_fault_twice(void **state)
{
  Home *home = *state;
  put(home->agreements, "[Acme]\nmatch = Acme\n[a.example]\n[a.example]\nmatch = b.example\n"
                        "[a.example]\nmatch = a.example\n[B\nmatch = x.example\n");
  g_autoptr(GPtrArray) faults = cadence_config_faults(home->directory);
  assert_int_equal(faults->len, 4);
}

static void
test_team_against_agreement(void **state)
{
  g_autoptr(GError) error = NULL;
  assert_null(cadence_config_parse("p", "[scope]\nignore = x@a.example\n", "a",
                                   "[A]\nmatch = a.example\n[x@a.example]\n", &error));
  assert_string_equal(error->message,
                      "a:3: [x@a.example] match: \"x@a.example\" belongs to [scope] ignore (p:2) "
                      "already; only one can have it");
}

static void
test_parties(void **state)
{
  g_autoptr(CadenceConfig) config =
      parse("[scope]\nteam = us.example\nignore = lists.acme.example\n",
            "[Acme]\nmatch = acme.example\n[bob@acme.example]\nevery = 1w\n");
  g_autoptr(CadenceParties) parties = cadence_config_parties(config, NULL);
  assert_non_null(parties);
  const char *whose = NULL;
  assert_int_equal(cadence_parties_find(parties, "i@us.example", &whose), CADENCE_PARTY_US);
  assert_int_equal(cadence_parties_find(parties, "x@lists.acme.example", &whose),
                   CADENCE_PARTY_IGNORED);
  assert_int_equal(cadence_parties_find(parties, "eve@acme.example", &whose),
                   CADENCE_PARTY_PROSPECT);
  assert_string_equal(whose, "Acme");
  assert_int_equal(cadence_parties_find(parties, "bob@acme.example", &whose),
                   CADENCE_PARTY_PROSPECT);
  assert_string_equal(whose, "bob@acme.example");
  assert_int_equal(cadence_parties_find(parties, "x@evilacme.example", &whose),
                   CADENCE_PARTY_UNKNOWN);
}

#define POLICY "[scope]\nteam = a.example b.example\n[tags]\ndue = todo\n"
#define AGREEMENTS "[A]\nmatch = x.example y.example\nevery = 1w\n[B]\nmatch = z.example\n"

static void
test_digest(void **state)
{
  static const struct {
    const char *policy, *agreements;
    gboolean same;
  } cases[] = {
      {POLICY, AGREEMENTS, TRUE},
      {"\xef\xbb\xbf# why\r\n[tags]\r\ndue=todo\r\n\r\n[scope]\r\nteam = B.example;a.example",
       AGREEMENTS, TRUE},
      {POLICY, "[B]\nmatch=z.example\n#\n[A]\nevery=1w\nmatch=y.example, x.example\n", TRUE},
      {POLICY "owed = owed\n[cadence]\nstop-after = 4\n", AGREEMENTS, TRUE},
      {POLICY "[severity]\ntoo-soon = off\n[log]\nfolder = x\n", AGREEMENTS, TRUE},
      {POLICY "[cadence]\ncap = never\n[signals]\nrepeats = 0.5\n", AGREEMENTS, TRUE},
      {POLICY, AGREEMENTS "every = 2w\nnote = x\n", TRUE}, /* an agreement's own digest tells */
      {POLICY "[cadence]\nstop-after = 5\n", AGREEMENTS, FALSE},
      {POLICY "[signals]\nabsence = 8d\n", AGREEMENTS, FALSE},
      {POLICY "owed = ours\n", AGREEMENTS, FALSE},
      {POLICY "settled =\n", AGREEMENTS, FALSE},
      {"[scope]\nteam = a.example\n[tags]\ndue = todo\n", AGREEMENTS, FALSE},
      {"[scope]\nignore = a.example b.example\n[tags]\ndue = todo\n", AGREEMENTS, FALSE},
      {"[scope]\nteam = a.example b.example\nquery = tag:x\n[tags]\ndue = todo\n", AGREEMENTS,
       FALSE},
      {POLICY, AGREEMENTS "[C]\nmatch = c.example\n", FALSE},
      {POLICY, "[A]\nmatch = x.example\nevery = 1w\n[B]\nmatch = z.example y.example\n", FALSE},
      {POLICY, "[A]\nmatch = x.example y.example\nevery = 1w\n[C]\nmatch = z.example\n", FALSE},
      {NULL, NULL, FALSE},
  };
  g_autoptr(CadenceConfig) first = parse(POLICY, AGREEMENTS);
  const char *digest = cadence_config_digest(first);
  assert_int_equal(strlen(digest), 16);
  assert_int_equal(strspn(digest, "0123456789abcdef"), 16);
  for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
    g_autoptr(CadenceConfig) other = parse(cases[i].policy, cases[i].agreements);
    if (g_str_equal(cadence_config_digest(other), digest) != cases[i].same)
      fail_msg("case %u", i);
  }
}

/* The same on every machine and in every version: a change makes every index start over, so it must
 * be meant. */
static void
test_digest_is_stable(void **state)
{
  g_autoptr(CadenceConfig) config = parse(NULL, "[acme.example]\nevery = 30d\n");
  g_autofree char *digest =
      cadence_agreement_digest(cadence_config_agreement(config, "acme.example"));
  assert_string_equal(cadence_config_digest(config), "8ca6ca3a0ae26d3b");
  assert_string_equal(digest, "a5cb61d88e376b91");
}

static char *
digest_of(const char *agreement)
{
  g_autoptr(CadenceConfig) config = parse(NULL, agreement);
  return cadence_agreement_digest(g_ptr_array_index(cadence_config_agreements(config), 0));
}

static void
test_agreement_digest(void **state)
{
  static const char *const same[] = {
      "# why\n\n[a.example]\nevery=1w\n",
      "[a.example]\nmatch = A.example\nvia =\nevery = 1w\n[b.example]\n",
      "[a.example]\nevery = 1w\nnote = x\nevidence = id:1@a.example\n",
  };
  static const char *const other[] = {
      "[A.example]\nevery = 1w\n",
      "[a.example]\nevery = 2w\n",
      "[a.example]\nmatch = a.example c.example\nevery = 1w\n",
      "[a.example]\nevery = 1w\nvia = phone\n",
      "[a.example]\nevery = 1w\ndecider = x@a.example\n",
      "[a.example]\nevery = 1w\nstage = lead\n",
      "[a.example]\nevery = 1w\nstop-after = 1\n",
      "[a.example]\nevery = 1w\nstop-on = 2026-01-01\n",
      "[a.example]\nevery = 1w\nhold-until = 2026-01-01\n",
      "[a.example]\nevery = 1w\nburied = 2026-01-01\n",
      "[a.example]\nevery = 1w\nopted-out = 2026-01-01\n",
      "[a.example]\nevery = 1w\nrevived = 2026-01-01\n",
      "[a.example]\nevery = 1w\nagreed-on = 2026-01-01\n",
  };
  g_autofree char *first = digest_of("[a.example]\nevery = 1w\n");
  assert_int_equal(strlen(first), 16);
  for (guint i = 0; i < G_N_ELEMENTS(same); i++) {
    g_autofree char *digest = digest_of(same[i]);
    assert_string_equal(digest, first);
  }
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add(seen, g_strdup(first));
  for (guint i = 0; i < G_N_ELEMENTS(other); i++)
    assert_true(g_hash_table_add(seen, digest_of(other[i])));
}

int
main(void)
{
#define IN_HOME(test) cmocka_unit_test_setup_teardown(test, make_home, drop_home)
  const struct CMUnitTest tests[] = {
      IN_HOME(test_no_files),
      IN_HOME(test_load),
      IN_HOME(test_symlink),
      IN_HOME(test_dangling_symlink),
      IN_HOME(test_directory_in_its_place),
      IN_HOME(test_pipe_in_its_place),
      IN_HOME(test_forbidden),
      IN_HOME(test_every_fault),
      IN_HOME(test_no_fault_twice),
      cmocka_unit_test(test_team_against_agreement),
      cmocka_unit_test(test_parties),
      cmocka_unit_test(test_digest),
      cmocka_unit_test(test_digest_is_stable),
      cmocka_unit_test(test_agreement_digest),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
