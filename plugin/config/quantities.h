/* Readers and writers of values that measure something. For the table in values.c, whose
 * conventions (values.h) they keep.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CONFIG_QUANTITIES_H
#define CADENCE_CONFIG_QUANTITIES_H

#include <glib.h>

char *cadence_quantities_read_intervals(const char *text, gpointer field);
char *cadence_quantities_read_duration(const char *text, gpointer field);
char *cadence_quantities_read_duration_or_never(const char *text, gpointer field);
char *cadence_quantities_read_cap_or_never(const char *text, gpointer field);
char *cadence_quantities_read_count(const char *text, gpointer field);
char *cadence_quantities_read_count_or_never(const char *text, gpointer field);
char *cadence_quantities_read_share(const char *text, gpointer field);
char *cadence_quantities_read_milliseconds(const char *text, gpointer field);
char *cadence_quantities_read_day(const char *text, gpointer field);

char *cadence_quantities_write_intervals(gconstpointer field);
char *cadence_quantities_write_duration(gconstpointer field);
char *cadence_quantities_write_duration_or_never(gconstpointer field);
char *cadence_quantities_write_cap_or_never(gconstpointer field);
char *cadence_quantities_write_count(gconstpointer field);
char *cadence_quantities_write_count_or_never(gconstpointer field);
char *cadence_quantities_write_share(gconstpointer field);
char *cadence_quantities_write_milliseconds(gconstpointer field);
char *cadence_quantities_write_day(gconstpointer field);

#endif
