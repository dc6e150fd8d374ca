/* The canonical form of addresses and domains: the one spelling by which they are compared.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/address.h>

#include <string.h>

#include "cfws.h"

#define ADDRESS_MAX 1000 /* bytes; RFC 5321 section 4.5.3.1 allows 320, gateways write more */

static gboolean
is_control(const char *text)
{
  for (; *text; text = g_utf8_next_char(text)) {
    if (*text != '\t' && g_unichar_iscntrl(g_utf8_get_char(text)))
      return TRUE;
  }
  return FALSE;
}

/* Lower case by character: g_utf8_strdown() would ask the locale, and a Turkish one would make
 * another address of INFO@EXAMPLE.COM. NFC as RFC 6532 section 3.1 wants it, afterwards too: a
 * small j with a caron is one character, a capital one is two. */
static char *
lower(const char *text)
{
  if (g_str_is_ascii(text))
    return g_ascii_strdown(text, -1);
  g_autofree char *composed = g_utf8_normalize(text, -1, G_NORMALIZE_NFC);
  GString *out = g_string_new(NULL);
  for (const char *c = composed; *c; c = g_utf8_next_char(c))
    g_string_append_unichar(out, g_unichar_tolower(g_utf8_get_char(c)));
  g_autofree char *small = g_string_free(out, FALSE);
  return g_utf8_normalize(small, -1, G_NORMALIZE_NFC);
}

/* RFC 5322 section 3.2.3 atext and the dot; RFC 6532 adds everything that is not ASCII. */
static gboolean
is_dot_atext(char c)
{
  return g_ascii_isalnum(c) || (guchar)c >= 0x80 || (c && strchr("!#$%&'*+-/=?^_`{|}~.", c));
}

/* `[192.0.2.1]`, `[IPv6:...]` (RFC 5321 section 4.1.3) */
static gboolean
is_domain_literal(const char *domain)
{
  gsize length = strlen(domain);
  if (length < 3 || domain[0] != '[' || domain[length - 1] != ']')
    return FALSE;
  return strspn(domain + 1, "0123456789abcdefghijklmnopqrstuvwxyz:.-") == length - 2;
}

/* Letters, digits, hyphens and (in the wild) underscores between single dots. */
static gboolean
is_host_name(const char *domain)
{
  gboolean empty = TRUE;
  for (const char *c = domain; *c; c++) {
    if (*c == '.' && empty)
      return FALSE;
    if (*c != '.' && !g_ascii_isalnum(*c) && *c != '-' && *c != '_')
      return FALSE;
    empty = *c == '.';
  }
  return !empty;
}

/* `domain` has neither blanks around it nor comments. */
static char *
domain_form(const char *domain)
{
  gsize length = strlen(domain);
  if (length == 0 || length > ADDRESS_MAX)
    return NULL;
  g_autofree char *ascii =
      g_str_is_ascii(domain) ? g_ascii_strdown(domain, -1) : g_hostname_to_ascii(domain);
  if (!ascii)
    return NULL;
  length = strlen(ascii);
  if (length > 1 && ascii[length - 1] == '.')
    ascii[length - 1] = '\0';
  if (!is_host_name(ascii) && !is_domain_literal(ascii))
    return NULL;
  return g_steal_pointer(&ascii);
}

/* Reads the words of a local part up to its `@` (RFC 5322 sections 3.4.1 and 4.4: blanks and
 * comments may stand around dots). `content` gets it without quoting. */
static gboolean
read_local(const char **text, GString *content)
{
  const char *c = cfws_skip(*text);
  gboolean joined = TRUE; /* a word may follow: we are at the start or behind a dot */
  while (*c && *c != '@') {
    if (!joined && *c != '.')
      return FALSE;
    if (*c == '"') {
      c = quoted_string_read(c, content);
      if (!c)
        return FALSE;
      joined = FALSE;
    } else {
      if (!is_dot_atext(*c))
        return FALSE;
      for (; is_dot_atext(*c); c++)
        g_string_append_c(content, *c);
      joined = c[-1] == '.';
    }
    c = cfws_skip(c);
  }
  if (*c != '@' || content->len == 0)
    return FALSE;
  *text = c + 1;
  return TRUE;
}

