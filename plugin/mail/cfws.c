/* Comments, folding white space and quoted strings.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cfws.h"

#include <string.h>

const char *
comment_end(const char *text)
{
  guint depth = 0;
  for (const char *c = text; *c; c++) {
    if (*c == '\\' && c[1])
      c++;
    else if (*c == '(')
      depth++;
    else if (*c == ')' && --depth == 0)
      return c + 1;
  }
  return NULL;
}

const char *
cfws_skip(const char *text)
{
  for (;;) {
    text += strspn(text, " \t\r\n");
    if (*text != '(')
      return text;
    const char *end = comment_end(text);
    text = end ? end : text + strlen(text);
  }
}

const char *
quoted_string_read(const char *text, GString *content)
{
  for (const char *c = text + 1; *c; c++) {
    if (*c == '"')
      return c + 1;
    if (*c == '\\' && c[1])
      c++;
    if (content)
      g_string_append_c(content, *c);
  }
  return NULL;
}
