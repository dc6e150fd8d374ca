/* What `notmuch-cadence check --format=json` answered, and its words for a dialog.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FRONT_VERDICT_H
#define FRONT_VERDICT_H

#include "run.h"

typedef enum {
  FRONT_SEND,
  FRONT_WARN,
  FRONT_STOP,
} FrontDecision;

typedef struct {
  char *message; /* a sentence in the user's language, without control characters */
  char *until;   /* the day it ends, or NULL */
} FrontReason;

typedef struct {
  FrontDecision decision;
  char *summary;      /* the heading, with the day from which the mail is fine; never NULL */
  GPtrArray *reasons; /* of FrontReason, worst first */
} FrontVerdict;

void front_verdict_free(FrontVerdict *verdict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(FrontVerdict, front_verdict_free)

/* NULL with an error where there is no answer: no JSON of ours, an exit status that says something
 * else, or the program itself does not know. The message is for people. */
FrontVerdict *front_verdict_read(const FrontOutput *output, GError **error);

/* `text` without what could turn or hide its neighbours on a screen. Owned by the caller. */
char *front_clean(const char *text);

#endif
