/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLAWS_MENU_H
#define CLAWS_MENU_H

/* "Cadence..." in the Message menu and the one of the message list. */
void claws_menu_add(void);
void claws_menu_remove(void);

#endif
