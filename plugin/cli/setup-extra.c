/* What is done beside files: a timer, and parts that the clients load by themselves.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/base.h>
#include <glib/gi18n.h>

#include "setup.h"

#define TIMER "notmuch-cadence-index.timer"
#define XPI "/extensions/{3550f703-e582-4d05-9a08-453d09bdfdc6}/cadence@notmuch.org.xpi"

gboolean
cli_setup_timer(CliSetup *setup, GError **error)
{
  static const char *const asks[] = {"systemctl", "--user", "is-enabled", TIMER, NULL};
  static const char *const on[] = {"systemctl", "--user", "enable", "--now", TIMER, NULL};
  static const char *const off[] = {"systemctl", "--user", "disable", "--now", TIMER, NULL};
  g_autofree char *enabled = cli_setup_run(asks, NULL, NULL);
  if ((enabled != NULL) != setup->undo)
    return TRUE;
  CliSetupChange *change = g_new0(CliSetupChange, 1);
  change->run = g_strdupv((GStrv)(setup->undo ? off : on));
  g_ptr_array_add(setup->changes, change);
  return TRUE;
}

/* A part of ours that must be where the client looks. */
static gboolean
is_installed(const char *path, GError **error)
{
  if (g_file_test(path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_NO_INPUT,
              _("%s is not there; install notmuch-cadence with that part, for the same prefix as "
                "the client"),
              path);
  return FALSE;
}

gboolean
cli_setup_module(CliSetup *setup, GError **error)
{
  if (setup->undo)
    return TRUE;
  if (!is_installed(CADENCE_EVOLUTION_MODULE, error))
    return FALSE;
  cli_setup_note(setup, _("Evolution loads %s by itself, at its next start."),
                 CADENCE_EVOLUTION_MODULE);
  return TRUE;
}

gboolean
cli_setup_extension(CliSetup *setup, GError **error)
{
  static const char *const system_wide = "/usr/lib/mozilla" XPI;
  if (setup->undo)
    cli_setup_note(setup, _("Take the add-on itself out in Thunderbird, under Add-ons."));
  else if (g_file_test(system_wide, G_FILE_TEST_EXISTS))
    cli_setup_note(setup, _("Thunderbird loads %s by itself, at its next start."), system_wide);
  else
    cli_setup_note(setup,
                   _("Add the add-on itself in Thunderbird: Add-ons, Install Add-on From File, %s"),
                   CADENCE_MOZILLADIR XPI);
  return TRUE;
}
