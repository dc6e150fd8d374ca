/* Help, printed from the tables of commands and options.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "commands.h"
#include "options.h"
#include "text.h"

#define HELP_WIDTH 80

/* "  --wait=SECONDS", padded; a name that is longer gets a line of its own. */
static void
add_name(GString *out, const char *name, guint column)
{
  g_string_append_printf(out, "  %s", name);
  guint used = 2 + cli_width(name);
  if (used + 2 > column) {
    g_string_append_c(out, '\n');
    used = 0;
  }
  cli_pad(out, column - used);
}

static void
add_options(GString *out, const char *title, const GOptionEntry *entries, guint width)
{
  if (entries->long_name)
    g_string_append_printf(out, "\n%s\n", title);
  for (; entries->long_name; entries++) {
    g_autoptr(GString) name = g_string_new(NULL);
    if (entries->short_name)
      g_string_append_printf(name, "-%c, ", entries->short_name);
    g_string_append_printf(name, "--%s", entries->long_name);
    if (entries->arg_description)
      g_string_append_printf(name, "=%s", _(entries->arg_description));
    add_name(out, name->str, 22);
    cli_wrap(out, _(entries->description), 22, width);
  }
}

/* `lead` ("Usage: "), then a line that is wrapped behind it. */
static void
add_usage(GString *out, const char *lead, const char *usage, guint width)
{
  g_string_append(out, lead);
  cli_wrap(out, usage, cli_width(lead), width);
}

static void
add_command_help(GString *out, const CliCommand *command, guint width)
{
  g_autofree char *usage = g_strdup_printf(_("notmuch-cadence %s [OPTION...] %s"), command->name,
                                           *command->arguments ? _(command->arguments) : "");
  add_usage(out, _("Usage: "), usage, width);
  g_string_append_c(out, '\n');
  cli_wrap(out, _(command->description), 0, width);
  add_options(out, _("Options:"), command->options, width);
}

static void
add_program_help(GString *out, guint width)
{
  add_usage(out, _("Usage: "), _("notmuch-cadence COMMAND [OPTION...] [ARGUMENT...]"), width);
  add_usage(out, "       ", _("notmuch cadence COMMAND [OPTION...] [ARGUMENT...]"), width);
  g_string_append_c(out, '\n');
  cli_wrap(out,
           _("Keeps count, in the mail that notmuch knows, of whom you wrote to, when and how "
             "often, whether an answer came, and when to write next or to stop."),
           0, width);
  g_string_append_printf(out, "\n%s\n", _("Commands:"));
  for (const CliCommand *command = cli_commands; command->name; command++) {
    add_name(out, command->name, 12);
    cli_wrap(out, _(command->summary), 12, width);
  }
}

char *
cli_help_text(const CliCommand *command, guint width)
{
  GString *out = g_string_new(NULL);
  guint columns = width ? MIN(width, HELP_WIDTH) : HELP_WIDTH;
  if (command)
    add_command_help(out, command, columns);
  else
    add_program_help(out, columns);
  add_options(out, _("Options of every command:"), cli_global_options, columns);
  g_string_append_c(out, '\n');
  cli_wrap(out,
           command ? _("More: man notmuch-cadence")
                   : _("More: notmuch-cadence COMMAND --help, man notmuch-cadence"),
           0, columns);
  return g_string_free(out, FALSE);
}

int
cli_help(CliApp *app, char **arguments, GError **error)
{
  const CliCommand *command = arguments[0] ? cli_command_find(arguments[0]) : NULL;
  if (arguments[0] && !command) {
    cli_command_unknown(arguments[0], error);
    return 0;
  }
  g_autofree char *text = cli_help_text(command, app->terminal.width);
  g_string_append(app->out, text);
  return 0;
}
