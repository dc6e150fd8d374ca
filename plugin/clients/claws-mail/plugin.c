/* The plugin: Claws' entry points, and its hook before a mail is sent or queued.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <compose.h>
#include <glib/gi18n-lib.h>
#include <gmodule.h>
#include <hooks.h>
#include <log.h>
#include <plugin.h>
#include <statusbar.h>
#include <version.h>

#include "../gtk/send.h"
#include "collect.h"
#include "menu.h"
#include "settings.h"

static gulong hook = HOOK_NONE;

static void
notice(const char *message, gpointer data)
{
  log_warning(LOG_PROTOCOL, "%s\n", message);
  statusbar_print_all("%s", message);
}

/* TRUE stops the mail. `batch`: Claws sends by itself, and nobody is there to be asked. */
static gboolean
before_send(gpointer source, gpointer data)
{
  Compose *compose = source;
  if (compose->batch || !claws_settings_checks(compose->account))
    return FALSE;
  GString *draft = claws_collect(compose);
  gboolean send = front_may_send(GTK_WINDOW(compose->window), draft, FRONT_LIMIT, notice, NULL);
  g_string_free(draft, TRUE);
  return !send;
}

G_MODULE_EXPORT gint
plugin_init(gchar **error)
{
  /* Compose is an open struct: only the version that this was built for will do. */
  if (!check_plugin_version(VERSION_NUMERIC, VERSION_NUMERIC, "Cadence", error))
    return -1;
  front_init();
  hook = hooks_register_hook(COMPOSE_CHECK_BEFORE_SEND_HOOKLIST, before_send, NULL);
  if (hook == HOOK_NONE) {
    *error = g_strdup(_("Claws Mail has no hook before sending"));
    return -1;
  }
  claws_settings_register();
  claws_menu_add();
  return 0;
}

G_MODULE_EXPORT gboolean
plugin_done(void)
{
  hooks_unregister_hook(COMPOSE_CHECK_BEFORE_SEND_HOOKLIST, hook);
  claws_settings_unregister();
  claws_menu_remove();
  return TRUE;
}

G_MODULE_EXPORT const gchar *
plugin_name(void)
{
  return "Cadence";
}

G_MODULE_EXPORT const gchar *
plugin_desc(void)
{
  return _(
      "Asks notmuch-cadence before a mail goes out, and says so where it is too early, one too "
      "many, or was asked not to be written.");
}

G_MODULE_EXPORT const gchar *
plugin_type(void)
{
  return "GTK3";
}

G_MODULE_EXPORT const gchar *
plugin_licence(void)
{
  return "GPL3+";
}

G_MODULE_EXPORT const gchar *
plugin_version(void)
{
  return CADENCE_VERSION;
}

G_MODULE_EXPORT struct PluginFeature *
plugin_provides(void)
{
  static struct PluginFeature features[] = {{PLUGIN_UTILITY, "Cadence"}, {PLUGIN_NOTHING, NULL}};
  return features;
}
