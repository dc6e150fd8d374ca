/* Reads the options of the program and of a command.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "options.h"

#include <glib/gi18n.h>
#include <string.h>

CliOptions cli_given;

/* Words are taken as bytes (FILENAME): the locale need not be able to say what a mail address or a
 * query may hold. */
const GOptionEntry cli_global_options[] = {
    {"now", 0, 0, G_OPTION_ARG_FILENAME, &cli_given.now,
     N_("take this for the present (ISO 8601, for example 2026-03-01T09:00:00+01:00)"),
     N_("INSTANT")},
    {"format", 0, 0, G_OPTION_ARG_FILENAME, &cli_given.format, N_("text, for people, or json"),
     N_("FORMAT")},
    {"color", 0, 0, G_OPTION_ARG_FILENAME, &cli_given.color,
     N_("auto, always or never; auto heeds NO_COLOR"), N_("WHEN")},
    {"help", 'h', 0, G_OPTION_ARG_NONE, &cli_given.help, N_("print this help"), NULL},
    {"version", 0, 0, G_OPTION_ARG_NONE, &cli_given.version, N_("print the version"), NULL},
    G_OPTION_ENTRY_NULL,
};

gboolean
cli_options_read(const CliCommand *command, GStrv *words, GError **error)
{
  g_autoptr(GOptionContext) context = g_option_context_new(NULL);
  g_option_context_set_help_enabled(context, FALSE);
  g_option_context_set_strict_posix(context, command == NULL);
  g_option_context_add_main_entries(context, cli_global_options, GETTEXT_PACKAGE);
  if (command)
    g_option_context_add_main_entries(context, command->options, GETTEXT_PACKAGE);
  return g_option_context_parse_strv(context, words, error);
}

/* The place of `word` in `choices`; the first where none was given; -1 for another. */
static int
choose(const char *option, const char *word, const char *const *choices, GError **error)
{
  for (int i = 0; choices[i]; i++)
    if (!word || g_str_equal(word, choices[i]))
      return i;
  g_autofree char *known = g_strjoinv(", ", (GStrv)choices);
  g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
              _("--%s takes one of %s, not \"%s\""), option, known, word);
  return -1;
}

gboolean
cli_options_apply(CliApp *app, GError **error)
{
  static const char *const formats[] = {"text", "json", NULL};
  static const char *const colors[] = {"auto", "always", "never", NULL};
  int format = choose("format", cli_given.format, formats, error);
  if (format < 0)
    return FALSE;
  app->json = format == 1;
  int color = choose("color", cli_given.color, colors, error);
  if (color < 0)
    return FALSE;
  cli_terminal_init(&app->terminal, (CliColorWhen)color);
  return cli_app_set_now(app, cli_given.now, error);
}

/* NULL for none of that name ("mta", "mta=..."). */
static const GOptionEntry *
entry_of(const GOptionEntry *entries, const char *name)
{
  gsize length = strcspn(name, "=");
  for (; entries->long_name; entries++)
    if (strlen(entries->long_name) == length && strncmp(entries->long_name, name, length) == 0)
      return entries;
  return NULL;
}

/* How many of the words are one of these options: 0, or 2 where its value stands apart. */
static guint
option_length(const CliCommand *command, char **words)
{
  if (!g_str_has_prefix(*words, "--"))
    return 0;
  const GOptionEntry *entry = entry_of(command->options, *words + 2);
  if (!entry)
    entry = entry_of(cli_global_options, *words + 2);
  if (!entry)
    return 0;
  return entry->arg != G_OPTION_ARG_NONE && !strchr(*words, '=') && words[1] ? 2 : 1;
}

GStrv
cli_options_split(const CliCommand *command, GStrv words)
{
  char **at = *words ? words + 1 : words;
  guint n;
  while (*at && (n = option_length(command, at)) > 0)
    at += n;
  GStrv theirs = g_strdupv(at);
  for (; *at; at++)
    g_clear_pointer(at, g_free);
  return theirs;
}
