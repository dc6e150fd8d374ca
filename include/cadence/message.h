/* Mail: bytes -> facts. Everything here bears hostile input: sizes are bounded, encodings may be
 * broken, fields repeated, NUL bytes anywhere.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MESSAGE_H
#define CADENCE_MESSAGE_H

#include <cadence/verdict.h>

G_BEGIN_DECLS

/* Must be called once before anything else of this header; safe to call again. */
CADENCE_API void cadence_mail_init(void);

/* No more of a header block than this is read: 4 MiB. The rest is as if it were not there. */
#define CADENCE_HEADER_MAX (4 * 1024 * 1024)

/* Which rules tell the kinds. Counted up whenever they are changed so that messages come out as
 * others: what an earlier version has cached is then read anew, once. */
#define CADENCE_KINDS_VERSION "2"

/* A rule that fired while a message was read: its id ("auto-submitted", "list-id", ...) and what it
 * saw (decoded header value or phrase, at most 200 bytes of valid UTF-8 without control
 * characters). */
typedef struct {
  const char *id; /* static */
  char *evidence;
} CadenceRule;

/* What the header of a message says. Strings that come from mail are valid UTF-8 but keep control
 * characters: whoever shows them cleans them. Lists are never NULL; other members may be. */
typedef struct {
  char *id;      /* Message-ID as notmuch keeps it; NULL where there is none (notmuch then takes a
                    digest of the file) */
  char *from;    /* From as people see it */
  char *subject; /* decoded */
  GStrv sender;  /* From's addresses, canonical (Sender's where From has none) */
  GStrv to, cc, bcc; /* canonical; repeated fields joined; Resent-* are not read */
  char *in_reply_to; /* first id of In-Reply-To */
  GStrv references;  /* ids, in the order of the field, at most the last 1000 */
  gint64 date;       /* 0 where absent or unreadable */
  gint64 received;   /* the date of the topmost Received that has one; 0 */
  char *contact;     /* X-Cadence-Contact, raw: an off-mail contact written by `log`; NULL */
  GStrv list_posts;  /* addresses of List-Post (RFC 2369), canonical */

  /* Inbound only in meaning: what kind of message its header makes it. CADENCE_KIND_REPLY where
   * nothing says otherwise. `body_decides` says that the header leaves something open that the
   * body may tell: the kind, the recipients of a report, the end of an absence. Reading the body
   * clears it where that settled the matter. */
  CadenceKind kind;
  gboolean body_decides;
  GPtrArray *rules; /* of CadenceRule; the first one decided */

  /* Filled in by reading the parts, and before that as far as the header tells. */
  GPtrArray *recipients; /* of CadenceRecipient: those who failed, of a bounce; those it reached, of
                            a delivery report or receipt (not of a delay); NULL otherwise */
  char *returned;        /* bounces, delivery reports, receipts: Message-ID of what came back */
  gboolean absence;      /* an `auto` that announces one */
  CadenceDay absent_until;   /* the day of return that it names, or the last of the absence */
  CadenceDay proposed_until; /* the last day of a hold to be proposed, not made: what a `puts-off`
                                names, or an absence of more than 60 days */
} CadenceMessage;

CADENCE_API void cadence_message_free(CadenceMessage *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CadenceMessage, cadence_message_free)

/* Reads the header block of a mail file and nothing behind it, except that with `body` a message
 * with `body_decides` is read on (at most 8 MiB: what a report says stands before what came back).
 * CADENCE_ERROR_NO_INPUT where the file cannot be read, CADENCE_ERROR_INPUT where it has no header
 * field at all. A leading mbox "From " line is skipped, as is every line that is no field. */
CADENCE_API CadenceMessage *cadence_message_read(const char *filename, gboolean body,
                                                 GError **error);

/* The same from memory. */
CADENCE_API CadenceMessage *cadence_message_parse(const char *bytes, gsize length, gboolean body,
                                                  GError **error);

/* Reads a draft: RFC 5322 bytes, which a mail client may not have finished (no Date, no Message-ID,
 * 8-bit headers, bare LF or CRLF). `rcpts` (raw, may be NULL) are envelope recipients: those that
 * stand nowhere in the header join `bcc`. CADENCE_ERROR_INPUT where there is no header field at
 * all, or an envelope recipient is no address. A draft without recipients is none of our business
 * and no error. */
CADENCE_API CadenceDraft *cadence_draft_parse(const char *bytes, gsize length,
                                              const char *const *rcpts, GError **error);

/* What a mail client knows of a draft that it has not made into a mail yet. Values are UTF-8 as the
 * client shows them; all may be NULL. */
typedef struct {
  const char *from;
  const char *const *to, *const *cc, *const *bcc; /* what is no address is left out */
  const char *subject;
  const char *in_reply_to, *references; /* Message-IDs, with or without angle brackets */
  const char *text;
  guint attachments; /* how many */
} CadenceDraftFields;

/* The draft as a mail that cadence_draft_parse() reads. Whatever the values are, no field comes in
 * but those meant. CADENCE_ERROR_INPUT where the subject or the text is not UTF-8. */
CADENCE_API GBytes *cadence_draft_message(const CadenceDraftFields *fields, GError **error);

/* To whom a mail goes that is sent on as it is, whatever its To says: Resent-To, Resent-Cc and
 * Resent-Bcc (RFC 5322 section 3.6.6). Canonical, each once; empty where it is not sent on. Never
 * NULL; owned by the caller. */
CADENCE_API GStrv cadence_draft_resent_to(const char *bytes, gsize length);

/* Reads the text of a draft once: what it says, and whether it only nudges. For those that are
 * follow-ups, so that no other draft takes longer. */
CADENCE_API void cadence_draft_read_text(CadenceDraft *draft);

/* A contact off mail, to be kept as mail. `id` and `answers` are Message-IDs without angle
 * brackets; `answers`, `subject` and `text` may be NULL. */
typedef struct {
  const char *id;
  const char *from, *to; /* canonical addresses: ours, the prospect's; also where they called us */
  const char *word;      /* how: a word that cadence_channel_from_log_word() knows */
  CadenceDirection direction; /* who called whom */
  gint64 date;
  const char *answers; /* what it stands behind in its thread; left out where it can't be written */
  const char *subject; /* UTF-8; its first line without control characters is taken */
  const char *text;    /* UTF-8; may have several lines */
} CadenceLogEntry;

/* The message (RFC 5322, its Date in `zone`, text/plain in format=flowed, RFC 3676) that says so,
 * with X-Cadence-Contact. Whatever the values are, no header comes in but those meant.
 * CADENCE_ERROR_INPUT where an address, the id, the date or the text can't be written. */
CADENCE_API GBytes *cadence_log_message(const CadenceLogEntry *entry, GTimeZone *zone,
                                        GError **error);

G_END_DECLS

#endif
