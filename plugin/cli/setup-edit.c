/* Marked blocks, values with the old line kept above them, and single lines.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "setup-edit.h"

#include <cadence/base.h>
#include <glib/gi18n.h>
#include <string.h>

#define BEGIN " >>> notmuch-cadence"
#define LAST "<<< notmuch-cadence"
#define END " " LAST
#define KEPT " notmuch-cadence kept: "
#define ADDED " notmuch-cadence added"
#define FRESH " (new file)"

/* A line of the text, from `at` to `end`, its line end included. */
typedef struct {
  gsize at, end;
  char *word; /* without blanks around it */
} Line;

/* FALSE behind the last. */
static gboolean
line_at(const GString *text, gsize at, Line *line)
{
  g_clear_pointer(&line->word, g_free);
  if (at >= text->len)
    return FALSE;
  const char *newline = memchr(text->str + at, '\n', text->len - at);
  line->at = at;
  line->end = newline ? (gsize)(newline - text->str) + 1 : text->len;
  line->word = g_strstrip(g_strndup(text->str + at, line->end - at));
  return TRUE;
}

static void
line_clear(Line *line)
{
  g_free(line->word);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Line, line_clear)

static gboolean
ends_lines(const GString *text, gsize at)
{
  return at == 0 || text->str[at - 1] == '\n';
}

/* Puts whole lines in at `at`. Behind a line without an end it is they that have none at theirs. */
static void
splice(GString *text, gsize at, const char *lines)
{
  gboolean ended = ends_lines(text, at);
  g_autofree char *piece =
      ended ? g_strdup(lines) : g_strdup_printf("\n%.*s", (int)strlen(lines) - 1, lines);
  g_string_insert(text, (gssize)at, piece);
}

/* The opposite. */
static void
cut(GString *text, gsize at, gsize end)
{
  if (end == text->len && !ends_lines(text, end) && at > 0)
    at--;
  g_string_erase(text, (gssize)at, (gssize)(end - at));
}

/* What stands in the line behind `comment` and `mark`; NULL where it does not begin so. */
static const char *
marked(const GString *text, const Line *line, const char *comment, const char *mark)
{
  gsize at = line->at + strspn(text->str + line->at, " \t");
  g_autofree char *begin = g_strconcat(comment, mark, NULL);
  return g_str_has_prefix(text->str + at, begin) ? text->str + at + strlen(begin) : NULL;
}

static gboolean
refuse_open(const GString *text, const Line *line, GError **error)
{
  int number = 1;
  for (gsize i = 0; i < line->at; i++)
    number += text->str[i] == '\n';
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_CONFIG,
              _("line %d begins a block of ours, and its last line (\"%s\") is missing; take the "
                "rest of it out by hand"),
              number, LAST);
  return FALSE;
}

/* The line that ends the block begun by `begin`. */
static gboolean
find_end(const GString *text, const char *comment, const Line *begin, Line *end)
{
  for (gsize at = begin->end; line_at(text, at, end); at = end->end)
    if (marked(text, end, comment, END))
      return TRUE;
  return FALSE;
}

/* The old line comes back, where the value is still ours; what somebody has written there since
 * stays. */
static void
restore(GString *text, const Line *mark, const char *kept)
{
  g_auto(Line) ours = {0};
  g_autofree char *old = NULL;
  if (kept)
    old = g_strndup(kept, strcspn(kept, "\n"));
  if (!line_at(text, mark->end, &ours) || !strstr(ours.word, CLI_SETUP_OURS)) {
    cut(text, mark->at, mark->end);
  } else if (!old) {
    cut(text, mark->at, ours.end);
  } else {
    gsize length = ours.end - mark->at - !!(text->str[ours.end - 1] == '\n');
    g_string_erase(text, (gssize)mark->at, (gssize)length);
    g_string_insert(text, (gssize)mark->at, old);
  }
}

gboolean
cli_setup_take_out(GString *text, const CliSetupPlace *place, gboolean *fresh, GError **error)
{
  g_auto(Line) line = {0}, end = {0};
  gsize at = 0;
  while (place->comment && line_at(text, at, &line)) {
    const char *kept = marked(text, &line, place->comment, KEPT);
    at = line.end;
    *fresh = *fresh || marked(text, &line, place->comment, BEGIN FRESH) ||
             marked(text, &line, place->comment, ADDED FRESH);
    if (marked(text, &line, place->comment, BEGIN)) {
      if (!find_end(text, place->comment, &line, &end))
        return refuse_open(text, &line, error);
      cut(text, at = line.at, end.end);
    } else if (kept || marked(text, &line, place->comment, ADDED)) {
      restore(text, &line, kept);
      at = line.at;
    }
  }
  return TRUE;
}

/* Where the lines of a section begin; -1 where there is none. */
static gssize
find_section(const GString *text, const char *section)
{
  g_auto(Line) line = {0};
  for (gsize at = 0; line_at(text, at, &line); at = line.end)
    if (g_str_equal(line.word, section))
      return (gssize)line.end;
  return -1;
}

/* The end of the text, or the last line that is no blank one where that begins with `before`. */
static gsize
find_last(const GString *text, const char *before)
{
  g_auto(Line) line = {0};
  gsize found = text->len;
  for (gsize at = 0; before && line_at(text, at, &line); at = line.end)
    if (*line.word)
      found = g_str_has_prefix(text->str + line.at, before) ? line.at : text->len;
  return found;
}

