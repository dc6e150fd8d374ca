/* A verdict for people.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "verdict-text.h"

#include <glib/gi18n.h>

#include "text.h"

#define INDENT 8 /* of what is said about a reason */

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

static void
print_decision(CliApp *app, const CadenceVerdict *verdict)
{
  CliPaint paint = decision_paint(verdict->decision);
  g_autofree char *from = cadence_day_to_string(cadence_verdict_until(verdict));
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

char *
cli_verdict_summary(const CadenceVerdict *verdict)
{
  CadenceDecision decision = verdict ? verdict->decision : CADENCE_DECISION_UNKNOWN;
  g_autofree char *until = verdict ? cadence_day_to_string(cadence_verdict_until(verdict)) : NULL;
  switch (decision) {
  case CADENCE_DECISION_SEND:
    return NULL;
  case CADENCE_DECISION_WARN:
    return until ? g_strdup_printf(_("Not yet: fine from %s on"), until)
                 : g_strdup(_("Better not sent"));
  case CADENCE_DECISION_STOP:
    return g_strdup(_("Not to be sent"));
  case CADENCE_DECISION_UNKNOWN:
    break;
  }
  return g_strdup(_("Could not be checked"));
}

void
cli_verdict_print(CliApp *app, const CadenceVerdict *verdict)
{
  if (verdict->decision == CADENCE_DECISION_SEND && verdict->reasons->len == 0)
    return;
  print_decision(app, verdict);
  for (guint i = 0; i < verdict->reasons->len; i++)
    print_reason(app, verdict->reasons->pdata[i]);
}
