/* Finds the real file behind a name, holds it against other changes, and reads it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "target.h"

#include <cadence/base.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/file.h>
#include <unistd.h>

#define LINKS 40 /* as many as the kernel follows */
#define TRIES 1500
#define NAP ((gulong)10 * 1000) /* microseconds */

gboolean
cadence_target_refuse(GError **error, int code, const char *path, int why)
{
  g_autofree char *shown = g_filename_display_name(path);
  g_set_error(error, CADENCE_ERROR, code, _("%s: %s; nothing was changed"), shown, g_strerror(why));
  return FALSE;
}

static void
close_fd(int *fd)
{
  if (*fd >= 0)
    close(*fd);
  *fd = -1;
}

void
cadence_target_clear(CadenceTarget *target)
{
  close_fd(&target->file);
  close_fd(&target->lock);
  close_fd(&target->directory);
  g_clear_pointer(&target->name, g_free);
  g_clear_pointer(&target->path, g_free);
}

static gboolean
is_link(const char *path)
{
  struct stat status;
  return lstat(path, &status) == 0 && S_ISLNK(status.st_mode);
}

/* The path that the links at `path` end at, whether or not something is there; owned by the caller.
 * Not realpath, which wants it to be there. */
static char *
follow(const char *path, GError **error)
{
  g_autofree char *found = g_strdup(path);
  for (int links = 0; is_link(found); links++) {
    g_autofree char *next = g_file_read_link(found, NULL);
    if (!next || links == LINKS) {
      cadence_target_refuse(error, CADENCE_ERROR_NO_INPUT, path, next ? ELOOP : errno);
      return NULL;
    }
    g_autofree char *directory = g_path_get_dirname(found);
    g_free(found);
    found = g_path_is_absolute(next) ? g_strdup(next) : g_build_filename(directory, next, NULL);
  }
  return g_steal_pointer(&found);
}

static gboolean
open_directory(CadenceTarget *target, const char *asked, GError **error)
{
  g_autofree char *directory = g_path_get_dirname(target->path);
  target->name = g_path_get_basename(target->path);
  target->directory = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (target->directory >= 0)
    return TRUE;
  gboolean dangles = errno == ENOENT && is_link(asked);
  return cadence_target_refuse(error, dangles ? CADENCE_ERROR_NO_INPUT : CADENCE_ERROR_IO,
                               dangles ? target->path : directory, errno);
}

/* The directory is locked, for it outlives every replacement of the file, and no lock file litters
 * what is often a repository. NFS can't lock one that is open for reading: there it takes a file.
 */
static int
lock_directory(CadenceTarget *target)
{
  if (flock(target->directory, LOCK_EX | LOCK_NB) == 0)
    return 0;
  if (errno != EBADF && errno != ENOLCK && errno != EOPNOTSUPP && errno != EINVAL)
    return errno;
  g_autofree char *name = g_strdup_printf(".%s.cadence-lock", target->name);
  target->lock = openat(target->directory, name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  return target->lock >= 0 && flock(target->lock, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
}

/* A link may have been turned, or the directory moved, while we waited. */
static gboolean
still_leads_there(const CadenceTarget *target, const char *asked)
{
  struct stat held, there;
  g_autofree char *path = follow(asked, NULL);
  g_autofree char *directory = path ? g_path_get_dirname(path) : NULL;
  return path && g_str_equal(path, target->path) && fstat(target->directory, &held) == 0 &&
         stat(directory, &there) == 0 && held.st_dev == there.st_dev && held.st_ino == there.st_ino;
}

/* 0, EWOULDBLOCK to try again, or -1 and an error. */
static int
try_hold(CadenceTarget *target, const char *asked, GError **error)
{
  target->path = follow(asked, error);
  if (!target->path || !open_directory(target, asked, error))
    return -1;
  int why = lock_directory(target);
  if (why == 0)
    return still_leads_there(target, asked) ? 0 : EWOULDBLOCK;
  if (why == EWOULDBLOCK || why == EINTR)
    return EWOULDBLOCK;
  cadence_target_refuse(error, CADENCE_ERROR_IO, target->path, why);
  return -1;
}

gboolean
cadence_target_hold(CadenceTarget *target, const char *directory, const char *name, GError **error)
{
  g_autofree char *asked = g_build_filename(directory, name, NULL);
  for (int tries = 0; tries < TRIES; tries++) {
    int outcome = try_hold(target, asked, error);
    if (outcome <= 0)
      return outcome == 0;
    cadence_target_clear(target);
    g_usleep(NAP);
  }
  g_autofree char *shown = g_filename_display_name(asked);
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_BUSY,
              _("%s: another program is changing it and does not end; nothing was changed"), shown);
  return FALSE;
}

gboolean
cadence_target_read(CadenceTarget *target, CadenceSource *source, GError **error)
{
  /* O_NONBLOCK: a pipe in its place must not make us wait for a writer. */
  target->file = openat(target->directory, target->name,
                        O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW);
  if (target->file < 0)
    return errno == ENOENT ||
           cadence_target_refuse(error, CADENCE_ERROR_NO_INPUT, target->path, errno);
  if (fstat(target->file, &target->status) != 0)
    return cadence_target_refuse(error, CADENCE_ERROR_NO_INPUT, target->path, errno);
  return cadence_source_read_open(source, target->file, target->path, error);
}
