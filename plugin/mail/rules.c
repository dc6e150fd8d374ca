/* The rules by which a header tells what kind of message it heads, the strongest first. The first
 * that fires decides; the others that fire are noted beside it. To add one is to add a row and its
 * cases (tests/cases/kind.cases).
 *
 * Two faults are possible and they do not weigh the same. Mail of a person that is taken for a
 * machine's is an answer the rep never sees; the other way round the rep looks at one mail too
 * many. So what persons' mail carries as well never decides alone, among it:
 * X-Auto-Response-Suppress (Exchange puts it on much), Feedback-ID (Fastmail, Zoho and WorkMail put
 * it on everything), a null Return-Path, and List-Unsubscribe on a mail that answers one (sales
 * tools add it).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "rules.h"

#include <string.h>

#define VALUE_MAX 200 /* bytes of a field's value that are searched */

static const char *
field(const MailFacts *facts, const MailRule *rule)
{
  return mail_header_get(facts->header, rule->name);
}

/* A field that says something and does not say no. */
static const char *
flag(const MailFacts *facts, const MailRule *rule)
{
  static const char *const no[] = {"no", "false", "0", "none", NULL};
  const char *value = field(facts, rule);
  for (gsize i = 0; value && no[i]; i++) {
    if (g_ascii_strcasecmp(value, no[i]) == 0)
      return NULL;
  }
  return value;
}

/* Any occurrence of the field whose first word is one of the rule's. */
static const char *
one_of(const MailFacts *facts, const MailRule *rule)
{
  guint index = 0;
  const char *value;
  while ((value = mail_header_next(facts->header, rule->name, &index))) {
    gsize length = strcspn(value, " \t;,(");
    for (gsize i = 0; rule->values[i]; i++) {
      if (strlen(rule->values[i]) == length &&
          g_ascii_strncasecmp(value, rule->values[i], length) == 0)
        return value;
    }
  }
  return NULL;
}

/* A field with one of the rule's texts anywhere in it. */
static const char *
holds(const MailFacts *facts, const MailRule *rule)
{
  const char *value = field(facts, rule);
  g_autofree char *folded = value ? g_ascii_strdown(value, VALUE_MAX) : NULL;
  for (gsize i = 0; folded && rule->values[i]; i++) {
    if (strstr(folded, rule->values[i]))
      return value;
  }
  return NULL;
}

/* Any field whose name begins so. */
static const char *
named_like(const MailFacts *facts, const MailRule *rule)
{
  gsize length = strlen(rule->name);
  for (guint i = 0; i < facts->header->fields->len; i++) {
    const MailField *f = &g_array_index(facts->header->fields, MailField, i);
    if (g_ascii_strncasecmp(f->name, rule->name, length) == 0)
      return f->name;
  }
  return NULL;
}

/* An address that ends in one of the rule's texts: a domain, or a whole address. */
static const char *
sender_at(const MailFacts *facts, const MailRule *rule)
{
  for (char **sender = facts->message->sender; *sender; sender++) {
    for (gsize i = 0; rule->values[i]; i++) {
      if (g_str_has_suffix(*sender, rule->values[i]))
        return *sender;
    }
  }
  return NULL;
}

/* multipart/report with the rule's report-type; any where the rule names none. */
static const char *
report(const MailFacts *facts, const MailRule *rule)
{
  if (!facts->type || !g_mime_content_type_is_type(facts->type, "multipart", "report"))
    return NULL;
  const char *type = g_mime_content_type_get_parameter(facts->type, "report-type");
  if (rule->name)
    return type && g_ascii_strcasecmp(type, rule->name) == 0 ? type : NULL;
  return type ? type : "multipart/report";
}

/* Whether a phrase stands at the head of a subject, or behind a tag that a gateway put there:
 * "[EXTERNAL] Automatic reply: our offer". */
static gboolean
heads(const MailPhrases *subject, const MailHit *hit)
{
  const char *start = subject->folded + g_array_index(subject->words, MailWord, hit->first).start;
  while (start > subject->folded && start[-1] == ' ')
    start--;
  return hit->first == 0 || start[-1] == ']' || start[-1] == '*';
}

