/* The module: what Evolution calls when it loads one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <gmodule.h>

#include "../gtk/send.h"
#include "composer.h"
#include "menu.h"

G_MODULE_EXPORT void e_module_load(GTypeModule *module);
G_MODULE_EXPORT void e_module_unload(GTypeModule *module);

/* Comes twice in one start; registering a type again is nothing. */
void
e_module_load(GTypeModule *module)
{
  front_init();
  cadence_composer_type_register(module);
  cadence_menu_type_register(module);
}

void
e_module_unload(GTypeModule *module)
{
}
