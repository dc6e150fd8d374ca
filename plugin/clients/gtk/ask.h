/* The dialog between Send and the mail's going out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FRONT_ASK_H
#define FRONT_ASK_H

#include <gtk/gtk.h>

#include "../common/verdict.h"

/* NULL: go back. Else send anyway, and what the user gave as the reason: empty where none is asked
 * for, which is so but for a verdict of severity stop. Owned by the caller. */
char *front_ask(GtkWindow *parent, const FrontVerdict *verdict);

#endif
