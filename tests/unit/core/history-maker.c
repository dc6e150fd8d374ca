/* Makes random histories: mail both ways, machine mail, answers, bounces, and all sorts of terms.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "history-maker.h"

#include <stdio.h>
#include <stdlib.h>

#define FIRST_DAY "2026-01-05"
#define MAX_MAIL 14
#define MAX_GAP 40 /* days between mails */

static gboolean
one_in(GRand *rand, int n)
{
  return g_rand_int_range(rand, 0, n) == 0;
}

static const char *
any_of(GRand *rand, const char *const *list, gsize n)
{
  return list[g_rand_int_range(rand, 0, (gint32)n)];
}

#define ANY_OF(rand, list) any_of(rand, list, G_N_ELEMENTS(list))

static char *
any_day(GRand *rand)
{
  return cadence_day_to_string(cadence_day_from_ymd(2026, 1, 1) + g_rand_int_range(rand, 0, 400));
}

static char *
random_settings(GRand *rand)
{
  static const char *const every[] = {"1w", "1mo", "3bd 2w", "10d", "2w 1mo 3mo"};
  static const char *const stages[] = {"lead", "qualified", "nurture", "nurture", "won"};
  static const char *const days[] = {"hold-until", "stop-on", "buried", "opted-out", "revived"};
  static const char *const policy[] = {"stop-after=2", "stop-time=45d", "owed-lapse=10d",
                                       "nurture=60d", "signals.absence=3d"};
  g_autoptr(GString) text = g_string_new(NULL);
  if (one_in(rand, 8))
    return g_strdup("none");
  if (one_in(rand, 3))
    g_string_append_printf(text, ", every=%s", ANY_OF(rand, every));
  if (one_in(rand, 3))
    g_string_append_printf(text, ", stage=%s", ANY_OF(rand, stages));
  if (one_in(rand, 4))
    g_string_append_printf(text, ", stop-after=%d", g_rand_int_range(rand, 1, 5));
  for (guint i = 0; i < G_N_ELEMENTS(days); i++) {
    g_autofree char *day = any_day(rand);
    if (one_in(rand, 6))
      g_string_append_printf(text, ", %s=%s", days[i], day);
  }
  for (guint i = 0; i < G_N_ELEMENTS(policy); i++) {
    if (one_in(rand, 6))
      g_string_append_printf(text, ", policy.%s", policy[i]);
  }
  return g_strdup(text->len ? text->str + 2 : "-");
}

/* A mail of ours, in a third of the cases an answer to one before. */
static void
add_outbound(GRand *rand, GString *text, const char *day, guint number)
{
  static const char *const people[] = {"bob", "bob", "eve", "bob,eve"};
  static const char *const threads[] = {"T", "T", "U"};
  g_string_append_printf(text, ">%s(to=%s thread=%s", day, ANY_OF(rand, people),
                         ANY_OF(rand, threads));
  if (number > 1 && one_in(rand, 3))
    g_string_append_printf(text, " re=m%d", g_rand_int_range(rand, 1, (gint32)number));
  g_string_append(text, ") ");
}

static void
add_bounce(GRand *rand, GString *text, const char *day, guint number)
{
  static const char *const people[] = {"bob", "eve", "bob,eve"};
  g_string_append_printf(text, "<bounce:%s(failed=%s %s", day, ANY_OF(rand, people),
                         one_in(rand, 2) ? "hard" : "soft");
  if (number > 1 && one_in(rand, 2))
    g_string_append_printf(text, " returned=m%d", g_rand_int_range(rand, 1, (gint32)number));
  g_string_append(text, ") ");
}

/* Anything of theirs. */
static void
add_inbound(GRand *rand, GString *text, const char *day, guint number)
{
  static const char *const kinds[] = {"reply", "reply",    "reply", "puts-off", "declined",
                                      "auto",  "delivery", "bulk",  "opt-out",  "calendar"};
  const char *kind = ANY_OF(rand, kinds);
  gboolean absent = g_str_equal(kind, "auto") && one_in(rand, 2);
  if (g_str_equal(kind, "opt-out") && !one_in(rand, 4))
    kind = "reply";
  g_string_append_printf(text, "<%s:%s(from=%s", kind, day, one_in(rand, 3) ? "eve" : "bob");
  if (absent && one_in(rand, 2)) {
    g_autofree char *until = any_day(rand);
    g_string_append_printf(text, " absent=%s", until);
  } else if (absent) {
    g_string_append(text, " absent");
  }
  if (one_in(rand, 5))
    g_string_append(text, " settled");
  if (number > 1 && one_in(rand, 3))
    g_string_append_printf(text, " re=m%d", g_rand_int_range(rand, 1, (gint32)number));
  g_string_append(text, ") ");
}

HistoryText *
history_text_new(GRand *rand)
{
  CadenceDay day;
  if (!cadence_day_parse(FIRST_DAY, &day, NULL))
    abort();
  HistoryText *history = g_new0(HistoryText, 1);
  g_autoptr(GString) mail = g_string_new("- ");
  guint n = (guint)g_rand_int_range(rand, 0, MAX_MAIL);
  for (guint number = 1; number <= n; number++) {
    day += g_rand_int_range(rand, 0, one_in(rand, 2) ? 4 : MAX_GAP);
    g_autofree char *when = cadence_day_to_string(day);
    if (one_in(rand, 12))
      add_bounce(rand, mail, when, number);
    else if (one_in(rand, 3))
      add_inbound(rand, mail, when, number);
    else
      add_outbound(rand, mail, when, number);
  }
  history->settings = random_settings(rand);
  history->mail = g_strdup(g_strchomp(mail->str));
  history->today = cadence_day_to_string(day + g_rand_int_range(rand, 0, 10));
  return history;
}

void
history_text_free(HistoryText *history)
{
  if (!history)
    return;
  g_free(history->settings);
  g_free(history->mail);
  g_free(history->today);
  g_free(history);
}

Scenario *
history_scenario(const HistoryText *history)
{
  g_autoptr(GError) error = NULL;
  Scenario *scenario = scenario_new(history->settings, history->mail, history->today, &error);
  if (!scenario) {
    fprintf(stderr, "%s | %s | %s: %s\n", history->settings, history->mail, history->today,
            error->message);
    abort();
  }
  return scenario;
}
