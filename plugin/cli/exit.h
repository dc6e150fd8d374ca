/* Exit statuses: those of sysexits.h, by the error that ends a run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CLI_EXIT_H
#define CADENCE_CLI_EXIT_H

#include <glib.h>

/* EX_USAGE for G_OPTION_ERROR, by table for CADENCE_ERROR, else EX_SOFTWARE. */
int cli_exit_status(const GError *error);

#endif
