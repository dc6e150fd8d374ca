/* What every header of libcadence needs: the export mark and the errors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_BASE_H
#define CADENCE_BASE_H

#include <glib.h>

#if defined(__GNUC__)
#define CADENCE_API __attribute__((visibility("default")))
#else
#define CADENCE_API
#endif

G_BEGIN_DECLS

/* Every GError of the library is in this domain. A function sets its error exactly when it returns
 * FALSE or NULL and its description says that it may fail. */
#define CADENCE_ERROR (cadence_error_quark())
CADENCE_API GQuark cadence_error_quark(void);

typedef enum {
  CADENCE_ERROR_SYNTAX,   /* a text (duration, day, address, ...) that says nothing we know */
  CADENCE_ERROR_CONFIG,   /* policy.ini or agreements.ini; the message names file, line and key */
  CADENCE_ERROR_INPUT,    /* a draft or message that cannot be read as mail */
  CADENCE_ERROR_NO_INPUT, /* a file that is not there or may not be read */
  CADENCE_ERROR_NO_DATABASE, /* no notmuch database, or one that libnotmuch cannot open */
  CADENCE_ERROR_QUERY,       /* a notmuch query that cannot be parsed or run */
  CADENCE_ERROR_BUSY,        /* the database is locked, or changed faster than it could be read */
  CADENCE_ERROR_IO,          /* reading or writing failed half way; nothing was half written */
} CadenceError;

G_END_DECLS

#endif
