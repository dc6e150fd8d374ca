/* Work in a child process with limits of time and memory: whatever becomes of it, the parent goes
 * on. What the child finds out it reports in frames through a pipe.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_SENDMAIL_GUARD_H
#define CADENCE_SENDMAIL_GUARD_H

#include <glib.h>

/* In the child. */
typedef void (*SendmailWork)(int report, gpointer data);

/* In the parent, for each frame as it comes: a value of type (sv). */
typedef void (*SendmailHear)(const char *name, GVariant *value, gpointer data);

typedef enum {
  SENDMAIL_GUARD_DONE,   /* the child ended by itself, with status 0 */
  SENDMAIL_GUARD_LATE,   /* it took too long and was killed */
  SENDMAIL_GUARD_FAILED, /* it crashed, or could not be started: errno of that in `why` */
} SendmailGuardEnd;

/* Runs `work` in a child for at most `within` milliseconds. `*why` is a sentence for people, owned
 * by the caller; NULL for DONE. */
SendmailGuardEnd sendmail_guard_run(guint within, SendmailWork work, SendmailHear hear,
                                    gpointer data, char **why) G_GNUC_WARN_UNUSED_RESULT;

/* For the child: reports a value (floating references are taken). What the parent no longer reads
 * is lost. */
void sendmail_guard_report(int report, const char *name, GVariant *value);

#endif
