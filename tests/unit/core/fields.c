/* Values as the tables of cases write them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "fields.h"

#include <string.h>

char *
field_day(CadenceDay day)
{
  return day == CADENCE_DAY_NONE ? g_strdup("-") : cadence_day_to_string(day);
}

char *
field_seconds(gint64 seconds)
{
  static const struct {
    gint64 seconds;
    char letter;
  } units[] = {{86400, 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'}};
  g_autoptr(GString) text = g_string_new(NULL);
  if (seconds < 0)
    return g_strdup("-");
  for (guint i = 0; i < G_N_ELEMENTS(units); i++) {
    gint64 count = seconds / units[i].seconds;
    if (count > 0)
      g_string_append_printf(text, "%" G_GINT64_FORMAT "%c", count, units[i].letter);
    seconds %= units[i].seconds;
  }
  return text->len ? g_string_free(g_steal_pointer(&text), FALSE) : g_strdup("0s");
}

char *
field_measure(CadenceMeasure measure, gboolean with_last)
{
  g_autofree char *median = field_seconds(measure.median);
  g_autofree char *p90 = field_seconds(measure.p90);
  g_autofree char *last = field_seconds(measure.last);
  return with_last ? g_strjoin("/", median, p90, last, NULL) : g_strjoin("/", median, p90, NULL);
}

char *
field_ids(char *const *ids)
{
  return ids && *ids ? g_strjoinv(",", (char **)ids) : g_strdup("-");
}

void
field_unquote(char *value)
{
  gsize length = strlen(value);
  if (length < 2 || *value != '"')
    return;
  memmove(value, value + 1, length - 2);
  value[length - 2] = '\0';
}

char *
field_differs(const char *name, char *actual, const char *expected)
{
  g_autofree char *found = actual;
  if (g_strcmp0(found, expected) == 0)
    return NULL;
  return g_strdup_printf("%s is %s, not %s", name, found, expected);
}

char *
field_join(char *faults, char *fault)
{
  if (!fault)
    return faults;
  char *both = faults ? g_strjoin("; ", faults, fault, NULL) : g_strdup(fault);
  g_free(faults);
  g_free(fault);
  return both;
}
