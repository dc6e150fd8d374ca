/* What the forms of a day share: the words that were typed, and what a form makes of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CORE_WHEN_FORMS_H
#define CADENCE_CORE_WHEN_FORMS_H

#include <cadence/day.h>

#define CADENCE_WHEN_WORDS 6 /* "in three business days" has four */
#define CADENCE_AHEAD 1
#define CADENCE_BACK (-1)

typedef struct {
  const char *text; /* as it was typed */
  char *word[CADENCE_WHEN_WORDS + 1];
  guint n;
  CadenceDay today;
  int lean; /* CADENCE_AHEAD or CADENCE_BACK: where to look when the words don't say */
} CadenceWhen;

/* What a form makes of the words. */
typedef enum {
  CADENCE_READING_OTHER,   /* they are none of mine */
  CADENCE_READING_FOUND,   /* this is the day */
  CADENCE_READING_REFUSED, /* they are mine, and the error is set */
} CadenceReading;

#define CADENCE_WHEN_LETTERS 3 /* to which a weekday or month may be cut */

/* Sets CADENCE_ERROR_SYNTAX, "TEXT" WHAT, and is CADENCE_READING_REFUSED. */
CadenceReading cadence_when_refuse(GError **error, const char *text, const char *what);

/* The day, or CADENCE_READING_OTHER for CADENCE_DAY_NONE. */
CadenceReading cadence_when_found(CadenceDay which, CadenceDay *day);

/* The place from 1 of the name (of a NULL-terminated list) that `word` is, or begins with `least`
 * letters or more; 0 for none. */
guint cadence_when_name(const char *const *names, const char *word, gsize least);

/* Digits alone, up to four of them; -1 for what is none. */
int cadence_when_number(const char *word);

/* Dates by number, and by the name of the month: two rows of the table of forms. */
CadenceReading cadence_when_read_numbers(const CadenceWhen *when, CadenceDay *day, GError **error);
CadenceReading cadence_when_read_month(const CadenceWhen *when, CadenceDay *day, GError **error);

#endif
