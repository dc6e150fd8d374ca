/* What a pass leaves behind in the database's config, and what it was read from.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "glass.h"
#include "pass.h"

void
cadence_last_pass_read(notmuch_database_t *db, CadenceLastPass *last)
{
  const char *uuid;
  g_autofree char *revision = cadence_database_config(db, CADENCE_CONFIG_REVISION);
  g_autofree char *pass = cadence_database_config(db, CADENCE_CONFIG_PASS);
  (void)notmuch_database_get_revision(db, &uuid);
  g_auto(GStrv) words = g_strsplit(revision ? revision : "", " ", 3);
  if (g_strv_length(words) >= 2 && g_str_equal(words[0], uuid)) {
    last->known = TRUE;
    last->revision = g_ascii_strtoull(words[1], NULL, 10);
  }
  g_auto(GStrv) at = g_strsplit(pass ? pass : "", " ", -1);
  guint n = g_strv_length(at);
  g_autoptr(GDateTime) instant = n > 0 ? g_date_time_new_from_iso8601(at[0], NULL) : NULL;
  last->instant = instant ? g_date_time_to_unix(instant) : 0;
  last->counted =
      n == 2 && g_ascii_string_to_unsigned(at[1], 10, 0, G_MAXUINT64, &last->removed, NULL);
  last->tags = cadence_database_config(db, CADENCE_CONFIG_TAGS);
  last->files = cadence_database_config(db, CADENCE_CONFIG_FILES);
  last->terms = cadence_database_config(db, CADENCE_CONFIG_TERMS);
}

void
cadence_last_pass_clear(CadenceLastPass *last)
{
  g_clear_pointer(&last->tags, g_free);
  g_clear_pointer(&last->files, g_free);
  g_clear_pointer(&last->terms, g_free);
}

/* Ends with the zone by which days are told. */
char *
cadence_files_value(const char *files, const char *zone)
{
  return files ? g_strdup_printf("%s" CADENCE_KINDS_MARK " %s", files, zone) : g_strdup("");
}

static gboolean
is_same_day(gint64 a, gint64 b, const char *name)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier(name);
  return zone && cadence_day_of(a, zone) == cadence_day_of(b, zone);
}

gboolean
cadence_store_is_current(CadenceStore *store, const char *files, gint64 now)
{
  CadenceLastPass last = {0};
  guint64 removed = 0;
  g_autofree char *head = cadence_files_value(files, "");
  cadence_last_pass_read(store->db, &last);
  const char *value = last.files;
  gboolean current = value && g_str_has_prefix(value, head) && last.known && last.counted &&
                     last.revision == notmuch_database_get_revision(store->db, NULL) &&
                     cadence_glass_removed(notmuch_database_get_path(store->db), &removed) &&
                     removed == last.removed &&
                     is_same_day(last.instant, now, value + strlen(head));
  cadence_last_pass_clear(&last);
  return current;
}

char *
cadence_store_last_files(CadenceStore *store)
{
  char *files = cadence_database_config(store->db, CADENCE_CONFIG_FILES);
  return files ? files : g_strdup("");
}

CadenceIndexAge
cadence_store_index_age(CadenceStore *store, const CadenceContext *context)
{
  CadenceLastPass last = {0};
  cadence_last_pass_read(store->db, &last);
  CadenceIndexAge age = {.revision = last.revision, .age = -1, .stale = TRUE};
  if (last.known && last.instant) {
    age.age = MAX(0, context->clock->now - last.instant);
    CadenceDuration limit = cadence_config_policy(context->config)->stale_after;
    age.stale = age.age > cadence_duration_mean_days(limit) * 24 * 60 * 60;
  }
  cadence_last_pass_clear(&last);
  return age;
}
