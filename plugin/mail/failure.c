/* Addresses in the text of a bounce, and the status beside each: an enhanced code (RFC 3463), else
 * the code of an SMTP reply (RFC 5321 section 4.2.1), else a phrase.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "failure.h"

#include <string.h>

#include <cadence/address.h>

#include "msgid.h"

#define RECIPIENTS_MAX 100
#define WINDOW 800      /* bytes behind an address in which its status is looked for */
#define ADDRESS_MAX 254 /* bytes (RFC 5321 section 4.5.3.1.3) */

/* ---- addresses ---- */

static gboolean
in_local(char c)
{
  return g_ascii_isalnum(c) || (c && strchr("!#$%&'*+-/=?^_{|}~.", c));
}

static gboolean
in_domain(char c)
{
  return g_ascii_isalnum(c) || c == '-' || c == '.' || (guchar)c >= 0x80;
}

/* The address around the at sign, canonical; NULL where there is none. `*end` goes behind it. */
static char *
address_around(const char *text, const char *at, const char **end)
{
  const char *start = at, *stop = at + 1;
  while (start > text && in_local(start[-1]) && at - start < 64)
    start--;
  while (in_domain(*stop) && stop - at < ADDRESS_MAX)
    stop++;
  *end = stop;
  while (stop > at && strchr(".-", stop[-1]))
    stop--;
  while (start < at && strchr("'/=.", *start))
    start++;
  if (start == at || !memchr(at, '.', (gsize)(stop - at)))
    return NULL;
  g_autofree char *found = g_strndup(start, (gsize)(stop - start));
  return cadence_address_canonical(found);
}

static const char *
line_start(const char *text, const char *c)
{
  while (c > text && c[-1] != '\n')
    c--;
  return c;
}

