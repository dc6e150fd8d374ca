/* The children of the hook: judging, holding, and what comes after the MTA. They may crash, hang
 * and be killed; the parent goes on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "hook.h"
#include "sendmail/guard.h"
#include "sendmail/refusal.h"

#define READ_MAX ((gsize)64 * 1024 * 1024) /* bytes of the message that the judging sees */
#define CONFIRM_FROM 2 /* seconds: before that it is the mail client that tries again */

static void
answer(int report, CliHookAnswer value, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid(text ? text : "", -1);
  sendmail_guard_report(report, "answer", g_variant_new("(us)", (guint)value, valid));
}

/* --- what is known before the database is asked --- */

void
cli_hook_settings(int report, gpointer data)
{
  const CliHook *hook = data;
  (void)!cli_app_find_directory(hook->app, NULL); /* where it is none, the judging tells */
  g_autoptr(CadencePolicy) policy = cadence_policy_salvage(hook->app->directory);
  g_autofree char *command = g_utf8_make_valid(policy->mta, -1);
  sendmail_guard_report(report, "settings",
                        g_variant_new("(sbu)", command, policy->hold_on_error, policy->within));
}

/* The recipients of the command line that are mail addresses; others are local users. */
static GStrv
envelope(const SendmailArguments *arguments)
{
  g_autoptr(GStrvBuilder) addresses = g_strv_builder_new();
  for (char **one = arguments->recipients; *one; one++) {
    g_auto(GStrv) found = cadence_address_list(*one);
    g_strv_builder_addv(addresses, (const char **)found);
  }
  return g_strv_builder_end(addresses);
}

static GStrv
among(GStrv list, const char *const *rcpts)
{
  g_autoptr(GStrvBuilder) kept = g_strv_builder_new();
  for (char **one = list; *one; one++)
    if (g_strv_contains(rcpts, *one))
      g_strv_builder_add(kept, *one);
  g_strfreev(list);
  return g_strv_builder_end(kept);
}

static void
keep_among(CadenceDraft *draft, const char *const *rcpts)
{
  draft->to = among(draft->to, rcpts);
  draft->cc = among(draft->cc, rcpts);
  draft->bcc = among(draft->bcc, rcpts);
}

/* MTAs that take the recipients from the header take those of a resend where it is one. */
static void
take_resent(CadenceDraft *draft, const char *bytes, gsize length, const char *const *rcpts)
{
  g_auto(GStrv) resent = cadence_draft_resent_to(bytes, length);
  if (!*resent)
    return;
  keep_among(draft, rcpts);
  g_autoptr(GStrvBuilder) all = g_strv_builder_new();
  g_strv_builder_addv(all, (const char **)draft->to);
  g_strv_builder_addv(all, (const char **)resent);
  g_strfreev(draft->to);
  draft->to = g_strv_builder_end(all);
}

/* Without -t the header's addresses are only what the message says: a resend goes elsewhere. A
 * message without a header still goes to whom the command line names. */
static CadenceDraft *
read_draft(const CliHook *hook, const char *bytes, gsize length, GError **error)
{
  g_autoptr(GError) cause = NULL;
  g_auto(GStrv) rcpts = envelope(hook->arguments);
  CadenceDraft *draft = cadence_draft_parse(bytes, length, (const char *const *)rcpts, &cause);
  if (!draft && !*rcpts) {
    g_propagate_error(error, g_steal_pointer(&cause));
    return NULL;
  }
  if (!draft) {
    draft = cadence_draft_new();
    g_strfreev(draft->bcc);
    draft->bcc = g_steal_pointer(&rcpts);
  } else if (hook->arguments->from_header) {
    take_resent(draft, bytes, length, (const char *const *)rcpts);
  } else {
    keep_among(draft, (const char *const *)rcpts);
  }
  return draft;
}

static CadenceDraft *
read_spool(const CliHook *hook, GError **error)
{
  struct stat spool;
  if (fstat(hook->spool, &spool) == 0 && spool.st_size == 0)
    return read_draft(hook, "", 0, error);
  gsize length = MIN((gsize)spool.st_size, READ_MAX);
  const char *bytes = mmap(NULL, length, PROT_READ, MAP_PRIVATE, hook->spool, 0);
  if (bytes != MAP_FAILED)
    return read_draft(hook, bytes, length, error);
  g_set_error_literal(error, CADENCE_ERROR, CADENCE_ERROR_IO, _("the message can't be read"));
  return NULL;
}

static void
report_draft(int report, CliHook *hook, const CadenceDraft *draft)
{
  g_autoptr(GStrvBuilder) all = g_strv_builder_new();
  g_strv_builder_addv(all, (const char **)draft->to);
  g_strv_builder_addv(all, (const char **)draft->cc);
  g_strv_builder_addv(all, (const char **)draft->bcc);
  hook->recipients = g_strv_builder_end(all);
  sendmail_guard_report(report, "draft",
                        g_variant_new("(ss^as)", draft->id ? draft->id : "",
                                      *draft->answers ? *draft->answers : "", hook->recipients));
}

