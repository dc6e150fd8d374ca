/* Prints days and lengths of time.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "when.h"

#include <glib/gi18n.h>

#define MINUTE ((gint64)60)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define DAYS_ALONE 10 /* from here on hours say nothing */
#define HALF_YEAR 182

char *
cli_length(gint64 seconds)
{
  if (seconds < 0)
    return NULL;
  gint64 days = seconds / DAY, hours = seconds % DAY / HOUR;
  if (days >= DAYS_ALONE || (days > 0 && hours == 0))
    return g_strdup_printf(_("%dd"), (int)days);
  if (days > 0)
    return g_strdup_printf(_("%dd %dh"), (int)days, (int)hours);
  if (hours > 0)
    return g_strdup_printf(_("%dh"), (int)hours);
  return g_strdup_printf(_("%dmin"), (int)(seconds / MINUTE));
}

char *
cli_day(CadenceDay day, CadenceDay today, gboolean brief)
{
  GDate date;
  char text[64];
  if (day == CADENCE_DAY_NONE || !brief)
    return cadence_day_to_string(day);
  g_date_clear(&date, 1);
  g_date_set_julian(&date, (guint32)day);
  /* TRANSLATORS: strftime formats of a day, near and far from today; keep them short */
  const char *format = ABS(day - today) <= HALF_YEAR ? _("%e %b") : _("%Y-%m");
  if (g_date_strftime(text, sizeof text, format, &date) == 0)
    return cadence_day_to_string(day);
  return g_strdup(g_strchug(text));
}
