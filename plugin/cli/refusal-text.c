/* What somebody reads who wanted to send: who, what went unanswered, what was agreed, from when on,
 * and the two ways on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <string.h>

#include "hook.h"
#include "party.h"
#include "text.h"

#define WIDTH 80
#define INDENT 2
#define REASON_LINES 3 /* of all reasons together */
#define SHOWN_ATTEMPTS 3

/* How to send anyway where the client has a way of its own. */
static const struct {
  const char *client, *way;
} ways[] = {
    {"aerc", N_("x shows why, S allows it, then y sends")},
};

/* One line of at most WIDTH columns. */
static void
add_line(GString *text, guint indent, const char *line, const char *cut)
{
  g_autofree char *clean = cli_clean(line);
  g_autofree char *fitted = cli_fit(clean, WIDTH - indent, cut);
  cli_pad(text, indent);
  g_string_append(text, fitted);
  g_string_append_c(text, '\n');
}

/* Those that something warns of, each once. */
static char *
names_of(const CadenceVerdict *verdict)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new();
  for (guint i = 0; i < verdict->reasons->len; i++) {
    const CadenceReason *reason = verdict->reasons->pdata[i];
    if (reason->severity >= CADENCE_SEVERITY_WARN && reason->prospect &&
        !g_ptr_array_find_with_equal_func(names, reason->prospect, g_str_equal, NULL))
      g_ptr_array_add(names, reason->prospect);
  }
  g_ptr_array_add(names, NULL);
  return g_strjoinv(", ", (char **)names->pdata);
}

/* Whom the worst reason is about. */
static const CadenceStanding *
worst_of(const CadenceJudgement *judgement)
{
  const CadenceReason *worst = judgement->verdict->reasons->pdata[0];
  for (guint i = 0; i < judgement->standings->len; i++) {
    const CadenceStanding *standing = judgement->standings->pdata[i];
    if (g_strcmp0(standing->prospect, worst->prospect) == 0)
      return standing;
  }
  return judgement->standings->pdata[0];
}

static void
add_head(GString *text, const CadenceJudgement *judgement, const char *cut)
{
  g_autofree char *names = names_of(judgement->verdict);
  g_autofree char *until = cadence_day_to_string(cadence_verdict_until(judgement->verdict));
  g_autofree char *line =
      until ? g_strdup_printf(_("notmuch-cadence: not sent; fine from %s on: %s"), until, names)
            : g_strdup_printf(_("notmuch-cadence: not sent: %s"), names);
  add_line(text, 0, line, cut);
}

/* As many as fit; how many there are besides is told. */
static void
add_reasons(GString *text, const CadenceVerdict *verdict, const char *cut)
{
  guint lines = 0;
  for (guint i = 0; i < verdict->reasons->len; i++) {
    const CadenceReason *reason = verdict->reasons->pdata[i];
    g_autoptr(GString) wrapped = g_string_new(NULL);
    if (reason->severity < CADENCE_SEVERITY_WARN)
      break;
    g_autofree char *sentence =
        g_strdup_printf("%s: %s", cadence_reason_id(reason->id), reason->message);
    cli_pad(wrapped, INDENT);
    cli_wrap(wrapped, sentence, INDENT, WIDTH);
    g_auto(GStrv) each = g_strsplit(wrapped->str, "\n", -1);
    for (char **line = each; *line && **line; line++, lines++)
      if (lines < REASON_LINES)
        g_string_append_printf(text, "%s\n", *line);
  }
  if (lines <= REASON_LINES)
    return;
  g_string_truncate(text, text->len - 1);
  g_string_append_printf(text, "%s\n", cut);
}

