/* Marks: what a message should bear of ours, compared with what it bears. We look before we write,
 * for libnotmuch moves the revision even for a tag that is already there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mark.h"

void
cadence_mark_free(CadenceMark *mark)
{
  g_free(mark->id);
  g_ptr_array_unref(mark->prospects);
  g_free(mark);
}

void
cadence_mark_bear(CadenceMark *mark, const CadenceStanding *standing)
{
  guint bit = 1u << standing->state;
  g_ptr_array_add(mark->prospects, g_strdup(standing->prospect));
  mark->states |= bit;
  if (standing->terms->stage != CADENCE_STAGE_WON)
    mark->tagged |= bit;
  if (standing->wake && (!mark->wake || standing->wake < mark->wake))
    mark->wake = standing->wake;
}

CadenceMark *
cadence_mark_root(CadenceMark *mark)
{
  while (mark->group != mark)
    mark = mark->group = mark->group->group;
  return mark;
}

void
cadence_mark_join(CadenceMark *a, CadenceMark *b)
{
  cadence_mark_root(a)->group = cadence_mark_root(b);
}

/* --- what should be there --- */

/* One thing to add or take away. */
typedef struct {
  gboolean add;
  const char *key; /* NULL: a tag */
  char *value;
} Step;

static void
step_clear(gpointer step)
{
  g_free(((Step *)step)->value);
}

static void
add_step(GArray *steps, gboolean add, const char *key, const char *value)
{
  Step step = {.add = add, .key = key, .value = g_strdup(value)};
  g_array_append_val(steps, step);
}

static GPtrArray *
state_ids(guint states)
{
  GPtrArray *ids = g_ptr_array_new();
  for (guint state = 0; state < CADENCE_N_STATES; state++) {
    if (states & (1u << state))
      g_ptr_array_add(ids, (char *)cadence_state_id((CadenceState)state));
  }
  return ids;
}

static gboolean
contains(const GPtrArray *list, const char *value)
{
  return g_ptr_array_find_with_equal_func((GPtrArray *)list, value, g_str_equal, NULL);
}

/* Makes a property have exactly the wanted values: a mail to thousands may bear them all. */
static void
set_property(GArray *steps, notmuch_message_t *message, const char *key, const GPtrArray *wanted)
{
  g_auto(GStrv) values = cadence_property_values(message, key);
  g_autoptr(GHashTable) present = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) kept = g_hash_table_new(g_str_hash, g_str_equal);
  for (guint i = 0; i < wanted->len; i++)
    g_hash_table_add(kept, wanted->pdata[i]);
  for (char **value = values; *value; value++) {
    g_hash_table_add(present, *value);
    if (!g_hash_table_contains(kept, *value))
      add_step(steps, FALSE, key, *value);
  }
  for (guint i = 0; i < wanted->len; i++) {
    if (!g_hash_table_contains(present, wanted->pdata[i]))
      add_step(steps, TRUE, key, wanted->pdata[i]);
  }
}

/* The tags that we put there: those of the states that it bears. No message without a state of ours
 * is ever untagged. */
static guint
borne_states(notmuch_message_t *message)
{
  g_auto(GStrv) present = cadence_property_values(message, CADENCE_PROPERTY_STATE);
  guint states = 0;
  CadenceState state;
  for (char **id = present; *id; id++) {
    if (cadence_state_from_id(*id, &state))
      states |= 1u << state;
  }
  return states;
}

static void
set_tags(GArray *steps, notmuch_message_t *message, const CadenceMark *mark,
         const CadenceTagNames *names)
{
  g_autoptr(GPtrArray) wanted = g_ptr_array_new(), present = g_ptr_array_new_with_free_func(g_free);
  guint borne = borne_states(message);
  notmuch_tags_t *tags = notmuch_message_get_tags(message);
  for (; notmuch_tags_valid(tags); notmuch_tags_move_to_next(tags))
    g_ptr_array_add(present, g_strdup(notmuch_tags_get(tags)));
  notmuch_tags_destroy(tags);
  for (guint state = 0; state < CADENCE_N_STATES; state++) {
    if (mark->tagged & (1u << state) && *names->is[state])
      g_ptr_array_add(wanted, (char *)names->is[state]);
  }
  for (guint state = 0; state < CADENCE_N_STATES; state++) {
    const char *was = names->was[state];
    if (borne & (1u << state) && *was && !contains(wanted, was) && contains(present, was))
      add_step(steps, FALSE, NULL, was);
  }
  for (guint i = 0; i < wanted->len; i++) {
    if (!contains(present, wanted->pdata[i]))
      add_step(steps, TRUE, NULL, wanted->pdata[i]);
  }
}

