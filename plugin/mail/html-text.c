/* HTML into text. libxml2 repairs what is broken and stops at a depth of its own. It is loaded when
 * the first HTML is met: with what it needs in turn it makes every start of the program a tenth
 * longer, and hardly any draft is in HTML alone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "html-text.h"

#include <dlfcn.h>
#include <string.h>

#include <libxml/HTMLparser.h>

#define DEPTH_MAX 32 /* blockquotes within each other that are told apart */

typedef struct {
  GString *out;
  guint quotes;     /* blockquotes around */
  guint line_feeds; /* asked for before the next word */
  gboolean blank;   /* likewise */
  guint pre;
} Writer;

/* ---- what markup means ---- */

enum {
  PLAIN = 0,
  BREAK = 1 << 0,     /* on lines of its own */
  PARAGRAPH = 1 << 1, /* and set off by an empty one */
  SKIP = 1 << 2,      /* not shown, or not the writer's */
  QUOTE = 1 << 3,
  PRE = 1 << 4,
  CELL = 1 << 5,
  REST = 1 << 6, /* all that follows is quoted */
};

static const struct {
  const char *name;
  guint flags;
} elements[] = {
    {"address", BREAK},   {"article", BREAK}, {"blockquote", BREAK | QUOTE},
    {"body", BREAK},      {"center", BREAK},  {"dd", BREAK},
    {"div", BREAK},       {"dl", PARAGRAPH},  {"dt", BREAK},
    {"footer", BREAK},    {"form", BREAK},    {"h1", PARAGRAPH},
    {"h2", PARAGRAPH},    {"h3", PARAGRAPH},  {"h4", PARAGRAPH},
    {"h5", PARAGRAPH},    {"h6", PARAGRAPH},  {"head", SKIP},
    {"header", BREAK},    {"li", BREAK},      {"main", BREAK},
    {"map", SKIP},        {"nav", BREAK},     {"noscript", SKIP},
    {"object", SKIP},     {"ol", PARAGRAPH},  {"p", PARAGRAPH},
    {"pre", BREAK | PRE}, {"script", SKIP},   {"section", BREAK},
    {"select", SKIP},     {"style", SKIP},    {"table", BREAK},
    {"td", CELL},         {"template", SKIP}, {"textarea", SKIP},
    {"th", CELL},         {"title", SKIP},    {"tr", BREAK},
    {"ul", PARAGRAPH},
};

/* How mail clients mark, in `class`, `id`, `name` or `data-marker`, what the writer did not write.
 */
static const struct {
  const char *word;
  guint flags;
} marks[] = {
    {"AppleMailSignature", SKIP},
    {"OLK_SRC_BODY_SECTION", REST}, /* Outlook for Mac */
    {"Signature", SKIP},            /* Outlook on the web, as an id */
    {"__DIVIDER__", REST},          /* Zimbra */
    {"divRplyFwdMsg", REST},        /* Outlook on the web */
    {"divtagdefaultwrapper-signature", SKIP},
    {"freshdesk_quote", REST},
    {"gmail_signature", SKIP},
    {"gmail_signature_prefix", SKIP},
    {"hmmessage-quote", REST},
    {"mail-editor-reference-message-container", REST}, /* Outlook, new */
    {"moz-signature", SKIP},
    {"ms-outlook-mobile-reference-message", REST},
    {"ms-outlook-mobile-signature", SKIP},
    {"protonmail_signature_block", SKIP},
    {"stopSpelling", REST}, /* Hotmail */
    {"yahoo-signature", SKIP},
    {"yahoo_quoted", REST},
    {"ydp-signature", SKIP},
    {"ymail_android_signature", SKIP},
    {"zimbra-signature", SKIP},
    {"zwchr", REST},
};

