/* Files of other programs' configurations, held and replaced like our own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/file.h>
#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "keyfile.h"
#include "target.h"

static gboolean
refuse(GError **error, int code, const char *path, const char *what)
{
  g_autofree char *shown = g_filename_display_name(path);
  g_set_error(error, CADENCE_ERROR, code, "%s: %s", shown, what);
  return FALSE;
}

/* What was read can be held as a string. */
static gboolean
is_text(const CadenceSource *source, const char *path, GError **error)
{
  if (source->length > CADENCE_KEYFILE_MAX)
    return refuse(error, CADENCE_ERROR_NO_INPUT, path, _("is too long"));
  if (source->text && strlen(source->text) != source->length)
    return refuse(error, CADENCE_ERROR_NO_INPUT, path, _("holds a NUL byte: it is no text"));
  return TRUE;
}

gboolean
cadence_file_read(const char *path, char **text, GError **error)
{
  g_autofree char *directory = g_path_get_dirname(path), *name = g_path_get_basename(path);
  g_auto(CadenceSource) source = {0};
  if (!cadence_source_read(&source, directory, name, error) || !is_text(&source, path, error))
    return FALSE;
  *text = g_steal_pointer(&source.text);
  return TRUE;
}

/* Writes what was read beside the file. The directory stays the target's. */
static gboolean
keep(const CadenceTarget *target, const char *text, const char *suffix, GError **error)
{
  g_autofree char *name = g_strconcat(target->name, suffix, NULL);
  g_autofree char *path = g_strconcat(target->path, suffix, NULL);
  g_auto(CadenceSource) old = {0};
  CadenceTarget copy = CADENCE_TARGET_NONE;
  copy.directory = target->directory;
  copy.name = name;
  copy.path = path;
  gboolean kept = cadence_target_read(&copy, &old, error) &&
                  cadence_target_replace(&copy, text, strlen(text), error);
  copy.directory = -1;
  copy.name = copy.path = NULL;
  cadence_target_clear(&copy);
  return kept;
}

gboolean
cadence_file_change(const char *path, const char *before, const char *after, guint mode,
                    const char *backup, GError **error)
{
  g_autofree char *directory = g_path_get_dirname(path), *name = g_path_get_basename(path);
  g_auto(CadenceTarget) target = CADENCE_TARGET_NONE;
  g_auto(CadenceSource) source = {0};
  if (after && g_mkdir_with_parents(directory, 0700) != 0)
    return cadence_target_refuse(error, CADENCE_ERROR_IO, directory, errno);
  if (!cadence_target_hold(&target, directory, name, error) ||
      !cadence_target_read(&target, &source, error) || !is_text(&source, path, error))
    return FALSE;
  if (g_strcmp0(source.text, before) != 0)
    return refuse(error, CADENCE_ERROR_BUSY, path,
                  _("another program wrote it just now; nothing was changed, try again"));
  if (backup && before && !keep(&target, before, backup, error))
    return FALSE;
  target.fresh = mode;
  return after ? cadence_target_replace(&target, after, strlen(after), error)
               : cadence_target_remove(&target, error);
}
