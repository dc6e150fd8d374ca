/* Text -> a draft and the verdict on it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "scenario-private.h"

#include <string.h>

static void
set_people(GStrv *list, const char *value)
{
  g_strfreev(*list);
  *list = scenario_people(value);
}

static gboolean
take_draft_word(CadenceDraft *draft, char *word, gboolean *stale, GError **error)
{
  char *equals = strchr(word, '=');
  const char *value = equals ? equals + 1 : "";
  if (equals)
    *equals = '\0';
  if (g_str_equal(word, "to")) {
    set_people(&draft->to, value);
  } else if (g_str_equal(word, "cc")) {
    set_people(&draft->cc, value);
  } else if (g_str_equal(word, "bcc")) {
    set_people(&draft->bcc, value);
  } else if (g_str_equal(word, "re")) {
    g_strfreev(draft->answers);
    draft->answers = g_strsplit(value, ",", -1);
  } else if (g_str_equal(word, "thread")) {
    g_strfreev(draft->threads);
    draft->threads = g_strsplit(value, ",", -1);
  } else if (g_str_equal(word, "nudge")) {
    draft->nudge = g_strdup("just checking in");
  } else if (g_str_equal(word, "repeats")) {
    draft->repeats = g_strdup(value);
  } else if (g_str_equal(word, "stale")) {
    *stale = TRUE;
  } else {
    return scenario_fail(error, "no part of a draft", word);
  }
  return TRUE;
}

/* As the store does: the threads of what it answers. */
static void
fill_threads(const Scenario *scenario, CadenceDraft *draft)
{
  g_autoptr(GStrvBuilder) threads = g_strv_builder_new();
  g_strv_builder_addv(threads, (const char **)draft->threads);
  for (char **id = draft->answers; *id; id++) {
    const CadenceContact *contact = scenario_mail(scenario, *id);
    if (contact)
      g_strv_builder_add(threads, contact->thread);
  }
  g_strfreev(draft->threads);
  draft->threads = g_strv_builder_end(threads);
}

CadenceDraft *
scenario_draft(const Scenario *scenario, const char *text, gboolean *stale, GError **error)
{
  g_autoptr(CadenceDraft) draft = cadence_draft_new();
  g_auto(GStrv) words = scenario_words(text);
  *stale = FALSE;
  for (char **word = words; *word; word++) {
    if (!take_draft_word(draft, *word, stale, error))
      return NULL;
  }
  fill_threads(scenario, draft);
  return g_steal_pointer(&draft);
}

static GStrv
recipients(const CadenceDraft *draft)
{
  g_autoptr(GStrvBuilder) all = g_strv_builder_new();
  g_strv_builder_addv(all, (const char **)draft->to);
  g_strv_builder_addv(all, (const char **)draft->cc);
  g_strv_builder_addv(all, (const char **)draft->bcc);
  return g_strv_builder_end(all);
}

CadenceVerdict *
scenario_verdict(const Scenario *scenario, const CadenceDraft *draft, gboolean stale,
                 const CadenceClock *clock)
{
  const CadenceIndexAge index = {.revision = 1, .age = stale ? 200000 : 60, .stale = stale};
  g_autoptr(GPtrArray) standings =
      g_ptr_array_new_with_free_func((GDestroyNotify)cadence_standing_free);
  g_autoptr(GPtrArray) lists = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
  g_auto(GStrv) everybody = recipients(draft);
  for (guint i = 0; i < scenario->names->len; i++) {
    GStrv named = scenario_members(scenario, i, everybody);
    if (!*named) {
      g_strfreev(named);
      continue;
    }
    g_ptr_array_add(lists, named);
    g_ptr_array_add(standings, scenario_standing(scenario, i, clock));
  }
  return cadence_verdict_new(draft, standings, (char **const *)lists->pdata, &index, clock);
}