static guint
mark_flags(const char *value)
{
  guint flags = PLAIN;
  while (value && *value) {
    value += strspn(value, " \t\r\n");
    gsize length = strcspn(value, " \t\r\n");
    for (gsize i = 0; length > 0 && i < G_N_ELEMENTS(marks); i++) {
      if (strlen(marks[i].word) == length && memcmp(marks[i].word, value, length) == 0)
        flags |= marks[i].flags;
    }
    value += length;
  }
  return flags;
}

/* Text that is there for machines only, as the preview line of newsletters. */
static gboolean
is_hidden(const char *style)
{
  g_autoptr(GString) tight = g_string_new(NULL);
  for (; *style && tight->len < 1000; style++) {
    if (!g_ascii_isspace(*style))
      g_string_append_c(tight, g_ascii_tolower(*style));
  }
  return strstr(tight->str, "display:none") || strstr(tight->str, "visibility:hidden");
}

/* Outlook parts its header block from the text with a rule above it and no other mark. */
static gboolean
is_outlook_rule(const char *style)
{
  return strstr(style, "border:none;border-top:solid #") && strstr(style, "padding:3.0pt 0");
}

static guint
element_flags(const xmlNode *node)
{
  static const char *const names[] = {"class", "id", "name", "data-marker"};
  guint flags = PLAIN;
  for (gsize i = 0; i < G_N_ELEMENTS(elements); i++) {
    if (strcmp((const char *)node->name, elements[i].name) == 0)
      flags = elements[i].flags;
  }
  for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
    const xmlNode *content = attribute->children;
    const char *value =
        content && content->type == XML_TEXT_NODE ? (const char *)content->content : NULL;
    const char *name = (const char *)attribute->name;
    for (gsize i = 0; value && i < G_N_ELEMENTS(names); i++) {
      if (strcmp(name, names[i]) == 0)
        flags |= mark_flags(value);
    }
    if (value && strcmp(name, "style") == 0 && is_hidden(value))
      flags |= SKIP;
    if (value && strcmp(name, "style") == 0 && is_outlook_rule(value))
      flags |= REST;
  }
  return flags;
}

/* ---- writing ---- */

static void
ask_line_feeds(Writer *writer, guint n)
{
  writer->line_feeds = MAX(writer->line_feeds, n);
}

/* Line ends and quote marks that are due before a word. */
static void
settle(Writer *writer)
{
  gboolean start = writer->out->len == 0;
  if (writer->line_feeds == 0 && !start) {
    if (writer->blank)
      g_string_append_c(writer->out, ' ');
    return;
  }
  for (guint i = start ? 1 : 0; i < MIN(writer->line_feeds, 3); i++)
    g_string_append_c(writer->out, '\n');
  for (guint i = 0; i < MIN(writer->quotes, DEPTH_MAX); i++)
    g_string_append_c(writer->out, '>');
  if (writer->quotes > 0)
    g_string_append_c(writer->out, ' ');
}

static void
write_text(Writer *writer, const char *text)
{
  while (*text) {
    if (writer->pre > 0 && *text == '\n') {
      writer->line_feeds++;
      writer->blank = FALSE;
      text++;
      continue;
    }
    gsize length = strspn(text, " \t\r\n\f");
    if (writer->pre == 0 && length > 0) {
      writer->blank = TRUE;
      text += length;
      continue;
    }
    length = writer->pre > 0 ? strcspn(text, "\n") : strcspn(text, " \t\r\n\f");
    settle(writer);
    g_string_append_len(writer->out, text, length);
    writer->line_feeds = 0;
    writer->blank = FALSE;
    text += length;
  }
}

static void
write_mark(Writer *writer)
{
  ask_line_feeds(writer, 1);
  settle(writer);
  g_string_append(writer->out, MAIL_QUOTED_FROM_HERE "\n");
  writer->line_feeds = 1;
  writer->blank = FALSE;
}