/* The values of a key among what was read; `*only` where no others may stay. */
static GPtrArray *
fresh_values(const GPtrArray *fresh, const char *key, gboolean *only)
{
  GPtrArray *values = g_ptr_array_new();
  *only = FALSE;
  for (guint i = 0; i + 1 < fresh->len; i += 2) {
    const char *value = fresh->pdata[i + 1];
    if (!g_str_equal(fresh->pdata[i], key))
      continue;
    *only |= *value == '\0';
    if (*value)
      g_ptr_array_add(values, (char *)value);
  }
  return values;
}

/* What was read once stays as it is: only what is absent is added. */
static void
set_fresh(GArray *steps, notmuch_message_t *message, const GPtrArray *fresh)
{
  for (guint i = 0; fresh && i + 1 < fresh->len; i += 2) {
    gboolean only;
    g_autoptr(GPtrArray) wanted = fresh_values(fresh, fresh->pdata[i], &only);
    if (only && *(const char *)fresh->pdata[i + 1] == '\0')
      set_property(steps, message, fresh->pdata[i], wanted);
    if (only)
      continue;
    g_auto(GStrv) present = cadence_property_values(message, fresh->pdata[i]);
    if (!g_strv_contains((const char *const *)present, fresh->pdata[i + 1]))
      add_step(steps, TRUE, fresh->pdata[i], fresh->pdata[i + 1]);
  }
}

static GArray *
steps_of(const CadenceMark *mark, notmuch_message_t *message, const CadenceTagNames *names)
{
  GArray *steps = g_array_new(FALSE, FALSE, sizeof(Step));
  g_autoptr(GPtrArray) ids = state_ids(mark->states), wake = g_ptr_array_new();
  g_autofree char *day = cadence_day_to_string(mark->wake);
  if (day)
    g_ptr_array_add(wake, day);
  g_array_set_clear_func(steps, step_clear);
  set_tags(steps, message, mark, names);
  set_property(steps, message, CADENCE_PROPERTY_PROSPECT, mark->prospects);
  set_property(steps, message, CADENCE_PROPERTY_STATE, ids);
  set_property(steps, message, CADENCE_PROPERTY_WAKE, wake);
  set_fresh(steps, message, mark->fresh);
  return steps;
}

/* --- the two uses --- */

gboolean
cadence_mark_differs(const CadenceMark *mark, notmuch_message_t *message,
                     const CadenceTagNames *names, GPtrArray *changes)
{
  g_autoptr(GArray) steps = steps_of(mark, message, names);
  for (guint i = 0; changes && i < steps->len; i++) {
    const Step *step = &g_array_index(steps, Step, i);
    g_ptr_array_add(changes, g_strdup_printf("%s%s%s%s id:%s", step->add ? "+" : "-",
                                             step->key ? step->key : "", step->key ? "=" : "",
                                             step->value, mark->id));
  }
  return steps->len > 0;
}

static notmuch_status_t
take_step(notmuch_message_t *message, const Step *step)
{
  if (step->key)
    return step->add ? notmuch_message_add_property(message, step->key, step->value)
                     : notmuch_message_remove_property(message, step->key, step->value);
  return step->add ? notmuch_message_add_tag(message, step->value)
                   : notmuch_message_remove_tag(message, step->value);
}

gboolean
cadence_mark_write(const CadenceMark *mark, notmuch_message_t *message,
                   const CadenceTagNames *names, GError **error)
{
  g_autoptr(GArray) steps = steps_of(mark, message, names);
  notmuch_database_t *db = notmuch_message_get_database(message);
  if (steps->len == 0)
    return TRUE;
  notmuch_status_t status = notmuch_message_freeze(message);
  for (guint i = 0; status == NOTMUCH_STATUS_SUCCESS && i < steps->len; i++)
    status = take_step(message, &g_array_index(steps, Step, i));
  if (status == NOTMUCH_STATUS_SUCCESS)
    status = notmuch_message_thaw(message);
  return cadence_status_ok(status, db, CADENCE_ERROR_IO, error);
}
