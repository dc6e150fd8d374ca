/* check: the verdict on a draft.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <sysexits.h>

#include "commands.h"
#include "input.h"
#include "json.h"
#include "text.h"

#define INDENT 8 /* of what is said about a reason */

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

static const CliPaint severity_paint[] = {
    [CADENCE_SEVERITY_OFF] = CLI_PAINT_NONE,
    [CADENCE_SEVERITY_NOTE] = CLI_PAINT_FAINT,
    [CADENCE_SEVERITY_WARN] = CLI_PAINT_WARN,
    [CADENCE_SEVERITY_STOP] = CLI_PAINT_BAD,
};

static CliPaint
decision_paint(CadenceDecision decision)
{
  switch (decision) {
  case CADENCE_DECISION_SEND:
    return CLI_PAINT_GOOD;
  case CADENCE_DECISION_WARN:
    return CLI_PAINT_WARN;
  case CADENCE_DECISION_STOP:
  case CADENCE_DECISION_UNKNOWN:
    break;
  }
  return CLI_PAINT_BAD;
}

/* From when on nothing of what warns or stops holds; NONE where that is not known. */
static CadenceDay
fine_from(const CadenceVerdict *verdict)
{
  CadenceDay from = CADENCE_DAY_NONE;
  for (guint i = 0; i < verdict->reasons->len; i++) {
    const CadenceReason *reason = verdict->reasons->pdata[i];
    if (reason->severity < CADENCE_SEVERITY_WARN)
      continue;
    if (reason->until == CADENCE_DAY_NONE)
      return CADENCE_DAY_NONE;
    from = MAX(from, reason->until);
  }
  return from;
}

static void
print_decision(CliApp *app, const CadenceVerdict *verdict)
{
  CliPaint paint = decision_paint(verdict->decision);
  g_autofree char *from = cadence_day_to_string(fine_from(verdict));
  g_string_append_printf(app->out, "%s%s%s", cli_paint_on(&app->terminal, paint),
                         cadence_decision_id(verdict->decision),
                         cli_paint_off(&app->terminal, paint));
  if (from)
    g_string_append_printf(app->out, _(": fine from %s%s%s on"),
                           cli_paint_on(&app->terminal, CLI_PAINT_TITLE), from,
                           cli_paint_off(&app->terminal, CLI_PAINT_TITLE));
  g_string_append_c(app->out, '\n');
}

/* An id is to be copied: it is not broken where less of an indent keeps it whole. */
static void
print_evidence(CliApp *app, const CadenceReason *reason)
{
  guint width = app->terminal.width;
  for (char **id = reason->evidence; id && *id; id++) {
    g_autofree char *term = g_strconcat("id:", *id, NULL);
    g_autofree char *clean = cli_clean(term);
    guint indent = width > 0 && cli_width(clean) + INDENT > width ? 0 : INDENT;
    cli_pad(app->out, indent);
    cli_wrap(app->out, clean, indent, width);
  }
}

static void
print_reason(CliApp *app, const CadenceReason *reason)
{
  const char *severity = cadence_severity_id(reason->severity);
  CliPaint paint = severity_paint[reason->severity];
  g_string_append_printf(app->out, "  %s%s%s", cli_paint_on(&app->terminal, paint), severity,
                         cli_paint_off(&app->terminal, paint));
  cli_pad(app->out, INDENT - 2 - MIN(INDENT - 3, cli_width(severity)));
  g_autofree char *sentence =
      g_strdup_printf("%s: %s", cadence_reason_id(reason->id), reason->message);
  cli_wrap(app->out, sentence, INDENT, app->terminal.width);
  g_autofree char *until = cadence_day_to_string(reason->until);
  if (until) {
    cli_pad(app->out, INDENT);
    g_string_append_printf(app->out, _("until: %s\n"), until);
  }
  print_evidence(app, reason);
}

/* Nothing against it: not a word. */
static void
print_verdict(CliApp *app, const CadenceJudgement *judgement)
{
  const CadenceVerdict *verdict = judgement->verdict;
  if (verdict->decision == CADENCE_DECISION_SEND && verdict->reasons->len == 0)
    return;
  print_decision(app, verdict);
  for (guint i = 0; i < verdict->reasons->len; i++)
    print_reason(app, verdict->reasons->pdata[i]);
}

static void
print_judgement(CliApp *app, const CadenceJudgement *judgement, const char *unknown)
{
  if (app->json) {
    g_autoptr(JsonBuilder) json = cli_json_begin(app);
    cli_json_judgement(json, judgement, unknown, app);
    cli_json_end(json, app);
  } else if (judgement) {
    print_verdict(app, judgement);
  }
}

static CadenceJudgement *
judge(CliApp *app, const char *file, GError **error)
{
  cadence_mail_init();
  g_autoptr(GByteArray) bytes = cli_input_read(file, error);
  if (!bytes)
    return NULL;
  g_autoptr(CadenceDraft) draft =
      cadence_draft_parse((const char *)bytes->data, bytes->len, (const char *const *)rcpts, error);
  if (!draft || !cli_app_open_store(app, error))
    return NULL;
  return cadence_store_judge(app->store, &app->context, draft, error);
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
  g_autoptr(CadenceJudgement) judgement = judge(app, arguments[0], &cause);
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
