/* What can be measured on a history, whatever the state.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CORE_MEASURES_H
#define CADENCE_CORE_MEASURES_H

#include <cadence/standing.h>

/* Fills in outbound, replies, runs, reply_gap, wait, outbound_30d and pressure. */
void cadence_measure(CadenceStanding *standing, const CadenceClock *clock);

/* The prospect's part of each thread, newest first; `run_start` is the first attempt of the present
 * run (NULL: none). */
GPtrArray *cadence_threads(const GPtrArray *contacts, const CadenceContact *run_start);

#endif
