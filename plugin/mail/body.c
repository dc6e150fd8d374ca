/* The rules by which the text of a message tells what kind it is. Of machines' mail all text is
 * read; a person's signal counts only in what is surely that person's own new text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "body.h"

#include <string.h>

#include "absence.h"
#include "failure.h"
#include "kind.h"
#include "new-text.h"
#include "phrases.h"
#include "rules.h"
#include "text-part.h"

#define ABSENCE_MAX 60  /* days: a longer absence is asked about, not held for */
#define HEAD 60         /* words in which a person comes to the point */
#define COMMAND 20      /* words of a mail that only has a subject to say */
#define NOTE 100        /* words of a mail that may do no more than put us off */
#define MACHINE_HEAD 12 /* words in which a program says that it is one */
#define LETTER 200      /* words: in a longer text a signal counts only in its head */
#define BOUNCE_HEAD 25  /* words in which a mail system does that no other sign speaks for */
#define BOUNCE_TEXT 100 /* words in which a mail system says that it is one */

typedef struct {
  CadenceMessage *message;
  MailFacts facts;
  MailPhrases *subject; /* for what no rule of the header looks for */
  MailPhrases *own;     /* the new text that is surely the sender's */
  MailPhrases *all;     /* all text, only where a machine may have written it; else NULL */
  char *text;           /* likewise, as it came */
  CadenceDay written;
} Body;

/* ---- who may have written it ---- */

static gboolean
is_open_reply(const Body *body)
{
  return body->message->kind == CADENCE_KIND_REPLY;
}

/* Whom it is from, or how it came, makes it a mail system's. Of list mail only what looks like a
 * bounce is read at all. */
static gboolean
by_system(const Body *body)
{
  const MailFacts *facts = &body->facts;
  gboolean list = body->message->kind == CADENCE_KIND_LIST;
  return facts->daemon || facts->mail_system || facts->null_return || facts->postmaster || list;
}

static gboolean
is_to_one(const Body *body)
{
  return g_strv_length(body->message->to) + g_strv_length(body->message->cc) <= 1;
}

/* Different phrases of a meaning, up to `enough`. */
static guint
count(const MailPhrases *text, MailMeaning meaning, guint enough)
{
  guint index = 0, n = 0, end = 0;
  const MailHit *hit;
  while (n < enough && (hit = mail_phrases_hit(text, meaning, &index))) {
    n += hit->first >= end;
    end = hit->end;
  }
  return n;
}

/* ---- machines ---- */

static const MailHit *
hit_within(const MailPhrases *text, MailMeaning meaning, guint words)
{
  const MailHit *hit = text ? mail_phrases_hit(text, meaning, NULL) : NULL;
  return hit && hit->first < words ? hit : NULL;
}

static const MailHit *
asks_to_confirm(const Body *body)
{
  CadenceKind kind = body->message->kind;
  gboolean open = kind == CADENCE_KIND_REPLY || kind == CADENCE_KIND_AUTO;
  return open && is_to_one(body) ? mail_phrases_hit(body->own, MEANING_CONFIRM, NULL) : NULL;
}

/* Still trying: of what may be a bounce, no bounce. */
static const MailHit *
is_retried(const Body *body)
{
  gboolean open = body->message->kind == CADENCE_KIND_BOUNCE || is_open_reply(body);
  return open && by_system(body) ? hit_within(body->all, MEANING_RETRIED, BOUNCE_TEXT) : NULL;
}

/* What mail systems write may look like a quote or a signature from end to end. */
static const MailPhrases *
machine_text(const Body *body)
{
  gboolean forward = mail_subject_begins(body->facts.subject, MEANING_FORWARD);
  return body->own->words->len == 0 && body->all && !forward ? body->all : body->own;
}

/* Persons send such mail on, with words of their own before it, so those of a mail system tell only
 * at the very beginning where nothing but a subject or the text speaks for one. */
static const MailHit *
is_failure(const Body *body)
{
  const CadenceMessage *message = body->message;
  if (message->kind == CADENCE_KIND_BOUNCE || message->kind == CADENCE_KIND_DELIVERY ||
      !(by_system(body) || is_to_one(body)))
    return NULL;
  return hit_within(machine_text(body), MEANING_FAILED,
                    by_system(body) ? BOUNCE_TEXT : BOUNCE_HEAD);
}

/* What an answering machine says may sound like it, too: "this address is no longer read". */
static const MailHit *
is_fault(const Body *body)
{
  const CadenceMessage *message = body->message;
  if (message->kind == CADENCE_KIND_BOUNCE || message->kind == CADENCE_KIND_DELIVERY ||
      !by_system(body) || mail_phrases_hit(body->own, MEANING_ABSENT, NULL))
    return NULL;
  return hit_within(machine_text(body), MEANING_AT_FAULT, BOUNCE_TEXT);
}

