/* What the line scanner accepts, GKeyFile reads as the same groups, keys and raw values (but for
 * blanks at a value's end, which it keeps): checked on texts made at random, from a fixed seed, out
 * of what matters to the format.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "keyfile.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define TEXTS 60000

static char *
random_text(GRand *random)
{
  static const char *const pieces[] = {
      "\n",    "\n",   "\n",     "\r\n", "[a]", "[b]",    "[b c]", "a",  "k=v",
      "k = v", "j=",   "=",      "#",    ";",   " ",      "\t",    "]",  "[",
      "x",     "\\s",  "\\n",    "\"",   "é",   "k[de]=", "\x0c",  "\r", "\xff",
      "# c",   " # c", "l=1 2 ", "\x0b", "..",  "a=b=c",  "m =",   "'",  "\xc2\xa0",
  };
  GString *text = g_string_new(g_rand_boolean(random) ? "[a]\n" : "");
  for (int n = g_rand_int_range(random, 0, 12); n > 0; n--)
    g_string_append(text, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
  return g_string_free(g_string_append_c(text, '\n'), FALSE);
}

/* The groups and keys that GKeyFile should have are those that the scanner has, and no others. */
static void
compare(const CadenceKeyfile *ours, GKeyFile *theirs)
{
  gsize n_groups;
  g_auto(GStrv) groups = g_key_file_get_groups(theirs, &n_groups);
  assert_int_equal(n_groups, ours->groups->len);
  for (guint i = 0; i < ours->groups->len; i++) {
    const CadenceKeyfileGroup *group = &g_array_index(ours->groups, CadenceKeyfileGroup, i);
    assert_string_equal(groups[i], group->name);
    gsize n_keys;
    g_auto(GStrv) keys = g_key_file_get_keys(theirs, group->name, &n_keys, NULL);
    assert_int_equal(n_keys, group->n_items);
    for (guint k = 0; k < group->n_items; k++) {
      const CadenceKeyfileItem *item =
          &g_array_index(ours->items, CadenceKeyfileItem, group->first + k);
      assert_string_equal(keys[k], item->key);
      g_autofree char *value = g_key_file_get_value(theirs, group->name, item->key, NULL);
      assert_string_equal(g_strchomp(value), item->value);
    }
  }
}

/* A repeated key is the next reader's fault, and GKeyFile has it once. */
static gboolean
repeats_key(const CadenceKeyfile *keyfile)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < keyfile->groups->len; i++) {
    const CadenceKeyfileGroup *group = &g_array_index(keyfile->groups, CadenceKeyfileGroup, i);
    for (guint k = 0; k < group->n_items; k++) {
      const CadenceKeyfileItem *item =
          &g_array_index(keyfile->items, CadenceKeyfileItem, group->first + k);
      if (!g_hash_table_add(seen, g_strdup_printf("%u %s", i, item->key)))
        return TRUE;
    }
  }
  return FALSE;
}

/* TRUE where both had something to say about it. A translated key is one that no table knows. */
static gboolean
check_text(const char *text)
{
  g_auto(CadenceFaults) faults = {0};
  cadence_faults_init(&faults, 1);
  g_autoptr(CadenceKeyfile) ours = cadence_keyfile_new("x", text, strlen(text), &faults);
  if (faults.texts->len > 0 || repeats_key(ours) || strstr(text, "[de]"))
    return FALSE;
  for (guint i = 0; i < ours->items->len; i++)
    if (strpbrk(g_array_index(ours->items, CadenceKeyfileItem, i).key, "[]"))
      return FALSE;

  g_autoptr(GKeyFile) theirs = g_key_file_new();
  g_autoptr(GError) error = NULL;
  if (!g_key_file_load_from_data(theirs, text, -1, G_KEY_FILE_NONE, &error) &&
      !g_error_matches(error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_PARSE)) {
    g_autofree char *escaped = g_strescape(text, NULL);
    fail_msg("\"%s\": %s", escaped, error->message);
  }
  if (error) {
    g_autofree char *escaped = g_strescape(text, NULL);
    fail_msg("\"%s\": %s", escaped, error->message);
  }
  compare(ours, theirs);
  return ours->items->len > 0;
}

static void
test_as_gkeyfile(void **state)
{
  g_autoptr(GRand) random = g_rand_new_with_seed(20260101);
  guint compared = 0;
  for (guint i = 0; i < TEXTS; i++) {
    g_autofree char *text = random_text(random);
    compared += check_text(text);
  }
  assert_true(compared > TEXTS / 50);
}

static void
test_lines(void **state)
{
  static const char text[] = "# one\n\n[a]\n\nk = v\n[b]\n#\nk=v #c\n  l= w\n";
  g_auto(CadenceFaults) faults = {0};
  cadence_faults_init(&faults, 1);
  g_autoptr(CadenceKeyfile) keyfile = cadence_keyfile_new("x", text, strlen(text), &faults);
  assert_int_equal(faults.texts->len, 0);
  const CadenceKeyfileGroup *groups = &g_array_index(keyfile->groups, CadenceKeyfileGroup, 0);
  const CadenceKeyfileItem *items = &g_array_index(keyfile->items, CadenceKeyfileItem, 0);
  assert_int_equal(keyfile->groups->len, 2);
  assert_int_equal(keyfile->items->len, 3);
  assert_int_equal(groups[0].line, 3);
  assert_int_equal(groups[1].line, 6);
  assert_int_equal(groups[1].first, 1);
  assert_int_equal(groups[1].n_items, 2);
  assert_int_equal(items[0].line, 5);
  assert_false(items[0].has_comment);
  assert_int_equal(items[1].line, 8);
  assert_true(items[1].has_comment);
  assert_string_equal(items[1].value, "v #c");
  assert_int_equal(items[2].line, 9);
  assert_string_equal(items[2].key, "l");
}

/* Whatever stands in a value, what is shown of it is valid, bounded and harmless. */
static void
test_quoted(void **state)
{
  g_autoptr(GRand) random = g_rand_new_with_seed(7);
  for (guint i = 0; i < 20000; i++) {
    char text[400];
    guint length = g_rand_int_range(random, 0, sizeof text);
    for (guint k = 0; k < length; k++)
      text[k] = (char)g_rand_int_range(random, 1, 256);
    text[length] = '\0';
    CadenceQuoted quoted = cadence_quoted(text);
    assert_true(g_utf8_validate(quoted.text, -1, NULL));
    assert_true(g_utf8_strlen(quoted.text, -1) <= CADENCE_QUOTED_CHARACTERS);
    for (const char *c = quoted.text; *c; c = g_utf8_next_char(c))
      assert_true(g_unichar_isprint(g_utf8_get_char(c)));
  }
}

static void
test_quoted_length(void **state)
{
  g_autofree char *sixty = g_strnfill(60, 'x');
  g_autofree char *more = g_strnfill(61, 'x');
  assert_string_equal(cadence_quoted(sixty).text, sixty);
  assert_int_equal(g_utf8_strlen(cadence_quoted(more).text, -1), 60);
  assert_true(g_str_has_suffix(cadence_quoted(more).text, "\xe2\x80\xa6"));
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_as_gkeyfile),
      cmocka_unit_test(test_lines),
      cmocka_unit_test(test_quoted),
      cmocka_unit_test(test_quoted_length),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
