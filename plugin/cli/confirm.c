/* How long a refused mail may be confirmed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <string.h>

#include "hook.h"

#define MOST (24 * 60 * 60)

static const struct {
  const char *unit;
  guint seconds;
} units[] = {{"s", 1}, {"min", 60}, {"h", 60 * 60}};

gboolean
cli_confirm_parse(const char *text, guint *seconds, GError **error)
{
  gsize digits = strspn(text, "0123456789");
  g_autofree char *number = g_strndup(text, digits);
  guint64 count = 0;
  for (guint i = 0; i < G_N_ELEMENTS(units); i++)
    if (g_str_equal(text + digits, units[i].unit) &&
        g_ascii_string_to_unsigned(number, 10, 1, MOST / units[i].seconds, &count, NULL)) {
      *seconds = (guint)count * units[i].seconds;
      return TRUE;
    }
  g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
              _("--confirm takes a length of time up to 24h, as in 90s, 10min, 1h; not \"%s\""),
              text);
  return FALSE;
}
