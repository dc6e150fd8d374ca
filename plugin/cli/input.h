/* Reading a file or standard input whole.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_INPUT_H
#define CADENCE_CLI_INPUT_H

#include <glib.h>

#define CLI_INPUT_MAX ((gsize)256 * 1024 * 1024)

/* All bytes of the file `name`; of standard input where it is NULL or "-". CADENCE_ERROR_NO_INPUT
 * where it cannot be read, CADENCE_ERROR_INPUT where there is nothing or more than CLI_INPUT_MAX.
 */
GByteArray *cli_input_read(const char *name, GError **error);

#endif
