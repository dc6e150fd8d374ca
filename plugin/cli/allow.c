/* allow and why: leave for what was refused, and why it was.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <sysexits.h>

#include "commands.h"
#include "json.h"
#include "judge.h"
#include "sendmail/refusal.h"
#include "text.h"
#include "verdict-text.h"

static char *reason_given;
static char **rcpts;

const GOptionEntry cli_allow_options[] = {
    {"reason", 0, 0, G_OPTION_ARG_FILENAME, &reason_given,
     N_("why it is sent all the same; has to be given where it was stopped"), N_("TEXT")},
    {"rcpt", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &rcpts,
     N_("a recipient of the draft's envelope; may be given more than once"), N_("ADDRESS")},
    G_OPTION_ENTRY_NULL,
};

static gboolean
has_reason(void)
{
  g_autofree char *said = g_strstrip(g_strdup(reason_given ? reason_given : ""));
  return *said != '\0';
}

static gboolean
fail(GError **error, const char *what)
{
  g_set_error_literal(error, CADENCE_ERROR, CADENCE_ERROR_NO_INPUT, what);
  return FALSE;
}

/* --- the last refusal --- */

static SendmailRefusal *
last_refusal(CliApp *app, GError **error)
{
  SendmailRefusal *refusal = sendmail_refusal_last(app->state);
  if (!refusal)
    fail(error, _("nothing was refused lately"));
  return refusal;
}

/* What was refused a day ago is no longer what the user has in mind. */
static SendmailRefusal *
fresh_refusal(CliApp *app, GError **error)
{
  g_autoptr(SendmailRefusal) refusal = last_refusal(app, error);
  if (!refusal)
    return NULL;
  if (app->clock.now - refusal->at <= SENDMAIL_LEAVE_SECONDS)
    return g_steal_pointer(&refusal);
  fail(error,
       _("the last refusal is more than an hour old: send the mail once more, then allow it"));
  return NULL;
}

/* --- a draft --- */

/* The recipients of a draft, borrowed from it. */
static GPtrArray *
recipients_of(const CadenceDraft *draft)
{
  GPtrArray *recipients = g_ptr_array_new();
  const GStrv lists[] = {draft->to, draft->cc, draft->bcc};
  for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
    for (char **one = lists[i]; *one; one++)
      if (!g_ptr_array_find_with_equal_func(recipients, *one, g_str_equal, NULL))
        g_ptr_array_add(recipients, *one);
  return recipients;
}

/* --- leave --- */

static int
give_leave(CliApp *app, SendmailRefusal *refusal, GError **error)
{
  if (refusal->verdict->decision == CADENCE_DECISION_STOP && !has_reason()) {
    g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                        _("it was stopped, not only warned of: say why it is to be sent all the "
                          "same, with --reason=TEXT"));
    return EX_USAGE;
  }
  refusal->allowed = app->clock.now;
  g_free(refusal->leave_reason);
  refusal->leave_reason = reason_given ? g_utf8_make_valid(reason_given, -1) : NULL;
  if (!sendmail_refusal_keep(refusal, app->state, app->clock.now, error))
    return EX_IOERR;
  if (!app->json)
    g_string_append(app->out, _("allowed, once and for an hour: send it again\n"));
  return EX_OK;
}

static int
allow_draft(CliApp *app, const char *file, GError **error)
{
  g_autoptr(CadenceDraft) draft = NULL;
  g_autoptr(CadenceJudgement) judgement =
      cli_judge(app, file, (const char *const *)rcpts, &draft, error);
  if (!judgement)
    return EX_UNAVAILABLE;
  if (judgement->verdict->decision == CADENCE_DECISION_SEND)
    return EX_OK; /* it needs no leave */
  g_autoptr(GPtrArray) recipients = recipients_of(draft);
  g_autoptr(SendmailRefusal) refusal =
      sendmail_refusal_new(recipients, judgement->verdict, app->clock.now);
  return give_leave(app, refusal, error);
}

int
cli_allow(CliApp *app, char **arguments, GError **error)
{
  if (arguments[0] && arguments[1]) {
    g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                        _("allow takes one draft at a time"));
    return EX_USAGE;
  }
  if (arguments[0])
    return allow_draft(app, arguments[0], error);
  g_autoptr(SendmailRefusal) refusal = fresh_refusal(app, error);
  return refusal ? give_leave(app, refusal, error) : EX_NOINPUT;
}

/* --- why --- */

static void
print_json(CliApp *app, const SendmailRefusal *refusal)
{
  g_autoptr(JsonBuilder) json = cli_json_begin(app);
  cli_json_instant(json, "at", refusal->at, app);
  cli_json_instant(json, "allowed", refusal->allowed, app);
  cli_json_string(json, "leave_reason", refusal->leave_reason);
  cli_json_verdict(json, refusal->verdict, NULL);
  cli_json_end(json, app);
}

static void
print_text(CliApp *app, const SendmailRefusal *refusal)
{
  g_autofree char *at = cadence_instant_to_string(refusal->at, app->zone);
  g_string_append_printf(app->out, _("refused: %s\n"), at);
  if (refusal->allowed) {
    g_autofree char *allowed = cadence_instant_to_string(refusal->allowed, app->zone);
    g_string_append_printf(app->out, _("allowed: %s\n"), allowed);
  }
  if (refusal->verdict->unknown) {
    g_string_append(app->out, _("it could not be checked: "));
    cli_wrap(app->out, refusal->verdict->unknown, 0, app->terminal.width);
  } else {
    cli_verdict_print(app, refusal->verdict);
  }
}

int
cli_why(CliApp *app, char **arguments, GError **error)
{
  if (arguments[0]) {
    g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                        _("why takes no arguments"));
    return EX_USAGE;
  }
  g_autoptr(SendmailRefusal) refusal = last_refusal(app, error);
  if (!refusal)
    return EX_NOINPUT;
  if (app->json)
    print_json(app, refusal);
  else
    print_text(app, refusal);
  return EX_OK;
}
