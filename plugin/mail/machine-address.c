/* Addresses that nobody reads, and those of lists and daemons: never a party by themselves.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/address.h>

#include <string.h>

/* Words of a local part. It is compared with everything but letters made to single hyphens and one
 * hyphen put around it, so "-no-reply-" is found in `no.reply+17@` and not in `casino-reply@`. */
static const char *const words[] = {
    "-mailer-daemon-",   "-mailerdaemon-",      "-postmaster-",
    "-mail-daemon-",     "-maildaemon-",        "-noreply-",
    "-no-reply-",        "-donotreply-",        "-do-not-reply-",
    "-dontreply-",       "-not-reply-",         "-unattended-",
    "-unmonitored-",     "-ne-pas-repondre-",   "-nepasrepondre-",
    "-nicht-antworten-", "-nichtantworten-",    "-keine-antwort-",
    "-keineantwort-",    "-no-responder-",      "-noresponder-",
    "-no-responda-",     "-noresponda-",        "-non-rispondere-",
    "-nonrispondere-",   "-nao-responda-",      "-naoresponda-",
    "-naoresponder-",    "-niet-beantwoorden-", "-geen-antwoord-",
    "-noreplay-",        "-ne-otvechat-",       "-bounce-",
    "-bounces-",         "-listserv-",          "-majordomo-",
    "-mailman-",         "-listmaster-",        "-autoreply-",
    "-auto-reply-",      "-autoresponder-",     "-autorespond-",
    "-auto-confirm-",    "-newsletter-",        "-newsletters-",
    "-notification-",    "-notifications-",     "-unsubscribe-",
};

/* RFC 2142 section 6, and what list software adds to it; as they are written. */
static const char *const list_prefixes[] = {"owner-", "sympa-request"};
static const char *const list_suffixes[] = {
    "-request", "-owner", "-subscribe", "-unsubscribe", "-bounces", "-errors",
};

/* The first label of a host that only carries lists. At least two more must follow: list.ru is a
 * free mail service. */
static const char *const list_labels[] = {
    "lists.",   "list.",   "listserv.",   "listes.",      "mailman.",
    "bounces.", "bounce.", "newsletter.", "newsletters.",
};

/* List services: themselves and below. */
static const char *const list_domains[] = {
    "googlegroups.com", "groups.io",          "freelists.org", "yahoogroups.com", "yahoogroups.de",
    "vger.kernel.org",  "noreply.github.com", "topica.com",    "listbox.com",
};

static char *
spaced(const char *local, gsize length)
{
  GString *out = g_string_new("-");
  for (gsize i = 0; i < length; i++) {
    if (g_ascii_isalpha(local[i]) || (guchar)local[i] >= 0x80)
      g_string_append_c(out, local[i]);
    else if (out->str[out->len - 1] != '-')
      g_string_append_c(out, '-');
  }
  if (out->str[out->len - 1] != '-')
    g_string_append_c(out, '-');
  return g_string_free(out, FALSE);
}

static gboolean
local_is_machine(const char *local, gsize length)
{
  g_autofree char *text = g_strndup(local, length);
  for (gsize i = 0; i < G_N_ELEMENTS(list_prefixes); i++) {
    if (g_str_has_prefix(text, list_prefixes[i]))
      return TRUE;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(list_suffixes); i++) {
    if (g_str_has_suffix(text, list_suffixes[i]))
      return TRUE;
  }
  g_autofree char *found = spaced(local, length);
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    if (strstr(found, words[i]))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_at_or_below(const char *domain, const char *parent)
{
  gsize length = strlen(domain), tail = strlen(parent);
  return length >= tail && strcmp(domain + length - tail, parent) == 0 &&
         (length == tail || domain[length - tail - 1] == '.');
}

static gboolean
domain_is_machine(const char *domain)
{
  for (gsize i = 0; i < G_N_ELEMENTS(list_labels); i++) {
    if (g_str_has_prefix(domain, list_labels[i]) && strchr(domain + strlen(list_labels[i]), '.'))
      return TRUE;
  }
  for (gsize i = 0; i < G_N_ELEMENTS(list_domains); i++) {
    if (is_at_or_below(domain, list_domains[i]))
      return TRUE;
  }
  return FALSE;
}

gboolean
cadence_address_is_machine(const char *canonical)
{
  const char *at = canonical ? strrchr(canonical, '@') : NULL;
  return at && (local_is_machine(canonical, at - canonical) || domain_is_machine(at + 1));
}
