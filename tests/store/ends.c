/* Preloaded into the program: libnotmuch ends it now and then, as it does when Xapian takes the
 * snapshot away. $ENDS_COUNT names a file with a byte for each time that is still to come;
 * $ENDS_HOW is "abort" or "exit". `notmuch_query_search_messages` does it. And to $ENDS_HELD goes a
 * line for each time that a database was open for writing: how long, in microseconds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <dlfcn.h>
#include <fcntl.h>
#include <notmuch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void
end_maybe(void)
{
  const char *count = getenv("ENDS_COUNT"), *how = getenv("ENDS_HOW");
  struct stat status;
  if (!count || !how || stat(count, &status) != 0 || status.st_size == 0 ||
      truncate(count, status.st_size - 1) != 0)
    return;
  fputs("terminate called after throwing an instance of 'Xapian::DatabaseModifiedError'\n", stderr);
  if (strcmp(how, "abort") == 0)
    abort();
  exit(1);
}

notmuch_status_t
notmuch_query_search_messages(notmuch_query_t *query, notmuch_messages_t **out)
{
  notmuch_status_t (*real)(notmuch_query_t *, notmuch_messages_t **);
  *(void **)&real = dlsym(RTLD_NEXT, "notmuch_query_search_messages");
  end_maybe();
  return real(query, out);
}

static struct timespec opened;
static notmuch_database_t *writing;

notmuch_status_t
notmuch_database_open_with_config(const char *path, notmuch_database_mode_t mode,
                                  const char *config, const char *profile, notmuch_database_t **db,
                                  char **message)
{
  notmuch_status_t (*real)(const char *, notmuch_database_mode_t, const char *, const char *,
                           notmuch_database_t **, char **);
  *(void **)&real = dlsym(RTLD_NEXT, "notmuch_database_open_with_config");
  if (mode != NOTMUCH_DATABASE_MODE_READ_WRITE)
    return real(path, mode, config, profile, db, message);
  (void)clock_gettime(CLOCK_MONOTONIC, &opened);
  notmuch_status_t status = real(path, mode, config, profile, db, message);
  writing = *db;
  return status;
}

static void
note_held(void)
{
  const char *name = getenv("ENDS_HELD");
  struct timespec now;
  (void)clock_gettime(CLOCK_MONOTONIC, &now);
  int fd = name ? open(name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600) : -1;
  if (fd < 0)
    return;
  dprintf(fd, "%ld\n",
          (long)(now.tv_sec - opened.tv_sec) * 1000000 + (now.tv_nsec - opened.tv_nsec) / 1000);
  close(fd);
}

notmuch_status_t
notmuch_database_close(notmuch_database_t *db)
{
  notmuch_status_t (*real)(notmuch_database_t *);
  *(void **)&real = dlsym(RTLD_NEXT, "notmuch_database_close");
  notmuch_status_t status = real(db);
  if (db == writing)
    note_held();
  writing = db == writing ? NULL : writing;
  return status;
}