gboolean
mail_subject_begins(const MailPhrases *subject, MailMeaning meaning)
{
  guint index = 0;
  const MailHit *hit;
  while ((hit = mail_phrases_hit(subject, meaning, &index))) {
    if (heads(subject, hit))
      return TRUE;
  }
  return FALSE;
}

/* The subject, where a phrase of that meaning begins it. */
static const char *
subject_says(const MailFacts *facts, MailMeaning meaning)
{
  return mail_subject_begins(facts->subject, meaning) ? facts->message->subject : NULL;
}

/* Lotus Notes: "Name/Unit/Company is out of the office.", later "Name is out of the office
 * (returning 05/01/2010)". */
static gboolean
notes_absence(const MailPhrases *subject)
{
  const MailHit *hit = mail_phrases_hit(subject, MEANING_NOTES, NULL);
  if (!hit || mail_subject_begins(subject, MEANING_ANSWER) ||
      mail_subject_begins(subject, MEANING_FORWARD))
    return FALSE;
  guint start = g_array_index(subject->words, MailWord, hit->first).start;
  g_autofree char *quote = mail_phrases_quote(subject, hit);
  return strstr(quote, "(returning") || memchr(subject->folded, '/', start);
}

gboolean
mail_subject_is_absence(const MailPhrases *subject)
{
  return mail_subject_begins(subject, MEANING_ABSENCE) || notes_absence(subject);
}

/* ---- what they see ---- */

static const char *
report_delayed(const MailFacts *facts, const MailRule *rule)
{
  return report(facts, rule) ? subject_says(facts, MEANING_DELAYED) : NULL;
}

static const char *
report_delivered(const MailFacts *facts, const MailRule *rule)
{
  return report(facts, rule) ? subject_says(facts, MEANING_DELIVERED) : NULL;
}

static gboolean
from_mail_system(const MailFacts *facts)
{
  if (facts->type && g_mime_content_type_is_type(facts->type, "multipart", "report"))
    return TRUE;
  return facts->daemon || facts->mail_system || facts->null_return || facts->submitted;
}

static const char *
daemon_delayed(const MailFacts *facts, const MailRule *rule)
{
  return from_mail_system(facts) ? subject_says(facts, MEANING_DELAYED) : NULL;
}

static const char *
daemon_delivered(const MailFacts *facts, const MailRule *rule)
{
  return from_mail_system(facts) ? subject_says(facts, MEANING_DELIVERED) : NULL;
}

static const char *
daemon_bounces(const MailFacts *facts, const MailRule *rule)
{
  return from_mail_system(facts) ? subject_says(facts, MEANING_BOUNCE) : NULL;
}

/* mailer-daemon writes nothing else. */
static const char *
daemon_writes(const MailFacts *facts, const MailRule *rule)
{
  return facts->daemon ? facts->message->from : NULL;
}

static const char *
bounce_subject(const MailFacts *facts, const MailRule *rule)
{
  return subject_says(facts, MEANING_BOUNCE);
}

static const char *
list_bounces(const MailFacts *facts, const MailRule *rule)
{
  gboolean list = mail_header_get(facts->header, "List-Id") && !facts->answers;
  return list ? subject_says(facts, MEANING_BOUNCE) : NULL;
}

static const char *
calendar(const MailFacts *facts, const MailRule *rule)
{
  return facts->type && g_mime_content_type_is_type(facts->type, "text", "calendar")
             ? "text/calendar"
             : NULL;
}

static const char *
calendar_subject(const MailFacts *facts, const MailRule *rule)
{
  return facts->type && g_mime_content_type_is_type(facts->type, "multipart", "*")
             ? subject_says(facts, MEANING_CALENDAR)
             : NULL;
}

