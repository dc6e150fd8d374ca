/* Message-IDs as notmuch keeps them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "msgid.h"

#include <string.h>

#include "cfws.h"

/* A longer id does not fit into a Xapian term: notmuch takes its digest instead. */
#define ID_MAX 188

/* The database holds no bytes that are not UTF-8, and nor must our strings. */
static char *
finish(char *id)
{
  g_autofree char *valid = g_utf8_make_valid(id, -1);
  g_free(id);
  if (strlen(valid) <= ID_MAX)
    return g_steal_pointer(&valid);
  g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA1, valid, -1);
  return g_strconcat("notmuch-sha1-", digest, NULL);
}

/* The first id at `text`, which is moved behind it; NULL where there is none left. One of a single
 * character is none, as in notmuch. */
static char *
next_id(const char **text)
{
  const char *c = cfws_skip(*text);
  c += strcspn(c, "<");
  if (!*c) {
    *text = c;
    return NULL;
  }
  c = cfws_skip(c + 1);
  gsize length = strcspn(c, ">");
  gboolean closed = c[length] == '>';
  *text = c + length + (closed ? 1 : 0);
  if (length < (closed ? 2 : 1))
    return NULL;
  GString *id = g_string_sized_new(length);
  for (gsize i = 0; i < length; i++) {
    if (c[i] == ' ' || c[i] == '\t')
      i++; /* notmuch takes one blank out and keeps what follows, be it another one */
    if (i < length)
      g_string_append_c(id, c[i]);
  }
  return finish(g_string_free(id, FALSE));
}

char *
mail_msgid_own(const char *value)
{
  if (!value)
    return NULL;
  const char *text = value;
  char *id = next_id(&text);
  return id ? id : finish(g_strdup(value));
}

void
mail_msgid_append(const char *value, GPtrArray *ids)
{
  while (value && *value) {
    char *id = next_id(&value);
    if (id)
      g_ptr_array_add(ids, id);
  }
}
