/* What `show` says about the party of a mail, and forms for what changes it: each runs the command
 * of its row and shows what that printed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "party.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "../common/run.h"

#define LIMIT 30000 /* milliseconds: agree and log wait for the database */
#define SPACE 6
#define FIELDS 4
#define ARGUMENTS (FIELDS + 6)

typedef struct {
  const char *label;
  const char *prefix;     /* stands before what is typed; nothing typed, no argument */
  const char *example;    /* grey, in the empty entry */
  const char *choices[7]; /* instead of an entry: words of the command line, never translated */
} Field;

typedef struct {
  const char *command;
  const char *title;
  Field fields[FIELDS];
} Form;

/* clang-format off */
static const Form forms[] = {
    {"agree", N_("Agree"),
     {{N_("_Interval"), "every=", "1mo, 3bd 1w 2w", {NULL}},
      {N_("_Channel"), "via=", "", {"", "mail", "phone", "meeting", "post", "other", NULL}},
      {N_("Stop _after attempts"), "stop-after=", "6", {NULL}},
      {N_("_Note"), "note=", "", {NULL}}}},
    {"log", N_("Log"),
     {{N_("_Channel"), "", "", {"call", "meeting", "message", "post", NULL}},
      {N_("_Direction"), "", "", {"out", "in", NULL}},
      {N_("_Text"), "", "", {NULL}}}},
    {"hold", N_("Hold"),
     {{N_("_Until"), "", "2w, next monday, 2026-12-24", {NULL}}}},
};
/* clang-format on */

typedef struct {
  GtkWidget *window;
  GtkWidget *view;   /* what show says */
  GtkWidget *answer; /* what the last form's command said */
  char *query;       /* id:... */
  gboolean busy;     /* a form's command runs */
} Party;

/* One form on one window; freed with its grid. */
typedef struct {
  const Form *form;
  Party *party;
  GtkWidget *inputs[FIELDS];
} Page;

static void
party_free(gpointer data)
{
  Party *party = data;
  g_free(party->query);
  g_free(party);
}

/* Quoted for notmuch, for a Message-ID may hold anything: a quote within is doubled. */
static char *
query_of(const char *id)
{
  g_autofree char *bare = g_strdup(*id == '<' ? id + 1 : id);
  gsize length = strlen(bare);
  if (length > 0 && bare[length - 1] == '>')
    bare[length - 1] = '\0';
  if (!strpbrk(bare, "\"() "))
    return g_strconcat("id:", bare, NULL);
  g_auto(GStrv) parts = g_strsplit(bare, "\"", -1);
  g_autofree char *doubled = g_strjoinv("\"\"", parts);
  return g_strdup_printf("id:\"%s\"", doubled);
}

static void
set_text(GtkWidget *view, const FrontOutput *output, const char *error)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer(GTK_TEXT_VIEW(view));
  g_autofree char *said = output ? g_strconcat(output->out, output->err, NULL) : g_strdup(error);
  g_autofree char *valid = g_utf8_make_valid(said, -1);
  gtk_text_buffer_set_text(buffer, valid, -1);
}

/* The window may have been closed meanwhile: what comes back goes by a weak reference to the view.
 */
static void
shown(GObject *source, GAsyncResult *result, gpointer data)
{
  GWeakRef *view = data;
  g_autoptr(GtkWidget) there = g_weak_ref_get(view);
  g_autoptr(GError) error = NULL;
  g_autoptr(FrontOutput) output = front_run_finish(result, &error);
  if (there)
    set_text(there, output, error ? error->message : NULL);
  g_weak_ref_clear(view);
  g_free(view);
}

static void
run_into(GtkWidget *view, const char *const *argv, GAsyncReadyCallback callback)
{
  GWeakRef *weak = g_new0(GWeakRef, 1);
  g_weak_ref_init(weak, view);
  front_run_async(argv, NULL, 0, LIMIT, callback, weak);
}

static void
refresh(Party *party)
{
  const char *argv[] = {"notmuch-cadence", "show", "--", party->query, NULL};
  run_into(party->view, argv, shown);
}

static void
changed(GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GtkWidget) answer = g_weak_ref_get(data);
  Party *party = answer ? g_object_get_data(G_OBJECT(answer), "party") : NULL;
  if (party) {
    party->busy = FALSE;
    refresh(party);
  }
  shown(source, result, data);
}

/* What was typed or chosen, as a word of the command line; NULL for nothing. */
static char *
argument_of(const Field *field, GtkWidget *input)
{
  g_autofree char *text = field->choices[0]
                              ? gtk_combo_box_text_get_active_text(GTK_COMBO_BOX_TEXT(input))
                              : g_strdup(gtk_entry_get_text(GTK_ENTRY(input)));
  return *g_strstrip(text) ? g_strconcat(field->prefix, text, NULL) : NULL;
}

