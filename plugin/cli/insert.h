/* Giving a message to notmuch.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_INSERT_H
#define CADENCE_CLI_INSERT_H

#include "app.h"

/* Runs `notmuch insert` on the message: into the policy's folder, with the policy's tags and none
 * of new.tags. Either all of it is done or nothing. CADENCE_ERROR_BUSY where the database is
 * locked, CADENCE_ERROR_IO where notmuch can't be run or says no. */
gboolean cli_insert(CliApp *app, GBytes *message, GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
