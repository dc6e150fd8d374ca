/* What `agree` and `suggest --agree` share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_AGREE_H
#define CADENCE_CLI_AGREE_H

#include "change.h"

/* TRUE for a word that reads as key=value, key+=value or key-=value. */
gboolean cli_agree_is_setting(const char *word);

/* Adds what such words say, days and durations as people type them made days. G_OPTION_ERROR,
 * CADENCE_ERROR_SYNTAX. */
gboolean cli_agree_read(CliApp *app, char **words, CliChanges *changes,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Adds what follows from the changes: the group's match, the evidence, and the day on which it was
 * agreed. */
gboolean cli_agree_complete(CliApp *app, const CliParty *party, CliChanges *changes,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Asks key by key, showing what holds now, until each answer can be read. FALSE without an error
 * where the asking was broken off: then nothing is to be written. */
gboolean cli_agree_ask(CliApp *app, const CliParty *party, CliChanges *changes);

#endif
