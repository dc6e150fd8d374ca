/* Replaces a file as a whole: a temporary one beside it, synced, renamed over it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/base.h>
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "target.h"

#define PERMISSIONS 07777
#define ACCESS_LIST "system.posix_acl_access"
#define ATTRIBUTES ((gsize)64 * 1024) /* bytes: XATTR_LIST_MAX, XATTR_SIZE_MAX */

static gboolean
write_all(int fd, const char *text, gsize length)
{
  while (length > 0) {
    ssize_t n = write(fd, text, length);
    if (n < 0 && errno != EINTR)
      return FALSE;
    if (n > 0) {
      text += n;
      length -= n;
    }
  }
  return TRUE;
}

/* What the user, or the access rules, put on it. Others are the file system's own affair. */
static gboolean
is_worth_keeping(const char *attribute)
{
  return g_str_has_prefix(attribute, "user.") || g_str_equal(attribute, ACCESS_LIST) ||
         g_str_equal(attribute, "security.selinux");
}

/* As far as it goes: a file system may know none, or not let us. */
static void
keep_attributes(int from, int to)
{
  g_autofree char *names = g_malloc(ATTRIBUTES), *value = g_malloc(ATTRIBUTES);
  ssize_t length = flistxattr(from, names, ATTRIBUTES);
  for (const char *name = names; name < names + length; name += strlen(name) + 1) {
    ssize_t size = is_worth_keeping(name) ? fgetxattr(from, name, value, ATTRIBUTES) : -1;
    if (size >= 0)
      fsetxattr(to, name, value, (size_t)size, 0);
  }
}

/* A group that may not be kept must not hand its rights to ours. */
static mode_t
without_group(mode_t mode)
{
  return (mode & ~(mode_t)S_IRWXG) | ((mode & S_IRWXO) << 3);
}

/* Gives the new file what the old one had: the mode last, for a change of owner takes bits away. */
static gboolean
keep_status(const CadenceTarget *target, int fd)
{
  struct stat fresh;
  const struct stat *old = &target->status;
  if (target->file < 0)
    return TRUE; /* new, and opened with the mode it is to have */
  if (fstat(fd, &fresh) != 0)
    return FALSE;
  fremovexattr(fd, ACCESS_LIST); /* one that the directory hands to what is new in it */
  if ((fresh.st_uid == old->st_uid && fresh.st_gid == old->st_gid) ||
      fchown(fd, old->st_uid, old->st_gid) == 0) {
    keep_attributes(target->file, fd);
    return fchmod(fd, old->st_mode & PERMISSIONS) == 0;
  }
  gboolean grouped = fresh.st_gid == old->st_gid || fchown(fd, (uid_t)-1, old->st_gid) == 0;
  mode_t mode = old->st_mode & (S_IRWXU | S_IRWXG | S_IRWXO);
  return fchmod(fd, grouped ? mode : without_group(mode)) == 0;
}

/* FALSE where the file is no longer what was read: editors know nothing of our lock. */
static gboolean
is_as_read(const CadenceTarget *target)
{
  struct stat now;
  if (fstatat(target->directory, target->name, &now, AT_SYMLINK_NOFOLLOW) != 0)
    return target->file < 0 && errno == ENOENT;
  const struct stat *old = &target->status;
  return target->file >= 0 && now.st_dev == old->st_dev && now.st_ino == old->st_ino &&
         now.st_size == old->st_size && now.st_mtim.tv_sec == old->st_mtim.tv_sec &&
         now.st_mtim.tv_nsec == old->st_mtim.tv_nsec;
}

/* Writes the temporary file; 0, or why not. */
static int
prepare(const CadenceTarget *target, const char *temporary, const char *text, gsize length)
{
  int fd =
      openat(target->directory, temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
             target->file < 0 ? target->fresh : S_IRUSR | S_IWUSR);
  if (fd < 0)
    return errno;
  gboolean done =
      write_all(fd, text, length) && keep_status(target, fd) && TEMP_FAILURE_RETRY(fsync(fd)) == 0;
  int why = done ? 0 : errno;
  if (close(fd) != 0 && why == 0 && errno != EINTR)
    why = errno;
  return why;
}

static gboolean
refuse_changed(const CadenceTarget *target, GError **error)
{
  g_autofree char *shown = g_filename_display_name(target->path);
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_BUSY,
              _("%s: another program wrote it just now; nothing was changed, try again"), shown);
  return FALSE;
}

gboolean
cadence_target_replace(const CadenceTarget *target, const char *text, gsize length, GError **error)
{
  /* Replacing would get around its being read-only. */
  if (target->file >= 0 && faccessat(target->directory, target->name, W_OK, AT_EACCESS) != 0)
    return cadence_target_refuse(error, CADENCE_ERROR_IO, target->path, errno);

  /* One name will do under the lock, and whoever was killed before us left it behind. */
  g_autofree char *temporary = g_strdup_printf(".%s.cadence-new", target->name);
  unlinkat(target->directory, temporary, 0);
  int why = prepare(target, temporary, text, length);
  gboolean as_read = why != 0 || is_as_read(target);
  if (why == 0 && as_read &&
      renameat(target->directory, temporary, target->directory, target->name) != 0)
    why = errno;
  if (why != 0 || !as_read) {
    unlinkat(target->directory, temporary, 0);
    return as_read ? cadence_target_refuse(error, CADENCE_ERROR_IO, target->path, why)
                   : refuse_changed(target, error);
  }
  /* It has happened: where this fails, only a power cut can undo it. */
  (void)fsync(target->directory);
  return TRUE;
}

gboolean
cadence_target_remove(const CadenceTarget *target, GError **error)
{
  if (!is_as_read(target))
    return refuse_changed(target, error);
  if (target->file >= 0 && unlinkat(target->directory, target->name, 0) != 0)
    return cadence_target_refuse(error, CADENCE_ERROR_IO, target->path, errno);
  (void)fsync(target->directory);
  return TRUE;
}
