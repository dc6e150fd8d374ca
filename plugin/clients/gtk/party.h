/* "Cadence...": the window about the party of one mail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FRONT_PARTY_H
#define FRONT_PARTY_H

#include <gtk/gtk.h>

/* Opens it. `id` is the mail's Message-ID, with angle brackets or without. */
void front_party_open(GtkWindow *parent, const char *id);

#endif