static void
submit(GtkWidget *button, gpointer data)
{
  const Page *page = data;
  Party *party = page->party;
  g_autoptr(GPtrArray) argv = g_ptr_array_new_with_free_func(g_free);
  g_ptr_array_add(argv, g_strdup("notmuch-cadence"));
  g_ptr_array_add(argv, g_strdup(page->form->command));
  g_ptr_array_add(argv, g_strdup("--"));
  g_ptr_array_add(argv, g_strdup(party->query));
  guint given = argv->len;
  for (guint i = 0; i < FIELDS && page->form->fields[i].label; i++) {
    char *argument = argument_of(&page->form->fields[i], page->inputs[i]);
    if (argument)
      g_ptr_array_add(argv, argument);
  }
  if (argv->len == given || party->busy)
    return;
  g_ptr_array_add(argv, NULL);
  party->busy = TRUE;
  run_into(party->answer, (const char *const *)argv->pdata, changed);
}

static GtkWidget *
input_new(const Field *field)
{
  if (!field->choices[0]) {
    GtkWidget *entry = gtk_entry_new();
    gtk_entry_set_placeholder_text(GTK_ENTRY(entry), field->example);
    return entry;
  }
  GtkWidget *combo = gtk_combo_box_text_new();
  for (const char *const *choice = field->choices; *choice; choice++)
    gtk_combo_box_text_append_text(GTK_COMBO_BOX_TEXT(combo), *choice);
  gtk_combo_box_set_active(GTK_COMBO_BOX(combo), 0);
  return combo;
}

static GtkWidget *
page_new(Party *party, const Form *form)
{
  Page *page = g_new0(Page, 1);
  GtkWidget *grid = gtk_grid_new();
  int row = 0;
  page->party = party;
  page->form = form;
  g_object_set_data_full(G_OBJECT(grid), "page", page, g_free);
  gtk_grid_set_row_spacing(GTK_GRID(grid), SPACE);
  gtk_grid_set_column_spacing(GTK_GRID(grid), SPACE);
  gtk_container_set_border_width(GTK_CONTAINER(grid), SPACE);
  for (; row < FIELDS && form->fields[row].label; row++) {
    GtkWidget *label = gtk_label_new_with_mnemonic(_(form->fields[row].label));
    GtkWidget *input = page->inputs[row] = input_new(&form->fields[row]);
    gtk_label_set_xalign(GTK_LABEL(label), 0);
    gtk_label_set_mnemonic_widget(GTK_LABEL(label), input);
    gtk_widget_set_hexpand(input, TRUE);
    gtk_grid_attach(GTK_GRID(grid), label, 0, row, 1, 1);
    gtk_grid_attach(GTK_GRID(grid), input, 1, row, 1, 1);
  }
  GtkWidget *button = gtk_button_new_with_label(_(form->title));
  gtk_widget_set_halign(button, GTK_ALIGN_END);
  g_signal_connect(button, "clicked", G_CALLBACK(submit), page);
  gtk_grid_attach(GTK_GRID(grid), button, 1, row, 1, 1);
  return grid;
}

static GtkWidget *
text_new(GtkWidget *box, int height, const char *name)
{
  GtkWidget *view = gtk_text_view_new();
  GtkWidget *scrolled = gtk_scrolled_window_new(NULL, NULL);
  gtk_text_view_set_editable(GTK_TEXT_VIEW(view), FALSE);
  gtk_text_view_set_monospace(GTK_TEXT_VIEW(view), TRUE);
  atk_object_set_name(gtk_widget_get_accessible(view), name);
  gtk_scrolled_window_set_min_content_height(GTK_SCROLLED_WINDOW(scrolled), height);
  gtk_scrolled_window_set_shadow_type(GTK_SCROLLED_WINDOW(scrolled), GTK_SHADOW_IN);
  gtk_container_add(GTK_CONTAINER(scrolled), view);
  gtk_box_pack_start(GTK_BOX(box), scrolled, TRUE, TRUE, 0);
  return view;
}

static gboolean
close_at_escape(GtkWidget *window, GdkEventKey *event, gpointer data)
{
  if (event->keyval != GDK_KEY_Escape)
    return FALSE;
  gtk_widget_destroy(window);
  return TRUE;
}

void
front_party_open(GtkWindow *parent, const char *id)
{
  Party *party = g_new0(Party, 1);
  GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, SPACE);
  GtkWidget *notebook = gtk_notebook_new();
  party->query = query_of(id);
  party->window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
  gtk_window_set_title(GTK_WINDOW(party->window), "Cadence");
  gtk_window_set_transient_for(GTK_WINDOW(party->window), parent);
  gtk_window_set_default_size(GTK_WINDOW(party->window), 760, 640);
  gtk_container_set_border_width(GTK_CONTAINER(party->window), SPACE);
  gtk_container_add(GTK_CONTAINER(party->window), box);
  party->view = text_new(box, 260, _("What is known"));
  for (guint i = 0; i < G_N_ELEMENTS(forms); i++)
    gtk_notebook_append_page(GTK_NOTEBOOK(notebook), page_new(party, &forms[i]),
                             gtk_label_new(_(forms[i].title)));
  gtk_box_pack_start(GTK_BOX(box), notebook, FALSE, FALSE, 0);
  party->answer = text_new(box, 90, _("What the command said"));
  g_object_set_data(G_OBJECT(party->answer), "party", party);
  g_object_set_data_full(G_OBJECT(party->window), "party", party, party_free);
  g_signal_connect(party->window, "key-press-event", G_CALLBACK(close_at_escape), NULL);
  refresh(party);
  gtk_widget_show_all(party->window);
}
