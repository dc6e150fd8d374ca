/* A text whose days are being read: its words and numbers, and noting what was found.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_DATE_READER_H
#define CADENCE_MAIL_DATE_READER_H

#include "dates.h"

typedef enum { ORDER_UNKNOWN, ORDER_DAY_FIRST, ORDER_MONTH_FIRST } Order;

typedef struct {
  const MailPhrases *text;
  CadenceDay written;
  Order order;    /* of dates in slashes */
  guint8 *months; /* by word: 1 to 12 where it names a month */
  guint8 *weekdays;
  guint8 *flags; /* by word */
  GArray *found;
} MailDateReader;

/* Flags: what the phrase that ends before a word makes of it. */
#define IN_MONTH 1
#define END_OF 2
#define MIDDLE_OF 4
#define WEEK_OF 8

/* NULL behind the last word. */
const MailWord *mail_date_word(const MailDateReader *reader, guint i);

/* Word i as a number; -1 where it is more or less than that. */
int mail_date_number(const MailDateReader *reader, guint i);

/* Whether just this stands between words i and i + 1. */
gboolean mail_date_joined(const MailDateReader *reader, guint i, const char *separator);

/* Whether it stands right behind word i. */
gboolean mail_date_followed(const MailDateReader *reader, guint i, char c);

/* `words` is NULL-terminated. */
gboolean mail_date_is_one_of(const MailDateReader *reader, guint i, const char *const *words);

/* A day of a month: "3", or `*ordinal`: "3rd", "1er", "3го"; 0 for none. */
int mail_date_day_number(const MailDateReader *reader, guint i, gboolean *ordinal);

/* A year of four digits, or with `short_too` of two; 0 for none. */
int mail_date_year_number(const MailDateReader *reader, guint i, gboolean short_too);

int mail_date_year_of(CadenceDay day);
int mail_date_month_of(CadenceDay day);

/* Without a year (0): the first such day that is not longer ago than a month.
 * CADENCE_DAY_NONE where there is none. */
CadenceDay mail_date_day_in(const MailDateReader *reader, int year, int month, int day);

/* Notes that words `first` to `end` - 1 name a day, or a span of days. Returns `end`; 0 where there
 * is no such day. */
guint mail_date_take(MailDateReader *reader, CadenceDay day, guint first, guint end);
guint mail_date_take_span(MailDateReader *reader, CadenceDay day, CadenceDay last, guint first,
                          guint end);

#endif
