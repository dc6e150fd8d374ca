/* Addresses out of header values. GMime's own parser is not used: it recurses into groups, so that
 * a field of `a:a:a:...` overflows the stack, and it makes an object of every address where one
 * string is wanted.
 *
 * One pass over the value cuts it into elements at `,` and `;` and drops group names at `:`; quoted
 * strings, comments and brackets are stepped over. What never closes is taken for ordinary text, so
 * one stray quote does not hide the recipients behind it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/address.h>

#include <string.h>

#include "cfws.h"

typedef struct {
  GPtrArray *found;                  /* canonical addresses, in order */
  GHashTable *seen;                  /* the same, borrowed */
  GString *element;                  /* the present element's text outside angle brackets */
  gboolean bracketed;                /* it had an address in angle brackets */
  gboolean open_quote, open_comment; /* the last of its sort never closes: don't search again */
} Scan;

static gboolean
add(Scan *scan, const char *text)
{
  g_autofree char *address = strchr(text, '@') ? cadence_address_canonical(text) : NULL;
  if (!address)
    return FALSE;
  if (!g_hash_table_contains(scan->seen, address)) {
    g_hash_table_add(scan->seen, address);
    g_ptr_array_add(scan->found, g_steal_pointer(&address));
  }
  return TRUE;
}

/* A word of an element, without what sticks to it. */
static void
add_word(Scan *scan, char *word)
{
  word += strspn(word, "\"'(");
  gsize length = strlen(word);
  while (length > 0 && strchr("\"')", word[length - 1]))
    word[--length] = '\0';
  add(scan, word);
}

/* An element without brackets is one address, or words of which some may be one. */
static void
end_element(Scan *scan)
{
  if (!scan->bracketed && strchr(scan->element->str, '@') && !add(scan, scan->element->str)) {
    g_auto(GStrv) words = g_strsplit_set(scan->element->str, " \t", -1);
    for (char **word = words; *word; word++)
      add_word(scan, *word);
  }
  g_string_truncate(scan->element, 0);
  scan->bracketed = FALSE;
}

/* The content of angle brackets; it ends at a comma where the `>` is missing, unless that comma is
 * of an obsolete route (`<@one,@two:a@b>`). */
static const char *
read_brackets(Scan *scan, const char *text)
{
  gboolean route = text[1] == '@';
  const char *c = text + 1;
  while (*c && *c != '>' && *c != '<' && !(strchr(",;", *c) && !route)) {
    const char *end = *c == '"' && !scan->open_quote ? quoted_string_read(c, NULL) : NULL;
    scan->open_quote = scan->open_quote || (*c == '"' && !end);
    route = route && *c != ':';
    c = end ? end : c + 1;
  }
  g_autofree char *content = g_strndup(text + 1, c - text - 1);
  if (add(scan, content))
    scan->bracketed = TRUE;
  return *c == '>' ? c + 1 : c;
}

/* Steps over a quoted string, a comment or a domain literal, which belong to the element whole. */
static const char *
read_piece(Scan *scan, const char *c)
{
  const char *end = NULL;
  if (*c == '"' && !scan->open_quote) {
    end = quoted_string_read(c, NULL);
    scan->open_quote = end == NULL;
  } else if (*c == '(' && !scan->open_comment) {
    end = comment_end(c);
    scan->open_comment = end == NULL;
    if (end)
      return end;
  } else if (*c == '[') {
    gsize inside = 1 + strcspn(c + 1, "[]<>,;\" \t");
    end = c[inside] == ']' ? c + inside + 1 : NULL;
  }
  if (!end)
    end = c + 1;
  g_string_append_len(scan->element, c, end - c);
  return end;
}

static void
scan_value(Scan *scan, const char *value)
{
  const char *c = value;
  while (*c) {
    if (*c == ',' || *c == ';') {
      end_element(scan);
      c++;
    } else if (*c == ':') {
      g_string_truncate(scan->element, 0); /* the name of a group, or "mailto" */
      c++;
    } else if (*c == '<') {
      c = read_brackets(scan, c);
    } else {
      c = read_piece(scan, c);
    }
  }
  end_element(scan);
}

GStrv
cadence_address_list(const char *value)
{
  Scan scan = {.found = g_ptr_array_new(),
               .seen = g_hash_table_new(g_str_hash, g_str_equal),
               .element = g_string_new(NULL)};
  if (value)
    scan_value(&scan, value);
  g_string_free(scan.element, TRUE);
  g_hash_table_unref(scan.seen);
  g_ptr_array_add(scan.found, NULL);
  return (GStrv)g_ptr_array_free(scan.found, FALSE);
}
