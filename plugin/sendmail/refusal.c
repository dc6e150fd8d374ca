/* Keeps refusals: STATE/refused/DIGEST.json, or DIGEST.taken while its mail is on its way.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "refusal.h"

#include <glib/gstdio.h>
#include <string.h>

#include "record.h"

#define FOLDER "refused"
#define SUFFIX ".json"
#define TAKEN ".taken"

static int
compare(gconstpointer a, gconstpointer b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The order of the header is the mail client's. */
static char *
digest_of(const GPtrArray *recipients)
{
  g_autoptr(GPtrArray) sorted = g_ptr_array_copy((GPtrArray *)recipients, NULL, NULL);
  g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
  g_ptr_array_set_free_func(sorted, NULL); /* the addresses are the caller's */
  g_ptr_array_sort(sorted, compare);
  for (guint i = 0; i < sorted->len; i++) /* the NUL separates them */
    g_checksum_update(checksum, sorted->pdata[i], (gssize)strlen(sorted->pdata[i]) + 1);
  return g_strdup(g_checksum_get_string(checksum));
}

static char *
path_of(const char *state, const char *digest, const char *suffix)
{
  g_autofree char *name = g_strconcat(digest, suffix, NULL);
  return g_build_filename(state, FOLDER, name, NULL);
}

SendmailRefusal *
sendmail_refusal_new(const GPtrArray *recipients, const CadenceVerdict *verdict, gint64 now)
{
  SendmailRefusal *refusal = g_new0(SendmailRefusal, 1);
  refusal->recipients = digest_of(recipients);
  refusal->at = now;
  refusal->verdict = verdict;
  return refusal;
}

void
sendmail_refusal_free(SendmailRefusal *refusal)
{
  if (!refusal)
    return;
  g_clear_pointer(&refusal->owned, cadence_verdict_free);
  g_free(refusal->recipients);
  g_free(refusal->leave_reason);
  g_free(refusal);
}

/* --- reading --- */

static SendmailRefusal *
read_path(const char *path)
{
  g_autofree char *text = NULL;
  gsize length = 0;
  return g_file_get_contents(path, &text, &length, NULL) ? sendmail_record_parse(text, length)
                                                         : NULL;
}

SendmailRefusal *
sendmail_refusal_find(const char *state, const GPtrArray *recipients)
{
  g_autofree char *digest = digest_of(recipients);
  g_autofree char *path = path_of(state, digest, SUFFIX);
  return read_path(path);
}

/* Calls `each` with every file of the folder and what it holds (NULL where that is no refusal). */
static void
each_file(const char *state,
          void (*each)(const char *path, SendmailRefusal *refusal, gpointer data), gpointer data)
{
  g_autofree char *folder = g_build_filename(state, FOLDER, NULL);
  g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name(dir))) {
    g_autofree char *path = g_build_filename(folder, name, NULL);
    each(path, read_path(path), data);
  }
}

static void
take_newest(const char *path, SendmailRefusal *refusal, gpointer data)
{
  SendmailRefusal **newest = data;
  if (refusal && g_str_has_suffix(path, SUFFIX) && (!*newest || refusal->at > (*newest)->at)) {
    sendmail_refusal_free(*newest);
    *newest = refusal;
    return;
  }
  sendmail_refusal_free(refusal);
}

SendmailRefusal *
sendmail_refusal_last(const char *state)
{
  SendmailRefusal *newest = NULL;
  each_file(state, take_newest, &newest);
  return newest;
}

/* --- writing --- */

/* Half a file that a killed run left is no refusal either. */
static void
forget_old(const char *path, SendmailRefusal *refusal, gpointer data)
{
  const gint64 *now = data;
  if (!refusal || refusal->at < *now - SENDMAIL_REFUSAL_SECONDS)
    g_unlink(path);
  sendmail_refusal_free(refusal);
}

gboolean
sendmail_refusal_keep(const SendmailRefusal *refusal, const char *state, gint64 now, GError **error)
{
  g_autofree char *folder = g_build_filename(state, FOLDER, NULL);
  g_autofree char *path = path_of(state, refusal->recipients, SUFFIX);
  g_autofree char *text = sendmail_record_text(refusal);
  g_autoptr(GError) cause = NULL;
  (void)g_mkdir_with_parents(folder, 0700); /* where it can't be made, writing tells why */
  if (!g_file_set_contents_full(path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &cause)) {
    g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_IO, "%s", cause->message);
    return FALSE;
  }
  each_file(state, forget_old, &now);
  return TRUE;
}

/* --- leave --- */

static gboolean
has_shown(const SendmailRefusal *refusal, CadenceReasonId id)
{
  const GPtrArray *shown = refusal->verdict->reasons;
  for (guint i = 0; i < shown->len; i++) {
    const CadenceReason *reason = shown->pdata[i];
    if (reason->id == id && reason->severity >= CADENCE_SEVERITY_WARN)
      return TRUE;
  }
  return FALSE;
}

gboolean
sendmail_refusal_covers(const SendmailRefusal *refusal, const CadenceVerdict *verdict)
{
  if (verdict->decision == CADENCE_DECISION_UNKNOWN)
    return refusal->verdict->decision == CADENCE_DECISION_UNKNOWN;
  for (guint i = 0; i < verdict->reasons->len; i++) {
    const CadenceReason *reason = verdict->reasons->pdata[i];
    if (reason->severity >= CADENCE_SEVERITY_WARN && !has_shown(refusal, reason->id))
      return FALSE;
  }
  return TRUE;
}

gboolean
sendmail_refusal_take(const SendmailRefusal *refusal, const char *state)
{
  g_autofree char *from = path_of(state, refusal->recipients, SUFFIX);
  g_autofree char *to = path_of(state, refusal->recipients, TAKEN);
  return g_rename(from, to) == 0;
}

void
sendmail_refusal_settle(const char *state, const GPtrArray *recipients, gboolean sent)
{
  g_autofree char *digest = digest_of(recipients);
  g_autofree char *taken = path_of(state, digest, TAKEN);
  g_autofree char *back = path_of(state, digest, SUFFIX);
  if (sent)
    g_unlink(taken);
  else
    (void)g_rename(taken, back);
}
