/* Days that an absence names. "Back on" and its like point at the day best, then "until"; a span of
 * days beside "I am out of the office" does as well.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "absence.h"

#include <string.h>

#include "dates.h"

#define NEAR 8      /* words from a phrase to the date that belongs to it, in its sentence */
#define AT_HAND 3   /* the same across what looks like the end of one: "back on Mon. Aug. 10" */
#define PUT_OFF 20  /* words from "call me" to the date */
#define OFF_YEARS 2 /* no hold is proposed for longer */

static const MailWord *
word_at(const MailPhrases *text, guint i)
{
  return &g_array_index(text->words, MailWord, i);
}

static gboolean
same_sentence(const MailPhrases *text, guint from, guint to)
{
  for (guint i = from; i <= to && i < text->words->len; i++) {
    if (word_at(text, i)->sentence)
      return FALSE;
  }
  return TRUE;
}

/* The date that belongs to a phrase which ends before word `from`; NULL where none does. */
static const MailDate *
date_behind(const MailPhrases *text, const GArray *dates, guint from)
{
  for (guint i = 0; i < dates->len; i++) {
    const MailDate *date = &g_array_index(dates, MailDate, i);
    if (date->first < from)
      continue;
    guint words = date->first - from;
    gboolean near = words <= AT_HAND || (words <= NEAR && same_sentence(text, from, date->first));
    return near ? date : NULL;
  }
  return NULL;
}

/* "until Friday, Oct 24-26": the end of a span that begins there. */
static CadenceDay
span_end(const GArray *dates, const MailDate *date)
{
  const MailDate *end = &g_array_index(dates, MailDate, dates->len);
  for (const MailDate *next = date + 1; next < end && next->first <= date->end + 1; next++)
    date = next->day > date->day ? next : date;
  return date->day;
}

/* The first day behind a phrase of that meaning; of `last` the latest. */
static CadenceDay
day_behind(const MailPhrases *text, const GArray *dates, MailMeaning meaning, gboolean last)
{
  CadenceDay found = CADENCE_DAY_NONE;
  guint index = 0;
  const MailHit *hit;
  while ((hit = mail_phrases_hit(text, meaning, &index))) {
    const MailDate *date = date_behind(text, dates, hit->end);
    if (date && !last)
      return date->day;
    found = MAX(found, date ? span_end(dates, date) : CADENCE_DAY_NONE);
  }
  return found;
}

/* Whether only its first day is told: "on leave beginning October 22". */
static gboolean
is_first_day(const MailPhrases *text, const MailDate *date)
{
  guint index = 0;
  const MailHit *hit;
  while ((hit = mail_phrases_hit(text, MEANING_SINCE, &index))) {
    if (hit->end <= date->first && date->first <= hit->end + 1)
      return TRUE;
  }
  return FALSE;
}

/* The latest day in a sentence that speaks of absence. */
static CadenceDay
day_in_sentence(const MailPhrases *text, const GArray *dates)
{
  CadenceDay found = CADENCE_DAY_NONE;
  guint index = 0;
  const MailHit *hit;
  while ((hit = mail_phrases_hit(text, MEANING_ABSENT, &index))) {
    for (guint i = 0; i < dates->len; i++) {
      const MailDate *date = &g_array_index(dates, MailDate, i);
      gboolean before = date->end <= hit->first && same_sentence(text, date->first + 1, hit->first);
      gboolean inside = date->first >= hit->first && date->first < hit->end;
      gboolean behind = date->first >= hit->end && same_sentence(text, hit->end, date->first);
      if ((before || inside || behind) && !is_first_day(text, date))
        found = MAX(found, date->last);
    }
  }
  return found;
}

CadenceDay
mail_absence_until(const MailPhrases *text, CadenceDay written)
{
  g_autoptr(GArray) dates = mail_dates_find(text, written);
  CadenceDay day = day_behind(text, dates, MEANING_BACK, FALSE);
  if (day == CADENCE_DAY_NONE)
    day = day_behind(text, dates, MEANING_UNTIL, TRUE);
  return day == CADENCE_DAY_NONE ? day_in_sentence(text, dates) : day;
}

/* "after the 10th": the day itself is still too early. */
static gboolean
says_after(const MailPhrases *text, const MailDate *date)
{
  static const char *const after[] = {"after",  "nach",  "apres", "despues", "tras",  "dopo",
                                      "depois", "na",    "po",    "после",   "until", "till",
                                      "bis",    "hasta", "до",    NULL};
  for (guint i = date->first; i > 0 && date->first - i < 2; i--) {
    const MailWord *word = word_at(text, i - 1);
    g_autofree char *said = g_strndup(text->folded + word->start, word->length);
    if (g_strv_contains(after, said))
      return TRUE;
  }
  return FALSE;
}

CadenceDay
mail_put_off_until(const MailPhrases *text, const MailHit *hit, CadenceDay written)
{
  g_autoptr(GArray) dates = mail_dates_find(text, written);
  for (guint i = 0; i < dates->len; i++) {
    const MailDate *date = &g_array_index(dates, MailDate, i);
    CadenceDay last = says_after(text, date) ? date->last : date->day - 1;
    if (date->first >= hit->first && date->first <= hit->end + PUT_OFF && last > written &&
        last < written + OFF_YEARS * 366)
      return last;
  }
  return CADENCE_DAY_NONE;
}
