/* Days and instants as people type them: tests/cases/when.cases, and what no text can do.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <cadence/when.h>

#include "fields.h"
#include "table.h"

/* NULL where a text that can't be read left the value alone and gave the error that is wanted:
 * `error`, or words of its message between quotes. */
static char *
check_error(gboolean untouched, const GError *error, const char *wanted)
{
  if (!untouched || !g_error_matches(error, CADENCE_ERROR, CADENCE_ERROR_SYNTAX))
    return g_strdup("an error that is none");
  g_autofree char *words = g_strdup(wanted);
  field_unquote(words);
  if (g_str_equal(wanted, "error") || (*wanted == '"' && strstr(error->message, words)))
    return NULL;
  return g_strdup(error->message);
}

static char *
check_day(const char *text, const char *today, const char *wanted)
{
  CadenceDay now, found = 42;
  g_autoptr(GError) error = NULL;
  if (!cadence_day_parse(today, &now, NULL))
    return g_strdup("what day is today?");
  if (!cadence_when_parse(text, now, &found, &error))
    return check_error(found == 42, error, wanted);
  return field_differs("day", field_day(found), wanted);
}

static char *
check_instant(const char *text, const char *now, const char *wanted)
{
  gint64 instant, found = 42;
  g_autoptr(GError) error = NULL;
  g_autoptr(GTimeZone) zone = g_time_zone_new_identifier("Europe/Berlin");
  if (!cadence_instant_parse(now, zone, &instant, NULL))
    return g_strdup("when is now?");
  CadenceClock clock = cadence_clock(instant, zone);
  if (!cadence_when_instant_parse(text, &clock, &found, &error))
    return check_error(found == 42, error, wanted);
  return field_differs("instant", cadence_instant_to_string(found, zone), wanted);
}

static char *
check(char **field)
{
  char *text = field[1];
  field_unquote(text);
  if (g_str_equal(field[0], "day"))
    return check_day(text, field[2], field[3]);
  if (g_str_equal(field[0], "instant"))
    return check_instant(text, field[2], field[3]);
  return g_strdup("what is this?");
}

static void
test_table(void **unused)
{
  assert_int_equal(table_run("when.cases", 4, check), 0);
}

/* On every day of a leap cycle: a weekday is one of the seven days beside today, and that weekday.
 */
static void
test_weekdays(void **unused)
{
  static const char *const names[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  CadenceDay first = cadence_day_from_ymd(2026, 1, 1);
  for (CadenceDay today = first; today < first + 4 * 366; today++) {
    for (int i = 0; i < 7; i++) {
      CadenceDay next, last;
      g_autofree char *text = g_strconcat("last ", names[i], NULL);
      assert_true(cadence_when_parse(names[i], today, &next, NULL));
      assert_true(cadence_when_parse(text, today, &last, NULL));
      assert_true(next > today && next <= today + 7 && last < today && last >= today - 7);
      assert_int_equal((next - 1) % 7, i);
      assert_int_equal((last - 1) % 7, i);
    }
  }
}

/* Every day, written in every way that has one reading, is that day. */
static void
test_round_trip(void **unused)
{
  static const char *const formats[] = {"%Y-%m-%d", "%d.%m.%Y", "%d %b %Y", "%B %d, %Y",
                                        "%Y/%m/%d"};
  for (CadenceDay day = 700000; day < 760000; day += 13) {
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_julian(&date, (guint32)day);
    for (guint i = 0; i < G_N_ELEMENTS(formats); i++) {
      char text[64];
      CadenceDay found;
      g_date_strftime(text, sizeof text, formats[i], &date);
      assert_true(cadence_when_parse(text, 700000, &found, NULL));
      assert_int_equal(found, day);
    }
  }
}

/* Whatever is typed, nothing is read past and no day is outside the calendar. */
static void
test_noise(void **unused)
{
  static const char *const pieces[] = {
      " ", "in",       "3",    "ago",  "w",   "mo", "dec",   "monday", "next",  "/", "-",
      ".", "2026",     "24",   "th",   ":",   "30", "at",    "T",      ",",     "a", "\xff",
      "é", "business", "days", "last", "now", "bd", "99999", "0",      "today", "\n"};
  g_autoptr(GRand) random = g_rand_new_with_seed(3);
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc();
  CadenceClock clock = cadence_clock(1775044800, utc);
  guint read = 0;
  for (guint i = 0; i < 200000; i++) {
    CadenceDay day;
    gint64 instant;
    g_autoptr(GError) error = NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    for (int n = g_rand_int_range(random, 0, 8); n > 0; n--)
      g_string_append(text, pieces[g_rand_int_range(random, 0, G_N_ELEMENTS(pieces))]);
    if (cadence_when_parse(text->str, clock.today, &day, &error)) {
      read++;
      assert_true(day >= 1 && day <= CADENCE_DAY_LAST && !error);
    } else {
      assert_non_null(error);
    }
    if (cadence_when_instant_parse(text->str, &clock, &instant, NULL))
      assert_int_not_equal(instant, 0);
  }
  assert_true(read > 1000);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_table),
      cmocka_unit_test(test_weekdays),
      cmocka_unit_test(test_round_trip),
      cmocka_unit_test(test_noise),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
