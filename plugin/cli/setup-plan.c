/* What a set-up comes to, and doing it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/base.h>
#include <cadence/file.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "setup.h"
#include "text.h"

static void
change_free(CliSetupChange *change)
{
  g_free(change->path);
  g_free(change->before);
  g_free(change->after);
  g_strfreev(change->run);
  g_free(change);
}

/* By its whole path: a client that a desktop starts may have another PATH. */
static char *
find_program(void)
{
  g_autofree char *found = g_find_program_in_path("notmuch-cadence");
  if (found && g_path_is_absolute(found))
    return g_steal_pointer(&found);
  g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
  return self ? g_steal_pointer(&self) : g_strdup("notmuch-cadence");
}

CliSetup *
cli_setup_new(const CliSetupClient *client, gboolean undo)
{
  CliSetup *setup = g_new0(CliSetup, 1);
  setup->client = client;
  setup->undo = undo;
  setup->program = find_program();
  setup->changes = g_ptr_array_new_with_free_func((GDestroyNotify)change_free);
  setup->notes = g_ptr_array_new_with_free_func(g_free);
  return setup;
}

void
cli_setup_free(CliSetup *setup)
{
  if (!setup)
    return;
  g_free(setup->program);
  g_ptr_array_unref(setup->changes);
  g_ptr_array_unref(setup->notes);
  g_free(setup);
}

void
cli_setup_note(CliSetup *setup, const char *format, ...)
{
  va_list values;
  va_start(values, format);
  g_ptr_array_add(setup->notes, g_strdup_vprintf(format, values));
  va_end(values);
}

char *
cli_setup_expand(const char *path)
{
  if (g_str_has_prefix(path, "%/"))
    return g_build_filename(g_get_user_config_dir(), path + 2, NULL);
  if (g_str_has_prefix(path, "~/"))
    return g_build_filename(g_get_home_dir(), path + 2, NULL);
  return g_strdup(path);
}

/* The first that is there, else the last. */
static char *
find_file(CliSetup *setup, const CliSetupStep *step, GError **error)
{
  if (step->find)
    return step->find(setup, step, error);
  for (const char *const *name = step->files;; name++) {
    g_autofree char *path = cli_setup_expand(*name);
    if (!name[1] || g_file_test(path, G_FILE_TEST_EXISTS))
      return g_steal_pointer(&path);
  }
}

static gboolean
refuse_missing(const CliSetupStep *step, const char *path, GError **error)
{
  g_autofree char *shown = g_filename_display_name(path);
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_NO_INPUT, _("%s is not there: %s"), shown,
              _(step->missing));
  return FALSE;
}

/* What of the file is not ours; `*fresh` where there is, or would be, no file without us. */
static GString *
without_ours(const CliSetupStep *step, const char *before, gboolean *fresh, GError **error)
{
  g_autoptr(GString) text = g_string_new(before ? before : step->header);
  gboolean ours = FALSE;
  if (!cli_setup_take_out(text, &step->place, &ours, error))
    return NULL;
  if (step->take && before)
    ours = step->take(step, text) || ours;
  *fresh = !before || (ours && g_str_equal(text->str, step->header ? step->header : ""));
  return g_steal_pointer(&text);
}

/* Takes our part out of the file, and, unless that is all, puts it in anew: so a second run changes
 * nothing, and one of a later version changes what is new in it. */
static gboolean
plan_step(CliSetup *setup, const CliSetupStep *step, GError **error)
{
  g_autofree char *path = find_file(setup, step, error), *before = NULL;
  gboolean fresh;
  if (!path || !cadence_file_read(path, &before, error))
    return FALSE;
  if (!before && setup->undo)
    return TRUE;
  if (!before && step->missing)
    return refuse_missing(step, path, error);
  g_autoptr(GString) text = without_ours(step, before, &fresh, error);
  if (!text)
    return FALSE;
  gboolean foreign = g_strcmp0(text->str, before) == 0; /* it had nothing of ours */
  setup->whole = foreign ? path : NULL;
  if (!setup->undo && !step->put(setup, step, text, fresh, error))
    return FALSE;
  if (!setup->undo && step->wants && !g_file_test(step->wants, G_FILE_TEST_EXISTS))
    cli_setup_note(setup, _("%s is not there yet: install it before the client is started"),
                   step->wants);
  const char *after = setup->undo && fresh ? NULL : text->str;
  if (g_strcmp0(before, after) == 0 || (!before && !*text->str))
    return TRUE;
  CliSetupChange *change = g_new0(CliSetupChange, 1);
  *change = (CliSetupChange){.path = g_steal_pointer(&path),
                             .after = g_strdup(after),
                             .mode = step->mode ? step->mode : 0600,
                             .keep = foreign && before};
  change->before = g_steal_pointer(&before);
  g_ptr_array_add(setup->changes, change);
  return TRUE;
}

/* A client that is not there is set up for nothing, and can't be asked. */
static gboolean
is_there(const CliSetup *setup, GError **error)
{
  const char *program = setup->client->program;
  g_autofree char *found = program && !setup->undo ? g_find_program_in_path(program) : NULL;
  if (!program || setup->undo || found)
    return TRUE;
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_NO_INPUT,
              _("there is no program \"%s\"; install it first"), program);
  return FALSE;
}

gboolean
cli_setup_plan(CliSetup *setup, GError **error)
{
  const CliSetupClient *client = setup->client;
  if (!is_there(setup, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS(client->steps); i++)
    if (client->steps[i].put && !plan_step(setup, &client->steps[i], error))
      return FALSE;
  return !client->extra || client->extra(setup, error);
}

static gboolean
run_program(const CliSetupChange *change, GError **error)
{
  g_autoptr(GSubprocess) child =
      g_subprocess_newv((const char *const *)change->run, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL);
  if (child && g_subprocess_wait_check(child, NULL, NULL))
    return TRUE;
  g_autofree char *command = g_strjoinv(" ", change->run);
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_IO, _("this failed, run it yourself: %s"),
              command);
  return FALSE;
}

gboolean
cli_setup_apply(CliSetup *setup, GError **error)
{
  if (!cli_setup_may_write(setup, error))
    return FALSE;
  for (guint i = 0; i < setup->changes->len; i++) {
    const CliSetupChange *change = setup->changes->pdata[i];
    gboolean done =
        change->run ? run_program(change, error)
                    : cadence_file_change(change->path, change->before, change->after, change->mode,
                                          change->keep ? CLI_SETUP_BACKUP : NULL, error);
    if (!done)
      return FALSE;
  }
  return TRUE;
}
