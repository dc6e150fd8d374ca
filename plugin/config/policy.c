/* policy.ini: its keys, their kinds and defaults, and what two of them may not say together.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "policy.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ROW(group_, key_, KIND, member, preset_, decides_)                                         \
  {                                                                                                \
    .group = group_, .key = key_, .kind = CADENCE_VALUE_##KIND,                                    \
    .offset = offsetof(CadencePolicy, member), .preset = preset_, .decides = decides_              \
  }
/* DECIDES: who is a prospect, its state or its tag depends on it. */
#define DECIDES(group, key, KIND, member, preset) ROW(group, key, KIND, member, preset, TRUE)
#define JUDGES(group, key, KIND, member, preset) ROW(group, key, KIND, member, preset, FALSE)
#define TAG(key, STATE) DECIDES("tags", key, TAG, tag[CADENCE_STATE_##STATE], key)
#define SEVERITY(key, KIND, REASON, preset)                                                        \
  JUDGES("severity", key, KIND, severity[CADENCE_REASON_##REASON], preset)

static const CadenceRow rows[] = {
    DECIDES("scope", "query", TEXT, scope_query, ""),
    DECIDES("scope", "group", GROUPING, group, "domain"),
    DECIDES("scope", "ignore", ENTRIES, ignore, ""),
    DECIDES("scope", "team", ENTRIES, team, ""),
    DECIDES("scope", "drafts", TEXT, drafts, "tag:draft or folder:Drafts or folder:postponed"),
    DECIDES("scope", "zone", ZONE, zone, ""),

    DECIDES("cadence", "every", INTERVALS, every, "3bd 5bd 2w 1mo"),
    DECIDES("cadence", "stop-after", COUNT_OR_NEVER, stop_after, "4"),
    DECIDES("cadence", "stop-time", DURATION_OR_NEVER, stop_time, "180d"),
    JUDGES("cadence", "cap", CAP_OR_NEVER, cap, "5/30d"),
    DECIDES("cadence", "nurture", DURATION, nurture, "30d"),
    JUDGES("cadence", "owed-after", DURATION, owed_after, "2bd"),
    DECIDES("cadence", "owed-lapse", DURATION, owed_lapse, "30d"),

    DECIDES("signals", "absence", DURATION, absence, "7d"),
    JUDGES("signals", "repeats", SHARE, repeats, "0.6"),

    TAG("dead", DEAD),
    TAG("new", NEW),
    TAG("owed", OWED),
    TAG("held", HELD),
    TAG("nurture", NURTURE),
    TAG("waiting", WAITING),
    TAG("due", DUE),
    DECIDES("tags", "settled", TAG, settled_tag, "settled"),

    /* The presets are cadence_reason_default_severity()'s; a test compares them. */
    SEVERITY("opted-out", SEVERITY_FIRM, OPTED_OUT, "stop"),
    SEVERITY("bounced", SEVERITY, BOUNCED, "warn"),
    SEVERITY("dead", SEVERITY, DEAD, "warn"),
    SEVERITY("held", SEVERITY, HELD, "warn"),
    SEVERITY("reply-waiting", SEVERITY, REPLY_WAITING, "warn"),
    SEVERITY("too-soon", SEVERITY, TOO_SOON, "warn"),
    SEVERITY("too-many", SEVERITY, TOO_MANY, "warn"),
    SEVERITY("over-cap", SEVERITY, OVER_CAP, "warn"),
    SEVERITY("nurture", SEVERITY, NURTURE, "warn"),
    SEVERITY("wrong-channel", SEVERITY, WRONG_CHANNEL, "warn"),
    SEVERITY("nothing-new", SEVERITY, NOTHING_NEW, "warn"),
    SEVERITY("gatekeeper", SEVERITY, GATEKEEPER, "note"),
    SEVERITY("unqualified", SEVERITY, UNQUALIFIED, "note"),
    SEVERITY("no-agreement", SEVERITY, NO_AGREEMENT, "note"),
    SEVERITY("stale-index", SEVERITY, STALE_INDEX, "note"),

    JUDGES("sendmail", "command", TEXT, mta, ""),
    JUDGES("sendmail", "on-error", ON_ERROR, hold_on_error, "send"),
    JUDGES("sendmail", "within", MILLISECONDS, within, "200ms"),

    JUDGES("index", "stale-after", DURATION, stale_after, "1d"),

    JUDGES("log", "folder", FOLDER, log_folder, "cadence"),
    JUDGES("log", "tags", TAGS, log_tags, "cadence"),
};

G_STATIC_ASSERT(G_N_ELEMENTS(rows) <= CADENCE_POLICY_ROWS_MOST);

const CadenceTable cadence_policy_table = {rows, G_N_ELEMENTS(rows)};

/* The groups, each once; NULL-terminated. */
static GPtrArray *
group_names(void)
{
  GPtrArray *names = g_ptr_array_new();
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
    if (i == 0 || !g_str_equal(rows[i].group, rows[i - 1].group))
      g_ptr_array_add(names, (gpointer)rows[i].group);
  g_ptr_array_add(names, NULL);
  return names;
}

/* NULL where it is known. */
static char *
group_fault(const char *name)
{
  g_autoptr(GPtrArray) names = group_names();
  if (g_strv_contains((const char *const *)names->pdata, name))
    return NULL;
  const char *near = cadence_rows_near(name, (const char *const *)names->pdata);
  if (near)
    return g_strdup_printf(_("unknown group; did you mean [%s]?"), near);
  g_autofree char *known = g_strjoinv("] [", (GStrv)names->pdata);
  return g_strdup_printf(_("unknown group; known are [%s]"), known);
}

/* A group whose head could not be read has no name, and its fault is known. */
static void
read_group(const CadenceKeyfile *keyfile, const CadenceKeyfileGroup *group, CadencePolicy *policy,
           CadenceFound *found, CadenceFaults *faults)
{
  char *fault = *group->name ? group_fault(group->name) : NULL;
  if (fault)
    cadence_faults_add(faults, (CadencePlace){keyfile->name, group->line, group->name, NULL},
                       fault);
  else if (*group->name)
    cadence_rows_read(&cadence_policy_table, keyfile, group, policy, found, faults);
}

/* NULL for a row that is no tag, and for a tag that is switched off. */
static const char *
tag_of(const CadencePolicy *policy, const CadenceRow *row)
{
  if (row->kind != CADENCE_VALUE_TAG)
    return NULL;
  const char *tag = *(char *const *)cadence_rows_field(row, policy);
  return *tag ? tag : NULL;
}

static gboolean
gives_tag(const CadencePolicy *policy, const CadenceRow *row, const char *tag)
{
  if (row->kind == CADENCE_VALUE_TAGS)
    return g_strv_contains(*(const char *const *const *)cadence_rows_field(row, policy), tag);
  return g_strcmp0(tag_of(policy, row), tag) == 0;
}

/* Says, at whichever of the two keys stands in the file, that both give one tag. */
static void
add_tag_fault(const CadencePolicySource *source, guint first, guint second, const char *tag,
              CadenceFaults *faults)
{
  guint at = source->found[second].line > 0 ? second : first;
  guint other = at == second ? first : second;
  cadence_faults_add(
      faults, (CadencePlace){source->file, source->found[at].line, rows[at].group, rows[at].key},
      g_strdup_printf(_("\"%s\" is the tag of [%s] %s too; each needs its own"),
                      cadence_quoted(tag).text, rows[other].group, rows[other].key));
}

/* One tag for two states could not be told apart, and a logged contact that bore a state's tag
 * would be counted as one that is in that state. */
static void
check_tags(const CadencePolicy *policy, const CadencePolicySource *source, CadenceFaults *faults)
{
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    const char *tag = tag_of(policy, &rows[i]);
    for (guint k = i + 1; tag && k < G_N_ELEMENTS(rows); k++)
      if (gives_tag(policy, &rows[k], tag))
        add_tag_fault(source, i, k, tag, faults);
  }
}

CadencePolicy *
cadence_policy_read(const CadenceKeyfile *keyfile, CadencePolicySource *source,
                    CadenceFaults *faults)
{
  CadencePolicy *policy = g_new0(CadencePolicy, 1);
  memset(source, 0, sizeof *source);
  source->file = keyfile->name;
  for (guint i = 0; i < keyfile->groups->len && !cadence_faults_full(faults); i++)
    read_group(keyfile, &g_array_index(keyfile->groups, CadenceKeyfileGroup, i), policy,
               source->found, faults);
  cadence_rows_preset(&cadence_policy_table, policy, source->found);
  check_tags(policy, source, faults);
  return policy;
}

static void
setting_free(gpointer data)
{
  CadenceSetting *setting = data;
  g_free(setting->group);
  g_free(setting->key);
  g_free(setting->value);
  g_free(setting->origin);
  g_free(setting);
}

GPtrArray *
cadence_policy_settings(const CadencePolicy *policy, const CadencePolicySource *source)
{
  GPtrArray *settings = g_ptr_array_new_with_free_func(setting_free);
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
    CadenceSetting *setting = g_new0(CadenceSetting, 1);
    guint line = source->found[i].line;
    setting->group = g_strdup(rows[i].group);
    setting->key = g_strdup(rows[i].key);
    setting->value = cadence_rows_write(&rows[i], policy);
    setting->origin = line > 0 ? g_strdup_printf("%s:%u", source->file, line) : g_strdup("default");
    g_ptr_array_add(settings, setting);
  }
  return settings;
}

guint
cadence_policy_line(const CadencePolicySource *source, const char *group, const char *key)
{
  for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
    if (g_str_equal(rows[i].group, group) && g_str_equal(rows[i].key, key))
      return source->found[i].line;
  return 0;
}
