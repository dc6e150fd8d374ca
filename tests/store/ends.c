/* Preloaded into the program: libnotmuch ends it now and then, as it does when Xapian takes the
 * snapshot away. $ENDS_COUNT names a file with a byte for each time that is still to come;
 * $ENDS_HOW is "abort" or "exit". `notmuch_query_search_messages` does it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <dlfcn.h>
#include <notmuch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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
