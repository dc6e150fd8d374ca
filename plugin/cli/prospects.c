/* Loads standings; finds the prospects that were meant.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "prospects.h"

#include <glib/gi18n.h>
#include <string.h>

#include "progress.h"

void
cli_prospect_free(CliProspect *prospect)
{
  if (!prospect)
    return;
  cadence_standing_free(prospect->standing);
  g_free(prospect);
}

static int
compare(gconstpointer a, gconstpointer b)
{
  return cadence_standing_compare((*(CliProspect *const *)a)->standing,
                                  (*(CliProspect *const *)b)->standing);
}

/* FALSE with an error; TRUE adds it, unless it turns out to be nobody. */
static gboolean
load_one(CliApp *app, const char *name, gboolean whole, GPtrArray *prospects, GError **error)
{
  g_autoptr(GError) failed = NULL;
  g_autofree CliProspect *prospect = g_new0(CliProspect, 1);
  prospect->standing =
      cadence_store_standing(app->store, &app->context, name, &prospect->terms, &failed);
  if (failed) {
    g_propagate_error(error, g_steal_pointer(&failed));
    return FALSE;
  }
  if (!prospect->standing)
    return TRUE;
  if (!whole)
    cadence_standing_trim(prospect->standing);
  g_ptr_array_add(prospects, g_steal_pointer(&prospect));
  return TRUE;
}

GPtrArray *
cli_prospects_load(CliApp *app, const GPtrArray *names, gboolean whole, GError **error)
{
  g_autoptr(GPtrArray) prospects =
      g_ptr_array_new_with_free_func((GDestroyNotify)cli_prospect_free);
  CliProgress progress;
  cli_progress_begin(&progress, &app->terminal);
  for (guint i = 0; i < names->len; i++) {
    if (!load_one(app, names->pdata[i], whole, prospects, error)) {
      cli_progress_end(&progress);
      return NULL;
    }
    cli_progress_draw(i + 1, names->len, &progress);
  }
  cli_progress_end(&progress);
  g_ptr_array_sort(prospects, compare);
  return g_steal_pointer(&prospects);
}

gboolean
cli_words_join(char **words, char **text, GError **error)
{
  g_autofree char *joined = *words ? g_strjoinv(" ", words) : NULL;
  *text = NULL;
  if (!joined)
    return TRUE;
  *text = g_utf8_validate(joined, -1, NULL) ? g_steal_pointer(&joined)
                                            : g_locale_to_utf8(joined, -1, NULL, NULL, NULL);
  if (!*text)
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                _("the arguments are neither UTF-8 nor text of this locale"));
  return *text != NULL;
}

GPtrArray *
cli_prospects_matching(CliApp *app, const char *query, GError **error)
{
  g_autoptr(GError) cause = NULL;
  GPtrArray *names = cadence_store_prospects_matching(app->store, &app->context, query, &cause);
  if (names)
    return names;
  if (g_error_matches(cause, CADENCE_ERROR, CADENCE_ERROR_QUERY))
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s", cause->message);
  else
    g_propagate_error(error, g_steal_pointer(&cause));
  return NULL;
}

static GPtrArray *
one_name(const char *name)
{
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  if (name)
    g_ptr_array_add(names, g_strdup(name));
  return names;
}

/* A domain, or a name that only scope gave: the agreement that claims it, else one of all. Empty
 * where it is nobody's. */
static GPtrArray *
named_by_scope(CliApp *app, const char *entry, GError **error)
{
  const char *owner = NULL;
  g_autofree char *anybody = g_strconcat("anybody@", entry, NULL);
  if (cadence_parties_find(app->parties, anybody, &owner) == CADENCE_PARTY_PROSPECT)
    return one_name(owner);
  g_autoptr(GPtrArray) all = cadence_store_prospects(app->store, &app->context, error);
  if (!all)
    return NULL;
  gboolean known = g_ptr_array_find_with_equal_func(all, entry, g_str_equal, NULL);
  return one_name(known ? entry : NULL);
}

static GPtrArray *
owner_of(CliApp *app, const char *address, GError **error)
{
  g_autoptr(GError) cause = NULL;
  g_autofree char *owner = cadence_store_prospect_of(app->store, &app->context, address, &cause);
  if (!cause)
    return one_name(owner);
  g_propagate_error(error, g_steal_pointer(&cause));
  return NULL;
}

char *
cli_entry_of(const char *text)
{
  char *entry = strpbrk(text, " :\"*()<>") ? NULL : cadence_entry_canonical(text);
  if (entry && !strpbrk(entry, "@."))
    g_clear_pointer(&entry, g_free);
  return entry;
}

GPtrArray *
cli_prospects_named(CliApp *app, const char *text, GError **error)
{
  if (cadence_config_agreement(app->config, text))
    return one_name(text);
  g_autofree char *entry = cli_entry_of(text);
  if (!entry)
    return one_name(NULL);
  return strchr(entry, '@') ? owner_of(app, entry, error) : named_by_scope(app, entry, error);
}

GPtrArray *
cli_prospects_meant(CliApp *app, const char *text, GError **error)
{
  g_autoptr(GPtrArray) names = cli_prospects_named(app, text, error);
  if (!names)
    return NULL;
  return names->len > 0 ? g_steal_pointer(&names) : cli_prospects_matching(app, text, error);
}

static int
compare_people(gconstpointer a, gconstpointer b)
{
  const CadenceAddressFacts *one = *(CadenceAddressFacts *const *)a;
  const CadenceAddressFacts *other = *(CadenceAddressFacts *const *)b;
  if (one->inbound != other->inbound)
    return one->inbound > other->inbound ? -1 : 1;
  if (one->outbound != other->outbound)
    return one->outbound > other->outbound ? -1 : 1;
  return g_strcmp0(one->address, other->address);
}

GPtrArray *
cli_people(const CadenceStanding *standing)
{
  GPtrArray *people = g_ptr_array_new();
  for (guint i = 0; i < standing->address_facts->len; i++)
    g_ptr_array_add(people, standing->address_facts->pdata[i]);
  g_ptr_array_sort(people, compare_people);
  return people;
}

CliPaint
cli_state_paint(const CadenceStanding *standing)
{
  switch (standing->state) {
  case CADENCE_STATE_OWED:
    return standing->late ? CLI_PAINT_BAD : CLI_PAINT_WARN;
  case CADENCE_STATE_DUE:
    return CLI_PAINT_GOOD;
  case CADENCE_STATE_DEAD:
    return CLI_PAINT_FAINT;
  default:
    return CLI_PAINT_NONE;
  }
}
