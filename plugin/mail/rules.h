/* The rules by which a header tells what kind of message it heads.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_RULES_H
#define CADENCE_MAIL_RULES_H

#include <cadence/address.h>
#include <cadence/message.h>

#include "header.h"
#include "mime.h"
#include "phrases.h"

/* What is worked out once a message for all rules. */
typedef struct {
  const MailHeader *header;
  const CadenceMessage *message;
  GMimeContentType *type; /* of the whole message; NULL where it names none */
  MailPhrases *subject;
  gboolean answers;     /* it answers some mail */
  gboolean null_return; /* Return-Path: <> (RFC 5321 section 4.5.5) */
  gboolean daemon;      /* from mailer-daemon or its like */
  gboolean mail_system; /* from an address or a name of mail systems; persons use such, too */
  gboolean postmaster;  /* from postmaster@ (RFC 5321 section 4.5.1); persons write from there */
  gboolean machine;     /* from an address that nobody reads */
  gboolean submitted;   /* Auto-Submitted says that no person sent it */
} MailFacts;

void mail_facts_read(MailFacts *facts, const MailHeader *header, const CadenceMessage *message);
void mail_facts_clear(MailFacts *facts);

typedef struct _MailRule MailRule;
struct _MailRule {
  const char *id;
  CadenceKind kind;
  gboolean body_decides;
  /* What speaks for the rule; NULL where it does not fire. */
  const char *(*sees)(const MailFacts *facts, const MailRule *rule);
  const char *name;          /* of a field, or a report-type; NULL where `sees` needs none */
  const char *const *values; /* lower case, NULL-terminated; likewise */
};

/* The table, strongest first. */
extern const MailRule mail_rules[];
extern const gsize mail_n_rules;

/* A phrase of that meaning begins it. */
gboolean mail_subject_begins(const MailPhrases *subject, MailMeaning meaning);

/* A program put it there to announce an absence. */
gboolean mail_subject_is_absence(const MailPhrases *subject);

/* RFC 3834 section 5: everything but `no`; the value, or NULL. */
const char *mail_auto_submitted(const MailHeader *header);

#endif
