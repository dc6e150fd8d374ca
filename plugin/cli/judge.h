/* A draft in a file, judged.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_JUDGE_H
#define CADENCE_CLI_JUDGE_H

#include "app.h"

/* Reads the draft in `file` (NULL or "-": standard input) with the envelope's recipients `rcpts`
 * (may be NULL), opens files and database, and judges. `*draft` (may be NULL) is the draft, owned
 * by the caller; NULL on failure. */
CadenceJudgement *cli_judge(CliApp *app, const char *file, const char *const *rcpts,
                            CadenceDraft **draft, GError **error);

#endif
