/* The index: a pass, then its marks in batches, then the revision.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "pass.h"

static int
compare_groups(gconstpointer a, gconstpointer b)
{
  CadenceMark *x = *(CadenceMark *const *)a, *y = *(CadenceMark *const *)b;
  CadenceMark *rx = cadence_mark_root(x), *ry = cadence_mark_root(y);
  int order = g_strcmp0(rx->id, ry->id);
  if (!order)
    order = (x->states == 0) - (y->states == 0);
  return order ? order : g_strcmp0(x->id, y->id);
}

/* The marks that change something, those of one group side by side, first what bears a state: where
 * a group does not fit into one batch, nobody is without a state in between, but some are in two.
 */
static GPtrArray *
marks_to_write(const CadencePass *pass)
{
  GPtrArray *marks = g_ptr_array_new();
  GHashTableIter iter;
  gpointer mark;
  g_hash_table_iter_init(&iter, pass->marks);
  while (g_hash_table_iter_next(&iter, NULL, &mark)) {
    if (((CadenceMark *)mark)->changes)
      g_ptr_array_add(marks, mark);
  }
  g_ptr_array_sort(marks, compare_groups);
  return marks;
}

/* Whole groups a batch, as far as they fit: whoever reads between two commits finds every
 * prospect's state on one message. */
gboolean
cadence_pass_write_marks(CadencePass *pass, CadenceWriter *writer, GError **error)
{
  g_autoptr(GPtrArray) marks = marks_to_write(pass);
  for (guint next = 0; next < marks->len;) {
    if (!cadence_writer_marks(writer, marks, &next, &pass->names, error))
      return FALSE;
  }
  return TRUE;
}

/* Where somebody wrote in between, mail is read only up to where reading began: the next pass then
 * looks at our own writing as well, and finds nothing to do. */
static gboolean
write_revision(CadencePass *pass, CadenceWriter *writer, GError **error)
{
  gulong revision = writer->interleaved ? pass->revision : writer->revision;
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
  g_autofree char *instant = cadence_instant_to_string(pass->context->clock->now, utc);
  g_autofree char *at = pass->counted
                            ? g_strdup_printf("%s %" G_GUINT64_FORMAT, instant, pass->removed)
                            : g_strdup(instant);
  g_autofree char *upto = g_strdup_printf("%s %lu", pass->uuid, revision);
  const char *pairs[] = {CADENCE_CONFIG_TERMS,
                         pass->terms,
                         CADENCE_CONFIG_TAGS,
                         pass->tags,
                         CADENCE_CONFIG_PASS,
                         at,
                         CADENCE_CONFIG_FILES,
                         pass->files,
                         CADENCE_CONFIG_REVISION,
                         upto,
                         NULL};
  return cadence_writer_config(writer, pairs, error);
}

/* The same day, the same revision, the same terms: a second run writes nothing at all. */
static gboolean
has_news(const CadencePass *pass)
{
  const CadenceLastPass *last = &pass->last;
  return pass->result->messages > 0 || !last->known || last->revision != pass->revision ||
         last->removed != pass->removed || g_strcmp0(last->terms, pass->terms) != 0 ||
         g_strcmp0(last->tags, pass->tags) != 0 ||
         g_strcmp0(last->files ? last->files : "", pass->files) != 0 ||
         cadence_day_of(last->instant, pass->context->clock->zone) != pass->context->clock->today;
}

static gboolean
run(CadencePass *pass, GError **error)
{
  if (!cadence_pass_begin(pass, error) || !cadence_pass_work(pass, error))
    return FALSE;
  pass->result->full = pass->full;
  pass->result->unreadable = g_hash_table_size(pass->store->gone);
  if (pass->options->dry_run || !(pass->options->remove || has_news(pass)))
    return TRUE;
  CadenceWriter writer = {.path = pass->store->path,
                          .home = notmuch_database_get_path(pass->store->db),
                          .options = pass->options,
                          .revision = pass->revision};
  if (pass->options->remove)
    return cadence_pass_remove(pass, &writer, error);
  return cadence_pass_write_marks(pass, &writer, error) && write_revision(pass, &writer, error);
}

gboolean
cadence_store_index(CadenceStore *store, const CadenceContext *context,
                    const CadenceIndexOptions *options, CadenceIndexResult *result, GError **error)
{
  CadencePass pass = {.store = store, .context = context, .options = options, .result = result};
  *result = (CadenceIndexResult){.changes = g_ptr_array_new_with_free_func(g_free)};
  gboolean done = run(&pass, error);
  cadence_pass_clear(&pass);
  return done;
}

void
cadence_index_result_clear(CadenceIndexResult *result)
{
  g_clear_pointer(&result->changes, g_ptr_array_unref);
}
