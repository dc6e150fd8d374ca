/* The answer about one draft: send, warn or stop, with reasons. Pure.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_VERDICT_H
#define CADENCE_VERDICT_H

#include <cadence/standing.h>

G_BEGIN_DECLS

/* What the rules need to know of a draft. Addresses are canonical, each once a list; ids are
 * without angle brackets. No member is NULL but those marked. */
typedef struct {
  char *id; /* Message-ID; may be NULL */
  GStrv from;
  GStrv to, cc, bcc; /* `bcc` also has envelope recipients that stand nowhere in the header */
  GStrv answers;     /* In-Reply-To first, then References from the last back */
  GStrv threads;     /* notmuch threads of what it answers; filled in by the store */
  char *subject;     /* may be NULL */
  GBytes *message;   /* its beginning, while its text is not read; may be NULL */
  char *said;        /* the sender's own words, where they may repeat earlier ones; may be NULL */
  char *nudge;       /* the sentence, where the new text only nudges; else NULL */
  char *repeats;     /* Message-ID of the earlier attempt that it repeats; filled in by the store */
} CadenceDraft;

/* A draft to nobody: every list empty. Owned by the caller. */
CADENCE_API CadenceDraft *cadence_draft_new(void);
CADENCE_API void cadence_draft_free(CadenceDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CadenceDraft, cadence_draft_free)

typedef struct {
  CadenceReasonId id;
  CadenceSeverity severity;
  char *prospect; /* NULL where it is about the index */
  char *message;  /* translated sentence for people; one wording for every front end */
  char *rule;  /* where the limit comes from: "policy [cadence] every", "agreement of 2026-01-02" */
  char *limit; /* what is allowed, as written: "30d"; may be NULL */
  char *observed;   /* what was seen: "12 days"; may be NULL */
  CadenceDay until; /* the next permitted day; NONE where there is none */
  GStrv evidence;   /* Message-IDs, without "id:" */
} CadenceReason;

/* How fresh the index is. */
typedef struct {
  guint64 revision;
  gint64 age; /* seconds since the last pass that wrote; -1 where unknown */
  gboolean stale;
} CadenceIndexAge;

typedef struct {
  CadenceDecision decision;
  char *unknown;      /* CADENCE_DECISION_UNKNOWN: why; else NULL */
  GPtrArray *reasons; /* of CadenceReason, worst first */
} CadenceVerdict;

/* Judges a draft. `standings` are those of every prospect among the draft's recipients, made
 * without the draft itself; `members[i]` are the draft's addresses that belong to `standings[i]`,
 * canonical. An empty list of prospects passes in silence. */
CADENCE_API CadenceVerdict *cadence_verdict_new(const CadenceDraft *draft,
                                                const GPtrArray *standings, char **const *members,
                                                const CadenceIndexAge *index,
                                                const CadenceClock *clock);

/* The day from which nothing of what warns or stops holds; CADENCE_DAY_NONE where nothing does now,
 * or that is not known. */
CADENCE_API CadenceDay cadence_verdict_until(const CadenceVerdict *verdict);

/* The verdict for a question that could not be answered. */
CADENCE_API CadenceVerdict *cadence_verdict_unknown(const char *why);
CADENCE_API void cadence_verdict_free(CadenceVerdict *verdict);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CadenceVerdict, cadence_verdict_free)

G_END_DECLS

#endif
