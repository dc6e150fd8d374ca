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
  g_free(app->files);
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

/* With the zone of the process, which counts where the policy names none. */
static char *
files_word(const char *fingerprint)
{
  g_autoptr(GTimeZone) zone = g_time_zone_new_local();
  return g_strconcat(CADENCE_VERSION, " ", fingerprint, " ", g_time_zone_get_identifier(zone),
                     NULL);
}

char *
cli_app_files_now(CliApp *app)
{
  g_autofree char *bytes =
      cli_app_find_directory(app, NULL) ? cadence_config_fingerprint_now(app->directory) : NULL;
  return bytes ? files_word(bytes) : NULL;
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

void
cli_app_take_config(CliApp *app, CadenceConfig *config)
{
  g_autofree char *fingerprint = cadence_config_fingerprint(config);
  g_free(app->files);
  app->files = files_word(fingerprint);
  app->config = config;
  app->policy = cadence_config_policy(config);
}

/* With `addresses` (may be NULL) only what concerns them need be read. */
static gboolean
open_config(CliApp *app, const char *known, const char *const *addresses, GError **error)
{
  if (!cli_app_find_directory(app, error))
    return FALSE;
  CadenceConfig *config = cadence_config_load_for(app->directory, known, addresses, error);
  if (!config)
    return FALSE;
  cli_app_take_config(app, config);
  return set_zone(app, error) && set_clock(app, error);
}

gboolean
cli_app_open_config(CliApp *app, GError **error)
{
  return open_config(app, NULL, NULL, error);
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
  app->context = (CadenceContext){.config = app->config,
                                  .parties = app->parties,
                                  .clock = &app->clock,
                                  .files = app->files,
                                  .sent = app->sent};
  return app->parties && cadence_journal_drop_indexed(app->store, &app->context, app->sent, error);
}

/* The fingerprint of the files that the last pass of this version read; "" where there is none. */
static char *
last_fingerprint(const CliApp *app)
{
  g_autofree char *files = cadence_store_last_files(app->store);
  g_auto(GStrv) words = g_strsplit(files, " ", 3);
  gboolean ours = words[0] && words[1] && g_str_equal(words[0], CADENCE_VERSION);
  return g_strdup(ours ? words[1] : "");
}

/* To whom the draft goes, and who we are: nobody else may claim that. */
static GStrv
addresses_of(const CliApp *app, const CadenceDraft *draft)
{
  g_autoptr(GStrvBuilder) all = g_strv_builder_new();
  g_strv_builder_addv(all, (const char **)draft->to);
  g_strv_builder_addv(all, (const char **)draft->cc);
  g_strv_builder_addv(all, (const char **)draft->bcc);
  g_strv_builder_addv(all, (const char **)cadence_store_us(app->store));
  return g_strv_builder_end(all);
}

/* Where there is no database, cli_app_open_store() says so, after what the files have to say. */
gboolean
cli_app_open_store_for(CliApp *app, const CadenceDraft *draft, GError **error)
{
  app->store = cadence_store_open(NULL, NULL);
  if (app->store) {
    g_autofree char *known = last_fingerprint(app);
    g_auto(GStrv) addresses = addresses_of(app, draft);
    if (!open_config(app, known, (const char *const *)addresses, error))
      return FALSE;
  }
  return cli_app_open_store(app, error);
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