/* The rest of an address behind its `@`, without blanks and comments between its labels. */
static char *
read_domain(const char *c)
{
  GString *domain = g_string_new(NULL);
  c = cfws_skip(c);
  while (*c && domain->len <= ADDRESS_MAX) {
    const char *next = cfws_skip(c);
    if (next == c) {
      g_string_append_c(domain, *c++);
      continue;
    }
    /* A blank is nothing only beside a dot; elsewhere it ends the address. */
    if (*next && *next != '.' && c[-1] != '.')
      break;
    c = next;
  }
  g_autofree char *raw = g_string_free(domain, FALSE);
  return *c ? NULL : domain_form(raw);
}

static char *
join(const char *local, const char *domain)
{
  GString *address = g_string_new(NULL);
  gboolean plain = TRUE;
  for (const char *c = local; *c; c++)
    plain = plain && is_dot_atext(*c);
  if (!plain)
    g_string_append_c(address, '"');
  for (const char *c = local; *c; c++) {
    if (!plain && (*c == '"' || *c == '\\'))
      g_string_append_c(address, '\\');
    g_string_append_c(address, *c == '\t' ? ' ' : *c); /* as a folded field has it */
  }
  g_string_append_printf(address, plain ? "@%s" : "\"@%s", domain);
  return g_string_free(address, FALSE);
}

/* Takes a pair of brackets, or of the apostrophes that some clients put, off both ends. */
static char *
unwrap(char *text)
{
  g_strstrip(text);
  gsize length = strlen(text);
  gboolean angles = length > 1 && text[0] == '<' && text[length - 1] == '>';
  gboolean apostrophes = length > 1 && text[0] == '\'' && text[length - 1] == '\'';
  if (!angles && !apostrophes)
    return text;
  text[length - 1] = '\0';
  return g_strstrip(text + 1);
}

/* Behind an obsolete route, `@one,@two:` (RFC 5322 section 4.4). */
static const char *
skip_route(const char *text)
{
  const char *colon = text[0] == '@' ? strchr(text, ':') : NULL;
  return colon ? colon + 1 : text;
}

/* Small letters, digits and single dots around one `@`: most addresses stand there in their
 * canonical form already. */
static gboolean
is_canonical(const char *address)
{
  guint ats = 0;
  gsize length = 0;
  for (char before = '.'; address[length]; before = address[length++]) {
    char c = address[length];
    gboolean joint = c == '.' || c == '@';
    ats += c == '@';
    if (joint ? before == '.' || before == '@'
              : !g_ascii_islower(c) && !g_ascii_isdigit(c) && c != '-' && c != '_')
      return FALSE;
  }
  return ats == 1 && length < ADDRESS_MAX && g_ascii_isalnum(address[length - 1]);
}

char *
cadence_address_canonical(const char *address)
{
  if (address && is_canonical(address))
    return g_strdup(address);
  if (!address || !g_utf8_validate(address, -1, NULL) || is_control(address))
    return NULL;
  g_autofree char *copy = g_strdup(address);
  const char *text = skip_route(unwrap(copy));
  g_autoptr(GString) content = g_string_new(NULL);
  if (!read_local(&text, content))
    return NULL;
  g_autofree char *domain = read_domain(text);
  /* Before it is quoted: NFC makes a semicolon of the Greek question mark. */
  g_autofree char *local = lower(content->str);
  return domain && strlen(local) + strlen(domain) < ADDRESS_MAX ? join(local, domain) : NULL;
}

char *
cadence_domain_canonical(const char *domain)
{
  if (!domain || !g_utf8_validate(domain, -1, NULL))
    return NULL;
  g_autofree char *copy = g_strstrip(g_strdup(domain));
  return domain_form(copy[0] == '@' ? copy + 1 : copy);
}

char *
cadence_entry_canonical(const char *entry)
{
  if (!entry)
    return NULL;
  const char *start = entry + strspn(entry, " \t");
  return strchr(start, '@') && start[0] != '@' ? cadence_address_canonical(start)
                                               : cadence_domain_canonical(start);
}
