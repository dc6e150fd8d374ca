/* check: the verdict on a draft.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <sysexits.h>

#include "commands.h"
#include "json.h"
#include "judge.h"
#include "verdict-text.h"

static char **rcpts;

const GOptionEntry cli_check_options[] = {
    {"rcpt", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &rcpts,
     N_("a recipient of the envelope; may be given more than once"), N_("ADDRESS")},
    G_OPTION_ENTRY_NULL,
};

static const int statuses[] = {
    [CADENCE_DECISION_SEND] = 0,
    [CADENCE_DECISION_WARN] = 1,
    [CADENCE_DECISION_STOP] = 2,
    [CADENCE_DECISION_UNKNOWN] = EX_UNAVAILABLE,
};

static void
print_judgement(CliApp *app, const CadenceJudgement *judgement, const char *unknown)
{
  if (app->json) {
    g_autoptr(JsonBuilder) json = cli_json_begin(app);
    cli_json_judgement(json, judgement, unknown, app);
    cli_json_end(json, app);
  } else if (judgement) {
    cli_verdict_print(app, judgement->verdict);
  }
}

/* Whatever keeps the question from being answered, a program that asked for JSON gets JSON. */
int
cli_check(CliApp *app, char **arguments, GError **error)
{
  g_autoptr(GError) cause = NULL;
  if (arguments[0] && arguments[1]) {
    g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                _("check takes one draft at a time"));
    return EX_USAGE;
  }
  g_autoptr(CadenceJudgement) judgement =
      cli_judge(app, arguments[0], (const char *const *)rcpts, NULL, &cause);
  if (!judgement) {
    print_judgement(app, NULL, cause->message);
    g_propagate_error(error, g_steal_pointer(&cause));
    return EX_UNAVAILABLE;
  }
  print_judgement(app, judgement, NULL);
  if (judgement->verdict->decision == CADENCE_DECISION_UNKNOWN)
    cli_say(_("this draft cannot be judged: %s"), judgement->verdict->unknown);
  return statuses[judgement->verdict->decision];
}
