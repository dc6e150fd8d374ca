/* What the beginning of a subject line says about who wrote the message.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_SUBJECT_H
#define CADENCE_MAIL_SUBJECT_H

#include <glib.h>

typedef enum {
  SUBJECT_ABSENCE,   /* put there by a program that announces an absence */
  SUBJECT_AUTO,      /* put there by a program that answers */
  SUBJECT_AWAY,      /* announces an absence; people write this, too */
  SUBJECT_DELAYED,   /* a daemon says that it is still trying */
  SUBJECT_DELIVERED, /* a daemon or a client says that the mail got there, or was read */
  SUBJECT_BOUNCE,    /* a daemon says that the mail did not get there */
  SUBJECT_CALENDAR,  /* a calendar program's answer or invitation */
  SUBJECT_CHALLENGE, /* asks to confirm that a person wrote */
  N_SUBJECT_SAYS,
} SubjectSays;

/* The form in which phrases are looked for: case folded, blanks of all sorts collapsed, opening
 * brackets at the start taken off. Owned by the caller. */
char *mail_subject_fold(const char *subject);

/* Sets `says[i]` to the first phrase of sort i with which `folded` begins, or to NULL. Static. */
void mail_subject_read(const char *folded, const char *says[N_SUBJECT_SAYS]);

/* "Re:" and its like. */
gboolean mail_subject_is_answer(const char *folded);

#endif
