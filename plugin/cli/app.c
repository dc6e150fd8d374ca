/* Opens what a run needs: the clock, the two files, the database. The environment is read here and
 * in terminal.c, the clock only here.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "app.h"

#include <glib/gi18n.h>

CliApp *
cli_app_new(void)
{
  CliApp *app = g_new0(CliApp, 1);
  app->out = g_string_new(NULL);
  app->read = g_get_real_time() / G_USEC_PER_SEC;
  app->zone = g_time_zone_new_local();
  app->clock = cadence_clock(app->read, app->zone);
  const char *profile = g_getenv("NOTMUCH_PROFILE");
  app->state = g_build_filename(g_get_user_state_dir(), "notmuch-cadence",
                                profile && *profile ? profile : NULL, NULL);
  return app;
}

void
cli_app_free(CliApp *app)
{
  if (!app)
    return;
  g_clear_pointer(&app->sent, g_ptr_array_unref);
  g_clear_pointer(&app->store, cadence_store_free);
  g_clear_pointer(&app->parties, cadence_parties_free);
  g_clear_pointer(&app->config, cadence_config_free);
  g_clear_pointer(&app->zone, g_time_zone_unref);
  g_string_free(app->out, TRUE);
  g_free(app->directory);
  g_free(app->state);
  g_free(app->now);
  g_free(app);
}

static gboolean
set_clock(CliApp *app, GError **error)
{
  gint64 now = app->read;
  g_autoptr(GError) cause = NULL;
  if (app->now && !cadence_instant_parse(app->now, app->zone, &now, &cause)) {
    g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_SYNTAX, "--now: %s", cause->message);
    return FALSE;
  }
  app->clock = cadence_clock(now, app->zone);
  return TRUE;
}

gboolean
cli_app_set_now(CliApp *app, const char *now, GError **error)
{
  app->now = g_strdup(now);
  return set_clock(app, error);
}

gboolean
cli_app_find_directory(CliApp *app, GError **error)
{
  const char *given = g_getenv("NOTMUCH_CADENCE_DIR");
  const char *profile = g_getenv("NOTMUCH_PROFILE");
  if (app->directory)
    return TRUE;
  if (given && *given) {
    app->directory = g_strdup(given);
    if (g_file_test(given, G_FILE_TEST_IS_DIR))
      return TRUE;
    g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_CONFIG,
                _("NOTMUCH_CADENCE_DIR is %s, which is no folder; make it, or unset the variable"),
                given);
    return FALSE;
  }
  app->directory = g_build_filename(g_get_user_config_dir(), "notmuch-cadence",
                                    profile && *profile ? profile : NULL, NULL);
  return TRUE;
}

char *
cli_app_fingerprint(CliApp *app)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local();
  g_autofree char *bytes =
      cli_app_find_directory(app, NULL) ? cadence_config_fingerprint(app->directory) : NULL;
  return bytes
             ? g_strconcat(CADENCE_VERSION, " ", bytes, " ", g_time_zone_get_identifier(zone), NULL)
             : NULL;
}

/* GLib and libc quietly take UTC for a TZ they do not know: days would be off by one. */
static gboolean
set_zone(CliApp *app, GError **error)
{
  const char *variable = g_getenv("TZ");
  const char *name = app->policy->zone;
  const char *origin = "[scope] zone";
  if (!*name && variable && *variable) {
    name = variable;
    origin = "TZ";
  }
  if (!*name)
    return TRUE;
  GTimeZone *zone = g_time_zone_new_identifier(name);
  if (!zone) {
    g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_CONFIG,
                _("%s: no time zone is called \"%s\"; name one as in Europe/Berlin"), origin, name);
    return FALSE;
  }
  g_time_zone_unref(app->zone);
  app->zone = zone;
  return TRUE;
}

gboolean
cli_app_open_config(CliApp *app, GError **error)
{
  if (!cli_app_find_directory(app, error))
    return FALSE;
  app->config = cadence_config_load(app->directory, error);
  if (!app->config)
    return FALSE;
  app->policy = cadence_config_policy(app->config);
  return set_zone(app, error) && set_clock(app, error);
}

gboolean
cli_app_open_store(CliApp *app, GError **error)
{
  if (!app->config && !cli_app_open_config(app, error))
    return FALSE;
  if (!app->store && !(app->store = cadence_store_open(NULL, error)))
    return FALSE;
  app->parties = cadence_store_parties(app->store, app->config, error);
  app->sent = cadence_journal_read(app->state, app->clock.now);
  app->context = (CadenceContext){
      .config = app->config, .parties = app->parties, .clock = &app->clock, .sent = app->sent};
  return app->parties && cadence_journal_drop_indexed(app->store, &app->context, app->sent, error);
}

gboolean
cli_app_reopen_store(CliApp *app, GError **error)
{
  CadenceStore *store = cadence_store_open(NULL, error);
  if (!store)
    return FALSE;
  cadence_store_free(app->store);
  app->store = store;
  return TRUE;
}

gboolean
cli_app_says_first_use(const CliApp *app)
{
  if (cadence_config_agreements(app->config)->len > 0 || *app->policy->scope_query)
    return FALSE;
  cli_say(
      _("no prospects yet: nothing names one. \"notmuch cadence suggest\" lists whom you wrote to, "
        "and "
        "\"notmuch cadence agree acme.example\" makes one; or write into %s/policy.ini the two "
        "lines \"[scope]\" and \"query = ...\", a notmuch query for the mail with the people you "
        "sell to (man 5 notmuch-cadence), and then run \"notmuch cadence index\""),
      app->directory);
  return TRUE;
}
