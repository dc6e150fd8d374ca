/* agreements.ini: its keys, and what a group must say for its prospect to be known.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "agreements.h"

#include <cadence/address.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define ROW(key_, KIND, member, decides_)                                                          \
  {                                                                                                \
    .key = key_, .kind = CADENCE_VALUE_##KIND, .offset = offsetof(CadenceAgreement, member),       \
    .decides = decides_                                                                            \
  }

enum {
  ROW_MATCH,
  ROW_EVERY,
  ROW_VIA,
  ROW_DECIDER,
  ROW_STAGE,
  ROW_STOP_AFTER,
  ROW_STOP_ON,
  ROW_HOLD_UNTIL,
  ROW_BURIED,
  ROW_OPTED_OUT,
  ROW_REVIVED,
  ROW_AGREED_ON,
  ROW_EVIDENCE,
  ROW_NOTE,
  N_ROWS,
};

static const CadenceRow rows[N_ROWS] = {
    [ROW_MATCH] = ROW("match", ENTRIES, match, TRUE),
    [ROW_EVERY] = ROW("every", INTERVALS, every, TRUE),
    [ROW_VIA] = ROW("via", CHANNEL, via, TRUE),
    [ROW_DECIDER] = ROW("decider", ADDRESS, decider, TRUE),
    [ROW_STAGE] = ROW("stage", STAGE, stage, TRUE),
    [ROW_STOP_AFTER] = ROW("stop-after", COUNT, stop_after, TRUE),
    [ROW_STOP_ON] = ROW("stop-on", DAY, stop_on, TRUE),
    [ROW_HOLD_UNTIL] = ROW("hold-until", DAY, hold_until, TRUE),
    [ROW_BURIED] = ROW("buried", DAY, buried, TRUE),
    [ROW_OPTED_OUT] = ROW("opted-out", DAY, opted_out, TRUE),
    [ROW_REVIVED] = ROW("revived", DAY, revived, TRUE),
    [ROW_AGREED_ON] = ROW("agreed-on", DAY, agreed_on, TRUE),
    [ROW_EVIDENCE] = ROW("evidence", MESSAGE_ID, evidence, FALSE),
    [ROW_NOTE] = ROW("note", NOTE, note, FALSE),
};

const CadenceTable cadence_agreement_table = {rows, N_ROWS};

const char *const *
cadence_agreement_keys(void)
{
  static const char *keys[N_ROWS + 1];
  static gsize ready = 0;
  if (g_once_init_enter(&ready)) {
    for (guint i = 0; i < N_ROWS; i++)
      keys[i] = rows[i].key;
    g_once_init_leave(&ready, 1);
  }
  return keys;
}

/* TRUE where `entries` name `entry` or a domain above it. */
static gboolean
covers(const GStrv entries, const char *entry)
{
  while (entry) {
    if (g_strv_contains((const char *const *)entries, entry))
      return TRUE;
    const char *at = strrchr(entry, '@');
    const char *above = at ? at : strchr(entry, '.');
    entry = above ? above + 1 : NULL;
  }
  return FALSE;
}

char *
cadence_agreements_entry(const char *name)
{
  return strpbrk(name, ".@") ? cadence_entry_canonical(name) : NULL;
}

/* A name that reads as an address or domain stands for it, in `match` as in what scope calls a
 * party without an agreement: so it may not be the name of somebody else. NULL where all is well.
 */
static char *
settle_match(CadenceAgreement *agreement)
{
  g_autofree char *entry = cadence_agreements_entry(agreement->name);
  if (agreement->match && *agreement->match) {
    if (!entry || covers(agreement->match, entry))
      return NULL;
    return g_strdup_printf(
        _("the group is named like an address or domain that its match leaves out; add %s to "
          "match, or call the group something else"),
        cadence_quoted(entry).text);
  }
  if (!entry)
    return g_strdup(_("no match, and the name is neither an address nor a domain; add a line such "
                      "as match = acme.example"));
  GStrvBuilder *match = g_strv_builder_new();
  g_strv_builder_add(match, entry);
  g_strfreev(agreement->match);
  agreement->match = g_strv_builder_end(match);
  g_strv_builder_unref(match);
  return NULL;
}

static CadenceAgreement *
read_group(const CadenceKeyfile *keyfile, const CadenceKeyfileGroup *group, guint *line,
           CadenceFaults *faults)
{
  CadenceFound found[N_ROWS] = {0};
  CadenceAgreement *agreement = g_new0(CadenceAgreement, 1);
  agreement->name = g_strdup(group->name);
  cadence_rows_read(&cadence_agreement_table, keyfile, group, agreement, found, faults);
  agreement->via_set = found[ROW_VIA].set;
  *line = found[ROW_MATCH].set ? found[ROW_MATCH].line : group->line;

  /* A match or name at fault is known already, and a second fault about it would mislead. */
  char *fault = found[ROW_MATCH].fault || group->repeated ? NULL : settle_match(agreement);
  if (fault)
    cadence_faults_add(faults, (CadencePlace){keyfile->name, *line, group->name, NULL}, fault);
  return agreement;
}

char *
cadence_agreements_fault(const char *key, const char *value)
{
  g_auto(CadenceFaults) faults;
  cadence_faults_init(&faults, 1);
  g_autofree char *text = g_strdup_printf("[x]\n%s = %s\n", key, value);
  g_autoptr(CadenceKeyfile) keyfile = cadence_keyfile_new("", text, strlen(text), &faults);
  const CadenceKeyfileItem *item = NULL;
  if (keyfile->groups->len == 1 && keyfile->items->len == 1)
    item = &g_array_index(keyfile->items, CadenceKeyfileItem, 0);
  if (!item || !g_str_equal(item->key, key))
    return g_strdup(_("no key that can be written"));

  CadenceFound found[N_ROWS] = {0};
  g_autoptr(CadenceAgreement) agreement = g_new0(CadenceAgreement, 1);
  return cadence_rows_read_item(&cadence_agreement_table,
                                &g_array_index(keyfile->groups, CadenceKeyfileGroup, 0), item,
                                agreement, found);
}

GPtrArray *
cadence_agreements_read(const CadenceKeyfile *keyfile, GArray *lines, CadenceFaults *faults)
{
  GPtrArray *agreements = g_ptr_array_new_with_free_func((GDestroyNotify)cadence_agreement_free);
  for (guint i = 0; i < keyfile->groups->len && !cadence_faults_full(faults); i++) {
    const CadenceKeyfileGroup *group = &g_array_index(keyfile->groups, CadenceKeyfileGroup, i);
    guint line;
    g_autoptr(CadenceAgreement) agreement = read_group(keyfile, group, &line, faults);
    if (group->repeated || !agreement->match)
      continue;
    g_ptr_array_add(agreements, g_steal_pointer(&agreement));
    g_array_append_val(lines, line);
  }
  return agreements;
}
