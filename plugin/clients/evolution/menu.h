/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EVOLUTION_MENU_H
#define EVOLUTION_MENU_H

#include <glib-object.h>

/* "Cadence..." in the Message menu and the one of the message list. */
void cadence_menu_type_register(GTypeModule *module);

#endif
