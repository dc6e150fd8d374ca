/* Changes of an agreement: the name and a change a line (key=value, key-, match+=, match-=), a line
 * of %%, agreements.ini. A result that reads says what was asked for, says the same of everybody
 * else, and changes no more when the changes are made again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "edit.h"

#include <string.h>

#include "fuzz.h"
#include "keyfile.h"

#define CHANGES_MAX 8

/* Takes `line` apart in place. */
static CadenceChange
read_change(char *line)
{
  char *equals = strchr(line, '=');
  CadenceChange change = {CADENCE_CHANGE_SET, line, equals ? equals + 1 : NULL};
  char *end = equals ? equals : line + strlen(line);
  char sign = end > line ? end[-1] : '\0';
  if (sign == '+' && equals)
    change.kind = CADENCE_CHANGE_ADD;
  else if (sign == '-')
    change.kind = equals ? CADENCE_CHANGE_REMOVE : CADENCE_CHANGE_UNSET;
  if (change.kind != CADENCE_CHANGE_SET)
    end--;
  *end = '\0';
  return change;
}

static CadenceConfig *
parse(const char *text)
{
  return cadence_config_parse("policy.ini", NULL, "agreements.ini", text, NULL);
}

/* The value of a key in the file; NULL where it is not there. Owned by the caller. */
static char *
value_of(const char *text, const char *name, const char *key)
{
  g_auto(CadenceFaults) faults;
  cadence_faults_init(&faults, 1);
  g_autoptr(CadenceKeyfile) keyfile = cadence_keyfile_new("", text, strlen(text), &faults);
  for (guint i = 0; i < keyfile->groups->len; i++) {
    const CadenceKeyfileGroup *group = &g_array_index(keyfile->groups, CadenceKeyfileGroup, i);
    for (guint k = 0; g_str_equal(group->name, name) && k < group->n_items; k++) {
      const CadenceKeyfileItem *item =
          &g_array_index(keyfile->items, CadenceKeyfileItem, group->first + k);
      if (g_str_equal(item->key, key))
        return g_strdup(item->value);
    }
  }
  return NULL;
}

static gboolean
is_last(const CadenceChange *changes, gsize n, gsize i)
{
  for (gsize k = i + 1; k < n; k++)
    if (g_str_equal(changes[k].key, changes[i].key))
      return FALSE;
  return TRUE;
}

static void
holds_changes(const char *text, const char *name, const CadenceChange *changes, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    if (!is_last(changes, n, i) || changes[i].kind > CADENCE_CHANGE_UNSET)
      continue;
    g_autofree char *found = value_of(text, name, changes[i].key);
    gboolean unset = changes[i].kind == CADENCE_CHANGE_UNSET || !changes[i].value;
    HOLDS(g_strcmp0(found ? found : "", unset ? "" : changes[i].value) == 0);
  }
}

/* What is agreed with everybody else is what it was. */
static void
holds_others(const CadenceConfig *before, const CadenceConfig *after, const char *name)
{
  const GPtrArray *agreements = cadence_config_agreements(before);
  for (guint i = 0; i < agreements->len; i++) {
    const CadenceAgreement *was = agreements->pdata[i];
    if (g_str_equal(was->name, name))
      continue;
    const CadenceAgreement *is = cadence_config_agreement(after, was->name);
    HOLDS(is && g_strcmp0(was->note, is->note) == 0);
    g_autofree char *digest_was = cadence_agreement_digest(was);
    g_autofree char *digest_is = cadence_agreement_digest(is);
    HOLDS(g_str_equal(digest_was, digest_is));
  }
}

static void
edit(const char *text, const char *name, const CadenceChange *changes, gsize n)
{
  g_autoptr(CadenceConfig) before = parse(text);
  g_autoptr(GError) error = NULL;
  gboolean sound = cadence_edit_check(name, changes, n, &error);
  fuzz_holds_error(sound, error);
  if (!sound || !before)
    return;
  g_autofree char *result = cadence_edit(text, name, changes, n, TRUE, &error);
  fuzz_holds_error(result != NULL, error);
  g_autoptr(CadenceConfig) after = result ? parse(result) : NULL;
  if (!after)
    return;
  HOLDS(cadence_config_agreement(after, name));
  holds_changes(result, name, changes, n);
  holds_others(before, after, name);
  g_autofree char *again = cadence_edit(result, name, changes, n, FALSE, NULL);
  HOLDS(!again || g_str_equal(again, result));
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_auto(GStrv) texts = fuzz_texts(data, size, 2);
  g_auto(GStrv) lines = g_strsplit(texts[0] ? texts[0] : "", "\n", -1);
  CadenceChange changes[CHANGES_MAX];
  gsize n = 0;
  if (!lines[0] || !texts[1])
    return 0;
  for (char **line = lines + 1; *line && n < CHANGES_MAX; line++)
    if (**line)
      changes[n++] = read_change(*line);
  edit(texts[1], lines[0], changes, n);
  return 0;
}
