/* What was refused, and the leave to send it all the same: a small JSON file (0600) for each set of
 * recipients, in a folder of the user's state. Of the mail itself nothing is kept, of its
 * recipients a digest.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_SENDMAIL_REFUSAL_H
#define CADENCE_SENDMAIL_REFUSAL_H

#include <cadence/cadence.h>

#define SENDMAIL_LEAVE_SECONDS (60 * 60)             /* for so long a leave holds */
#define SENDMAIL_REFUSAL_SECONDS (30 * 24 * 60 * 60) /* then a refusal is forgotten */

typedef struct {
  char *recipients; /* digest of the canonical addresses, in whatever order they stood */
  gint64 at;        /* instant */
  const CadenceVerdict *verdict;
  CadenceVerdict *owned; /* the same, where it was read from the file; else NULL */
  gint64 allowed;        /* instant at which it was allowed; 0 where it was not */
  char *leave_reason;    /* what the user said why; may be NULL */
} SendmailRefusal;

/* A refusal of a draft to these recipients now; `verdict` is borrowed. Owned by the caller. */
SendmailRefusal *sendmail_refusal_new(const GPtrArray *recipients, const CadenceVerdict *verdict,
                                      gint64 now);
void sendmail_refusal_free(SendmailRefusal *refusal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SendmailRefusal, sendmail_refusal_free)

/* The refusal kept for these recipients; NULL where there is none. */
SendmailRefusal *sendmail_refusal_find(const char *state, const GPtrArray *recipients);

/* The newest of all; NULL where there is none. */
SendmailRefusal *sendmail_refusal_last(const char *state);

/* Keeps it, in place of an earlier one for the same recipients, and forgets those that are too old
 * at `now`. CADENCE_ERROR_IO. */
gboolean sendmail_refusal_keep(const SendmailRefusal *refusal, const char *state, gint64 now,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* TRUE where it covers `verdict`: each of its warnings was shown. */
gboolean sendmail_refusal_covers(const SendmailRefusal *refusal, const CadenceVerdict *verdict);

/* A leave, or a refusal whose mail is confirmed, counts once. Takes it out of the way before the
 * mail goes: whoever else asks for it gets FALSE. */
gboolean sendmail_refusal_take(const SendmailRefusal *refusal,
                               const char *state) G_GNUC_WARN_UNUSED_RESULT;

/* After the MTA has answered: forgets what was taken where the mail was `sent`, else puts it back.
 */
void sendmail_refusal_settle(const char *state, const GPtrArray *recipients, gboolean sent);

#endif
