/* A stack of files to be read. Whoever asks takes from its bottom, in the order of asking, and the
 * workers from its top: so they meet, and nobody waits for more than one file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ahead.h"

#include "store.h"

typedef enum { WAITING, BEGUN, DONE } Progress;

typedef struct {
  GStrv filenames;
  gboolean body;
  Progress progress;
  CadenceMessage *message;
} Job;

struct _CadenceAhead {
  GMutex lock; /* over all that follows, the jobs' insides too while they are not BEGUN */
  GCond asked, done;
  GQueue *stack;    /* of Job: those WAITING */
  GHashTable *jobs; /* Message-ID -> Job */
  gboolean ended;
  GPtrArray *workers; /* of GThread */
};

static void
job_free(Job *job)
{
  g_strfreev(job->filenames);
  cadence_message_free(job->message);
  g_free(job);
}

/* The next job, begun; NULL at the end. Locked. */
static Job *
next_job(CadenceAhead *ahead)
{
  while (!ahead->ended && g_queue_is_empty(ahead->stack))
    g_cond_wait(&ahead->asked, &ahead->lock);
  Job *job = ahead->ended ? NULL : g_queue_pop_tail(ahead->stack);
  if (job)
    job->progress = BEGUN;
  return job;
}

static gpointer
work(gpointer data)
{
  CadenceAhead *ahead = data;
  Job *job;
  g_mutex_lock(&ahead->lock);
  while ((job = next_job(ahead))) {
    g_mutex_unlock(&ahead->lock);
    CadenceMessage *message = cadence_read_first(job->filenames, job->body);
    g_mutex_lock(&ahead->lock);
    job->message = message;
    job->progress = DONE;
    g_cond_broadcast(&ahead->done);
  }
  g_mutex_unlock(&ahead->lock);
  return NULL;
}

CadenceAhead *
cadence_ahead_new(guint workers)
{
  CadenceAhead *ahead = g_new0(CadenceAhead, 1);
  g_mutex_init(&ahead->lock);
  g_cond_init(&ahead->asked);
  g_cond_init(&ahead->done);
  ahead->stack = g_queue_new();
  ahead->jobs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)job_free);
  ahead->workers = g_ptr_array_new();
  for (guint i = 0; i < workers; i++) {
    /* Where the system has no thread to give, there are fewer. */
    GThread *worker = g_thread_try_new("read-ahead", work, ahead, NULL);
    if (worker)
      g_ptr_array_add(ahead->workers, worker);
  }
  return ahead;
}

void
cadence_ahead_ask(CadenceAhead *ahead, const char *id, GStrv filenames, gboolean body)
{
  g_mutex_lock(&ahead->lock);
  if (g_hash_table_contains(ahead->jobs, id)) {
    g_strfreev(filenames);
  } else {
    Job *job = g_new0(Job, 1);
    job->filenames = filenames;
    job->body = body;
    g_hash_table_insert(ahead->jobs, g_strdup(id), job);
    g_queue_push_tail(ahead->stack, job);
    g_cond_signal(&ahead->asked);
  }
  g_mutex_unlock(&ahead->lock);
}

/* Makes the job the caller's alone: taken off the stack, or done. Locked. */
static void
settle(CadenceAhead *ahead, Job *job)
{
  if (job->progress == WAITING)
    g_queue_remove(ahead->stack, job);
  while (job->progress == BEGUN)
    g_cond_wait(&ahead->done, &ahead->lock);
}

gboolean
cadence_ahead_take(CadenceAhead *ahead, const char *id, gboolean body, CadenceMessage **message)
{
  gpointer key = NULL, value = NULL;
  g_mutex_lock(&ahead->lock);
  Job *job = g_hash_table_lookup(ahead->jobs, id);
  if (job) {
    settle(ahead, job);
    (void)g_hash_table_steal_extended(ahead->jobs, id, &key, &value);
  }
  g_mutex_unlock(&ahead->lock);
  g_free(key);
  if (!job)
    return FALSE;
  gboolean serves = job->body || !body;
  if (serves && job->progress == WAITING)
    job->message = cadence_read_first(job->filenames, job->body);
  *message = serves ? g_steal_pointer(&job->message) : NULL;
  job_free(job);
  return serves;
}

void
cadence_ahead_drop(CadenceAhead *ahead)
{
  GHashTableIter iter;
  gpointer job;
  g_mutex_lock(&ahead->lock);
  g_hash_table_iter_init(&iter, ahead->jobs);
  while (g_hash_table_iter_next(&iter, NULL, &job)) {
    settle(ahead, job);
    g_hash_table_iter_remove(&iter);
  }
  g_mutex_unlock(&ahead->lock);
}

void
cadence_ahead_free(CadenceAhead *ahead)
{
  if (!ahead)
    return;
  cadence_ahead_drop(ahead);
  g_mutex_lock(&ahead->lock);
  ahead->ended = TRUE;
  g_cond_broadcast(&ahead->asked);
  g_mutex_unlock(&ahead->lock);
  for (guint i = 0; i < ahead->workers->len; i++)
    g_thread_join(ahead->workers->pdata[i]);
  g_ptr_array_unref(ahead->workers);
  g_queue_free(ahead->stack);
  g_hash_table_unref(ahead->jobs);
  g_cond_clear(&ahead->asked);
  g_cond_clear(&ahead->done);
  g_mutex_clear(&ahead->lock);
  g_free(ahead);
}
