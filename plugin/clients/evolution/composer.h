/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EVOLUTION_COMPOSER_H
#define EVOLUTION_COMPOSER_H

#include <glib-object.h>

/* Every composer is given one of these, which listens for Send. */
void cadence_composer_type_register(GTypeModule *module);

#endif