static const MailHit *
is_notice(const Body *body)
{
  return is_open_reply(body) && (body->facts.mail_system || body->facts.postmaster)
             ? mail_phrases_hit(body->own, MEANING_NOTICE, NULL)
             : NULL;
}

static const MailHit *
is_entry(const Body *body)
{
  return is_open_reply(body) ? hit_within(body->own, MEANING_ENTRY, 1) : NULL;
}

/* Below an answer with quotes it is the footer of a program that helped a person. */
static const MailHit *
is_machine(const Body *body)
{
  const MailHit *hit = mail_phrases_hit(body->own, MEANING_MACHINE, NULL);
  gboolean answers = hit && body->own->words->len < body->all->words->len / 4 * 3;
  return hit && is_open_reply(body) && (hit->first < MACHINE_HEAD || !answers) ? hit : NULL;
}

/* Persons tell of absences, too: colleagues, all at once; or whom they answer, in their own words.
 * A machine answers one, under a subject of its own or with all the courtesies. */
static const MailHit *
is_absence(const Body *body)
{
  const MailPhrases *subject = body->facts.subject;
  const MailHit *hit = hit_within(body->own, MEANING_ABSENT, HEAD);
  if (!hit || !is_open_reply(body) || !is_to_one(body))
    return NULL;
  guint wanted = mail_subject_begins(subject, MEANING_AWAY) ? 1 : 3;
  return count(body->own, MEANING_COURTESY, wanted) >= wanted ? hit : NULL;
}

/* Who is answered is no subscriber, and who has forwarded it writes above what was sent to many. */
static const MailHit *
is_offer(const Body *body)
{
  if (!is_open_reply(body) || body->facts.answers ||
      mail_subject_begins(body->facts.subject, MEANING_FORWARD) ||
      body->own->words->len < body->all->words->len / 2)
    return NULL;
  return mail_phrases_hit(body->all, MEANING_OFFER, NULL);
}

/* ---- persons ---- */

/* A signal stands in the head of a mail, or in one that is short. */
static const MailHit *
said(const Body *body, MailMeaning meaning)
{
  const MailHit *hit = mail_phrases_hit(body->own, meaning, NULL);
  gboolean point = hit && (body->own->words->len <= LETTER || hit->first < HEAD);
  return point && is_open_reply(body) ? hit : NULL;
}

static gboolean
is_command(const Body *body)
{
  return body->own->words->len <= COMMAND && is_open_reply(body);
}

static const MailHit *
opts_out(const Body *body)
{
  const MailHit *command = hit_within(body->own, MEANING_LEAVE, 1);
  return command && is_command(body) ? command : said(body, MEANING_OPT_OUT);
}

/* "unsubscribe", and the like or an address below it. */
static const MailHit *
subject_opts_out(const Body *body)
{
  const MailHit *hit = mail_phrases_hit(body->subject, MEANING_LEAVE, NULL);
  return hit && hit->first == 0 && is_command(body) ? hit : NULL;
}

/* Who asks something wants an answer now, and who writes at length does more than put us off. */
static const MailHit *
puts_off(const Body *body)
{
  gboolean more = strchr(body->own->folded, '?') || body->own->words->len > NOTE;
  return more ? NULL : said(body, MEANING_PUTS_OFF);
}

/* "Not interested right now, call me in March" is no refusal. */
static const MailHit *
puts_off_to_a_day(const Body *body)
{
  const MailHit *hit = puts_off(body);
  return hit && mail_put_off_until(body->own, hit, body->written) ? hit : NULL;
}

static const MailHit *
declines(const Body *body)
{
  return said(body, MEANING_DECLINED);
}

typedef enum { OWN, ALL, MACHINE, SUBJECT } Where;

/* In this order; the first that sees something decides. */
static const struct {
  const char *id;
  CadenceKind kind;
  const MailHit *(*sees)(const Body *body);
  Where where; /* it looks */
} rules[] = {
    {"confirm-text", CADENCE_KIND_CHALLENGE, asks_to_confirm, OWN},
    {"retried-text", CADENCE_KIND_DELIVERY, is_retried, ALL},
    {"failure-text", CADENCE_KIND_BOUNCE, is_failure, MACHINE},
    {"fault-text", CADENCE_KIND_BOUNCE, is_fault, MACHINE},
    {"entry-text", CADENCE_KIND_CALENDAR, is_entry, OWN},
    {"notice-text", CADENCE_KIND_AUTO, is_notice, OWN},
    {"machine-text", CADENCE_KIND_AUTO, is_machine, OWN},
    {"absence-text", CADENCE_KIND_AUTO, is_absence, OWN},
    {"offer-text", CADENCE_KIND_BULK, is_offer, ALL},
    {"opt-out", CADENCE_KIND_OPT_OUT, opts_out, OWN},
    {"opt-out-subject", CADENCE_KIND_OPT_OUT, subject_opts_out, SUBJECT},
    {"puts-off", CADENCE_KIND_PUTS_OFF, puts_off_to_a_day, OWN},
    {"declined", CADENCE_KIND_DECLINED, declines, OWN},
    {"puts-off", CADENCE_KIND_PUTS_OFF, puts_off, OWN},
};

