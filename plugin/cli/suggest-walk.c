/* suggest --agree: one candidate after the other.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <string.h>

#include "agree.h"
#include "prompt.h"
#include "suggest.h"
#include "text.h"
#include "when.h"

typedef enum {
  TAKE,
  LEAVE,
  EDIT,
  QUIT,
} Choice;

static void
introduce(CliApp *app, const CadenceStanding *standing)
{
  const CadenceThread *live = standing->threads->len > 0 ? standing->threads->pdata[0] : NULL;
  g_autofree char *last = cadence_day_to_string(cli_suggest_last(standing));
  g_autofree char *gap = cli_length(standing->reply_gap.median);
  g_autofree char *counts = g_strdup_printf(_("%u written, %u replies, the last contact %s"),
                                            standing->outbound, standing->replies, last);
  g_autofree char *line =
      g_strdup_printf("%s; %s%s; %s", counts, gap ? _("median reply gap ") : "",
                      gap ? gap : _("never answered"), live && live->subject ? live->subject : "");
  g_autofree char *name = cli_clean(standing->prospect);
  g_string_append_printf(app->out, "\n%s%s%s\n  ", cli_paint_on(&app->terminal, CLI_PAINT_TITLE),
                         name, cli_paint_off(&app->terminal, CLI_PAINT_TITLE));
  cli_wrap(app->out, line, 2, app->terminal.width);
}

/* An answer that is none of the four is asked for again; the end of the input quits. */
static Choice
choose(CliApp *app, const char *every)
{
  g_autofree char *question =
      g_strdup_printf(_("Make it a prospect, %s%s? [y]es, [n]o, [e]dit, [q]uit:"),
                      *every ? "every=" : "", *every ? every : _("by the policy"));
  for (;;) {
    g_autofree char *answer = cli_ask(app, question);
    if (!answer || g_ascii_tolower(*answer) == 'q')
      return QUIT;
    switch (g_ascii_tolower(*answer)) {
    case 'y':
      return TAKE;
    case 'n':
      return LEAVE;
    case 'e':
      return EDIT;
    default:
      break;
    }
  }
}

/* The line is read as the command line of agree would be. FALSE where nothing was typed. */
static gboolean
edit(CliApp *app, CliChanges *changes)
{
  for (;;) {
    g_autoptr(GError) cause = NULL;
    g_auto(GStrv) words = NULL;
    g_autofree char *line = cli_ask(
        app, _("key=value ..., for example 'every=1w 2w' via=phone note='met at the fair':"));
    if (!line || !*line)
      return FALSE;
    if (g_shell_parse_argv(line, NULL, &words, &cause) &&
        cli_agree_read(app, words, changes, &cause))
      return TRUE;
    cli_say("%s", cause->message);
    g_array_set_size(changes->list, 0);
  }
}

/* What is wrong with one agreement is said, and does not end the walk. */
static void
agree(CliApp *app, const char *name, CliChanges *changes)
{
  g_autoptr(GError) cause = NULL;
  g_autoptr(CliParty) party = cli_party_find(app, name, FALSE, &cause);
  if (!party || !cli_agree_complete(app, party, changes, &cause) ||
      !cli_change_apply(app, party, changes, NULL, &cause))
    cli_say("%s", cause->message);
}

gboolean
cli_suggest_walk(CliApp *app, const GPtrArray *candidates, GError **error)
{
  gboolean no_index = cli_change_given.no_index;
  cli_change_given.no_index = TRUE; /* once, at the end */
  for (guint i = 0; i < candidates->len; i++) {
    const CadenceStanding *standing = ((CliProspect *)candidates->pdata[i])->standing;
    g_autoptr(CliChanges) changes = cli_changes_new();
    g_autofree char *every = cli_suggest_cadence(standing);
    introduce(app, standing);
    Choice choice = choose(app, every);
    if (choice == QUIT)
      break;
    if (choice == TAKE)
      cli_changes_set(changes, *every ? "every" : "stage", *every ? every : "lead");
    if (choice == TAKE || (choice == EDIT && edit(app, changes)))
      agree(app, standing->prospect, changes);
  }
  cli_change_given.no_index = no_index;
  cli_change_index(app);
  return TRUE;
}
