/* Takes a file in GKeyFile's format apart, line by line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "keyfile.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct {
  CadenceKeyfile *keyfile;
  GHashTable *by_name; /* group name -> its line; both borrowed */
  CadenceFaults *faults;
  guint line;
} Scan;

static void
refuse(const Scan *scan, const char *group, const char *text)
{
  cadence_faults_add(scan->faults, (CadencePlace){scan->keyfile->name, scan->line, group, NULL},
                     g_strdup(text));
}

static gboolean
is_blank(char c)
{
  return c == ' ' || c == '\t';
}

/* Ends the text between `begin` and `end` with a NUL, blanks at its end taken off. */
static char *
trimmed(char *begin, char *end)
{
  while (end > begin && is_blank(end[-1]))
    end--;
  *end = '\0';
  while (is_blank(*begin))
    begin++;
  return begin;
}

/* Most lines: nothing but ASCII that is seen, blanks and tabs; the rest is looked at closely. */
static gboolean
is_plain(const char *line, gsize length)
{
  gboolean plain = TRUE;
  for (gsize i = 0; i < length; i++)
    plain &= (line[i] >= ' ' && line[i] < 0x7f) || line[i] == '\t';
  return plain;
}

/* The first C0 or C1 control character other than a tab; NULL where there is none. */
static const char *
find_control(const char *line)
{
  for (const guchar *c = (const guchar *)line; *c != '\0'; c++)
    if ((*c < ' ' && *c != '\t') || *c == 0x7f || (*c == 0xc2 && c[1] < 0xa0))
      return (const char *)c;
  return NULL;
}

static gboolean
is_printable(const char *name)
{
  for (; *name; name = g_utf8_next_char(name)) {
    gboolean ascii = *name >= ' ' && *name < 0x7f;
    if (!ascii && !g_unichar_isprint(g_utf8_get_char(name)))
      return FALSE;
  }
  return TRUE;
}

const char *
cadence_keyfile_name_fault(const char *name)
{
  if (!g_utf8_validate(name, -1, NULL))
    return _("a group's name has to be UTF-8");
  if (*name == '\0')
    return _("a group needs a name between [ and ]");
  if (strlen(name) > CADENCE_KEYFILE_NAME_MAX)
    return _("a group's name may have 200 bytes at most");
  if (strpbrk(name, "[]") != NULL)
    return _("a group's name can't hold [ or ]");
  if (is_blank(name[0]) || is_blank(name[strlen(name) - 1]))
    return _("take the blanks out between the brackets and the name");
  if (!is_printable(name))
    return _("a group's name can't hold characters that are not seen");
  return NULL;
}

const char *
cadence_keyfile_value_fault(const char *value)
{
  if (!g_utf8_validate(value, -1, NULL))
    return _("a value has to be UTF-8");
  if (find_control(value))
    return _("a value can't hold a line break or a control character");
  if (*value && (is_blank(value[0]) || is_blank(value[strlen(value) - 1])))
    return _("a value can't begin or end with a blank");
  return NULL;
}

static gboolean
check_repeated(const Scan *scan, const char *name)
{
  guint before = GPOINTER_TO_UINT(g_hash_table_lookup(scan->by_name, name));
  if (before == 0) {
    g_hash_table_insert(scan->by_name, (gpointer)name, GUINT_TO_POINTER(scan->line));
    return FALSE;
  }
  CadencePlace place = {scan->keyfile->name, scan->line, name, NULL};
  cadence_faults_add(
      scan->faults, place,
      g_strdup_printf(_("the group stands in line %u already; put both together"), before));
  return TRUE;
}

/* A group whose head is at fault is kept, so that its keys are not taken for the group's before. */
static void
scan_group(const Scan *scan, char *line)
{
  CadenceKeyfileGroup group = {.name = "", .line = scan->line, .repeated = TRUE};
  group.first = scan->keyfile->items->len;

  char *close = strchr(line, ']');
  if (close == NULL) {
    refuse(scan, NULL, _("[ without ]"));
  } else if (close[1] != '\0') {
    refuse(scan, NULL, _("nothing may stand behind ]; write a comment on its own line"));
  } else {
    *close = '\0';
    group.name = line + 1;
    const char *fault = cadence_keyfile_name_fault(group.name);
    if (fault != NULL)
      refuse(scan, *group.name ? group.name : NULL, fault);
    else
      group.repeated = check_repeated(scan, group.name);
  }
  g_array_append_val(scan->keyfile->groups, group);
}

