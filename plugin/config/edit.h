/* Changes to an agreement as changes to the text of agreements.ini: text in, text out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CONFIG_EDIT_H
#define CADENCE_CONFIG_EDIT_H

#include <cadence/config.h>

/* FALSE for changes that no text could take: CADENCE_ERROR_SYNTAX. */
gboolean cadence_edit_check(const char *name, const CadenceChange *changes, gsize n,
                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* `text` with the changes made to the group `name`; owned by the caller. The text is free of faults
 * and the changes have been checked. Whether the result says something sensible is not looked at.
 * CADENCE_ERROR_CONFIG where there is no such group and none is to be created, and where an entry
 * can't be removed. */
char *cadence_edit(const char *text, const char *name, const CadenceChange *changes, gsize n,
                   gboolean create, GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
