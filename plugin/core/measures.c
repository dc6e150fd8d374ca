/* Counts, reply gaps, waits, pressure and threads.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "measures.h"
#include "history.h"

#define RECENT_DAYS 30   /* outbound_30d */
#define PRESSURE_DAYS 90 /* the window of `pressure` */

static int
compare_seconds(gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;
  return (x > y) - (x < y);
}

/* Median (the mean of the middle two), 90th percentile by nearest rank, and the last one. */
static CadenceMeasure
measure(GArray *seconds)
{
  guint n = seconds->len;
  if (n == 0)
    return (CadenceMeasure){-1, -1, -1};
  gint64 last = g_array_index(seconds, gint64, n - 1);
  g_array_sort(seconds, compare_seconds);
  gint64 low = g_array_index(seconds, gint64, (n - 1) / 2);
  gint64 high = g_array_index(seconds, gint64, n / 2);
  return (CadenceMeasure){.median = low + (high - low) / 2,
                          .p90 = g_array_index(seconds, gint64, (n * 9 + 9) / 10 - 1),
                          .last = last};
}

/* A reply ends a run: its gap is from the run's last attempt, its wait from the first. Further
 * replies before we answer end no further run. */
static void
measure_runs(CadenceStanding *standing)
{
  g_autoptr(GArray) gaps = g_array_new(FALSE, FALSE, sizeof(gint64));
  g_autoptr(GArray) waits = g_array_new(FALSE, FALSE, sizeof(gint64));
  const CadenceContact *first = NULL, *last = NULL;
  for (guint i = 0; i < standing->contacts->len; i++) {
    const CadenceContact *contact = standing->contacts->pdata[i];
    if (cadence_contact_is_attempt(contact)) {
      first = first ? first : contact;
      last = contact;
    } else if (cadence_contact_is_reply(contact) && first) {
      gint64 gap = contact->date - last->date, wait = contact->date - first->date;
      g_array_append_val(gaps, gap);
      g_array_append_val(waits, wait);
      first = last = NULL;
    }
  }
  standing->runs = gaps->len;
  standing->reply_gap = measure(gaps);
  standing->wait = measure(waits);
}

/* Days with an attempt that the terms would allow in the window: by the interval that repeats where
 * one is agreed, by the floor in nurture, else by the cap. Negative where nothing limits them. */
static double
allowed_days(const CadenceTerms *terms)
{
  double every = cadence_duration_mean_days(cadence_intervals_step(&terms->every, terms->every.n));
  double floor = cadence_duration_mean_days(terms->policy->nurture);
  if (terms->stage == CADENCE_STAGE_NURTURE)
    return PRESSURE_DAYS / (terms->agreed ? MAX(every, floor) : floor);
  if (terms->agreed)
    return PRESSURE_DAYS / every;
  if (terms->cap.count == 0)
    return -1;
  return terms->cap.count * PRESSURE_DAYS / cadence_duration_mean_days(terms->cap.window);
}

static void
measure_frequency(CadenceStanding *standing, const CadenceClock *clock)
{
  double allowed = allowed_days(standing->terms);
  CadenceDay counted = CADENCE_DAY_NONE, answered = CADENCE_DAY_NONE;
  guint days = 0;
  for (guint i = 0; i < standing->contacts->len; i++) {
    const CadenceContact *contact = standing->contacts->pdata[i];
    if (contact->direction != CADENCE_OUTBOUND)
      continue;
    standing->outbound_30d += contact->day > clock->today - RECENT_DAYS;
    if (contact->answered)
      answered = contact->day;
    if (contact->day > clock->today - PRESSURE_DAYS && cadence_contact_is_attempt(contact) &&
        contact->day != answered && contact->day != counted) {
      counted = contact->day;
      days++;
    }
  }
  standing->pressure = allowed > 0 ? days / allowed : -1;
}

void
cadence_measure(CadenceStanding *standing, const CadenceClock *clock)
{
  for (guint i = 0; i < standing->contacts->len; i++) {
    const CadenceContact *contact = standing->contacts->pdata[i];
    standing->outbound += contact->direction == CADENCE_OUTBOUND;
    standing->replies += cadence_contact_is_reply(contact);
  }
  measure_runs(standing);
  measure_frequency(standing, clock);
}

static void
thread_free(CadenceThread *thread)
{
  g_free(thread->id);
  g_free(thread->subject);
  g_free(thread);
}

static int
compare_threads(gconstpointer a, gconstpointer b)
{
  const CadenceThread *x = *(CadenceThread *const *)a, *y = *(CadenceThread *const *)b;
  if (x->last != y->last)
    return x->last > y->last ? -1 : 1;
  return g_strcmp0(x->id, y->id);
}

static CadenceThread *
thread_of(GHashTable *table, GPtrArray *threads, const char *id)
{
  CadenceThread *thread = g_hash_table_lookup(table, id);
  if (!thread) {
    thread = g_new0(CadenceThread, 1);
    thread->id = g_strdup(id);
    g_hash_table_insert(table, thread->id, thread);
    g_ptr_array_add(threads, thread);
  }
  return thread;
}

GPtrArray *
cadence_threads(const GPtrArray *contacts, const CadenceContact *run_start)
{
  GPtrArray *threads = g_ptr_array_new_with_free_func((GDestroyNotify)thread_free);
  g_autoptr(GHashTable) table = g_hash_table_new(g_str_hash, g_str_equal);
  g_autoptr(GHashTable) counted = g_hash_table_new(NULL, NULL); /* thread -> last day counted */
  gboolean in_run = FALSE;
  for (guint i = 0; i < contacts->len; i++) {
    const CadenceContact *contact = contacts->pdata[i];
    CadenceThread *thread = thread_of(table, threads, contact->thread ? contact->thread : "");
    in_run = in_run || contact == run_start;
    thread->outbound += contact->direction == CADENCE_OUTBOUND;
    thread->replies += cadence_contact_is_reply(contact);
    thread->last = contact->date;
    if (contact->subject) {
      g_free(thread->subject);
      thread->subject = g_strdup(contact->subject);
    }
    gpointer day = GINT_TO_POINTER(contact->day);
    if (in_run && cadence_contact_is_attempt(contact) &&
        g_hash_table_lookup(counted, thread) != day) {
      g_hash_table_insert(counted, thread, day);
      thread->attempts++;
    }
  }
  g_ptr_array_sort(threads, compare_threads);
  return threads;
}
