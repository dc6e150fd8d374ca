/* Days that an absence, or somebody who puts us off, names.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_ABSENCE_H
#define CADENCE_MAIL_ABSENCE_H

#include <cadence/day.h>

#include "phrases.h"

/* The day of return, or the last of the absence, whichever is named; `written` is the day of the
 * mail. CADENCE_DAY_NONE where none is. */
CadenceDay mail_absence_until(const MailPhrases *text, CadenceDay written);

/* The last day on which somebody who wrote hit `hit` does not want to hear from us: the one before
 * the day that is named. CADENCE_DAY_NONE where none is, or it is over. */
CadenceDay mail_put_off_until(const MailPhrases *text, const MailHit *hit, CadenceDay written);

#endif