/* What was only forwarded by machine may have been written by a person. */
const char *
mail_auto_submitted(const MailHeader *header)
{
  static const char *const by_person[] = {"no", "auto-forwarded"};
  const char *value = mail_header_get(header, "Auto-Submitted");
  gsize length = value ? strcspn(value, " \t;(") : 0;
  for (gsize i = 0; i < G_N_ELEMENTS(by_person); i++) {
    if (strlen(by_person[i]) == length && g_ascii_strncasecmp(value, by_person[i], length) == 0)
      return NULL;
  }
  return value;
}

static const char *
auto_submitted(const MailFacts *facts, const MailRule *rule)
{
  return mail_auto_submitted(facts->header);
}

static const char *
absence_subject(const MailFacts *facts, const MailRule *rule)
{
  return mail_subject_is_absence(facts->subject) ? facts->message->subject : NULL;
}

static const char *
auto_subject(const MailFacts *facts, const MailRule *rule)
{
  return subject_says(facts, MEANING_AUTO);
}

static gboolean
suppresses_answers(const MailFacts *facts)
{
  const MailRule suppress = {.name = "X-Auto-Response-Suppress"};
  return flag(facts, &suppress) != NULL;
}

static const char *const bulk_words[] = {"bulk", "junk", NULL};

static gboolean
is_bulk_precedence(const MailFacts *facts)
{
  const MailRule precedence = {.name = "Precedence", .values = bulk_words};
  return one_of(facts, &precedence) != NULL;
}

/* A subject that people write, too, with one weak sign of a machine beside it. */
static const char *
away_subject(const MailFacts *facts, const MailRule *rule)
{
  gboolean weak = suppresses_answers(facts) || facts->null_return || is_bulk_precedence(facts);
  return weak ? subject_says(facts, MEANING_AWAY) : NULL;
}

static const char *
away_alone(const MailFacts *facts, const MailRule *rule)
{
  return subject_says(facts, MEANING_AWAY);
}

static const char *
challenge_subject(const MailFacts *facts, const MailRule *rule)
{
  return subject_says(facts, MEANING_CHALLENGE);
}

static const char *
list_sender(const MailFacts *facts, const MailRule *rule)
{
  const char *value = mail_header_get(facts->header, "Sender");
  g_auto(GStrv) senders = cadence_address_list(value);
  for (char **sender = senders; *sender; sender++) {
    const char *at = strrchr(*sender, '@');
    g_autofree char *local = g_strndup(*sender, at - *sender);
    if (g_str_has_prefix(local, "owner-") || g_str_has_suffix(local, "-owner") ||
        g_str_has_suffix(local, "-bounces") || strstr(local, "-bounces+"))
      return value;
  }
  return NULL;
}

static const char *
unanswering_field(const MailFacts *facts, const MailRule *rule)
{
  return facts->answers ? NULL : field(facts, rule);
}

/* vacation(1) and its kind answer with Precedence: bulk. Who sends to many wants to hear of
 * bounces, so a null Return-Path tells the same; and none that answers offers to unsubscribe. */
static const char *
bulk_answer(const MailFacts *facts, const MailRule *rule)
{
  if (mail_header_get(facts->header, "List-Unsubscribe"))
    return NULL;
  return facts->answers || facts->null_return ? one_of(facts, rule) : NULL;
}

static const char *
machine_answer(const MailFacts *facts, const MailRule *rule)
{
  return facts->machine && facts->answers && !facts->postmaster ? facts->message->sender[0] : NULL;
}

static const char *
machine_sender(const MailFacts *facts, const MailRule *rule)
{
  return facts->machine && !facts->answers ? facts->message->sender[0] : NULL;
}

