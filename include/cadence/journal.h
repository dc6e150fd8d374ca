/* The sent journal: what the sendmail hook has let through and notmuch has not indexed yet, so that
 * a second mail an hour later is still seen as the second. A text file of one line a mail, in a
 * folder of the user's state; it holds dates, Message-IDs and addresses, nothing of what was
 * written.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_JOURNAL_H
#define CADENCE_JOURNAL_H

#include <cadence/store.h>

G_BEGIN_DECLS

#define CADENCE_JOURNAL_DAYS 30 /* an entry is dropped after so many, indexed or not */

typedef struct {
  gint64 at;        /* instant at which the MTA took it */
  char *id;         /* Message-ID without angle brackets; NULL where the mail had none */
  char *answers;    /* Message-ID that it answers; NULL for none */
  GStrv recipients; /* canonical, those of the envelope */
} CadenceSent;

CADENCE_API void cadence_sent_free(CadenceSent *sent);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CadenceSent, cadence_sent_free)

/* Of CadenceSent, oldest first: the entries of the journal in `directory`, but those older than
 * CADENCE_JOURNAL_DAYS at `now`. Never NULL, owned by the caller: a journal that is not there, or
 * can't be read, is empty, and a line that is none (a run was killed while it wrote) is passed
 * over. */
CADENCE_API GPtrArray *cadence_journal_read(const char *directory, gint64 now);

/* Adds one entry, making folder (0700) and file (0600) as needed. Killed at any instant it leaves
 * the earlier entries as they were. Waits a second for another writer. CADENCE_ERROR_BUSY,
 * CADENCE_ERROR_IO. */
CADENCE_API gboolean cadence_journal_add(const char *directory, const CadenceSent *sent,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes out of `journal` (as read) what the database knows by now: by its Message-ID, or for a mail
 * that had none by mail of ours to one of its recipients of about that time.
 * CADENCE_ERROR_QUERY, CADENCE_ERROR_BUSY. */
CADENCE_API gboolean cadence_journal_drop_indexed(CadenceStore *store,
                                                  const CadenceContext *context, GPtrArray *journal,
                                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes the journal anew without what the database knows and what is too old. Nothing is written
 * where all stays. CADENCE_ERROR_BUSY, CADENCE_ERROR_IO, CADENCE_ERROR_QUERY. */
CADENCE_API gboolean cadence_journal_sweep(CadenceStore *store, const CadenceContext *context,
                                           const char *directory,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

#endif
