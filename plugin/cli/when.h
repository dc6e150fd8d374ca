/* Days and lengths of time as people read them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_WHEN_H
#define CADENCE_CLI_WHEN_H

#include <cadence/day.h>

/* "2d 4h", "35min", "75d"; NULL for a negative number of seconds. Owned by the caller. */
char *cli_length(gint64 seconds);

/* "2026-03-01", or where `brief` "1 Mar" (within half a year of today), "2025-03"; NULL for no
 * day. Owned by the caller. */
char *cli_day(CadenceDay day, CadenceDay today, gboolean brief);

#endif
