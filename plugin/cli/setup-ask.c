/* What is asked of the clients themselves: how they send mail, and where their files are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/base.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "setup.h"
#include "text.h"

#define TEXT "/dev/fd/3" /* where a child finds the text that it is given */

/* A file without a name that holds `text`; -1 where none can be had. */
static int
spool(const char *text)
{
  gsize size = strlen(text);
  int fd = memfd_create("configuration", MFD_CLOEXEC);
  while (fd >= 0 && size > 0) {
    ssize_t n = write(fd, text, size);
    if (n <= 0)
      break;
    text += n;
    size -= (gsize)n;
  }
  return fd >= 0 && lseek(fd, 0, SEEK_SET) == 0 ? fd : -1;
}

char *
cli_setup_run(const char *const *words, const char *text, const char *directory)
{
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(
      G_SUBPROCESS_FLAGS_STDOUT_PIPE |
      (text ? G_SUBPROCESS_FLAGS_STDERR_MERGE : G_SUBPROCESS_FLAGS_STDERR_SILENCE));
  int fd = text ? spool(text) : -1;
  if (fd >= 0)
    g_subprocess_launcher_take_fd(launcher, fd, 3);
  g_subprocess_launcher_set_cwd(launcher, directory ? directory : ".");
  g_autoptr(GSubprocess) child = g_subprocess_launcher_spawnv(launcher, words, NULL);
  g_autoptr(GBytes) said = NULL;
  if (!child || !g_subprocess_communicate(child, NULL, NULL, &said, NULL, NULL) ||
      !g_subprocess_get_successful(child))
    return NULL;
  gsize size;
  const char *data = g_bytes_get_data(said, &size);
  return g_strchomp(g_strndup(data ? data : "", size));
}

/* The value in a line such as sendmail="..." or set sendmail = "..."; owned by the caller. */
static char *
value_of(const char *said, const char *name)
{
  g_auto(GStrv) lines = g_strsplit(said, "\n", -1);
  for (char **line = lines; *line; line++) {
    const char *at = *line + (g_str_has_prefix(*line, "set ") ? 4 : 0);
    const char *begin = strchr(at, '"'), *end = strrchr(at, '"');
    if (!g_str_has_prefix(at, name) || !begin || begin == end)
      continue;
    g_autofree char *quoted = g_strndup(begin + 1, (gsize)(end - begin - 1));
    return g_strcompress(quoted);
  }
  return g_strdup("");
}

/* From the home folder: mutt finds files from there, and shortens a path that begins with the
 * current folder. Other files may be found from the real one only: so it is asked about that if it
 * can be. */
char *
cli_setup_ask_mutt(CliSetup *setup, const char *text, GError **error)
{
  const char *file = setup->whole ? setup->whole : TEXT;
  const char *const words[] = {
      setup->client->program, "-F", file, "-Q", "sendmail", "-Q", "smtp_url", NULL};
  g_autofree char *said = cli_setup_run(words, text, g_get_home_dir());
  if (!said || strstr(said, TEXT)) {
    g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_CONFIG,
                _("%s can't read its own configuration: see what it says at its start"),
                setup->client->name);
    return NULL;
  }
  g_autofree char *smtp = value_of(said, "smtp_url");
  if (g_regex_match_simple("^[^#\n]*-hook\\b[^\n]*\\bsendmail\\b", text,
                           G_REGEX_MULTILINE | G_REGEX_RAW, 0))
    cli_setup_note(setup, _("a hook sets sendmail, too: put the same command before it there"));
  if (!*smtp)
    return value_of(said, "sendmail");
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_CONFIG,
              _("%s sends through its smtp_url, where nothing can stand between; unset that, and "
                "set sendmail to a program such as msmtp"),
              setup->client->name);
  return NULL;
}

