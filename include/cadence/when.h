/* Days and instants as people type them, in English, whatever the case: what notmuch's own date
 * words offer, read ahead where notmuch, which searches the past, reads back.
 *
 *   2026-12-24, 2026/12/24, 24.12.2026          as it stands
 *   24/12/2026, 12/24/2026, 24-12-2026          where only one reading is a day; 03/04/2026 is
 * refused 24 Dec, Dec 24th, 24 December 2026          without a year the next such day, today
 * counting december, dec 2026                          the first of that month today, tomorrow,
 * yesterday monday, next monday / last monday           the next one after today / the last one
 * before it next / last week, month, year               the same day, one of them on or back 3w,
 * 30d, 3bd, 1mo, 3 weeks, in 3 weeks      so much from today on; numbers up to ten as words too 3
 * weeks ago, 3w ago
 *
 * Weekdays and months may be cut to three letters. Years have four digits. Lengths are added as
 * cadence_duration_after does; a year is twelve months.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_WHEN_H
#define CADENCE_WHEN_H

#include <cadence/day.h>

G_BEGIN_DECLS

/* The day that `text` names on `today`. CADENCE_ERROR_SYNTAX; where it could be two days, the
 * message gives both as 2026-12-24. */
CADENCE_API gboolean cadence_when_parse(const char *text, CadenceDay today, CadenceDay *day,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The instant at which something was: a day as above, its noon; a day and "14:30" ("yesterday at
 * 14:30", "2026-12-24 14:30"), or 14:30 alone, which is today; "now"; or what cadence_instant_parse
 * reads. Times are of the clock's zone. What says neither ahead nor back is read back here: monday
 * is the last one, 24 Dec the last one or today, 3w three weeks ago. `today` alone is never later
 * than now. CADENCE_ERROR_SYNTAX. */
CADENCE_API gboolean cadence_when_instant_parse(const char *text, const CadenceClock *clock,
                                                gint64 *instant,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

#endif
