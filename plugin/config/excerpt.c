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
enum { ODD, PLAIN, BETWEEN };

typedef struct {
  Name *addresses, *roots; /* both end with an empty one */
  guint8 classes[256];
} Wanted;

static void
classify(guint8 *classes)
{
  memset(classes, ODD, 256);
  for (guint c = 0; c < 128; c++) {
    if (g_ascii_isalnum(c) || (c && strchr(".-_@", (int)c)))
      classes[c] = PLAIN;
    else if (c && strchr(" \t;,", (int)c))
      classes[c] = BETWEEN;
  }
}

static Name *
names_new(const char *const *texts)
{
  gsize n = g_strv_length((GStrv)texts);
  Name *names = g_new0(Name, n + 1);
  for (gsize i = 0; i < n; i++)
    names[i] = (Name){texts[i], strlen(texts[i])};
  return names;
}

/* Whether `name` is `root`, or an address or a domain below it. */
static gboolean
is_within(Name name, Name root)
{
  if (name.length < root.length)
    return FALSE;
  const char *end = name.text + name.length - root.length;
  return (end == name.text || end[-1] == '.' || end[-1] == '@') &&
         g_ascii_strncasecmp(end, root.text, root.length) == 0;
}

static gboolean
is_wanted(const Wanted *wanted, Name entry)
{
  if (entry.text[0] == '@') { /* which says no more than that a domain follows */
    entry.text++;
    entry.length--;
  }
  for (const Name *address = wanted->addresses; address->length > 0; address++)
    if (entry.length > 0 && is_within(*address, entry))
      return TRUE;
  for (const Name *root = wanted->roots; root->length > 0; root++)
    if (is_within(entry, *root))
      return TRUE;
  return FALSE;
}

/* Whether an item of the list between `c` and `end` is wanted, or can't be told. */
static gboolean
list_is_wanted(const Wanted *wanted, const char *c, const char *end)
{
  const guint8 *classes = wanted->classes;
  while (c < end) {
    const char *begin = c;
    while (c < end && classes[(guint8)*c] == PLAIN)
      c++;
    gboolean odd = c < end && classes[(guint8)*c] == ODD;
    if (odd || (c > begin && (c[-1] == '.' || is_wanted(wanted, (Name){begin, c - begin}))))
      return TRUE;
    c++;
  }
  return FALSE;
}

/* A group, as far as its lines have been gone through. */
typedef struct {
  const char *begin;
  Name name; /* empty: it has none that could be an address or a domain */
  gboolean matches, wanted;
} Group;

static void
begin_group(Group *group, const char *line, const char *bracket, const char *end)
{
  const char *name = bracket + 1;
  const char *close = memchr(name, ']', end - name);
  *group = (Group){.begin = line, .name = {name, close ? close - name : 0}};
}

/* A name stands for an entry where no `match` names it; where one does, it covers the name. */
static void
end_group(Group *group, const Wanted *wanted, const char *end, GString *kept)
{
  const char *name = group->name.text;
  if (!group->matches && group->name.length > 0)
    group->wanted = list_is_wanted(wanted, name, name + group->name.length);
  if (group->wanted)
    g_string_append_len(kept, group->begin, end - group->begin);
}

/* No other key begins so. */
static gboolean
is_match(const char *line, gsize length)
{
  static const char match[] = "match";
  return length > strlen(match) && memcmp(line, match, strlen(match)) == 0;
}

static void
take_match(Group *group, const Wanted *wanted, const char *line, const char *end)
{
  const char *equals = memchr(line, '=', end - line);
  if (!equals)
    return;
  const char *list = equals + 1;
  end = end[-1] == '\r' ? end - 1 : end;
  while (list < end && wanted->classes[(guint8)*list] == BETWEEN)
    list++;
  group->matches = list < end; /* an empty list names nobody */
  group->wanted = list_is_wanted(wanted, list, end);
}

char *
cadence_excerpt(const char *text, gsize length, const char *const *addresses,
                const char *const *roots)
{
  g_autofree Name *these = names_new(addresses), *those = names_new(roots);
  Wanted wanted = {.addresses = these, .roots = those};
  GString *kept = g_string_new(NULL);
  const char *end = text + length, *next;
  Group group = {0};
  classify(wanted.classes);
  for (const char *line = text + cadence_keyfile_bom(text); line < end; line = next) {
    const char *stop = memchr(line, '\n', end - line);
    stop = stop ? stop : end;
    next = stop + 1;
    const char *c = line;
    while (c < stop && g_ascii_isspace(*c))
      c++;
    if (c < stop && *c == '[') {
      end_group(&group, &wanted, line, kept);
      begin_group(&group, line, c, stop);
    } else if (is_match(c, stop - c)) {
      take_match(&group, &wanted, c, stop);
    }
  }
  end_group(&group, &wanted, end, kept);
  return g_string_free(kept, FALSE);
}
