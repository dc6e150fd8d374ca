/* Readers and writers of values that name something: addresses and domains, tags, folders, zones,
 * messages. For the table in values.c, whose conventions (values.h) they keep.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CONFIG_NAMES_H
#define CADENCE_CONFIG_NAMES_H

#include <glib.h>

/* Moves `*list` to its next item and returns that item's length in bytes; 0 at the end. */
gsize cadence_names_item(const char **list);

char *cadence_names_read_zone(const char *text, gpointer field);
char *cadence_names_read_folder(const char *text, gpointer field);
char *cadence_names_read_tag(const char *text, gpointer field);
char *cadence_names_read_tags(const char *text, gpointer field);
char *cadence_names_read_entries(const char *text, gpointer field);
char *cadence_names_read_address(const char *text, gpointer field);
char *cadence_names_read_message_id(const char *text, gpointer field);

char *cadence_names_write_list(gconstpointer field);
char *cadence_names_write_entries(gconstpointer field);
char *cadence_names_write_message_id(gconstpointer field);

#endif
