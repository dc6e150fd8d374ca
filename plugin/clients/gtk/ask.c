/* A dialog whose every way out but one goes back to the draft.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "ask.h"

#include <glib/gi18n-lib.h>

#define WIDTH 60   /* characters in a line */
#define HEIGHT 280 /* pixels of the list before it scrolls */
#define SPACE 12

static GtkWidget *
label_new(const char *text)
{
  GtkWidget *label = gtk_label_new(text);
  gtk_label_set_line_wrap(GTK_LABEL(label), TRUE);
  gtk_label_set_line_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars(GTK_LABEL(label), WIDTH);
  gtk_label_set_max_width_chars(GTK_LABEL(label), WIDTH);
  gtk_label_set_xalign(GTK_LABEL(label), 0);
  return label;
}

/* Bold, and so much larger. */
static GtkWidget *
bold_new(const char *text, double scale)
{
  GtkWidget *label = label_new(text);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes, pango_attr_weight_new(PANGO_WEIGHT_BOLD));
  pango_attr_list_insert(attributes, pango_attr_scale_new(scale));
  gtk_label_set_attributes(GTK_LABEL(label), attributes);
  return label;
}

static void
pack(GtkWidget *box, GtkWidget *child)
{
  gtk_box_pack_start(GTK_BOX(box), child, FALSE, FALSE, 0);
}

static void
add_reason(GtkWidget *list, const FrontReason *reason)
{
  g_autofree char *until = reason->until ? g_strdup_printf(_("until %s"), reason->until) : NULL;
  g_autofree char *text = g_strconcat("• ", reason->message, NULL);
  pack(list, label_new(text));
  if (until) {
    GtkWidget *label = bold_new(until, 1);
    gtk_widget_set_margin_start(label, SPACE);
    pack(list, label);
  }
}

static GtkWidget *
reasons_new(const FrontVerdict *verdict)
{
  GtkWidget *list = gtk_box_new(GTK_ORIENTATION_VERTICAL, SPACE / 2);
  for (guint i = 0; i < verdict->reasons->len; i++)
    add_reason(list, verdict->reasons->pdata[i]);
  GtkWidget *scrolled = gtk_scrolled_window_new(NULL, NULL);
  gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scrolled), GTK_POLICY_NEVER,
                                 GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height(GTK_SCROLLED_WINDOW(scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height(GTK_SCROLLED_WINDOW(scrolled), HEIGHT);
  gtk_container_add(GTK_CONTAINER(scrolled), list);
  return scrolled;
}

/* Send anyway can be chosen once there is something in it. */
static void
reason_typed(GtkEditable *entry, gpointer dialog)
{
  g_autofree char *text = g_strdup(gtk_entry_get_text(GTK_ENTRY(entry)));
  gtk_dialog_set_response_sensitive(dialog, GTK_RESPONSE_YES, *g_strstrip(text) != '\0');
}

static GtkWidget *
entry_new(GtkWidget *dialog, GtkWidget *box)
{
  GtkWidget *entry = gtk_entry_new();
  GtkWidget *label = gtk_label_new_with_mnemonic(_("_Reason for sending it anyway:"));
  gtk_label_set_xalign(GTK_LABEL(label), 0);
  gtk_label_set_mnemonic_widget(GTK_LABEL(label), entry);
  gtk_entry_set_max_length(GTK_ENTRY(entry), 500);
  g_signal_connect(entry, "changed", G_CALLBACK(reason_typed), dialog);
  gtk_dialog_set_response_sensitive(GTK_DIALOG(dialog), GTK_RESPONSE_YES, FALSE);
  pack(box, label);
  pack(box, entry);
  return entry;
}

static GtkWidget *
dialog_new(GtkWindow *parent)
{
  GtkWidget *dialog = gtk_dialog_new_with_buttons(
      "Cadence", parent, GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT, _("_Send anyway"),
      GTK_RESPONSE_YES, _("Go _back"), GTK_RESPONSE_CANCEL, NULL);
  gtk_window_set_resizable(GTK_WINDOW(dialog), FALSE);
  gtk_container_set_border_width(GTK_CONTAINER(dialog), SPACE / 2);
  gtk_dialog_set_default_response(GTK_DIALOG(dialog), GTK_RESPONSE_CANCEL);
  return dialog;
}

char *
front_ask(GtkWindow *parent, const FrontVerdict *verdict)
{
  GtkWidget *dialog = dialog_new(parent);
  GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, SPACE);
  gtk_container_set_border_width(GTK_CONTAINER(box), SPACE);
  pack(box, bold_new(verdict->summary, PANGO_SCALE_LARGE));
  pack(box, reasons_new(verdict));
  GtkWidget *entry = verdict->decision == FRONT_STOP ? entry_new(dialog, box) : NULL;
  gtk_container_add(GTK_CONTAINER(gtk_dialog_get_content_area(GTK_DIALOG(dialog))), box);
  gtk_widget_show_all(dialog);
  gtk_widget_grab_focus(
      gtk_dialog_get_widget_for_response(GTK_DIALOG(dialog), GTK_RESPONSE_CANCEL));
  int response = gtk_dialog_run(GTK_DIALOG(dialog));
  char *why = NULL;
  if (response == GTK_RESPONSE_YES)
    why = g_strstrip(g_strdup(entry ? gtk_entry_get_text(GTK_ENTRY(entry)) : ""));
  if (response != GTK_RESPONSE_NONE) /* else it went with its parent */
    gtk_widget_destroy(dialog);
  return why;
}