static void
apply_rules(Body *body)
{
  const MailPhrases *texts[] = {[OWN] = body->own,
                                [ALL] = body->all,
                                [MACHINE] = machine_text(body),
                                [SUBJECT] = body->subject};
  for (gsize i = 0; i < G_N_ELEMENTS(rules); i++) {
    const MailHit *hit = rules[i].sees(body);
    if (!hit)
      continue;
    g_autofree char *quote = mail_phrases_quote(texts[rules[i].where], hit);
    body->message->kind = rules[i].kind;
    mail_kind_note(body->message, rules[i].id, quote);
    return;
  }
}

/* ---- what more the text of a kind says ---- */

static void
read_bounce(Body *body)
{
  CadenceMessage *message = body->message;
  if (!message->recipients)
    message->recipients = g_ptr_array_new_with_free_func((GDestroyNotify)cadence_recipient_free);
  if (message->recipients->len == 0 && body->all)
    mail_failure_recipients(message, body->all, message->recipients);
  if (message->recipients->len == 0)
    g_clear_pointer(&message->recipients, g_ptr_array_unref);
  if (!message->returned && body->text)
    message->returned = mail_failure_returned(body->text);
}

static void
read_auto(Body *body)
{
  CadenceMessage *message = body->message;
  const MailPhrases *text = machine_text(body);
  message->absence |= mail_phrases_hit(text, MEANING_ABSENT, NULL) != NULL;
  if (!message->absence)
    return;
  CadenceDay until = mail_absence_until(text, body->written);
  if (until == CADENCE_DAY_NONE)
    until = mail_absence_until(body->subject, body->written);
  if (body->written != CADENCE_DAY_NONE && until > body->written + ABSENCE_MAX)
    message->proposed_until = until;
  else
    message->absent_until = until;
}

static void
read_put_off(Body *body)
{
  const MailHit *hit = mail_phrases_hit(body->own, MEANING_PUTS_OFF, NULL);
  body->message->proposed_until = mail_put_off_until(body->own, hit, body->written);
}

/* ---- all of it ---- */

/* The calendar day on which it was written, where its writer was. */
static CadenceDay
day_written(const MailHeader *header)
{
  const char *value = mail_header_get(header, "Date");
  g_autoptr(GDateTime) date = value ? g_mime_utils_header_decode_date(value) : NULL;
  return date ? cadence_day_from_ymd(g_date_time_get_year(date), g_date_time_get_month(date),
                                     g_date_time_get_day_of_month(date))
              : CADENCE_DAY_NONE;
}

static void
read_all_text(Body *body, GMimeObject *top)
{
  GString *text = g_string_new(NULL);
  gboolean attached;
  if (top)
    mail_text_parts(top, text, &attached);
  body->text = g_string_free(text, FALSE);
  body->all = mail_phrases_new(body->text, -1);
}

static void
read_texts(Body *body, GMimeObject *top)
{
  g_autoptr(CadenceNewText) new_text = mail_new_text_of(top);
  body->subject = mail_phrases_new(body->message->subject ? body->message->subject : "", -1);
  body->own = mail_phrases_new(new_text->own, -1);
  if (!is_open_reply(body) || by_system(body) || !body->facts.answers ||
      body->own->words->len == 0 || mail_phrases_hit(body->own, MEANING_FAILED, NULL) ||
      mail_phrases_hit(body->own, MEANING_MACHINE, NULL))
    read_all_text(body, top);
}

void
mail_body_read(CadenceMessage *message, const MailHeader *header, GMimeObject *top)
{
  Body body = {.message = message, .written = day_written(header)};
  mail_facts_read(&body.facts, header, message);
  read_texts(&body, top);
  apply_rules(&body);
  if (message->kind == CADENCE_KIND_BOUNCE)
    read_bounce(&body);
  else if (message->kind == CADENCE_KIND_AUTO)
    read_auto(&body);
  else if (message->kind == CADENCE_KIND_PUTS_OFF)
    read_put_off(&body);
  message->body_decides = FALSE;
  mail_phrases_free(body.subject);
  mail_phrases_free(body.own);
  mail_phrases_free(body.all);
  g_free(body.text);
  mail_facts_clear(&body.facts);
}
