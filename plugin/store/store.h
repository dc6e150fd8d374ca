/* What the files of this room share: the open database and reading it steadily while others write.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_STORE_STORE_H
#define CADENCE_STORE_STORE_H

#include <notmuch.h>

#include <cadence/address.h>
#include <cadence/store.h>

#include "ahead.h"

#define CADENCE_PROPERTY_KIND "cadence.kind"
#define CADENCE_PROPERTY_BOUNCED "cadence.bounced"   /* ADDRESS, or ADDRESS followed by " soft" */
#define CADENCE_PROPERTY_RETURNED "cadence.returned" /* Message-ID of what a bounce returned */
#define CADENCE_PROPERTY_ABSENT "cadence.absent"     /* last day of an absence, or "unknown" */
#define CADENCE_PROPERTY_PROPOSED "cadence.proposed" /* last day of a hold to be proposed */
#define CADENCE_PROPERTY_SEEN "cadence.seen" /* day of the first pass, where no date will do */
#define CADENCE_PROPERTY_PROSPECT "cadence.prospect" /* on the message that bears a state */
#define CADENCE_PROPERTY_STATE "cadence.state"
#define CADENCE_PROPERTY_WAKE "cadence.wake"

/* Bytes that a value may have, so that with its key it is a term of Xapian (245 at most). An
 * agreement's name is no longer either. */
#define CADENCE_PROPERTY_MAX 200

#define CADENCE_CONFIG_REVISION "cadence.revision" /* "UUID REVISION": mail is read up to there */
#define CADENCE_CONFIG_PASS "cadence.pass"   /* "INSTANT MESSAGES BEARERS": last pass that wrote */
#define CADENCE_CONFIG_TERMS "cadence.terms" /* digests of what it was read from */
#define CADENCE_CONFIG_FILES "cadence.files" /* fingerprint of both files, and the time zone */
#define CADENCE_CONFIG_TAGS "cadence.tags"   /* the states' tags, as they were then */

typedef struct _CadenceKinds CadenceKinds;

struct _CadenceStore {
  char *path; /* as given to cadence_store_open(), or NULL */
  notmuch_database_t *db;
  GStrv us;
  GStrv exclude;       /* search.exclude_tags */
  GHashTable *headers; /* Message-ID -> CadenceMessage: what was read lately */
  guint headers_cost;  /* of what is in there */
  GHashTable *crowds;  /* Message-ID -> owner's name -> GPtrArray of its addresses; of these */
  GHashTable *crowd_contacts; /* Message-ID -> CadenceContact without addresses; of these */
  GHashTable *owners;         /* address -> prospect's name or "" */
  GHashTable *drafts; /* set of Message-IDs that scope.drafts matches; NULL: not asked yet */
  GHashTable
      *unindexed; /* address -> Message-IDs, of those no query finds; NULL: not gone through */
  gboolean reports_known; /* whether `reports` was asked */
  guint reports;          /* messages that CADENCE_REPORTS matches */
  CadenceAhead *ahead;    /* reads files before they are asked for; NULL: nobody does */
  gboolean single;        /* one draft is judged: nothing is worth reading for all prospects */
  CadenceKinds *kinds;    /* what the last pass read; NULL: not asked yet */
  GHashTable *gone;       /* set of Message-IDs without a readable file */
};

typedef notmuch_database_t NotmuchDatabase;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NotmuchDatabase, notmuch_database_destroy)
typedef notmuch_query_t NotmuchQuery;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NotmuchQuery, notmuch_query_destroy)
typedef notmuch_message_t NotmuchMessage;
G_DEFINE_AUTOPTR_CLEANUP_FUNC(NotmuchMessage, notmuch_message_destroy)

/* --- database.c --- */

/* Opens as notmuch does; `mode` as in notmuch.h. */
notmuch_database_t *cadence_database_open(const char *path, notmuch_database_mode_t mode,
                                          GError **error);

/* A status of libnotmuch as a GError; FALSE for anything but success. A database that changed
 * underneath is CADENCE_ERROR_BUSY, others are `code`. `db` may be NULL. */
gboolean cadence_status_ok(notmuch_status_t status, notmuch_database_t *db, CadenceError code,
                           GError **error);

/* libnotmuch reports nothing when a commit of somebody else pulls the snapshot away while a message
 * is read: only the database's status string tells. FALSE with CADENCE_ERROR_BUSY then. */
