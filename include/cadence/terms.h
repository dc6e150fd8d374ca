/* What applies to a prospect: the policy (for everybody), the agreement (settled with one prospect)
 * and the terms (both folded into one). Plain values; reading them from files is config.h's work.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_TERMS_H
#define CADENCE_TERMS_H

#include <cadence/duration.h>
#include <cadence/words.h>

G_BEGIN_DECLS

typedef enum {
  CADENCE_GROUP_DOMAIN, /* by registrable domain; free-mail domains by address */
  CADENCE_GROUP_ADDRESS,
} CadenceGroup;

/* policy.ini, every key with its value or its default. Strings are never NULL ("" where nothing is
 * set), lists never NULL. */
typedef struct {
  /* [scope] */
  char *scope_query;
  CadenceGroup group;
  GStrv ignore; /* canonical addresses and domains (address.h) */
  GStrv team;   /* likewise */
  char *drafts; /* notmuch query */
  char *zone;   /* tz database name; "" is the zone of the process */
  /* [cadence] */
  CadenceIntervals every;
  guint stop_after; /* attempts; 0 is never */
  CadenceDuration stop_time;
  CadenceCap cap;
  CadenceDuration nurture;
  CadenceDuration owed_after;
  CadenceDuration owed_lapse;
  /* [signals] */
  CadenceDuration absence;
  double repeats; /* share of an earlier text, 0..1 */
  /* [tags] */
  char *tag[CADENCE_N_STATES]; /* "" switches the tag off */
  char *settled_tag;
  /* [severity] */
  CadenceSeverity severity[CADENCE_N_REASONS];
  /* [sendmail] */
  char *mta; /* "" is /usr/sbin/sendmail */
  gboolean hold_on_error;
  guint within; /* milliseconds */
  /* [index] */
  CadenceDuration stale_after;
  /* [log] */
  char *log_folder;
  GStrv log_tags;
} CadencePolicy;

CADENCE_API void cadence_policy_free(CadencePolicy *policy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CadencePolicy, cadence_policy_free)

/* One group of agreements.ini. Days are CADENCE_DAY_NONE, strings NULL and numbers 0 where the key
 * is absent. */
typedef struct {
  char *name;  /* of the group: the prospect's name */
  GStrv match; /* canonical addresses and domains, at least one */
  CadenceIntervals every;
  gboolean via_set;
  CadenceChannel via;
  char *decider; /* canonical address */
  CadenceStage stage;
  guint stop_after;
  CadenceDay stop_on;
  CadenceDay hold_until;
  CadenceDay buried;
  CadenceDay opted_out;
  CadenceDay revived;
  CadenceDay agreed_on;
  char *evidence; /* Message-ID, without "id:" and angle brackets */
  char *note;
} CadenceAgreement;

CADENCE_API void cadence_agreement_free(CadenceAgreement *agreement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CadenceAgreement, cadence_agreement_free)

/* Policy and agreement folded. `agreed` means that the agreement names an interval (`every`): only
 * then do the policy's stop rules and cap not count. Borrows both; they must outlive it. */
typedef struct {
  const CadencePolicy *policy;
  const CadenceAgreement *agreement; /* NULL where there is none */
  gboolean agreed;
  CadenceStage stage;
  CadenceIntervals every;
  guint stop_after;          /* 0: no stop rule by count */
  CadenceDuration stop_time; /* none: no stop rule by time */
  CadenceDay stop_on;
  CadenceCap cap; /* none where a cadence is agreed */
} CadenceTerms;

/* Folds an agreement (may be NULL) into the policy. */
CADENCE_API CadenceTerms cadence_terms_fold(const CadencePolicy *policy,
                                            const CadenceAgreement *agreement);

G_END_DECLS

#endif
