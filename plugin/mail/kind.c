/* What kind of message an inbound one is: the facts for the rules, and what came of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "kind.h"

#include <string.h>

#include "rules.h"

#define EVIDENCE_MAX 200 /* bytes */

/* At most EVIDENCE_MAX bytes of `text`, cut between characters, control characters made blanks. */
static char *
clean(const char *text)
{
  g_autofree char *decoded = mail_header_decode(text);
  GString *out = g_string_new(NULL);
  for (const char *c = decoded; *c && g_utf8_next_char(c) - c + out->len <= EVIDENCE_MAX;
       c = g_utf8_next_char(c)) {
    gunichar u = g_utf8_get_char(c);
    g_string_append_unichar(out, g_unichar_iscntrl(u) ? ' ' : u);
  }
  return g_string_free(out, FALSE);
}

void
mail_kind_note(CadenceMessage *message, const char *id, const char *evidence)
{
  CadenceRule *rule = g_new(CadenceRule, 1);
  rule->id = id;
  rule->evidence = clean(evidence);
  g_ptr_array_add(message->rules, rule);
}

static gboolean
local_is_one_of(const char *address, const char *const *names)
{
  gsize length = strcspn(address, "@");
  for (; *names; names++) {
    if (strlen(*names) == length && strncmp(address, *names, length) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Also "MAILER-DAEMON" without a host, which is no address. */
static gboolean
is_daemon(const CadenceMessage *message)
{
  static const char *const locals[] = {"mailer-daemon", "mailerdaemon", "mail-daemon",
                                       "maildaemon",    "mdaemon",      NULL};
  if (message->sender[0])
    return local_is_one_of(message->sender[0], locals) ||
           g_str_has_prefix(message->sender[0],
                            "microsoftexchange329e71ec88ae4615bbc36ab6ce41109e@");
  return message->from && g_ascii_strncasecmp(message->from, "mailer-daemon", 13) == 0;
}

/* The local part has one of these words: exchange.administrator@, smtp_gateway@. Persons have such
 * addresses, too, so it tells only with a subject that a mail system writes. */
static gboolean
has_system_word(const char *address)
{
  static const char *const words[] = {"postmaster", "administrator", "mailadmin", "mailadm",
                                      "daemon",     "smtp",          "gateway",   "gateways",
                                      "exchange",   "delivery",      "ndr",       "mta"};
  g_autofree char *local = g_strndup(address, strcspn(address, "@"));
  g_auto(GStrv) parts = g_strsplit_set(local, ".-_+", -1);
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    if (g_strv_contains((const char *const *)parts, words[i]))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_mail_system(const CadenceMessage *message)
{
  static const char *const names[] = {"postmaster",         "mail delivery", "system administrator",
                                      "mail administrator", "mail system",   "microsoft outlook"};
  g_autofree char *from = g_ascii_strdown(message->from ? message->from : "", -1);
  const char *name = from + strspn(from, "\"' <");
  for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
    if (g_str_has_prefix(name, names[i]))
      return TRUE;
  }
  return message->sender[0] && has_system_word(message->sender[0]);
}

void
mail_facts_read(MailFacts *facts, const MailHeader *header, const CadenceMessage *message)
{
  *facts = (MailFacts){.header = header, .message = message};
  facts->subject =
      mail_phrases_among(message->subject ? message->subject : "", -1, MAIL_SUBJECT_MEANINGS);
  facts->answers = message->in_reply_to || message->references[0] ||
                   mail_subject_begins(facts->subject, MEANING_ANSWER);
  const char *path = mail_header_get(facts->header, "Return-Path");
  facts->null_return = path && path[0] == '<' && path[1 + strspn(path + 1, " \t")] == '>';
  facts->daemon = is_daemon(message);
  facts->mail_system = is_mail_system(message);
  facts->postmaster = message->sender[0] && g_str_has_prefix(message->sender[0], "postmaster@");
  facts->submitted = mail_auto_submitted(facts->header) != NULL;
  facts->machine = message->sender[0] && cadence_address_is_machine(message->sender[0]);
  const char *type = mail_header_get(facts->header, "Content-Type");
  facts->type = type ? g_mime_content_type_parse(NULL, type) : NULL;
}

void
mail_facts_clear(MailFacts *facts)
{
  g_clear_object(&facts->type);
  g_clear_pointer(&facts->subject, mail_phrases_free);
}

/* RFC 3834 section 5.1 allows a comment: "auto-replied (vacation)". */
static gboolean
says_absence(const MailFacts *facts)
{
  const char *submitted = mail_auto_submitted(facts->header);
  g_autofree char *folded = g_ascii_strdown(submitted ? submitted : "", -1);
  return mail_subject_is_absence(facts->subject) ||
         mail_subject_begins(facts->subject, MEANING_AWAY) || strstr(folded, "vacation") ||
         strstr(folded, "out of office") || strstr(folded, "out-of-office");
}

static void
read_failed(CadenceMessage *message, const MailHeader *header)
{
  g_autofree char *value = mail_header_join(header, "X-Failed-Recipients");
  g_auto(GStrv) failed = cadence_address_list(value);
  message->recipients = g_ptr_array_new_with_free_func((GDestroyNotify)cadence_recipient_free);
  for (char **address = failed; *address; address++)
    g_ptr_array_add(message->recipients, cadence_recipient_new(*address, TRUE));
}

void
mail_kind_read(CadenceMessage *message, const MailHeader *header)
{
  MailFacts facts;
  mail_facts_read(&facts, header, message);
  for (gsize i = 0; i < mail_n_rules; i++) {
    const char *evidence = mail_rules[i].sees(&facts, &mail_rules[i]);
    if (!evidence)
      continue;
    if (message->rules->len == 0) {
      message->kind = mail_rules[i].kind;
      message->body_decides = mail_rules[i].body_decides;
    }
    mail_kind_note(message, mail_rules[i].id, evidence);
  }
  if (message->kind == CADENCE_KIND_REPLY)
    message->body_decides = !message->contact; /* what a person says */
  message->absence = message->kind == CADENCE_KIND_AUTO && says_absence(&facts);
  if (message->kind == CADENCE_KIND_BOUNCE && mail_header_get(header, "X-Failed-Recipients"))
    read_failed(message, header);
  mail_facts_clear(&facts);
}
