/* Changes an agreement: hold the file, read it, work the change out, look whether it reads, write.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "edit.h"
#include "private.h"
#include "target.h"

typedef struct {
  const char *name;
  const CadenceChange *changes;
  gsize n;
  gboolean create;
  CadenceConfig *before, *after;
  char *text; /* what the file is to hold */
} Job;

static void
job_clear(Job *job)
{
  g_clear_pointer(&job->before, cadence_config_free);
  g_clear_pointer(&job->after, cadence_config_free);
  g_clear_pointer(&job->text, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Job, job_clear)

/* Owned by the caller. */
static char *
first_line(void)
{
  return g_strconcat("# ", _("What was settled with each prospect; see notmuch-cadence(5)"), "\n",
                     NULL);
}

static gboolean
work_out(Job *job, const CadenceSource *policy, const CadenceSource *agreements, GError **error)
{
  job->before = cadence_config_read(policy, agreements, error);
  if (!job->before)
    return FALSE;
  g_autofree char *fresh = agreements->text ? NULL : first_line();
  job->text = cadence_edit(fresh ? fresh : agreements->text, job->name, job->changes, job->n,
                           job->create, error);
  if (!job->text)
    return FALSE;
  CadenceSource result = {agreements->name, job->text, strlen(job->text)};
  job->after = cadence_config_read(policy, &result, error);
  return job->after != NULL;
}

/* Made for a change that will go through, and for no other. */
static gboolean
make_directory(Job *job, const char *directory, GError **error)
{
  CadenceSource policy = {.name = CADENCE_POLICY_NAME};
  CadenceSource agreements = {.name = CADENCE_AGREEMENTS_NAME};
  if (g_file_test(directory, G_FILE_TEST_IS_DIR))
    return TRUE;
  gboolean sound = work_out(job, &policy, &agreements, error);
  job_clear(job);
  if (sound && g_mkdir_with_parents(directory, 0700) != 0)
    return cadence_target_refuse(error, CADENCE_ERROR_IO, directory, errno);
  return sound;
}

static gboolean
change(Job *job, const char *directory, GError **error)
{
  g_auto(CadenceTarget) target = CADENCE_TARGET_NONE;
  g_auto(CadenceSource) policy = {0};
  g_auto(CadenceSource) agreements = {.name = CADENCE_AGREEMENTS_NAME};
  if (!make_directory(job, directory, error) ||
      !cadence_target_hold(&target, directory, CADENCE_AGREEMENTS_NAME, error) ||
      !cadence_target_read(&target, &agreements, error) ||
      !cadence_source_read(&policy, directory, CADENCE_POLICY_NAME, error) ||
      !work_out(job, &policy, &agreements, error))
    return FALSE;
  if (g_strcmp0(agreements.text, job->text) == 0)
    return TRUE;
  return cadence_target_replace(&target, job->text, strlen(job->text), error);
}

static void
hand_over(CadenceConfig **from, CadenceConfig **to)
{
  if (to)
    *to = g_steal_pointer(from);
}

gboolean
cadence_agreements_change(const char *directory, const char *name, const CadenceChange *changes,
                          gsize n, gboolean create, CadenceConfig **before, CadenceConfig **after,
                          GError **error)
{
  g_auto(Job) job = {.name = name, .changes = changes, .n = n, .create = create};
  if (!cadence_edit_check(name, changes, n, error) || !change(&job, directory, error))
    return FALSE;
  hand_over(&job.before, before);
  hand_over(&job.after, after);
  return TRUE;
}
