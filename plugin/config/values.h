/* The kinds of value that a key may have: how each is read, and written as it would be read again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CONFIG_VALUES_H
#define CADENCE_CONFIG_VALUES_H

#include <glib.h>

/* With the type of the field that it is kept in. */
typedef enum {
  CADENCE_VALUE_TEXT,              /* char *: anything */
  CADENCE_VALUE_NOTE,              /* char *: anything, and a # in it is no comment */
  CADENCE_VALUE_ZONE,              /* char *: a name of the tz database */
  CADENCE_VALUE_FOLDER,            /* char *: a folder below the mail root */
  CADENCE_VALUE_TAG,               /* char *: a tag, or nothing */
  CADENCE_VALUE_TAGS,              /* GStrv: tags */
  CADENCE_VALUE_ENTRIES,           /* GStrv: addresses and domains, canonical */
  CADENCE_VALUE_ADDRESS,           /* char *: one address, canonical */
  CADENCE_VALUE_MESSAGE_ID,        /* char * */
  CADENCE_VALUE_GROUPING,          /* CadenceGroup */
  CADENCE_VALUE_ON_ERROR,          /* gboolean: hold */
  CADENCE_VALUE_SEVERITY,          /* CadenceSeverity */
  CADENCE_VALUE_SEVERITY_FIRM,     /* CadenceSeverity: warn or stop */
  CADENCE_VALUE_CHANNEL,           /* CadenceChannel */
  CADENCE_VALUE_STAGE,             /* CadenceStage */
  CADENCE_VALUE_INTERVALS,         /* CadenceIntervals */
  CADENCE_VALUE_DURATION,          /* CadenceDuration */
  CADENCE_VALUE_DURATION_OR_NEVER, /* CadenceDuration: a count of 0 is never */
  CADENCE_VALUE_CAP_OR_NEVER,      /* CadenceCap: a count of 0 is never */
  CADENCE_VALUE_COUNT,             /* guint: 1..999 attempts */
  CADENCE_VALUE_COUNT_OR_NEVER,    /* guint: 0 is never */
  CADENCE_VALUE_SHARE,             /* double: above 0, up to 1 */
  CADENCE_VALUE_MILLISECONDS,      /* guint: up to a minute */
  CADENCE_VALUE_DAY,               /* CadenceDay */
} CadenceValueKind;

/* Reads `text` (UTF-8, blanks around it gone) into an empty field. NULL, or a sentence that says
 * what is wrong and how to write it, owned by the caller; the field is then as it was. */
char *cadence_value_read(CadenceValueKind kind, const char *text,
                         gpointer field) G_GNUC_WARN_UNUSED_RESULT;

/* TRUE where "" is a value of its own: no query, no tag, an empty list. */
gboolean cadence_value_may_be_empty(CadenceValueKind kind);

/* TRUE where a blank and a # are no comment. */
gboolean cadence_value_may_hold_hash(CadenceValueKind kind);

/* Never NULL; owned by the caller. */
char *cadence_value_write(CadenceValueKind kind, gconstpointer field);

#endif
