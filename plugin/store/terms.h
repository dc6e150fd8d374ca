/* What is kept in cadence.terms: by what each prospect was judged at the last pass. The first line
 * is everybody's. The second has a slot for each agreement; beyond some thousands several share
 * one, so that it stays short, for every notmuch command reads it with the database's config.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_STORE_TERMS_H
#define CADENCE_STORE_TERMS_H

#include "store.h"

/* Ends the first line: the version of the rules that tell kinds. */
#define CADENCE_KINDS_MARK " kinds-" CADENCE_KINDS_VERSION

char *cadence_terms_value(const CadenceContext *context);

/* Whether `value` (may be NULL) says that by everybody's terms, as they are now, was judged. The
 * other questions may only be asked of one that does. */
gboolean cadence_terms_hold(const char *value, const CadenceContext *context);

/* Whether an agreement may have changed from one value to the other. */
gboolean cadence_terms_differ(const char *a, const char *b, const CadenceContext *context,
                              const CadenceAgreement *agreement);

/* Whether the agreement of a value is surely the one that we have. */
gboolean cadence_terms_have(const char *value, const CadenceContext *context,
                            const CadenceAgreement *agreement);

/* Whether other rules than ours told the kinds that are cached. */
gboolean cadence_terms_outdated(const char *value);

#endif
