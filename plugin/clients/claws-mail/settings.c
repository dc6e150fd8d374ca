/* For which accounts mail is checked: kept in "cadencerc" of Claws' folder, by account number.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "settings.h"

#include <account.h>
#include <glib/gi18n-lib.h>
#include <log.h>
#include <prefs_gtk.h>
#include <utils.h>

#define GROUP "check"
#define SPACE 6

static char *
file_name(void)
{
  return g_build_filename(get_rc_dir(), "cadencerc", NULL);
}

static GKeyFile *
load(void)
{
  GKeyFile *file = g_key_file_new();
  g_autofree char *name = file_name();
  g_key_file_load_from_file(file, name, G_KEY_FILE_KEEP_COMMENTS, NULL); /* none: all by default */
  return file;
}

static char *
key_of(const PrefsAccount *account)
{
  return g_strdup_printf("account-%d", account->account_id);
}

static gboolean
is_on(GKeyFile *file, const PrefsAccount *account)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *key = key_of(account);
  gboolean on = g_key_file_get_boolean(file, GROUP, key, &error);
  return error ? TRUE : on;
}

gboolean
claws_settings_checks(const PrefsAccount *account)
{
  g_autoptr(GKeyFile) file = load();
  return is_on(file, account);
}

/* A box with a check button an account, each bearing its key. */
static void
create(PrefsPage *page, GtkWindow *window, gpointer data)
{
  GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, SPACE);
  GtkWidget *label = gtk_label_new(_("Check mail before it goes out from:"));
  g_autoptr(GKeyFile) file = load();
  gtk_container_set_border_width(GTK_CONTAINER(box), SPACE);
  gtk_label_set_xalign(GTK_LABEL(label), 0);
  gtk_box_pack_start(GTK_BOX(box), label, FALSE, FALSE, 0);
  for (GList *each = account_get_list(); each; each = each->next) {
    const PrefsAccount *account = each->data;
    GtkWidget *button = gtk_check_button_new_with_label(account->account_name);
    gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(button), is_on(file, account));
    g_object_set_data_full(G_OBJECT(button), "key", key_of(account), g_free);
    gtk_box_pack_start(GTK_BOX(box), button, FALSE, FALSE, 0);
  }
  gtk_widget_show_all(box);
  page->widget = box;
}

static void
destroy(PrefsPage *page)
{
}

static void
save(PrefsPage *page)
{
  g_autoptr(GKeyFile) file = load();
  g_autoptr(GList) children = gtk_container_get_children(GTK_CONTAINER(page->widget));
  for (GList *each = children; each; each = each->next) {
    const char *key = g_object_get_data(each->data, "key");
    if (key)
      g_key_file_set_boolean(file, GROUP, key, gtk_toggle_button_get_active(each->data));
  }
  g_autofree char *name = file_name();
  g_autoptr(GError) error = NULL;
  if (!g_key_file_save_to_file(file, name, &error))
    log_warning(LOG_PROTOCOL, "%s\n", error->message);
}

static char *path[3];
static PrefsPage page = {.path = path,
                         .weight = 30,
                         .create_widget = create,
                         .destroy_widget = destroy,
                         .save_page = save};

void
claws_settings_register(void)
{
  path[0] = gettext("Plugins"); /* Claws' own word */
  path[1] = (char *)"Cadence";
  prefs_gtk_register_page(&page);
}

void
claws_settings_unregister(void)
{
  prefs_gtk_unregister_page(&page);
}