/* Header fields that name others than who failed. */
static gboolean
is_other_field(const char *line)
{
  static const char *const fields[] = {
      "message-id", "references", "in-reply-to",   "from", "sender",   "reply-to", "return-path",
      "received",   "x-",         "envelope-from", "mime", "content-", "for "};
  line += strspn(line, " >\t");
  for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
    if (g_str_has_prefix(line, fields[i]) && memchr(line, ':', strcspn(line, "\n ")))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_of_bounce(const CadenceMessage *bounce, const char *address)
{
  static const char *const systems[] = {"postmaster@", "mailer-daemon@", "abuse@", "hostmaster@"};
  for (gsize i = 0; i < G_N_ELEMENTS(systems); i++) {
    if (g_str_has_prefix(address, systems[i]))
      return TRUE;
  }
  return g_strv_contains((const char *const *)bounce->to, address) ||
         g_strv_contains((const char *const *)bounce->cc, address) ||
         g_strv_contains((const char *const *)bounce->sender, address);
}

static gboolean
is_known(const GPtrArray *recipients, const char *address)
{
  for (guint i = 0; i < recipients->len; i++) {
    if (g_str_equal(((CadenceRecipient *)recipients->pdata[i])->address, address))
      return TRUE;
  }
  return FALSE;
}

/* ---- status ---- */

/* The class of an enhanced status code at `c`: "5.1.1", but not part of a longer number. */
static char
enhanced_class(const char *text, const char *c)
{
  if (!strchr("245", *c) || *c == '\0' || c[1] != '.' ||
      (c > text && (g_ascii_isdigit(c[-1]) || c[-1] == '.')))
    return '\0';
  const char *subject = c + 2;
  gsize n = strspn(subject, "0123456789");
  const char *detail = subject + n + 1;
  gsize m = n && subject[n] == '.' ? strspn(detail, "0123456789") : 0;
  gboolean ends = m && !(detail[m] == '.' && g_ascii_isdigit(detail[m + 1]));
  return n <= 3 && m <= 3 && ends ? *c : '\0';
}

/* The class of an SMTP reply at `c`: a word of three digits, "550" or "550-". */
static char
reply_class(const char *text, const char *c)
{
  gboolean alone = c == text || strchr(" \n[(<:#'\"", c[-1]);
  gboolean code = (*c == '4' || *c == '5') && c[1] >= '0' && c[1] <= '7' && g_ascii_isdigit(c[2]);
  return alone && code && c[3] && strchr(" \n-])>:,;.", c[3]) ? *c : '\0';
}

/* The class that stands first between the two; '\0' where none does. */
static char
class_between(const char *text, const char *start, const char *end,
              char (*class_at)(const char *text, const char *c))
{
  for (const char *c = start; c < end; c++) {
    char found = g_ascii_isdigit(*c) ? class_at(text, c) : '\0';
    if (found)
      return found;
  }
  return '\0';
}

static gboolean
is_soft_phrase(const MailPhrases *text, gsize start, gsize end)
{
  guint index = 0;
  const MailHit *hit;
  while ((hit = mail_phrases_hit(text, MEANING_SOFT, &index))) {
    gsize at = g_array_index(text->words, MailWord, hit->first).start;
    if (at >= start && at < end)
      return TRUE;
  }
  return FALSE;
}

/* A failure is for good unless it says otherwise. */
static gboolean
is_permanent(const MailPhrases *text, gsize start, gsize end)
{
  const char *folded = text->folded;
  char found = class_between(folded, folded + start, folded + end, enhanced_class);
  if (!found)
    found = class_between(folded, folded + start, folded + end, reply_class);
  return found ? found != '4' : !is_soft_phrase(text, start, end);
}

/* ---- all of them ---- */

/* Where what came back begins, counted from `from`; the end of the text where it does not. */
static gsize
returned_from(const MailPhrases *text, gsize from)
{
  guint index = 0;
  const MailHit *hit;
  while ((hit = mail_phrases_hit(text, MEANING_RETURNED, &index))) {
    gsize at = g_array_index(text->words, MailWord, hit->first).start;
    if (at > from)
      return at;
  }
  return strlen(text->folded);
}

/* The first at sign from `from` on and before `limit`, which may lie in the address that ends at
 * `from`; NULL where there is none. */
static const char *
next_at(const char *folded, gsize from, gsize limit)
{
  return from < limit ? memchr(folded + from, '@', limit - from) : NULL;
}

static gsize
next_address(const char *folded, gsize from, gsize limit)
{
  const char *at = next_at(folded, from, limit);
  return at ? (gsize)(line_start(folded, at) - folded) : limit;
}

void
mail_failure_recipients(const CadenceMessage *bounce, const MailPhrases *text,
                        GPtrArray *recipients)
{
  const char *folded = text->folded;
  gsize limit = strlen(folded);
  const char *at = next_at(folded, 0, limit);
  while (at && recipients->len < RECIPIENTS_MAX) {
    const char *end = at + 1, *line = line_start(folded, at);
    g_autofree char *address = is_other_field(line) ? NULL : address_around(folded, at, &end);
    if (address && !is_of_bounce(bounce, address) && !is_known(recipients, address)) {
      if (recipients->len == 0)
        limit = returned_from(text, (gsize)(end - folded));
      gsize behind = (gsize)(end - folded), stop = MAX(next_address(folded, behind, limit), behind);
      gboolean permanent = is_permanent(text, (gsize)(line - folded), MIN(stop, behind + WINDOW));
      g_ptr_array_add(recipients, cadence_recipient_new(address, permanent));
    }
    at = next_at(folded, (gsize)(end - folded), limit);
  }
}

char *
mail_failure_returned(const char *text)
{
  static const char name[] = "message-id:";
  for (const char *line = text; line; line = strchr(line, '\n')) {
    line += strspn(line, "\n >\t");
    if (g_ascii_strncasecmp(line, name, strlen(name)) != 0)
      continue;
    const char *value = line + strlen(name);
    value += strspn(value, " \t\n");
    g_autofree char *id = g_strndup(value, strcspn(value, "\n"));
    return *value == '<' ? mail_msgid_own(id) : NULL;
  }
  return NULL;
}
