/* The menu entry about the selected message.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "menu.h"

#include <glib/gi18n-lib.h>
#include <mail/e-mail-reader.h>
#include <shell/e-shell-view.h>
#include <shell/e-shell-window.h>

#include "../gtk/party.h"

#define ACTION "cadence-party"

typedef struct {
  EExtension parent;
  guint merged; /* into the window's menus; 0 while another view is shown */
} CadenceMenu;

typedef struct {
  EExtensionClass parent;
} CadenceMenuClass;

GType cadence_menu_get_type(void);
G_DEFINE_DYNAMIC_TYPE(CadenceMenu, cadence_menu, E_TYPE_EXTENSION)

static void
got_message(GObject *folder, GAsyncResult *result, gpointer data)
{
  g_autoptr(CamelMimeMessage) message =
      camel_folder_get_message_finish(CAMEL_FOLDER(folder), result, NULL);
  g_autoptr(GtkWindow) window = data;
  const char *id = message ? camel_mime_message_get_message_id(message) : NULL;
  if (id && *id)
    front_party_open(window, id);
}

static void
open_party(GtkAction *action, gpointer data)
{
  EShellView *view = data;
  g_autoptr(GObject) reader = NULL;
  g_object_get(e_shell_view_get_shell_content(view), "mail-view", &reader, NULL);
  g_autoptr(CamelFolder) folder = reader ? e_mail_reader_ref_folder(E_MAIL_READER(reader)) : NULL;
  if (!folder)
    return;
  g_autoptr(GPtrArray) uids = e_mail_reader_get_selected_uids(E_MAIL_READER(reader));
  if (uids->len > 0)
    camel_folder_get_message(folder, uids->pdata[0], G_PRIORITY_DEFAULT, NULL, got_message,
                             g_object_ref(e_shell_view_get_shell_window(view)));
}

static void
add_action(GtkActionGroup *group, EShellView *view)
{
  GtkActionEntry entry = {ACTION, NULL, _("Ca_dence..."), NULL, NULL, G_CALLBACK(open_party)};
  if (!gtk_action_group_get_action(group, ACTION))
    gtk_action_group_add_actions(group, &entry, 1, view);
}

/* The views of a window share its menus: ours are there while the mail view is. */
static void
toggled(EShellView *view, gpointer data)
{
  static const char *const places[] = {
      "/main-menu/custom-menus/mail-message-menu",
      "/mail-message-popup/mail-message-popup-common-actions",
  };
  CadenceMenu *self = data;
  EShellWindow *window = e_shell_view_get_shell_window(view);
  GtkUIManager *manager = e_shell_window_get_ui_manager(window);
  gboolean here = e_shell_view_is_active(view);
  if (here == (self->merged != 0))
    return;
  if (here) {
    add_action(e_shell_window_get_action_group(window, "mail"), view);
    self->merged = gtk_ui_manager_new_merge_id(manager);
    for (guint i = 0; i < G_N_ELEMENTS(places); i++)
      gtk_ui_manager_add_ui(manager, self->merged, places[i], "cadence", ACTION,
                            GTK_UI_MANAGER_MENUITEM, FALSE);
  } else {
    gtk_ui_manager_remove_ui(manager, self->merged);
    self->merged = 0;
  }
}

/* Once a view, as in composer.c. */
static void
constructed(GObject *object)
{
  static const char mark[] = "cadence-menu";
  EExtensible *view = e_extension_get_extensible(E_EXTENSION(object));
  G_OBJECT_CLASS(cadence_menu_parent_class)->constructed(object);
  if (g_object_get_data(G_OBJECT(view), mark) ||
      g_strcmp0(e_shell_view_get_name(E_SHELL_VIEW(view)), "mail") != 0)
    return;
  g_object_set_data(G_OBJECT(view), mark, GINT_TO_POINTER(TRUE));
  g_signal_connect_object(view, "toggled", G_CALLBACK(toggled), object, G_CONNECT_AFTER);
}

static void
cadence_menu_class_init(CadenceMenuClass *class)
{
  G_OBJECT_CLASS(class)->constructed = constructed;
  E_EXTENSION_CLASS(class)->extensible_type = E_TYPE_SHELL_VIEW;
}

static void
cadence_menu_class_finalize(CadenceMenuClass *class)
{
}

static void
cadence_menu_init(CadenceMenu *self)
{
}

void
cadence_menu_type_register(GTypeModule *module)
{
  cadence_menu_register_type(module);
}
