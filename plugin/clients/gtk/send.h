/* At Send, for clients with GTK windows: asks the program, and then, where it warns, the user.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef FRONT_SEND_H
#define FRONT_SEND_H

#include <gtk/gtk.h>

#define FRONT_LIMIT                                                                                \
  3000 /* milliseconds that the check may take; then the mail goes out unchecked */

/* Tells the user something without being in the way. */
typedef void (*FrontNotice)(const char *message, gpointer data);

/* Once, before anything else: where the translations are. */
void front_init(void);

/* TRUE: send. FALSE: the user goes back to the draft, or this window is being asked about already.
 * The window can't be used meanwhile, but is drawn. Where the check can't be made, `notice` hears
 * why and the mail is sent. */
gboolean front_may_send(GtkWindow *composer, const GString *draft, guint limit, FrontNotice notice,
                        gpointer data);

#endif
