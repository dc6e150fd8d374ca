/* Before Evolution sends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "composer.h"

#include <composer/e-msg-composer.h>
#include <shell/e-shell.h>

#include "../common/draft.h"
#include "../gtk/send.h"
#include "notice.h"

typedef struct {
  EExtension parent;
} CadenceComposer;

typedef struct {
  EExtensionClass parent;
} CadenceComposerClass;

GType cadence_composer_get_type(void);
G_DEFINE_DYNAMIC_TYPE(CadenceComposer, cadence_composer, E_TYPE_EXTENSION)

/* A contact list among them counts as all its members. */
static void
add_recipients(GString *draft, const char *name, EDestination **destinations)
{
  for (guint i = 0; destinations && destinations[i]; i++)
    front_draft_field(draft, name, e_destination_get_address(destinations[i]));
  e_destination_freev(destinations);
}

static GString *
collect(EMsgComposer *composer)
{
  GString *draft = g_string_new(NULL);
  EComposerHeaderTable *table = e_msg_composer_get_header_table(composer);
  front_draft_field(draft, "From", e_composer_header_table_get_from_address(table));
  add_recipients(draft, "To", e_composer_header_table_get_destinations_to(table));
  add_recipients(draft, "Cc", e_composer_header_table_get_destinations_cc(table));
  add_recipients(draft, "Bcc", e_composer_header_table_get_destinations_bcc(table));
  front_draft_field(draft, "Subject", e_composer_header_table_get_subject(table));
  front_draft_ids(draft, "In-Reply-To", e_msg_composer_get_header(composer, "In-Reply-To", 0));
  front_draft_ids(draft, "References", e_msg_composer_get_header(composer, "References", 0));
  g_autoptr(GByteArray) text = e_msg_composer_get_raw_message_text_without_signature(composer);
  if (text)
    front_draft_body(draft, (const char *)text->data, text->len);
  else
    front_draft_body(draft, "", 0);
  return draft;
}

/* FALSE stops the mail. */
static gboolean
before_send(EMsgComposer *composer, gpointer data)
{
  GString *draft = collect(composer);
  gboolean send = front_may_send(GTK_WINDOW(composer), draft, FRONT_LIMIT, cadence_notice, NULL);
  g_string_free(draft, TRUE);
  return send;
}

/* Evolution may load a module twice and then gives each composer two of us: only the first listens.
 */
static void
constructed(GObject *object)
{
  static const char mark[] = "cadence-listens";
  EExtensible *composer = e_extension_get_extensible(E_EXTENSION(object));
  G_OBJECT_CLASS(cadence_composer_parent_class)->constructed(object);
  if (g_object_get_data(G_OBJECT(composer), mark))
    return;
  g_object_set_data(G_OBJECT(composer), mark, GINT_TO_POINTER(TRUE));
  g_signal_connect(composer, "presend", G_CALLBACK(before_send), NULL);
}

static void
cadence_composer_class_init(CadenceComposerClass *class)
{
  G_OBJECT_CLASS(class)->constructed = constructed;
  E_EXTENSION_CLASS(class)->extensible_type = E_TYPE_MSG_COMPOSER;
}

static void
cadence_composer_class_finalize(CadenceComposerClass *class)
{
}

static void
cadence_composer_init(CadenceComposer *self)
{
}

void
cadence_composer_type_register(GTypeModule *module)
{
  cadence_composer_register_type(module);
}
