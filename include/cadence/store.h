/* notmuch -> contacts, standings -> tags. Opens databases as notmuch itself does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_STORE_H
#define CADENCE_STORE_H

#include <cadence/config.h>
#include <cadence/message.h>
#include <cadence/standing.h>

G_BEGIN_DECLS

typedef struct _CadenceStore CadenceStore;

/* Opens the notmuch database for reading. `path` is an explicit database, or NULL: then libnotmuch
 * finds it by NOTMUCH_CONFIG, NOTMUCH_PROFILE, NOTMUCH_DATABASE, the XDG folders and
 * ~/.notmuch-config, split configurations included. CADENCE_ERROR_NO_DATABASE: none there, no
 * configuration, a newer format; the message says what to do. */
CADENCE_API CadenceStore *cadence_store_open(const char *path, GError **error);
CADENCE_API void cadence_store_free(CadenceStore *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CadenceStore, cadence_store_free)

/* The user's own addresses (user.primary_email, user.other_email), canonical. Owned by the store.
 */
CADENCE_API const char *const *cadence_store_us(CadenceStore *store);

/* Who is who: what the files say (cadence_config_parties) and the user's own addresses. Owned by
 * the caller. CADENCE_ERROR_CONFIG for an entry that two own. */
CADENCE_API CadenceParties *cadence_store_parties(CadenceStore *store, const CadenceConfig *config,
                                                  GError **error);

/* What a run knows: all borrowed, all outliving the call. */
typedef struct {
  const CadenceConfig *config;
  const CadenceParties *parties;
  const CadenceClock *clock;
  /* What the config was read from, in one word; NULL: not known. */
  const char *files;
  const GPtrArray *sent; /* of CadenceSent (journal.h): mail of ours that the database may not know
                            yet; NULL for none */
  gboolean everybody; /* parties that nothing names count as if scope named them: for suggestions */
} CadenceContext;

/* Progress of long work: `done` of `total` prospects (total 0: not yet known). */
typedef void (*CadenceProgress)(guint done, guint total, gpointer data);

/* The names of all prospects: every agreement's, and where scope.query is set, the parties of the
 * messages that it matches. Sorted; owned by the caller. CADENCE_ERROR_QUERY, CADENCE_ERROR_BUSY.
 */
CADENCE_API GPtrArray *cadence_store_prospects(CadenceStore *store, const CadenceContext *context,
                                               GError **error);

/* The names of all prospects that can be in one of `states` (a bit for each), by the marks of the
 * last pass: for where cadence_store_is_current() holds. Sorted; owned by the caller.
 * CADENCE_ERROR_BUSY. */
CADENCE_API GPtrArray *cadence_store_prospects_in(CadenceStore *store,
                                                  const CadenceContext *context, guint states,
                                                  GError **error);

/* Every contact with a prospect, across all threads, in no order; owns its elements.
 * CADENCE_ERROR_QUERY, CADENCE_ERROR_BUSY. */
CADENCE_API GPtrArray *cadence_store_contacts(CadenceStore *store, const CadenceContext *context,
                                              const char *prospect, GError **error);

/* Terms and contacts into a standing. `terms` is filled in and must live as long as the standing.
 * NULL without an error for a name that is no prospect's: no agreement, and no contact either
 * (scope named a list). */
CADENCE_API CadenceStanding *cadence_store_standing(CadenceStore *store,
                                                    const CadenceContext *context,
                                                    const char *prospect, CadenceTerms *terms,
                                                    GError **error);

/* The prospect that a canonical address belongs to, decided as `check` must: by agreement, else by
 * the `cadence.prospect` that the index left; never by running scope.query. NULL (no error) where
 * it is nobody's. With `context->everybody` the name of any party at all. Owned by the caller. */
CADENCE_API char *cadence_store_prospect_of(CadenceStore *store, const CadenceContext *context,
                                            const char *address, GError **error);

/* The prospects of the messages that a notmuch query matches, by the same decision. Sorted, each
 * once. */
CADENCE_API GPtrArray *cadence_store_prospects_matching(CadenceStore *store,
                                                        const CadenceContext *context,
                                                        const char *query, GError **error);

/* What came of judging a draft. */
typedef struct {
  CadenceVerdict *verdict;
  GPtrArray *standings; /* of CadenceStanding */
  CadenceTerms *terms;  /* one for each standing */
  CadenceIndexAge index;
} CadenceJudgement;

