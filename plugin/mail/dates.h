/* The days that a text names, as people of several countries write them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_DATES_H
#define CADENCE_MAIL_DATES_H

#include <cadence/day.h>

#include "phrases.h"

/* Words `first` to `end` - 1 name `day`, or all days from there to `last`. */
typedef struct {
  CadenceDay day, last;
  guint first, end;
} MailDate;

/* Every day that is named, in the order of the text; of MailDate. What has no year is of the year
 * that brings it nearest to `written`, the day of the mail (NONE: only dates with a year are read).
 * A date in slashes or hyphens that could be read two ways is none, unless another of the same text
 * tells which way it goes. */
GArray *mail_dates_find(const MailPhrases *text, CadenceDay written);

#endif
