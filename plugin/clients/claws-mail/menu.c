/* The menu entry about the selected message.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "menu.h"

#include <glib/gi18n-lib.h>
#include <mainwindow.h>
#include <summaryview.h>

#include "../gtk/party.h"

#define ACTION "Message/Cadence"

static guint ids[2];

static void
open_party(GtkAction *action, gpointer data)
{
  MainWindow *window = mainwindow_get_mainwindow();
  MsgInfo *message = window ? summary_get_selected_msg(window->summaryview) : NULL;
  if (message && message->msgid && *message->msgid)
    front_party_open(GTK_WINDOW(window->window), message->msgid);
}

void
claws_menu_add(void)
{
  static const char *const places[] = {"/Menu/Message", "/Menus/SummaryViewPopup"};
  MainWindow *window = mainwindow_get_mainwindow();
  GtkActionEntry entry = {ACTION, NULL, _("Ca_dence..."), NULL, NULL, G_CALLBACK(open_party)};
  if (!window)
    return;
  gtk_action_group_add_actions(window->action_group, &entry, 1, NULL);
  for (guint i = 0; i < G_N_ELEMENTS(places); i++) {
    ids[i] = gtk_ui_manager_new_merge_id(window->ui_manager);
    gtk_ui_manager_add_ui(window->ui_manager, ids[i], places[i], "Cadence", ACTION,
                          GTK_UI_MANAGER_MENUITEM, FALSE);
  }
}

void
claws_menu_remove(void)
{
  MainWindow *window = mainwindow_get_mainwindow();
  if (!window)
    return;
  GtkAction *action = gtk_action_group_get_action(window->action_group, ACTION);
  for (guint i = 0; i < G_N_ELEMENTS(ids); i++)
    if (ids[i])
      gtk_ui_manager_remove_ui(window->ui_manager, ids[i]);
  if (action)
    gtk_action_group_remove_action(window->action_group, action);
}
