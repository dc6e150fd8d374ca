/* Reading that libnotmuch may end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_STURDY_H
#define CADENCE_CLI_STURDY_H

/* From here on the command runs in a child, which is started anew, from here, where a library ends
 * it: so nothing may have been written before, and what follows must bear being done twice. Only
 * the child returns; the parent ends as the child does. */
void cli_sturdy_begin(void);

/* Says that the child ends by itself; in any other process it does nothing. */
void cli_sturdy_end(void);

#endif
