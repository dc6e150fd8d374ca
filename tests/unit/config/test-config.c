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

typedef struct {
  char *directory, *policy, *agreements;
} Home;

static int
make_home(void **state)
{
  Home *home = g_new0(Home, 1);
  home->directory = g_dir_make_tmp("cadence-config-XXXXXX", NULL);
  assert_non_null(home->directory);
  home->policy = g_build_filename(home->directory, "policy.ini", NULL);
  home->agreements = g_build_filename(home->directory, "agreements.ini", NULL);
  *state = home;
  return 0;
}

/* g_remove takes empty directories, links and pipes as well. */
static int
drop_home(void **state)
{
  Home *home = *state;
  g_remove(home->policy);
  g_remove(home->agreements);
  assert_int_equal(g_rmdir(home->directory), 0);
  g_free(home->directory);
  g_free(home->policy);
  g_free(home->agreements);
  g_free(home);
  return 0;
}

static void
put(const char *path, const char *text)
{
  assert_true(g_file_set_contents(path, text, -1, NULL));
}

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

/* --- of thousands of agreements only those that concern somebody --- */

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
      IN_HOME(test_no_files),
      IN_HOME(test_load),
      IN_HOME(test_load_for),
      IN_HOME(test_load_for_few),
      IN_HOME(test_load_for_pieces),
      IN_HOME(test_load_for_unknown),
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