gboolean cadence_store_whole(CadenceStore *store, GError **error);

/* Runs `work` until it does not fail with CADENCE_ERROR_BUSY, each time on a new snapshot. */
typedef gboolean (*CadenceWork)(CadenceStore *store, gpointer data, GError **error);
gboolean cadence_store_steadily(CadenceStore *store, CadenceWork work, gpointer data,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A value of the database's config; NULL for none. Owned by the caller. */
char *cadence_database_config(notmuch_database_t *db, const char *key);

/* --- query.c --- */

/* Calls `each` with every message that `text` matches; stops when it returns FALSE. `all` includes
 * what search.exclude_tags hides. The message is destroyed afterwards. */
typedef gboolean (*CadenceEach)(notmuch_message_t *message, gpointer data);
gboolean cadence_query_each(CadenceStore *store, const char *text, gboolean all, CadenceEach each,
                            gpointer data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same without what is hidden; `look` is called with each message some time before `each` is.
 */
gboolean cadence_query_each_ahead(CadenceStore *store, const char *text, CadenceEach look,
                                  CadenceEach each, gpointer data,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same without what is hidden, from the newest message back. */
gboolean cadence_query_newest(CadenceStore *store, const char *text, CadenceEach each,
                              gpointer data, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* A string of notmuch-sexp-queries(7). */
char *cadence_query_quoted(const char *text);

/* The same for what matches the user's `text`, which is parsed by itself, and `ours`, which is of
 * notmuch-sexp-queries(7). `*possible` is FALSE, and nothing was asked, where libnotmuch was built
 * without those. */
gboolean cadence_query_within(CadenceStore *store, const char *text, const char *ours,
                              CadenceEach each, gpointer data, gboolean *possible,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean cadence_query_count(CadenceStore *store, const char *text, guint *count,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* `property:"KEY=VALUE"`, quoted. */
char *cadence_query_property(const char *key, const char *value);

/* Queries that propose what concerns entries (addresses and domains): mail from and to them, mail
 * that names them, and reports among that. They match too much, never too little. NULL where
 * nothing of the entries is indexed. */
char *cadence_query_mail(const char *const *entries);
char *cadence_query_named(const char *const *entries);
char *cadence_query_reports(const char *const *entries);

/* Whatever may be a bounce or a delivery report. */
#define CADENCE_REPORTS                                                                            \
  "from:\"mailer daemon\" or from:postmaster or mimetype:\"multipart/report\" or "                 \
  "from:\"system administrator\" or from:\"mail delivery\" or from:\"mail administrator\" or "     \
  "subject:undeliverable or subject:undelivered or subject:\"returned mail\" or "                  \
  "subject:\"failure notice\" or subject:\"delivery failure\" or subject:\"delivery failed\" or "  \
  "subject:unzustellbar or subject:\"не доставлено\""

/* Values of a property of a message; owned by the caller, never NULL. */
GStrv cadence_property_values(notmuch_message_t *message, const char *key);

/* --- messages.c, fresh.c, gather.c --- */

/* Its Message-ID; never NULL, and the message's. */
const char *cadence_message_id(notmuch_message_t *message);

/* The addresses of its From, from the index. Never NULL; owned by the caller. */
GStrv cadence_message_senders(notmuch_message_t *message);

/* What a message's header says, and with `body` what its body says of its kind, from the file or
 * from what was read lately; NULL where no file of it can be read (then it is counted in
 * store->gone). Owned by the store and valid until the next call. */
const CadenceMessage *cadence_store_header(CadenceStore *store, notmuch_message_t *message,
                                           gboolean body);

/* The first of those files that can be read; NULL for none. Knows nothing of libnotmuch. */
CadenceMessage *cadence_read_first(const GStrv filenames, gboolean body);

/* Has that read ahead, if somebody does (store->ahead). */
void cadence_store_look_ahead(CadenceStore *store, notmuch_message_t *message, gboolean body);

/* The prospect that an address belongs to by the files, else by the name that scope would give its
 * party ("" where it can be nobody's). Owned by the store, valid until the next call. */
const char *cadence_store_owner(CadenceStore *store, const CadenceContext *context,
                                const char *address);

/* Whose the recipients of a message are, where they are so many that asking for every prospect
 * anew would take as long as the square of them: name -> GPtrArray of addresses. NULL: they are
 * few. Owned by the store, valid until the next header is read. */
GHashTable *cadence_store_crowd(CadenceStore *store, const CadenceContext *context, const char *id,
                                const CadenceMessage *header);

/* Fills store->drafts. */
gboolean cadence_find_drafts(CadenceStore *store, const CadenceContext *context,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Properties that messages should have but have not, for the index to write: Message-ID ->
 * GPtrArray of char*: key, value, key, value, ... An empty value: none but those named beside it.
 */
GHashTable *cadence_fresh_table_new(void);
void cadence_fresh_add(GHashTable *fresh, const char *id, const char *key, const char *value);

/* What reading an inbound message said of its kind, as properties; a plain reply bears nothing.
 * `fresh` may be NULL. */
void cadence_fresh_kind(GHashTable *fresh, const char *id, const CadenceMessage *header);

/* The same where something was cached that counts no more: it goes, whatever comes instead. */
void cadence_fresh_forget(GHashTable *fresh, const char *id);

/* Every contact with a prospect. `fresh` (may be NULL) collects what is to be cached. */
GPtrArray *cadence_gather(CadenceStore *store, const CadenceContext *context, const char *prospect,
                          GHashTable *fresh, GError **error);

/* Adds what the context's journal says was sent to the prospect and the database does not know. */
gboolean cadence_gather_sent(CadenceStore *store, const CadenceContext *context,
                             const char *prospect, GPtrArray *contacts,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- kinds.c --- */

/* Whether the last pass read the mail of a prospect. What it left without a kind then is no more
 * than its header says, unless it has changed since. With `entries` only changes of their mail are
 * looked for; NULL: of all, once. */
gboolean cadence_kinds_prepare(CadenceStore *store, const CadenceContext *context,
                               const char *prospect, const char *const *entries, gboolean *covered,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* After that: whether a message has changed since the last pass, or come. */
gboolean cadence_kinds_changed(const CadenceStore *store, const char *id);

/* Whether other rules than ours told the kinds that are cached. */
gboolean cadence_kinds_outdated(const CadenceStore *store);
void cadence_kinds_free(CadenceKinds *kinds);

/* --- reports.c --- */

/* Whether a report may name one of the entries, for where many prospects are asked for: most are
 * named nowhere but in the header of their mail, which is found out sooner than that no report
 * names them. */
gboolean cadence_reports_possible(CadenceStore *store, const char *const *entries,
                                  gboolean *possible, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- repeats.c --- */

/* Reads the text of a draft that is a follow-up, and sets `draft->repeats` where it says again what
 * one of the last attempts of this run said, by the policy's share. `compared` (set of Message-IDs)
 * is what it was compared with for others: one mail may have been an attempt to thousands. */
gboolean cadence_find_repeated(CadenceStore *store, const CadenceContext *context,
                               const CadenceStanding *standing, CadenceDraft *draft,
                               GHashTable *compared, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- off-mail.c --- */

/* Makes our own message the contact off mail that its X-Cadence-Contact field (may be NULL) says it
 * is. */
void cadence_off_mail_take(CadenceContact *contact, const char *field);

/* --- unindexed.c --- */

/* Calls `each` with the messages from and to those entries that notmuch does not index. */
gboolean cadence_unindexed_each(CadenceStore *store, const CadenceContext *context,
                                const char *const *entries, CadenceEach each, gpointer data,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- scope.c --- */

gboolean cadence_scope_is_set(const CadenceContext *context);

/* Adds to `names` (a set that owns its keys) the parties of the messages that scope.query matches;
 * with `among` (a set of Message-IDs) only those of messages that are in it. */
gboolean cadence_scope_parties(CadenceStore *store, const CadenceContext *context,
                               GHashTable *among, GHashTable *names,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The parties that one message would bring into scope if scope.query matched it. */
void cadence_scope_of_message(CadenceStore *store, const CadenceContext *context,
                              notmuch_message_t *message, GHashTable *names);

/* Takes out of a set of names those that scope.query still brings into scope, going from the newest
 * message back until all are met. */
gboolean cadence_scope_missing(CadenceStore *store, const CadenceContext *context,
                               GHashTable *missing, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The parties of one message, as names into a set: its recipients where it is ours, else its
 * sender. */
void cadence_message_parties(CadenceStore *store, const CadenceContext *context,
                             notmuch_message_t *message, GHashTable *names);

#endif
