/* Addresses: canonical form, who stands behind one, and which of them are no party at all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_ADDRESS_H
#define CADENCE_ADDRESS_H

#include <cadence/terms.h>

G_BEGIN_DECLS

/* The canonical form of one addr-spec (RFC 5322 section 3.4.1): lower case throughout, the domain
 * as its ASCII form (RFC 5890 A-labels), no comment, blank, angle bracket or quoting that is not
 * needed. NULL for what is no address: no `@`, empty side, control characters, over 1000 bytes.
 * Owned by the caller. */
CADENCE_API char *cadence_address_canonical(const char *address);

/* The canonical form of a domain, by the same rules; NULL for what is none. A leading "@" is taken
 * off. A domain without a dot is one (intranets). */
CADENCE_API char *cadence_domain_canonical(const char *domain);

/* Canonical address where there is an "@" with something before it, else canonical domain; NULL for
 * neither. What `match`, `team` and `ignore` accept. */
CADENCE_API char *cadence_entry_canonical(const char *entry);

/* The addresses of one or more header values (RFC 5322 section 3.4: mailboxes, groups, RFC 2047
 * words, repeated fields, obsolete forms), canonical, each once, in order. What is no address is
 * left out. Never NULL; owned by the caller. */
CADENCE_API GStrv cadence_address_list(const char *value);

/* The name of the prospect that an address belongs to when only scope names it: its registrable
 * domain by the public suffix list (that of libpsl, so all machines agree), or the address itself
 * where `group` says so, at a free-mail domain, at a public suffix, at a domain without a dot and
 * at an IP address. Owned by the caller. */
CADENCE_API char *cadence_address_party(const char *canonical, CadenceGroup group);

/* TRUE for a domain at which anybody gets an address (gmail.com, web.de, mail.ru, ...). */
CADENCE_API gboolean cadence_domain_is_free_mail(const char *canonical);

/* TRUE where the address itself says that nobody reads it or that it is a list's or a machine's:
 * no-reply, mailer-daemon, postmaster, LIST-request, owner-LIST, lists.example.com, ... */
CADENCE_API gboolean cadence_address_is_machine(const char *canonical);

/* TRUE where the local part names a function (info@, sales@, office@, assistant@, in several
 * languages): somebody reads it, as a rule not who decides. */
CADENCE_API gboolean cadence_address_is_role(const char *canonical);

/* FALSE for an address (canonical) that notmuch leaves out of its index because it is none by RFC
 * 5322
 * (`a..b@example.com`); TRUE for all others, and for domains. */
CADENCE_API gboolean cadence_address_is_indexed(const char *canonical);

G_END_DECLS

#endif