/* Line ends stand outside a quote's own marks, before it and behind it. */
static void
edge(Writer *writer, guint flags)
{
  if (flags & PARAGRAPH)
    ask_line_feeds(writer, 2);
  else if (flags & BREAK)
    ask_line_feeds(writer, 1);
  else if (flags & CELL)
    writer->blank = TRUE;
}

static void
enter(Writer *writer, guint flags)
{
  if (flags & REST)
    write_mark(writer);
  edge(writer, flags);
  writer->quotes += flags & QUOTE ? 1 : 0;
  writer->pre += flags & PRE ? 1 : 0;
}

static void
leave(Writer *writer, guint flags)
{
  writer->quotes -= flags & QUOTE ? 1 : 0;
  writer->pre -= flags & PRE ? 1 : 0;
  edge(writer, flags);
}

/* ---- walking: without recursion, for depth is the sender's to choose ---- */

/* TRUE where the node's children are to be walked. */
static gboolean
visit(Writer *writer, const xmlNode *node)
{
  if (node->type == XML_TEXT_NODE || node->type == XML_ENTITY_REF_NODE) {
    if (node->content)
      write_text(writer, (const char *)node->content);
    return FALSE;
  }
  if (node->type != XML_ELEMENT_NODE)
    return FALSE;
  if (strcmp((const char *)node->name, "br") == 0) {
    writer->line_feeds++;
    writer->blank = FALSE;
    return FALSE;
  }
  guint flags = element_flags(node);
  if (flags & SKIP)
    return FALSE;
  enter(writer, flags);
  if (!node->children)
    leave(writer, flags);
  return node->children != NULL;
}

static void
walk(Writer *writer, const xmlNode *root)
{
  const xmlNode *node = root;
  while (node) {
    if (visit(writer, node)) {
      node = node->children;
      continue;
    }
    while (node && node != root && !node->next) {
      node = node->parent;
      if (node && node->type == XML_ELEMENT_NODE)
        leave(writer, element_flags(node));
    }
    node = node && node != root ? node->next : NULL;
  }
}

/* ---- libxml2 ---- */

/* The name changed when the binary interface did, with 2.14. */
#if LIBXML_VERSION >= 21400
#define LIBRARY "libxml2.so.16"
#else
#define LIBRARY "libxml2.so.2"
#endif

typedef struct {
  htmlDocPtr (*read)(const char *bytes, int length, const char *url, const char *charset,
                     int options);
  xmlNodePtr (*root)(const xmlDoc *document);
  void (*release)(xmlDocPtr document);
  void (*begin)(void);
} Library;

/* Copied, for C has no conversion from what dlsym() gives to a function. */
static gboolean
find_function(void *handle, const char *name, void *function)
{
  void *found = dlsym(handle, name);
  memcpy(function, &found, sizeof(found));
  return found != NULL;
}

/* NULL where it is not installed: then there is no text. */
static const Library *
library(void)
{
  static gsize done;
  static Library loaded;
  static gboolean whole;
  if (g_once_init_enter(&done)) {
    void *handle = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL);
    whole = handle && find_function(handle, "htmlReadMemory", &loaded.read) &&
            find_function(handle, "xmlDocGetRootElement", &loaded.root) &&
            find_function(handle, "xmlFreeDoc", &loaded.release) &&
            find_function(handle, "xmlInitParser", &loaded.begin);
    if (whole)
      loaded.begin(); /* from then on threads may parse at once */
    g_once_init_leave(&done, 1);
  }
  return whole ? &loaded : NULL;
}

char *
mail_html_text(const char *html, gsize length, const char *charset)
{
  Writer writer = {.out = g_string_new(NULL)};
  const Library *xml = library();
  htmlDocPtr document =
      xml ? xml->read(html, (int)MIN(length, G_MAXINT), NULL, charset,
                      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                          HTML_PARSE_NONET | HTML_PARSE_COMPACT)
          : NULL;
  if (document) {
    walk(&writer, xml->root(document));
    xml->release(document);
  }
  return g_string_free(writer.out, FALSE);
}
