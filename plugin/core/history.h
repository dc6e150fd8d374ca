/* What a contact is to the count.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CORE_HISTORY_H
#define CADENCE_CORE_HISTORY_H

#include <cadence/standing.h>

/* Outbound and not taken back by a bounce. */
gboolean cadence_contact_is_attempt(const CadenceContact *contact);

/* Inbound and written by a person. */
gboolean cadence_contact_is_reply(const CadenceContact *contact);

/* Needs no answer: the user said so, or it only puts us off. */
gboolean cadence_reply_settled(const CadenceContact *reply);

/* Not settled, and on `day` not yet left unanswered for owed-lapse. */
gboolean cadence_reply_open(const CadenceContact *reply, const CadenceTerms *terms, CadenceDay day);

#endif
