/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLAWS_SETTINGS_H
#define CLAWS_SETTINGS_H

#include <prefs_account.h>

/* The page in Configuration > Preferences > Plugins. */
void claws_settings_register(void);
void claws_settings_unregister(void);

/* Whether mail of this account is checked. Every account's is, until that is switched off. */
gboolean claws_settings_checks(const PrefsAccount *account);

#endif
