/* What stands in a compose window: its rows of headers, whose names Claws shows in the user's
 * language, what it answers, its subject and its text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "collect.h"

#include <prefs_common.h>

#include "../common/draft.h"

static const char *const localised[] = {"To:", "Cc:", "Bcc:", "Reply-To:"};

/* The field that a row's label stands for: of those that Claws does not translate, the label. */
static const char *
field_of(const char *label)
{
  for (guint i = 0; i < G_N_ELEMENTS(localised); i++)
    if (g_strcmp0(label, prefs_common_translated_header_name(localised[i])) == 0)
      return localised[i];
  return label;
}

static void
add_row(GString *draft, const ComposeHeaderEntry *row)
{
  GtkWidget *name = gtk_bin_get_child(GTK_BIN(row->combo));
  front_draft_field(draft, field_of(gtk_entry_get_text(GTK_ENTRY(name))),
                    gtk_entry_get_text(GTK_ENTRY(row->entry)));
}

/* The sender as edited, or the account's: that it is there is what matters. */
static void
add_sender(GString *draft, const Compose *compose)
{
  const char *edited = compose->from_name ? gtk_entry_get_text(GTK_ENTRY(compose->from_name)) : "";
  front_draft_field(draft, "From", *edited ? edited : compose->account->address);
}

GString *
claws_collect(const Compose *compose)
{
  GString *draft = g_string_new(NULL);
  GtkTextIter begin, end;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer(GTK_TEXT_VIEW(compose->text));
  add_sender(draft, compose);
  for (GSList *row = compose->header_list; row; row = row->next)
    add_row(draft, row->data);
  front_draft_field(draft, "Subject", gtk_entry_get_text(GTK_ENTRY(compose->subject_entry)));
  if (!compose->remove_references) {
    front_draft_ids(draft, "In-Reply-To", compose->inreplyto);
    front_draft_ids(draft, "References", compose->references);
  }
  gtk_text_buffer_get_bounds(buffer, &begin, &end);
  g_autofree char *text = gtk_text_buffer_get_text(buffer, &begin, &end, FALSE);
  front_draft_body(draft, text, strlen(text));
  return draft;
}
