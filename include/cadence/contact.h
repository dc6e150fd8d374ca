/* A contact: one dated event with a prospect, as the store found it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CONTACT_H
#define CADENCE_CONTACT_H

#include <cadence/day.h>
#include <cadence/words.h>

G_BEGIN_DECLS

/* What a bounce or a delivery report says about one recipient (RFC 3464 section 2.3). */
typedef struct {
  char *address;      /* canonical */
  gboolean permanent; /* status class 5 (RFC 3463 section 2), or none was given */
} CadenceRecipient;

typedef struct {
  /* as found */
  char *id;      /* Message-ID without angle brackets */
  char *thread;  /* notmuch thread id; may be NULL */
  char *answers; /* Message-ID that it answers: In-Reply-To, else the last of References; or NULL */
  char *subject; /* decoded, control characters and all; may be NULL */
  char *from;    /* decoded From as shown to people; may be NULL */
  GStrv addresses; /* the prospect's canonical addresses: inbound its sender, outbound its
                      recipients; may be NULL where the file is gone */
  CadenceDirection direction;
  CadenceKind kind;
  CadenceChannel channel;
  gint64 date;      /* the Date field as an instant; 0 where absent or unreadable */
  gint64 received;  /* the newest Received field; 0 where unknown */
  gint64 seen;      /* when the index first saw the message; 0 where unknown */
  gboolean settled; /* the user says that it needs no answer */
  gboolean unread;
  GPtrArray *recipients;     /* of CadenceRecipient: bounces and delivery reports; else NULL */
  char *returned;            /* bounces: the Message-ID of what came back; or NULL */
  gboolean absence;          /* an `auto` that announces an absence */
  CadenceDay absent_until;   /* the last day of the absence; CADENCE_DAY_NONE where it names none */
  CadenceDay proposed_until; /* the last day of a hold to be proposed: of a `puts-off` that names
                                one, or of an absence too long to be believed; CADENCE_DAY_NONE */

  /* worked out by cadence_history_prepare() */
  CadenceDay day; /* of `date` once that is mended */
  gboolean
      taken_back;    /* outbound: it bounced from every address of the prospect, so is no attempt */
  gboolean answered; /* outbound: it answers a reply that was the prospect's last word */
  gboolean counts;   /* it is not from before the agreement's `revived` */
  GHashTable *returned_from; /* outbound: the set of addresses it bounced from; NULL for none */
} CadenceContact;

/* A contact with copies of what is given, and nothing else known. Owned by the caller. */
CADENCE_API CadenceContact *cadence_contact_new(const char *id, CadenceDirection direction,
                                                CadenceKind kind, gint64 date);

/* The same contact as found, to nobody: without addresses and what a report says of recipients.
 * Owned by the caller. */
CADENCE_API CadenceContact *cadence_contact_copy(const CadenceContact *contact);
CADENCE_API void cadence_contact_free(CadenceContact *contact);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(CadenceContact, cadence_contact_free)

/* A new reference-free array that owns its contacts. */
CADENCE_API GPtrArray *cadence_contacts_new(void);

/* Owned by the caller; the address (canonical) is copied. */
CADENCE_API CadenceRecipient *cadence_recipient_new(const char *address, gboolean permanent);
CADENCE_API void cadence_recipient_free(CadenceRecipient *recipient);

G_END_DECLS

#endif
