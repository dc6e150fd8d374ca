/* Which error ends with which status.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "exit.h"

#include <cadence/base.h>
#include <sysexits.h>

/* A query that cannot be run is one of policy.ini, unless a command says that it was its own
 * argument: then it gives G_OPTION_ERROR. */
static const int statuses[] = {
    [CADENCE_ERROR_SYNTAX] = EX_USAGE,
    [CADENCE_ERROR_CONFIG] = EX_CONFIG,
    [CADENCE_ERROR_INPUT] = EX_DATAERR,
    [CADENCE_ERROR_NO_INPUT] = EX_NOINPUT,
    [CADENCE_ERROR_NO_DATABASE] = EX_UNAVAILABLE,
    [CADENCE_ERROR_QUERY] = EX_CONFIG,
    [CADENCE_ERROR_BUSY] = EX_TEMPFAIL,
    [CADENCE_ERROR_IO] = EX_IOERR,
};

int
cli_exit_status(const GError *error)
{
  if (error->domain == G_OPTION_ERROR)
    return EX_USAGE;
  if (error->domain == CADENCE_ERROR && error->code >= 0 &&
      (guint)error->code < G_N_ELEMENTS(statuses))
    return statuses[error->code];
  return EX_SOFTWARE;
}