/* Where nothing or a blank stands before it: `key =#` would be written out as `key = #`. */
static gboolean
find_comment(const char *value)
{
  for (const char *c = strchr(value, '#'); c != NULL; c = strchr(c + 1, '#'))
    if (c == value || is_blank(c[-1]))
      return TRUE;
  return FALSE;
}

/* NULL where `equals`, the first = of the line, parts a key from a value. */
static const char *
item_fault(const Scan *scan, const char *line, const char *equals)
{
  if (equals == line)
    return _("no key before =");
  if (scan->keyfile->groups->len == 0)
    return _("a key before the first [group]");
  return NULL;
}

static void
scan_item(const Scan *scan, char *line, char *end)
{
  char *equals = strchr(line, '=');
  if (!equals) {
    refuse(scan, NULL, _("neither [group] nor key = value; a comment begins with #"));
    return;
  }
  const char *fault = item_fault(scan, line, equals);
  if (fault) {
    refuse(scan, NULL, fault);
    return;
  }

  /* Looked for before blanks are trimmed: `key = # text` is an empty value and a comment. */
  CadenceKeyfileItem item = {.line = scan->line, .has_comment = find_comment(equals + 1)};
  item.key = trimmed(line, equals);
  item.value = trimmed(equals + 1, end);
  g_array_append_val(scan->keyfile->items, item);

  GArray *groups = scan->keyfile->groups;
  g_array_index(groups, CadenceKeyfileGroup, groups->len - 1).n_items++;
}

/* FALSE, and a fault, for a line that is no text. */
static gboolean
check_characters(const Scan *scan, const char *line, gsize length)
{
  const char *bad;
  if (is_plain(line, length))
    return TRUE;
  if (!g_utf8_validate(line, length, &bad)) {
    refuse(scan, NULL, *bad == '\0' ? _("a NUL byte") : _("not UTF-8; save the file as UTF-8"));
    return FALSE;
  }
  /* A lone carriage return would hide whatever follows it in a comment. */
  bad = *line == '#' ? strchr(line, '\r') : find_control(line);
  if (bad != NULL)
    refuse(scan, NULL, _("a control character"));
  return bad == NULL;
}

/* `end` is where the line's newline was, or the text's last NUL. */
static void
scan_line(const Scan *scan, char *line, char *end)
{
  if (end > line && end[-1] == '\r')
    end--;
  *end = '\0';
  while (g_ascii_isspace(*line))
    line++;
  if (!check_characters(scan, line, end - line) || *line == '#' || *line == '\0')
    return;
  while (is_blank(end[-1]))
    *--end = '\0';
  if (*line == '[')
    scan_group(scan, line);
  else
    scan_item(scan, line, end);
}

gsize
cadence_keyfile_bom(const char *text, gsize length)
{
  static const char bom[] = "\xef\xbb\xbf";
  return length >= strlen(bom) && memcmp(text, bom, strlen(bom)) == 0 ? strlen(bom) : 0;
}

static void
scan_text(Scan *scan, char *text, gsize length)
{
  char *end = text + length;
  char *line = text + cadence_keyfile_bom(text, length);

  while (line < end && !cadence_faults_full(scan->faults)) {
    char *newline = memchr(line, '\n', end - line);
    char *stop = newline != NULL ? newline : end;
    scan->line++;
    scan_line(scan, line, stop);
    line = stop + 1;
  }
}

CadenceKeyfile *
cadence_keyfile_new(const char *name, const char *text, gsize length, CadenceFaults *faults)
{
  CadenceKeyfile *keyfile = g_new0(CadenceKeyfile, 1);
  keyfile->name = g_strdup(name);
  keyfile->groups = g_array_new(FALSE, FALSE, sizeof(CadenceKeyfileGroup));
  keyfile->items = g_array_new(FALSE, FALSE, sizeof(CadenceKeyfileItem));
  if (length > CADENCE_KEYFILE_MAX) {
    cadence_faults_add(faults, (CadencePlace){name, 0, NULL, NULL},
                       g_strdup(_("larger than 64 MiB")));
    return keyfile;
  }

  keyfile->text = g_malloc(length + 1);
  memcpy(keyfile->text, text, length);
  keyfile->text[length] = '\0';
  g_autoptr(GHashTable) by_name = g_hash_table_new(g_str_hash, g_str_equal);
  Scan scan = {.keyfile = keyfile, .by_name = by_name, .faults = faults};
  scan_text(&scan, keyfile->text, length);
  return keyfile;
}

void
cadence_keyfile_free(CadenceKeyfile *keyfile)
{
  if (keyfile == NULL)
    return;
  g_free(keyfile->name);
  g_free(keyfile->text);
  g_array_unref(keyfile->groups);
  g_array_unref(keyfile->items);
  g_free(keyfile);
}
