/* Reading that libnotmuch may end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_STURDY_H
#define CADENCE_CLI_STURDY_H

#include <glib.h>

/* Keeps the command line, by which the program can be started anew. */
void cli_sturdy_init(char **argv);

/* From here on the program is started anew where a library ends it, some times: what has been done
 * before and what follows must bear being done twice. `input` (may be NULL) is what was read from
 * standard input, and is there again. */
void cli_sturdy_begin(const GByteArray *input);

/* The program ends by itself. Without cli_sturdy_begin() it does nothing. */
void cli_sturdy_end(void);

#endif