static const char *
null_return(const MailFacts *facts, const MailRule *rule)
{
  return facts->null_return ? "<>" : NULL;
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

static const char *const auto_words[] = {"auto_reply", "auto-reply", "autoreply", NULL};

const MailRule mail_rules[] = {
    /* Services that hold mail back until its sender confirms. Before reports: some dress as one. */
    {"x-challenge", CADENCE_KIND_CHALLENGE, FALSE, flag, "X-Challenge", NULL},
    {"challenge-sender", CADENCE_KIND_CHALLENGE, FALSE, sender_at, NULL,
     WORDS("@boxbe.com", "@spamarrest.com", "@mailinblack.com")},
    {"challenge-subject", CADENCE_KIND_CHALLENGE, TRUE, challenge_subject, NULL, NULL},

    /* RFC 3464 section 2; RFC 6522. Subject first: the header has no Action. The parts decide. */
    {"report-delayed", CADENCE_KIND_DELIVERY, TRUE, report_delayed, "delivery-status", NULL},
    {"report-delivered", CADENCE_KIND_DELIVERY, TRUE, report_delivered, "delivery-status", NULL},
    {"report", CADENCE_KIND_BOUNCE, TRUE, report, "delivery-status", NULL},
    /* RFC 8098 section 3 */
    {"receipt", CADENCE_KIND_DELIVERY, TRUE, report, "disposition-notification", NULL},

    /* Mail systems that write no report. RFC 3464 is voluntary, RFC 5321 section 4.5.5 is not. */
    {"delayed", CADENCE_KIND_DELIVERY, TRUE, daemon_delayed, NULL, NULL},
    {"delivered", CADENCE_KIND_DELIVERY, TRUE, daemon_delivered, NULL, NULL},
    {"x-failed-recipients", CADENCE_KIND_BOUNCE, FALSE, field, "X-Failed-Recipients",
     NULL}, /* Exim */
    {"undelivered", CADENCE_KIND_BOUNCE, TRUE, daemon_bounces, NULL, NULL},
    {"mailer-daemon", CADENCE_KIND_BOUNCE, TRUE, daemon_writes, NULL, NULL},

    /* RFC 6522: other reports (RFC 5965 feedback, RFC 8460 TLS), and those that name no type */
    {"report-other", CADENCE_KIND_AUTO, TRUE, report, NULL, NULL},

    /* RFC 5546 section 1.4; before auto, for calendars submit automatically. */
    {"calendar", CADENCE_KIND_CALENDAR, FALSE, calendar, NULL, NULL},
    {"content-class", CADENCE_KIND_CALENDAR, FALSE, holds, "Content-Class",
     WORDS("calendarmessage")}, /* Exchange */
    {"calendar-sender", CADENCE_KIND_CALENDAR, FALSE, holds, "Sender",
     WORDS("calendar-notification@google.com")},

    /* RFC 3834 section 5, and what was in use before it. The body says whether somebody is absent,
     * and until when. */
    {"auto-submitted", CADENCE_KIND_AUTO, TRUE, auto_submitted, "Auto-Submitted", NULL},
    {"x-autoreply", CADENCE_KIND_AUTO, TRUE, flag, "X-Autoreply", NULL},
    {"x-autorespond", CADENCE_KIND_AUTO, TRUE, flag, "X-Autorespond", NULL},
    {"x-autoresponder", CADENCE_KIND_AUTO, TRUE, flag, "X-Autoresponder", NULL},
    {"x-auto-reply", CADENCE_KIND_AUTO, TRUE, flag, "X-Auto-Reply", NULL},
    {"x-auto-reply-from", CADENCE_KIND_AUTO, TRUE, flag, "X-Auto-Reply-From", NULL},
    {"x-autoreply-from", CADENCE_KIND_AUTO, TRUE, flag, "X-AutoReply-From", NULL},
    {"x-mail-autoreply", CADENCE_KIND_AUTO, TRUE, flag, "X-Mail-Autoreply", NULL},
    {"x-autogenerated", CADENCE_KIND_AUTO, TRUE, flag, "X-Autogenerated", NULL},
    {"x-auto-generated", CADENCE_KIND_AUTO, TRUE, flag, "X-Auto-Generated", NULL},
    {"x-fc-machinegenerated", CADENCE_KIND_AUTO, TRUE, flag, "X-FC-MachineGenerated", NULL},
    {"precedence-auto", CADENCE_KIND_AUTO, TRUE, one_of, "Precedence", auto_words},
    {"x-precedence-auto", CADENCE_KIND_AUTO, TRUE, one_of, "X-Precedence", auto_words},
    {"delivered-to", CADENCE_KIND_AUTO, TRUE, one_of, "Delivered-To", WORDS("autoresponder")},
    {"x-post-messageclass", CADENCE_KIND_AUTO, TRUE, holds, "X-POST-MessageClass",
     WORDS("autoresponder")},
    {"absence-subject", CADENCE_KIND_AUTO, TRUE, absence_subject, NULL, NULL},
    {"auto-subject", CADENCE_KIND_AUTO, TRUE, auto_subject, NULL, NULL},
    {"away-subject", CADENCE_KIND_AUTO, TRUE, away_subject, NULL, NULL},

    /* What a list took for mail to it, or sends on to its owner */
    {"list-bounce-subject", CADENCE_KIND_LIST, TRUE, list_bounces, NULL, NULL},

    /* RFC 2919 section 3, RFC 2369 section 3.4, and older list software */
    {"list-id", CADENCE_KIND_LIST, FALSE, field, "List-Id", NULL},
    {"list-post", CADENCE_KIND_LIST, FALSE, field, "List-Post", NULL},
    {"mailing-list", CADENCE_KIND_LIST, FALSE, field, "Mailing-List", NULL},
    {"x-mailing-list", CADENCE_KIND_LIST, FALSE, field, "X-Mailing-List", NULL},
    {"list-sender", CADENCE_KIND_LIST, FALSE, list_sender, NULL, NULL},
    {"precedence-list", CADENCE_KIND_LIST, FALSE, one_of, "Precedence", WORDS("list")},

    /* Sent to many, and what machines send on their own account */
    {"campaign", CADENCE_KIND_BULK, FALSE, named_like, "X-Campaign", NULL},
    {"x-csa-complaints", CADENCE_KIND_BULK, FALSE, field, "X-CSA-Complaints", NULL},
    {"x-mailer", CADENCE_KIND_BULK, FALSE, holds, "X-Mailer",
     WORDS("mailchimp", "phplist", "campaign", "newsletter")},
    {"precedence-answer", CADENCE_KIND_AUTO, TRUE, bulk_answer, "Precedence", bulk_words},
    {"precedence-bulk", CADENCE_KIND_BULK, FALSE, one_of, "Precedence", bulk_words},
    {"x-precedence-bulk", CADENCE_KIND_BULK, FALSE, one_of, "X-Precedence", bulk_words},
    {"list-unsubscribe", CADENCE_KIND_BULK, FALSE, unanswering_field, "List-Unsubscribe", NULL},
    {"no-reply-answer", CADENCE_KIND_AUTO, TRUE, machine_answer, NULL, NULL},
    {"no-reply", CADENCE_KIND_BULK, FALSE, machine_sender, NULL, NULL},

    /* Left open: a person's, unless the body says otherwise */
    {"bounce-subject", CADENCE_KIND_REPLY, TRUE, bounce_subject, NULL, NULL},
    {"away-subject-alone", CADENCE_KIND_REPLY, TRUE, away_alone, NULL, NULL},
    {"calendar-subject", CADENCE_KIND_REPLY, TRUE, calendar_subject, NULL, NULL},
    {"null-return-path", CADENCE_KIND_REPLY, TRUE, null_return, NULL, NULL},
    {"mailgun", CADENCE_KIND_REPLY, TRUE, unanswering_field, "X-Mailgun-Sid", NULL},
    {"sendgrid", CADENCE_KIND_REPLY, TRUE, unanswering_field, "X-SG-EID", NULL},
    {"mandrill", CADENCE_KIND_REPLY, TRUE, unanswering_field, "X-Mandrill-User", NULL},
    {"ses", CADENCE_KIND_REPLY, TRUE, unanswering_field, "X-SES-Outgoing", NULL},
};

const gsize mail_n_rules = G_N_ELEMENTS(mail_rules);