/* Judges a draft whole: its prospects, their standings, the verdict. A draft that the database
 * cannot tell about (scope is set and the index has never run here) gives CADENCE_DECISION_UNKNOWN,
 * not an error. */
CADENCE_API CadenceJudgement *cadence_store_judge(CadenceStore *store,
                                                  const CadenceContext *context,
                                                  CadenceDraft *draft, GError **error);
CADENCE_API void cadence_judgement_free(CadenceJudgement *judgement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CadenceJudgement, cadence_judgement_free)

/* One pass of the index. */
typedef struct {
  gboolean full;    /* read everything, as if for the first time (kinds stay cached) */
  gboolean remove;  /* take everything of ours out instead: tags of states, properties, config */
  gboolean dry_run; /* work out what would change and write nothing */
  guint wait;       /* seconds to wait for the write lock; 0 is not at all */
  /* A clock that never goes back, in microseconds: a batch of writes is kept short by it. NULL:
   * only by its size. */
  gint64 (*ticks)(void);
  guint readers; /* threads that read mail files ahead in a full pass; 0: none */
  CadenceProgress progress;
  void (*waiting)(gpointer data); /* called once, when the lock is held by someone else */
  gpointer data;
} CadenceIndexOptions;

typedef struct {
  gboolean full;    /* everything was read */
  guint prospects;  /* prospects whose standing was worked out */
  guint messages;   /* messages that were, or in a dry run would be, written to */
  guint unreadable; /* messages without a readable file: counted by what the index knows of them */
  guint states[CADENCE_N_STATES]; /* of those prospects */
  GPtrArray *changes;             /* of char*: dry runs: what would change, a line a message */
} CadenceIndexResult;

/* Brings tags and properties up to date; see the design for what is written where. Everything is
 * worked out before the lock is taken; writes go in batches of whole prospects, and the revision is
 * written last, so a run killed at any instant is made good by the next. CADENCE_ERROR_BUSY where
 * the lock was not free in time. */
CADENCE_API gboolean cadence_store_index(CadenceStore *store, const CadenceContext *context,
                                         const CadenceIndexOptions *options,
                                         CadenceIndexResult *result,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a pass by the files with that fingerprint would find nothing to do at `now`: no mail has
 * come, changed or gone since the last, the files are the same, and so is the day. FALSE where that
 * would have to be found out. Neither file need have been read. */
CADENCE_API gboolean cadence_store_is_current(CadenceStore *store, const char *files, gint64 now);

/* The word for what the last pass read its agreements from (CadenceContext.files), and more behind
 * it; "" where there is none. Owned by the caller. */
CADENCE_API char *cadence_store_last_files(CadenceStore *store);

CADENCE_API void cadence_index_result_clear(CadenceIndexResult *result);

/* The channel that `log` calls "call", "meeting", "message" or "post"; FALSE for any other word. */
CADENCE_API gboolean cadence_channel_from_log_word(const char *word, CadenceChannel *channel);

/* The names of parties that are no prospects yet and to whom we have written since the instant
 * `since`: not ignored, no list, no machine; sorted. With `context->everybody` set their standings
 * can be had as those of prospects. CADENCE_ERROR_QUERY, CADENCE_ERROR_BUSY. */
CADENCE_API GPtrArray *cadence_store_candidates(CadenceStore *store, const CadenceContext *context,
                                                gint64 since, GError **error);

/* Adds or removes a tag of the user's on messages (Message-IDs, NULL-terminated), e.g. `settled`;
 * those that are not there are passed over. Waits `wait` seconds for the write lock.
 * CADENCE_ERROR_BUSY, CADENCE_ERROR_IO. */
CADENCE_API gboolean cadence_store_tag(CadenceStore *store, const char *const *ids, const char *tag,
                                       gboolean add, guint wait,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The Date of the message with that Message-ID (no "id:"), as notmuch keeps it; `*date` is 0 where
 * there is no such message. CADENCE_ERROR_QUERY, CADENCE_ERROR_BUSY. */
CADENCE_API gboolean cadence_store_date(CadenceStore *store, const char *id, gint64 *date,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A file of the message with that Message-ID (no "id:"); `*filename`, owned by the caller, is NULL
 * where there is no such message. CADENCE_ERROR_QUERY, CADENCE_ERROR_BUSY. */
CADENCE_API gboolean cadence_store_filename(CadenceStore *store, const char *id, char **filename,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* How fresh the index is; `stale` by the policy. */
CADENCE_API CadenceIndexAge cadence_store_index_age(CadenceStore *store,
                                                    const CadenceContext *context);

G_END_DECLS

#endif