/* Of the run, the newest first, each a date and a subject. */
static void
add_attempts(GString *text, const CadenceStanding *standing, const char *cut)
{
  g_autoptr(GString) line = g_string_new(NULL);
  guint shown = 0;
  for (guint i = standing->contacts->len; i > 0 && shown < MIN(standing->attempts, SHOWN_ATTEMPTS);
       i--) {
    const CadenceContact *contact = standing->contacts->pdata[i - 1];
    if (contact->direction != CADENCE_OUTBOUND || contact->taken_back || !contact->counts)
      continue;
    g_autofree char *day = cadence_day_to_string(contact->day);
    g_string_append_printf(line, "%s%s", shown++ > 0 ? "; " : "", day);
    if (contact->subject)
      g_string_append_printf(line, " %s", contact->subject);
  }
  if (shown == 0)
    return;
  g_autofree char *whole = g_strdup_printf(_("without an answer: %s"), line->str);
  add_line(text, INDENT, whole, cut);
}

static char *
agreed_text(const CadenceTerms *terms)
{
  const CadenceAgreement *agreement = terms->agreement;
  g_autofree char *every = cadence_intervals_to_string(&terms->every);
  if (!agreement || !terms->agreed)
    return g_strdup_printf(_("agreed: nothing; the policy's interval is %s"), every);
  g_autofree char *day = cadence_day_to_string(agreement->agreed_on);
  return g_strdup_printf(_("agreed: every %s%s%s%s%s"), every, day ? _(", on ") : "",
                         day ? day : "", agreement->evidence ? ", id:" : "",
                         agreement->evidence ? agreement->evidence : "");
}

static void
add_agreed(GString *text, const CadenceStanding *standing, const char *cut)
{
  g_autofree char *line = agreed_text(standing->terms);
  add_line(text, INDENT, line, cut);
}

static char *
way_of(const char *client, guint confirm, CadenceDecision decision)
{
  if (decision == CADENCE_DECISION_STOP)
    return g_strdup(_("notmuch cadence allow --reason=WHY, then send it again"));
  for (guint i = 0; client && i < G_N_ELEMENTS(ways); i++)
    if (g_str_equal(ways[i].client, client))
      return g_strdup(_(ways[i].way));
  if (confirm == 0)
    return g_strdup(_("notmuch cadence allow, then send it again"));
  if (confirm % 60 != 0)
    return g_strdup_printf(
        ngettext("send it again within %u second", "send it again within %u seconds", confirm),
        confirm);
  return g_strdup_printf(
      ngettext("send it again within %u minute", "send it again within %u minutes", confirm / 60),
      confirm / 60);
}

static void
add_ways(GString *text, const CadenceJudgement *judgement, guint confirm, const char *client,
         const char *cut)
{
  CadenceDecision decision = judgement ? judgement->verdict->decision : CADENCE_DECISION_UNKNOWN;
  g_autofree char *way = way_of(client, confirm, decision);
  g_autofree char *anyway = g_strdup_printf(_("Send it anyway: %s"), way);
  add_line(text, 0, anyway, cut);
  if (!judgement)
    return;
  const CadenceStanding *standing = worst_of(judgement);
  g_autofree char *name = cli_shell_word(standing->prospect);
  g_autofree char *change =
      g_strdup_printf(_("Change what is agreed: notmuch cadence agree %s"), name);
  add_line(text, 0, change, cut);
}

char *
cli_refusal_text(const CliApp *app, const CadenceJudgement *judgement, const char *why,
                 guint confirm, const char *client)
{
  GString *text = g_string_new(NULL);
  const char *cut = app->terminal.cut;
  if (judgement) {
    const CadenceStanding *standing = worst_of(judgement);
    add_head(text, judgement, cut);
    add_reasons(text, judgement->verdict, cut);
    add_attempts(text, standing, cut);
    if (judgement->verdict->decision != CADENCE_DECISION_STOP)
      add_agreed(text, standing, cut);
  } else {
    g_autofree char *line = g_strdup_printf(
        _("notmuch-cadence: not sent, for it could not be checked (policy.ini: on-error = hold)"));
    add_line(text, 0, line, cut);
    cli_pad(text, INDENT);
    cli_wrap(text, why, INDENT, WIDTH);
  }
  add_ways(text, judgement, confirm, client, cut);
  return g_string_free(text, FALSE);
}