void
cli_setup_put_block(GString *text, const CliSetupPlace *place, const char *lines,
                    const char *before, const char *undo, gboolean fresh)
{
  gssize section = place->section ? find_section(text, place->section) : 0;
  gboolean named = place->section && section < 0;
  g_autofree char *block = g_strdup_printf(
      "%s%s: \"%s\" takes this out\n%s%s%s%s%s\n", place->comment, fresh ? BEGIN FRESH : BEGIN,
      undo, named ? place->section : "", named ? "\n" : "", lines, place->comment, END);
  gboolean within = place->section && section >= 0;
  splice(text, within ? (gsize)section : find_last(text, before), block);
}

/* Where the value begins in a line that gives one to the key; 0 for other lines. */
static gsize
find_value(const GString *text, const Line *line, const CliSetupPlace *place)
{
  const char *at = text->str + line->at;
  at += strspn(at, " \t");
  if (g_ascii_strncasecmp(at, place->key, strlen(place->key)) != 0)
    return 0;
  at += strlen(place->key);
  at += strspn(at, " \t");
  if (*at != place->separator)
    return 0;
  at++;
  return (gsize)(at - text->str) + strspn(at, " \t");
}

/* Replaces the line; returns where the next one begins. */
static gsize
put_value(GString *text, const Line *line, gsize value, const CliSetupPlace *place,
          CliSetupValue give, gpointer data)
{
  g_autofree char *whole = g_strndup(text->str + line->at, line->end - line->at);
  char *newline = strchr(whole, '\n');
  if (newline)
    *newline = '\0';
  g_autofree char *old = g_strchomp(g_strdup(whole + (value - line->at)));
  g_autofree char *fresh = give(old, data);
  if (!fresh)
    return line->end;
  g_autofree char *lines =
      g_strdup_printf("%s" KEPT "%s\n%.*s%s%s", place->comment, whole, (int)(value - line->at),
                      whole, fresh, newline ? "\n" : "");
  g_string_erase(text, (gssize)line->at, (gssize)(line->end - line->at));
  g_string_insert(text, (gssize)line->at, lines);
  return line->at + strlen(lines);
}

/* Adds the key where the section begins; returns by how much the text grew. */
static gsize
add_value(GString *text, gsize at, const CliSetupPlace *place, CliSetupValue give, gpointer data,
          gboolean fresh)
{
  gsize before = text->len;
  const char *added = fresh ? ADDED FRESH : ADDED;
  g_autofree char *value = give(NULL, data);
  g_autofree char *lines =
      value ? g_strdup_printf("%s%s\n%s%s%c %s\n", place->comment, added, place->key,
                              place->separator == '=' ? " " : "", place->separator, value)
            : NULL;
  if (lines)
    splice(text, at, lines);
  return text->len - before;
}

/* Where in the file a line stands. */
typedef struct {
  gboolean within; /* the place's section, or what is below it */
  gboolean inside; /* keys count */
  gssize lacking;  /* where the key is to be added if it does not come; -1: nowhere */
} Spot;

/* A line in brackets, the more of them the deeper, moves on; `end` is where that line ends. What
 * lies deeper than a sub-section is none of ours. */
static void
enter(Spot *spot, const char *word, gssize end, const CliSetupPlace *place)
{
  gsize depth = strspn(word, "[");
  if (depth == 1)
    spot->within = !place->section || g_str_equal(word, place->section);
  spot->inside = spot->within && depth <= 2;
  if (depth <= 2)
    spot->lacking = depth == 2 && spot->within && place->everywhere ? end : -1;
}

void
cli_setup_put_value(GString *text, const CliSetupPlace *place, CliSetupValue value, gpointer data,
                    gboolean fresh)
{
  g_auto(Line) line = {0};
  gboolean once = !place->section && place->everywhere; /* a file without sections */
  Spot spot = {.inside = !place->section, .lacking = once ? 0 : -1};
  for (gsize at = 0; line_at(text, at, &line);) {
    gsize old = spot.inside ? find_value(text, &line, place) : 0;
    at = line.end;
    if (old > 0) {
      at = put_value(text, &line, old, place, value, data);
      spot.lacking = -1;
      if (once)
        return; /* the first counts */
    } else if (*line.word == '[') {
      gboolean deeper = g_str_has_prefix(line.word, "[[[");
      if (spot.lacking >= 0 && !deeper)
        at += add_value(text, (gsize)spot.lacking, place, value, data, fresh);
      enter(&spot, line.word, (gssize)at, place);
    }
  }
  if (spot.lacking >= 0)
    add_value(text, (gsize)spot.lacking, place, value, data, fresh);
}

void
cli_setup_put_line(GString *text, const CliSetupPlace *place, const char *line)
{
  gssize section = find_section(text, place->section);
  g_autofree char *lines = section < 0 ? g_strconcat(place->section, "\n", line, "\n", NULL)
                                       : g_strconcat(line, "\n", NULL);
  splice(text, section < 0 ? text->len : (gsize)section, lines);
}

void
cli_setup_take_line(GString *text, const CliSetupPlace *place, const char *line)
{
  g_auto(Line) here = {0};
  const char *name = strrchr(line, '/');
  gboolean inside = FALSE;
  gsize at = 0;
  while (line_at(text, at, &here)) {
    at = here.end;
    if (*here.word == '[') {
      inside = g_str_equal(here.word, place->section);
    } else if (inside && g_str_has_suffix(here.word, name)) {
      at = here.at;
      cut(text, here.at, here.end);
    }
  }
}
