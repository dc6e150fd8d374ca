/* Calendar days and instants. Everything that compares dates compares calendar days in the user's
 * time zone, so a note sent monthly at about the same hour is never early by minutes.
 *
 * Instants are gint64 seconds since 1970-01-01T00:00:00Z; 0 stands for "unknown".
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_DAY_H
#define CADENCE_DAY_H

#include <cadence/base.h>

G_BEGIN_DECLS

/* A calendar day in the proleptic Gregorian calendar, counted as GDate counts (1 is 0001-01-01), so
 * days subtract. 0 is "no day". */
typedef gint32 CadenceDay;
#define CADENCE_DAY_NONE 0
#define CADENCE_DAY_LAST 3652059 /* 9999-12-31: sums beyond it stay there */

/* The present, as a value: made once a run by the program, passed to every rule. */
typedef struct {
  gint64 now;       /* instant */
  CadenceDay today; /* the calendar day of `now` in `zone` */
  GTimeZone *zone;  /* borrowed */
} CadenceClock;

/* A clock showing `now` in `zone`; `zone` must outlive it. */
CADENCE_API CadenceClock cadence_clock(gint64 now, GTimeZone *zone);

/* The day of an instant in a zone; CADENCE_DAY_NONE for an instant outside years 1..9999. */
CADENCE_API CadenceDay cadence_day_of(gint64 instant, GTimeZone *zone);

/* `year`-`month`-`day`, or CADENCE_DAY_NONE where there is no such day. */
CADENCE_API CadenceDay cadence_day_from_ymd(int year, int month, int day);

/* Reads exactly "YYYY-MM-DD" (ISO 8601 calendar date, extended form). CADENCE_ERROR_SYNTAX. */
CADENCE_API gboolean cadence_day_parse(const char *text, CadenceDay *day,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "YYYY-MM-DD"; NULL for CADENCE_DAY_NONE. Owned by the caller. */
CADENCE_API char *cadence_day_to_string(CadenceDay day);

/* Monday to Friday. Public holidays are not known. */
CADENCE_API gboolean cadence_day_is_business(CadenceDay day);

/* The first business day strictly after `day`: what comes after a hold or an absence that lasts
 * through `day`. */
CADENCE_API CadenceDay cadence_day_next_business(CadenceDay day);

/* TRUE where a business day lies strictly between the two. */
CADENCE_API gboolean cadence_day_business_between(CadenceDay earlier, CadenceDay later);

/* Reads an ISO 8601 instant ("2026-11-23T18:20:00+01:00", "...Z") or a bare day, which means noon
 * of it; without an offset it is in `zone`. CADENCE_ERROR_SYNTAX. */
CADENCE_API gboolean cadence_instant_parse(const char *text, GTimeZone *zone, gint64 *instant,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* "2026-11-23T18:20:00+01:00"; NULL for 0. Owned by the caller. */
CADENCE_API char *cadence_instant_to_string(gint64 instant, GTimeZone *zone);

G_END_DECLS

#endif
