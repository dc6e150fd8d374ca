/* Mail files read ahead on the other processors while one thread talks to libnotmuch, which is made
 * for one: the workers know nothing but names of files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_STORE_AHEAD_H
#define CADENCE_STORE_AHEAD_H

#include <cadence/message.h>

typedef struct _CadenceAhead CadenceAhead;

/* With so many threads beside the caller's. */
CadenceAhead *cadence_ahead_new(guint workers);

/* Waits for what is being read. */
void cadence_ahead_free(CadenceAhead *ahead);

/* Has the message `id` read from the first of `filenames` (taken over) that can be read. Asking for
 * the same once more is nothing new. */
void cadence_ahead_ask(CadenceAhead *ahead, const char *id, GStrv filenames, gboolean body);

/* Whether that was asked for, with its body if `body`; then `*message`, owned by the caller, is
 * what was read, or NULL where no file can be. What nobody has begun yet is read here and now. */
gboolean cadence_ahead_take(CadenceAhead *ahead, const char *id, gboolean body,
                            CadenceMessage **message);

/* Drops what was asked for and not taken. */
void cadence_ahead_drop(CadenceAhead *ahead);

#endif