/* The value of a key, as git reads it, but for that of our block; "" where there is none. */
static char *
ask_git(const CliSetup *setup, const char *key)
{
  gboolean block = !setup->whole;
  const char *const words[] = {"git", "config", "--global", "--includes", "--get-all", key, NULL};
  g_autofree char *said = cli_setup_run(words, NULL, NULL);
  g_auto(GStrv) values = g_strsplit(said ? said : "", "\n", -1);
  for (guint i = g_strv_length(values); i > 0; i--) {
    if (!block || !strstr(values[i - 1], CLI_SETUP_OURS))
      return g_strdup(values[i - 1]);
    block = FALSE;
  }
  return g_strdup("");
}

char *
cli_setup_ask_git(CliSetup *setup, const char *text, GError **error)
{
  g_autofree char *command = ask_git(setup, "sendemail.sendmailCmd");
  if (*command)
    return g_steal_pointer(&command);
  g_autofree char *server = ask_git(setup, "sendemail.smtpServer");
  if (!*server || g_path_is_absolute(server))
    return g_steal_pointer(&server);
  g_autofree char *shown = cli_clean(server);
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_CONFIG,
              _("git sends through the SMTP server %s, where nothing can stand between; set "
                "sendemail.smtpServer to a program such as /usr/bin/msmtp"),
              shown);
  return NULL;
}

/* git reads both, the one in the home folder last; it writes to that, unless only the other is
 * there. */
char *
cli_setup_find_git(CliSetup *setup, const CliSetupStep *step, GError **error)
{
  const char *given = g_getenv("GIT_CONFIG_GLOBAL");
  if (given && *given)
    return g_strdup(given);
  g_autofree char *home = cli_setup_expand("~/.gitconfig");
  g_autofree char *other = cli_setup_expand("%/git/config");
  gboolean elsewhere =
      !g_file_test(home, G_FILE_TEST_EXISTS) && g_file_test(other, G_FILE_TEST_EXISTS);
  return elsewhere ? g_steal_pointer(&other) : g_steal_pointer(&home);
}

char *
cli_setup_find_hook(CliSetup *setup, const CliSetupStep *step, GError **error)
{
  const char *const words[] = {"notmuch", "config", "get", "database.hook_dir", NULL};
  g_autofree char *directory = cli_setup_run(words, NULL, NULL);
  if (directory && *directory)
    return g_build_filename(directory, "post-new", NULL);
  g_set_error_literal(error, CADENCE_ERROR, CADENCE_ERROR_NO_DATABASE,
                      _("notmuch does not say where its hooks are; try: notmuch config get "
                        "database.hook_dir"));
  return NULL;
}

/* It was started with this home folder, or does not tell. */
static gboolean
is_at_home(const char *directory)
{
  g_autofree char *file = g_build_filename(directory, "environ", NULL);
  g_autofree char *home = g_strconcat("HOME=", g_get_home_dir(), NULL);
  g_autofree char *environment = NULL;
  gsize size;
  if (!g_file_get_contents(file, &environment, &size, NULL))
    return g_file_test(directory, G_FILE_TEST_EXISTS); /* else it has ended meanwhile */
  for (const char *at = environment; at < environment + size; at += strlen(at) + 1)
    if (g_str_equal(at, home))
      return TRUE;
  return FALSE;
}

/* A process of this user's, by its number, is of that name. */
static gboolean
is_called(const char *process, const char *name)
{
  g_autofree char *directory = g_build_filename("/proc", process, NULL);
  g_autofree char *file = g_build_filename(directory, "comm", NULL);
  g_autofree char *comm = NULL;
  struct stat status;
  return stat(directory, &status) == 0 && status.st_uid == getuid() &&
         g_file_get_contents(file, &comm, NULL, NULL) && g_str_equal(g_strchomp(comm), name) &&
         is_at_home(directory);
}

gboolean
cli_setup_may_write(const CliSetup *setup, GError **error)
{
  g_autoptr(GDir) processes = setup->client->rewrites ? g_dir_open("/proc", 0, NULL) : NULL;
  const char *process;
  while (processes && (process = g_dir_read_name(processes)))
    if (g_ascii_isdigit(*process) && is_called(process, setup->client->program)) {
      g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_BUSY,
                  _("%s runs, and writes its configuration anew when it ends: end it first"),
                  setup->client->name);
      return FALSE;
    }
  return TRUE;
}
