/* Whether notmuch can have indexed an address: it indexes what GMime's parser takes for one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <gmime/gmime.h>

#include <cadence/address.h>
#include <cadence/message.h>

/* Letters, digits, inner single dots and hyphens on both sides: no parser refuses those. */
static gboolean
is_plain(const char *canonical)
{
  char before = '.';
  for (const char *c = canonical; *c; before = *c++) {
    gboolean joint = *c == '.' || *c == '@';
    if (joint ? before == '.' || before == '@'
              : !g_ascii_isalnum(*c) && *c != '-' && *c != '_' && *c != '+')
      return FALSE;
  }
  return before != '.' && before != '@';
}

gboolean
cadence_address_is_indexed(const char *canonical)
{
  if (!strchr(canonical, '@') || is_plain(canonical))
    return TRUE;
  cadence_mail_init();
  g_autoptr(GObject) list = (GObject *)internet_address_list_parse(NULL, canonical);
  return list && internet_address_list_length((InternetAddressList *)list) == 1;
}
