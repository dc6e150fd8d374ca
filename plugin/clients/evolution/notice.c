/* Where Evolution tells what stops nobody. The composer's own bar would go with the composer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "notice.h"

#include <shell/e-shell-window.h>
#include <shell/e-shell.h>

static EAlertSink *
main_window(void)
{
  GtkApplication *application = GTK_APPLICATION(e_shell_get_default());
  for (GList *each = gtk_application_get_windows(application); each; each = each->next)
    if (E_IS_SHELL_WINDOW(each->data))
      return E_ALERT_SINK(each->data);
  return NULL;
}

/* It belongs to the application, which would end with its last composer otherwise. */
static void
small_window(const char *message)
{
  GtkWidget *window =
      gtk_message_dialog_new(NULL, 0, GTK_MESSAGE_WARNING, GTK_BUTTONS_CLOSE, "%s", message);
  gtk_window_set_title(GTK_WINDOW(window), "Cadence");
  gtk_window_set_application(GTK_WINDOW(window), GTK_APPLICATION(e_shell_get_default()));
  g_signal_connect(window, "response", G_CALLBACK(gtk_widget_destroy), NULL);
  gtk_widget_show(window);
}

void
cadence_notice(const char *message, void *data)
{
  EAlertSink *sink = main_window();
  if (sink)
    e_alert_submit(sink, "system:simple-warning", message, NULL);
  else
    small_window(message);
}
