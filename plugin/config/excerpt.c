/* Goes through agreements.ini without taking it apart: of tens of thousands of lines most are seen
 * only once, and by few steps.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "excerpt.h"

#include <string.h>

#include "keyfile.h"

typedef struct {
  const char *text;
  gsize length;
} Name;

/* What a character is in a list of entries. Of PLAIN ones the canonical form is seen at once
 * (address.h), but for its case. */
enum { ODD, PLAIN, BETWEEN, END };

struct _CadenceExcerpt {
  Name *above; /* the addresses, and the domains above them; the last has no text */
  Name *roots; /* likewise */
  GString *kept;
  guint8 classes[256];
};

static void
classify(guint8 *classes)
{
  memset(classes, ODD, 256);
  for (guint c = 0; c < 128; c++) {
    if (g_ascii_isalnum(c) || (c && strchr(".-_@", (int)c)))
      classes[c] = PLAIN;
    else if (c && strchr(" \t\r;,", (int)c))
      classes[c] = BETWEEN;
  }
  classes['\n'] = END;
}

static void
add_name(GArray *names, const char *text)
{
  Name name = {text, strlen(text)};
  g_array_append_val(names, name);
}

/* Most differ in their length or first letter. */
static gboolean
are_equal(Name a, Name b)
{
  return a.length == b.length && ((a.text[0] ^ b.text[0]) & ~('a' ^ 'A')) == 0 &&
         g_ascii_strncasecmp(a.text, b.text, a.length) == 0;
}

/* Whether `name` is `root`, or an address or a domain below it. */
static gboolean
is_within(Name name, Name root)
{
  if (name.length < root.length)
    return FALSE;
  const char *end = name.text + name.length - root.length;
  return (end == name.text || end[-1] == '.' || end[-1] == '@') &&
         are_equal((Name){end, root.length}, root);
}

static gboolean
is_wanted(const CadenceExcerpt *excerpt, Name entry)
{
  if (entry.text[0] == '@') { /* which says no more than that a domain follows */
    entry.text++;
    entry.length--;
  }
  for (const Name *name = excerpt->above; name->text; name++)
    if (are_equal(entry, *name))
      return TRUE;
  for (const Name *root = excerpt->roots; root->text; root++)
    if (is_within(entry, *root))
      return TRUE;
  return FALSE;
}

/* Whether an item of the list from `c` to `end` or the end of the line is wanted, or can't be told.
 */
static gboolean
list_is_wanted(const CadenceExcerpt *excerpt, const char *c, const char *end)
{
  for (;; c++) {
    const char *begin = c;
    while (c < end && excerpt->classes[(guint8)*c] == PLAIN)
      c++;
    guint8 next = c < end ? excerpt->classes[(guint8)*c] : END;
    if (next == ODD)
      return TRUE;
    if (c > begin && (c[-1] == '.' || is_wanted(excerpt, (Name){begin, c - begin})))
      return TRUE;
    if (next == END)
      return FALSE;
  }
}

/* The same of a name as an entry, which is not a list: blanks in it may be dropped. */
static gboolean
name_is_wanted(const CadenceExcerpt *excerpt, const char *name, const char *end)
{
  for (const char *c = name; c < end; c++)
    if (excerpt->classes[(guint8)*c] != PLAIN)
      return TRUE;
  return list_is_wanted(excerpt, name, end);
}

static const char *
skip_between(const CadenceExcerpt *excerpt, const char *c, const char *end)
{
  while (c < end && excerpt->classes[(guint8)*c] == BETWEEN)
    c++;
  return c;
}

/* What follows "match =", which no other key begins with, and blanks; NULL: it is another line. */
static const char *
match_list(const CadenceExcerpt *excerpt, const char *c, const char *end)
{
  static const char match[] = "match";
  if (end - c <= (gssize)strlen(match) || memcmp(c, match, strlen(match)) != 0)
    return NULL;
  c = skip_between(excerpt, c + strlen(match), end);
  if (c < end && *c == '=')
    c++;
  return skip_between(excerpt, c, end);
}

/* A group, as far as its lines have been gone through. What stands before the first has no name. */
typedef struct {
  const char *begin;
  gboolean matches, wanted; /* it has a `match` with entries; one of them is wanted */
} Group;

/* A name stands for an entry where no `match` names it; where one does, it covers the name. */
static void
end_group(CadenceExcerpt *excerpt, const Group *group, const char *end)
{
  gboolean wanted = group->wanted;
  if (!group->matches && group->begin < end && *group->begin == '[') {
    const char *name = group->begin + 1;
    const char *close = memchr(name, ']', end - name);
    wanted = close && name_is_wanted(excerpt, name, close);
  }
  if (wanted)
    g_string_append_len(excerpt->kept, group->begin, end - group->begin);
}

CadenceExcerpt *
cadence_excerpt_new(const char *const *addresses, const char *const *roots)
{
  CadenceExcerpt *excerpt = g_new0(CadenceExcerpt, 1);
  GArray *above = g_array_new(TRUE, FALSE, sizeof(Name));
  GArray *below = g_array_new(TRUE, FALSE, sizeof(Name));
  for (; *addresses; addresses++) {
    add_name(above, *addresses);
    for (const char *c = *addresses; (c = strpbrk(c, "@.")) != NULL;)
      add_name(above, ++c);
  }
  for (; *roots; roots++)
    add_name(below, *roots);
  excerpt->above = (Name *)(gpointer)g_array_free(above, FALSE);
  excerpt->roots = (Name *)(gpointer)g_array_free(below, FALSE);
  excerpt->kept = g_string_new(NULL);
  classify(excerpt->classes);
  return excerpt;
}

/* The first character that is none of these: of them only blanks and newlines are no fault. */
static const char *
skip_blank(const char *c, const char *end)
{
  while (c < end && (guint8)*c <= ' ')
    c++;
  return c;
}

/* The first character of the next line that has something on it. */
static const char *
next_line(const char *c, const char *end)
{
  c = memchr(c, '\n', end - c);
  return skip_blank(c ? c : end, end);
}

/* The first bracket that is the first thing on its line. */
static const char *
next_group(const char *c, const char *end)
{
  while ((c = memchr(c, '[', end - c)) != NULL) {
    const char *before = c - 1; /* never the first line's: a key stands before it */
    while (*before != '\n' && (guint8)*before <= ' ')
      before--;
    if (*before == '\n')
      return c;
    c++;
  }
  return end;
}

/* The group at the end may go on, and its last line may not be whole: both are left. */
gsize
cadence_excerpt_take(const char *text, gsize length, gboolean last, gpointer data)
{
  CadenceExcerpt *excerpt = data;
  const char *end = text + length;
  const char *c = skip_blank(text + cadence_keyfile_bom(text, length), end);
  Group group = {.begin = c};
  while (c < end) {
    const char *list = match_list(excerpt, c, end);
    if (list) {                                    /* of which a group has but one */
      group.matches = list < end && *list != '\n'; /* an empty list names nobody */
      group.wanted = list_is_wanted(excerpt, list, end);
      c = next_group(list, end);
      continue;
    }
    if (*c == '[') {
      end_group(excerpt, &group, c);
      group = (Group){.begin = c};
    }
    c = next_line(c, end);
  }
  if (!last)
    return group.begin - text;
  end_group(excerpt, &group, end);
  return length;
}

char *
cadence_excerpt_end(CadenceExcerpt *excerpt)
{
  char *kept = g_string_free(excerpt->kept, FALSE);
  g_free(excerpt->above);
  g_free(excerpt->roots);
  g_free(excerpt);
  return kept;
}
