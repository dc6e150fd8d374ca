/* Durations, cadences and caps as they are written: `30d`, `3bd 5bd 2w 1mo`, `5/30d`.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_DURATION_H
#define CADENCE_DURATION_H

#include <cadence/day.h>

G_BEGIN_DECLS

typedef enum {
  CADENCE_UNIT_DAYS,          /* d */
  CADENCE_UNIT_BUSINESS_DAYS, /* bd: Saturday and Sunday never count */
  CADENCE_UNIT_WEEKS,         /* w */
  CADENCE_UNIT_MONTHS,        /* mo: keeps the day of the month, or takes the month's last */
} CadenceUnit;

/* A whole number of units, 1..9999. A count of 0 is "none". */
typedef struct {
  guint count;
  CadenceUnit unit;
} CadenceDuration;

#define CADENCE_DURATION_MAX 9999

/* Reads "30d", "3bd", "2w", "1mo": digits and a unit, nothing between or around.
 * CADENCE_ERROR_SYNTAX. */
CADENCE_API gboolean cadence_duration_parse(const char *text, CadenceDuration *duration,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* As it is read; "" for none. Owned by the caller. */
CADENCE_API char *cadence_duration_to_string(CadenceDuration duration);

/* The day that lies `duration` after `day`: 2026-01-31 + 1mo is 2026-02-28; Friday + 1bd and
 * Saturday + 1bd are Monday. */
CADENCE_API CadenceDay cadence_duration_after(CadenceDay day, CadenceDuration duration);

/* The day that lies `duration` before `day`, by the same rules mirrored. */
CADENCE_API CadenceDay cadence_duration_before(CadenceDay day, CadenceDuration duration);

/* Its mean length in days (a business day is 7/5, a month 365.2425/12): for ratios only. */
CADENCE_API double cadence_duration_mean_days(CadenceDuration duration);

/* The intervals between attempts, 1 to 16 of them; the last one repeats. n == 0 is "none". */
#define CADENCE_INTERVALS_MAX 16
typedef struct {
  guint n;
  CadenceDuration step[CADENCE_INTERVALS_MAX];
} CadenceIntervals;

/* Reads durations separated by blanks. CADENCE_ERROR_SYNTAX. */
CADENCE_API gboolean cadence_intervals_parse(const char *text, CadenceIntervals *intervals,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
CADENCE_API char *cadence_intervals_to_string(const CadenceIntervals *intervals);

/* The interval after attempt `k` (from 1; 0 counts as 1). */
CADENCE_API CadenceDuration cadence_intervals_step(const CadenceIntervals *intervals, guint k);

/* At most `count` contacts in a window that slides: "5/30d". A count of 0 is "none". */
typedef struct {
  guint count;
  CadenceDuration window;
} CadenceCap;

/* Reads "5/30d". CADENCE_ERROR_SYNTAX. */
CADENCE_API gboolean cadence_cap_parse(const char *text, CadenceCap *cap,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* As it is read; "" for none. Owned by the caller. */
CADENCE_API char *cadence_cap_to_string(CadenceCap cap);

G_END_DECLS

#endif
