/* Where a prospect is: history and terms -> state, dates, measures and the rule that decided. A
 * pure function of contacts, terms and clock.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_STANDING_H
#define CADENCE_STANDING_H

#include <cadence/contact.h>
#include <cadence/terms.h>

G_BEGIN_DECLS

/* What the mail says about one address of the prospect. Days are CADENCE_DAY_NONE and ids NULL
 * where it says nothing; ids are borrowed from the contacts. */
typedef struct {
  char *address;
  guint outbound, inbound; /* contacts to it; replies from it */
  CadenceDay bounced;      /* last hard bounce, nothing having worked since */
  const char *bounced_id;
  CadenceDay opted_out; /* it asked not to be written to, and the user has not lifted that */
  const char *opted_out_id;
  CadenceDay absent_since;
  CadenceDay absent_until; /* last day of its absence, no later reply having come from it */
  const char *absent_id;
} CadenceAddressFacts;

/* The part of a notmuch thread that concerns the prospect. */
typedef struct {
  char *id;
  char *subject; /* of its newest contact that has one; may be NULL */
  guint outbound, replies;
  guint attempts; /* days of the present run with an attempt in this thread */
  gint64 last;    /* instant of its newest contact */
} CadenceThread;

/* Seconds; -1 where there is nothing to measure. */
typedef struct {
  gint64 median, p90, last;
} CadenceMeasure;

/* What the last mail of a prospect would have us do, which only the user can decide. */
typedef enum {
  CADENCE_PROPOSAL_NONE,
  CADENCE_PROPOSAL_HOLD, /* they named a day before which they don't want to hear from us */
  CADENCE_PROPOSAL_BURY, /* they declined */
} CadenceProposalKind;

typedef struct {
  CadenceProposalKind kind;
  CadenceDay until;              /* of a hold: its last day, which is not over */
  const CadenceContact *contact; /* the mail that says so; the standing's */
} CadenceProposal;

typedef struct {
  char *prospect;
  const CadenceTerms *terms; /* borrowed */
  GPtrArray *contacts;       /* of CadenceContact, prepared: in order, each once */
  GPtrArray *address_facts;  /* of CadenceAddressFacts, by address */
  GPtrArray *threads;        /* of CadenceThread, newest first */

  CadenceState state;
  CadenceDay since;         /* the state holds since this day; NONE where that is unknown */
  CadenceDay next;          /* the next attempt is due; NONE in new, owed and dead */
  CadenceDay interval_ends; /* as `next`, but without what a hold or absence adds */
  CadenceDay dead_on;       /* the stop rule is or will be met; NONE where no stop rule applies */
  CadenceDay held_until;    /* last day of a hold or absence that is not over; else NONE */
  CadenceDay wake;          /* the state changes on this day if nothing happens; NONE for never */
  gboolean late;            /* owed for longer than the policy's owed-after */
  gboolean undeliverable;   /* dead because every known address bounced */
  gboolean stopped;         /* dead by burial or stop rule (not by opt-out or bounces) */

  guint attempts, follow_ups;
  CadenceDay first_attempt_day, last_attempt_day;     /* of the present run */
  const CadenceContact *first_attempt, *last_attempt; /* of the present run; NULL where none */
  const CadenceContact *last_outbound;                /* the newest of any run; NULL where none */
  const CadenceContact *last_reply;                   /* newest that counts; NULL where none */
  gboolean open_reply;  /* the newest contact that counts is a reply that nothing settled; a lapse
                           does not close it */
  gboolean lapsed;      /* ... and it was left unanswered for owed-lapse */
  CadenceDay opted_out; /* the whole prospect asked not to be written to */
  const char *opted_out_id; /* message in which it did; NULL where the agreement says so */

  guint outbound, replies, runs;
  CadenceMeasure reply_gap, wait;
  guint outbound_30d; /* outbound contacts in the last 30 days, today included */
  double pressure;    /* -1 where the terms set no frequency */
  CadenceProposal proposal;
  char *rule; /* a translated sentence: why the state is what it is */
} CadenceStanding;

/* Puts contacts in order and works out their lower half: duplicates (same id) become one; a date in
 * the future or absent is mended (newest Received, else `seen`, else now); none is earlier than
 * what it answers; bounces take back what they returned. `contacts` owns its elements and is
 * changed in place. */
CADENCE_API void cadence_history_prepare(GPtrArray *contacts, const CadenceTerms *terms,
                                         const CadenceClock *clock);

/* Takes `contacts` (any order; transfer full). `terms` must outlive the result. Never fails. */
CADENCE_API CadenceStanding *cadence_standing_new(const char *prospect, GPtrArray *contacts,
                                                  const CadenceTerms *terms,
                                                  const CadenceClock *clock);
CADENCE_API void cadence_standing_free(CadenceStanding *standing);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CadenceStanding, cadence_standing_free)

/* Frees the contacts that nothing else in the standing points to, for whoever keeps many standings
 * and needs no timeline. */
CADENCE_API void cadence_standing_trim(CadenceStanding *standing);

/* The newest contact of any kind: the message that bears the state's tag. NULL where there is none.
 */
CADENCE_API const CadenceContact *cadence_standing_bearer(const CadenceStanding *standing);

/* The replies that no attempt has followed, newest first, settled ones included. The array is the
 * caller's, the contacts are not. */
CADENCE_API GPtrArray *cadence_standing_last_replies(const CadenceStanding *standing);

/* An interval to propose where none is agreed, from how they have answered so far: the median wait
 * (from a run's first attempt to the reply that ended it), rounded up to the next of 3bd 1w 2w 1mo
 * 2mo 3mo, and 3mo for whoever took longer. Whoever is written to in that rhythm has, as a rule,
 * had the time that they take. FALSE, and `intervals` none, where they have never answered: then
 * the policy's do. */
CADENCE_API gboolean cadence_standing_propose(const CadenceStanding *standing,
                                              CadenceIntervals *intervals);

/* Facts of one address (canonical); NULL where no contact names it. */
CADENCE_API const CadenceAddressFacts *cadence_standing_address(const CadenceStanding *standing,
                                                                const char *address);

/* Orders standings for a morning list, most pressing first: owed (late ones first, oldest first),
 * due (longest overdue first), waiting, held and nurture by next, new, dead; ties by name. */
CADENCE_API int cadence_standing_compare(const CadenceStanding *a, const CadenceStanding *b);

G_END_DECLS

#endif
