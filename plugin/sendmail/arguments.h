/* The command line of sendmail(8), as far as it tells whether a message is submitted and to whom:
 * what Sendmail, Postfix, Exim and msmtp have in common. Everything is handed on to the MTA as it
 * is, whatever is understood of it here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_SENDMAIL_ARGUMENTS_H
#define CADENCE_SENDMAIL_ARGUMENTS_H

#include <glib.h>

typedef enum {
  SENDMAIL_SUBMITS, /* a message on standard input */
  SENDMAIL_TALKS,   /* -bs: SMTP on standard input (RFC 5321), where a message can't be judged */
  SENDMAIL_OTHER,   /* the queue, the aliases, a version: no message is submitted */
} SendmailMode;

typedef struct {
  SendmailMode mode;
  gboolean from_header; /* -t: the recipients in the header too */
  GStrv recipients;     /* raw, as given; never NULL */
} SendmailArguments;

/* `arguments` are those of the MTA, without a program's name; NULL-terminated. */
void sendmail_arguments_read(SendmailArguments *result, const char *const *arguments);
void sendmail_arguments_clear(SendmailArguments *arguments);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SendmailArguments, sendmail_arguments_clear)

#endif
