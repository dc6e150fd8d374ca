/* agree on a terminal: asks key by key, showing what holds now.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/when.h>
#include <glib/gi18n.h>
#include <string.h>

#include "agree.h"
#include "agreement.h"
#include "prompt.h"
#include "text.h"

/* What is asked for, and what to say about it. The rest is written by the other commands. */
static const struct {
  const char *key, *question;
} questions[] = {
    {"every", N_("interval: 30d, 2w, 1mo, or several: 3bd 1w 2w")},
    {"via", N_("channel: mail, phone, meeting, post, other")},
    {"decider", N_("who decides: an address")},
    {"stage", N_("stage: lead, qualified, nurture, won")},
    {"stop-after", N_("stop after so many attempts without an answer")},
    {"stop-on", N_("stop on a day")},
    {"hold-until", N_("hold until a day")},
    {"note", N_("note")},
};

/* The answer as it can be written; NULL where it cannot, and says why. What config.h accepts is
 * right: so the key is tried in an agreement of its own. */
static char *
readable(const CliApp *app, const char *key, const char *answer)
{
  g_autoptr(GError) error = NULL;
  CadenceDay day;
  g_autofree char *value = g_strdup(answer);
  if (cli_agreement_key_is_day(key)) {
    if (!cadence_when_parse(answer, app->clock.today, &day, &error)) {
      cli_say("%s", error->message);
      return NULL;
    }
    g_free(value);
    value = cadence_day_to_string(day);
  }
  g_autofree char *group = g_strdup_printf("[a.example]\n%s = %s\n", key, value);
  g_autoptr(CadenceConfig) tried = cadence_config_parse("policy.ini", NULL, key, group, &error);
  if (tried)
    return g_steal_pointer(&value);
  const char *why = strrchr(error->message, ']');
  cli_say("%s", why ? why + 2 : error->message);
  return NULL;
}

/* FALSE where the input ended. */
static gboolean
ask_key(CliApp *app, const char *key, const char *question, const char *is, CliChanges *changes)
{
  g_autofree char *prompt = g_strdup_printf("%s (%s) [%s]:", key, question, is ? is : "");
  for (;;) {
    g_autofree char *answer = cli_ask(app, prompt);
    if (!answer)
      return FALSE;
    if (!*answer || g_strcmp0(answer, is) == 0)
      return TRUE;
    gboolean unset = g_str_equal(answer, "-");
    g_autofree char *value = unset ? NULL : readable(app, key, answer);
    if (!unset && !value)
      continue;
    if (value || is)
      cli_changes_set(changes, key, value);
    return TRUE;
  }
}

gboolean
cli_agree_ask(CliApp *app, const CliParty *party, CliChanges *changes)
{
  const CadenceAgreement *agreement = cadence_config_agreement(app->config, party->name);
  g_string_append_c(app->out, '\n');
  cli_wrap(
      app->out,
      _("Enter keeps what is in brackets, \"-\" takes it out, Ctrl-D leaves everything as it is."),
      0, app->terminal.width);
  for (guint i = 0; i < G_N_ELEMENTS(questions); i++) {
    g_autofree char *is = cli_agreement_value(agreement, questions[i].key);
    if (!ask_key(app, questions[i].key, _(questions[i].question), is, changes))
      return FALSE;
  }
  return TRUE;
}