/* --- refusing, unless the user has said otherwise --- */

static GPtrArray *
recipients_of(const CliHook *hook)
{
  GPtrArray *recipients = g_ptr_array_new();
  for (char **one = hook->recipients; *one; one++)
    g_ptr_array_add(recipients, *one);
  return recipients;
}

static gboolean
is_between(gint64 seconds, gint64 from, gint64 to)
{
  return seconds >= from && seconds <= to;
}

/* By `allow`; or because this is the second try, of what may be confirmed. */
static gboolean
may_go(const CliHook *hook, const SendmailRefusal *earlier, const CadenceVerdict *verdict)
{
  gint64 now = hook->app->clock.now;
  if (!earlier || !sendmail_refusal_covers(earlier, verdict))
    return FALSE;
  if (earlier->allowed > 0 && is_between(now - earlier->allowed, 0, SENDMAIL_LEAVE_SECONDS))
    return TRUE;
  return verdict->decision != CADENCE_DECISION_STOP &&
         is_between(now - earlier->at, CONFIRM_FROM, hook->confirm);
}

static void
refuse(int report, const CliHook *hook, const CadenceJudgement *judgement,
       const CadenceVerdict *verdict)
{
  const CliApp *app = hook->app;
  g_autoptr(GPtrArray) recipients = recipients_of(hook);
  g_autoptr(SendmailRefusal) earlier = sendmail_refusal_find(app->state, recipients);
  if (may_go(hook, earlier, verdict) && sendmail_refusal_take(earlier, app->state)) {
    answer(report, CLI_HOOK_ALLOWED, NULL);
    return;
  }
  g_autoptr(GError) cause = NULL;
  g_autoptr(SendmailRefusal) refusal = sendmail_refusal_new(recipients, verdict, app->clock.now);
  g_autofree char *text =
      cli_refusal_text(app, judgement, verdict->unknown, hook->confirm, hook->client);
  if (!sendmail_refusal_keep(refusal, app->state, app->clock.now, &cause))
    cli_say(_("this refusal can't be kept, so it can't be overridden: %s"), cause->message);
  answer(report, CLI_HOOK_REFUSE, text);
}

/* --- the work --- */

static void
judge(int report, const CliHook *hook, CadenceDraft *draft, GError **error)
{
  CliApp *app = hook->app;
  if (!cli_app_open_store_for(app, draft, error))
    return;
  g_autoptr(CadenceJudgement) judgement =
      cadence_store_judge(app->store, &app->context, draft, error);
  if (!judgement)
    return;
  const CadenceVerdict *verdict = judgement->verdict;
  if (verdict->decision == CADENCE_DECISION_UNKNOWN)
    g_set_error_literal(error, CADENCE_ERROR, CADENCE_ERROR_NO_DATABASE, verdict->unknown);
  else if (verdict->decision != CADENCE_DECISION_SEND)
    refuse(report, hook, judgement, verdict);
  else
    answer(report, judgement->standings->len > 0 ? CLI_HOOK_SEND : CLI_HOOK_PASS, NULL);
}

void
cli_hook_judge(int report, gpointer data)
{
  CliHook *hook = data;
  g_autoptr(GError) error = NULL;
  cadence_mail_init();
  g_autoptr(CadenceDraft) draft = read_spool(hook, &error);
  if (draft)
    report_draft(report, hook, draft);
  if (draft && *hook->recipients)
    judge(report, hook, draft, &error);
  else if (draft)
    answer(report, CLI_HOOK_PASS, NULL);
  if (error)
    answer(report, CLI_HOOK_UNKNOWN, error->message);
}

void
cli_hook_hold(int report, gpointer data)
{
  const CliHook *hook = data;
  g_autoptr(CadenceVerdict) verdict = cadence_verdict_unknown(hook->text);
  refuse(report, hook, NULL, verdict);
}

void
cli_hook_after(int report, gpointer data)
{
  const CliHook *hook = data;
  const CliApp *app = hook->app;
  g_autoptr(GPtrArray) recipients = recipients_of(hook);
  g_autoptr(GError) error = NULL;
  CadenceSent sent = {.at = app->clock.now,
                      .id = *hook->id ? hook->id : NULL,
                      .answers = *hook->answers ? hook->answers : NULL,
                      .recipients = hook->recipients};
  if (hook->answer == CLI_HOOK_ALLOWED)
    sendmail_refusal_settle(app->state, recipients, hook->sent);
  if (hook->sent && !cadence_journal_add(app->state, &sent, &error))
    cli_say(_("the mail was sent, but not noted as sent: %s"), error->message);
}
