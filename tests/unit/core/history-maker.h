/* Histories at random, as text in the notation of the cases: one that fails can be pasted there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_TEST_HISTORY_MAKER_H
#define CADENCE_TEST_HISTORY_MAKER_H

#include "scenario.h"

typedef struct {
  char *settings, *mail, *today;
} HistoryText;

/* The same for the same state of `rand`. No mail is of later than its `today`. */
HistoryText *history_text_new(GRand *rand);
void history_text_free(HistoryText *history);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(HistoryText, history_text_free)

/* Never NULL: a text that is no scenario ends the program. */
Scenario *history_scenario(const HistoryText *history);

#endif
