/* A draft as bytes, out of the fields that a client knows: what it will send is not made yet.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/address.h>
#include <cadence/message.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "mime.h"
#include "msgid.h"

#define ATTACHMENTS_MAX 100 /* parts; that there are some is all that matters */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeMultipart, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeTextPart, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimePart, g_object_unref)

/* Only addresses are taken, in canonical form, in which no line end can stand; and all of them at
 * once, for GMime writes the whole field anew with each one that is added. */
static void
set_addresses(GMimeMessage *message, const char *name, const char *const *values)
{
  g_autoptr(GString) list = g_string_new(NULL);
  for (; values && *values; values++) {
    g_auto(GStrv) addresses = cadence_address_list(*values);
    for (char **address = addresses; *address; address++)
      g_string_append_printf(list, "%s%s", list->len > 0 ? ", " : "", *address);
  }
  if (list->len > 0)
    g_mime_object_set_header(GMIME_OBJECT(message), name, list->str, NULL);
}

/* What may stand between angle brackets. */
static gboolean
is_plain_id(const char *id)
{
  for (; *id; id++) {
    if (*id <= ' ' || *id >= 0x7F || strchr("<>", *id))
      return FALSE;
  }
  return TRUE;
}

/* `value` is one id or several, each in angle brackets, or one without. */
static void
set_ids(GMimeMessage *message, const char *name, const char *value)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GString) list = g_string_new(NULL);
  mail_msgid_append(value, ids);
  if (value && *value && ids->len == 0)
    g_ptr_array_add(ids, g_strdup(value));
  for (guint i = 0; i < ids->len; i++) {
    if (is_plain_id(ids->pdata[i]))
      g_string_append_printf(list, "%s<%s>", list->len > 0 ? " " : "", (char *)ids->pdata[i]);
  }
  if (list->len > 0)
    g_mime_object_set_header(GMIME_OBJECT(message), name, list->str, NULL);
}

static void
set_subject(GMimeMessage *message, const char *subject)
{
  g_autofree char *line = g_strdup(subject);
  for (char *c = line; c && *c; c++) {
    if (g_ascii_iscntrl(*c))
      *c = ' ';
  }
  if (line)
    g_mime_message_set_subject(message, line, "utf-8");
}

static GMimeTextPart *
text_part(const CadenceDraftFields *fields)
{
  GMimeTextPart *part = g_mime_text_part_new_with_subtype("plain");
  g_mime_text_part_set_charset(part, "utf-8");
  g_mime_text_part_set_text(part, fields->text ? fields->text : "");
  g_mime_part_set_content_encoding(GMIME_PART(part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  return part;
}

static void
add_attachments(GMimeMultipart *mixed, guint n)
{
  for (guint i = 0; i < MIN(n, ATTACHMENTS_MAX); i++) {
    g_autoptr(GMimePart) part = g_mime_part_new_with_type("application", "octet-stream");
    g_mime_object_set_disposition(GMIME_OBJECT(part), GMIME_DISPOSITION_ATTACHMENT);
    g_mime_multipart_add(mixed, GMIME_OBJECT(part));
  }
}

static void
set_body(GMimeMessage *message, const CadenceDraftFields *fields)
{
  g_autoptr(GMimeTextPart) text = text_part(fields);
  if (fields->attachments == 0) {
    g_mime_message_set_mime_part(message, GMIME_OBJECT(text));
    return;
  }
  g_autoptr(GMimeMultipart) mixed = g_mime_multipart_new_with_subtype("mixed");
  g_mime_multipart_add(mixed, GMIME_OBJECT(text));
  add_attachments(mixed, fields->attachments);
  g_mime_message_set_mime_part(message, GMIME_OBJECT(mixed));
}

static gboolean
is_text(const char *text)
{
  return !text || g_utf8_validate(text, -1, NULL);
}

GBytes *
cadence_draft_message(const CadenceDraftFields *fields, GError **error)
{
  cadence_mail_init();
  if (!is_text(fields->subject) || !is_text(fields->text)) {
    g_set_error_literal(error, CADENCE_ERROR, CADENCE_ERROR_INPUT, _("the text is not UTF-8"));
    return NULL;
  }
  const char *const from[] = {fields->from, NULL};
  g_autoptr(GMimeMessage) message = g_mime_message_new(TRUE);
  set_addresses(message, "From", from);
  set_addresses(message, "To", fields->to);
  set_addresses(message, "Cc", fields->cc);
  set_addresses(message, "Bcc", fields->bcc);
  set_subject(message, fields->subject);
  set_ids(message, "In-Reply-To", fields->in_reply_to);
  set_ids(message, "References", fields->references);
  set_body(message, fields);
  char *bytes = g_mime_object_to_string(GMIME_OBJECT(message), NULL);
  return g_bytes_new_take(bytes, strlen(bytes));
}
