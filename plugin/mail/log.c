/* Contacts off mail as messages of our own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/address.h>
#include <cadence/message.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "mime.h"

#define LINE 72         /* columns of a flowed line (RFC 3676 section 4.2 asks for 78 at most) */
#define SUBJECT_MAX 120 /* characters */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeTextPart, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(GMimeDataWrapper, g_object_unref)

static gboolean
fail(GError **error, const char *what)
{
  g_set_error_literal(error, CADENCE_ERROR, CADENCE_ERROR_INPUT, what);
  return FALSE;
}

/* What may stand between the angle brackets of a Message-ID; others are known to notmuch alone. */
static gboolean
is_plain_id(const char *id)
{
  if (!id || !*id || strlen(id) > 900)
    return FALSE;
  for (; *id; id++) {
    if (*id <= ' ' || *id >= 0x7F || strchr("<>", *id))
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_address(const char *address)
{
  g_autofree char *canonical = address ? cadence_address_canonical(address) : NULL;
  return canonical && g_str_equal(canonical, address);
}

static gboolean
is_word(const char *word)
{
  return word && *word && strspn(word, "abcdefghijklmnopqrstuvwxyz-") == strlen(word);
}

static gboolean
check(const CadenceLogEntry *entry, GError **error)
{
  if (!is_address(entry->from) || !is_address(entry->to))
    return fail(error, _("both sides of the contact need an address"));
  if (!is_plain_id(entry->id) || !is_word(entry->word) || entry->date <= 0)
    return fail(error, _("a contact needs an id, a date and a word for how it was made"));
  if ((entry->subject && !g_utf8_validate(entry->subject, -1, NULL)) ||
      (entry->text && !g_utf8_validate(entry->text, -1, NULL)))
    return fail(error, _("the text is not UTF-8"));
  return TRUE;
}

/* --- the text --- */

/* Quote marks, blanks and "From " at the start of a line mean something: RFC 3676 section 4.4. */
static void
add_line(GString *out, const char *line, gsize length, gboolean flows)
{
  if (length > 0 && (strchr(" >", *line) || g_str_has_prefix(line, "From ")))
    g_string_append_c(out, ' ');
  g_string_append_len(out, line, (gssize)length);
  if (flows)
    g_string_append_c(out, ' ');
  g_string_append_c(out, '\n');
}

/* Where the line that starts at `text` is best broken: a blank within LINE characters, else the
 * first one, else its end. */
static const char *
break_at(const char *text)
{
  const char *best = NULL;
  guint column = 0;
  for (const char *at = text; *at; at = g_utf8_next_char(at), column++) {
    if (*at == ' ' && at > text && (column <= LINE || !best))
      best = at;
    if (column > LINE && best)
      return best;
  }
  return text + strlen(text);
}

static void
add_paragraph(GString *out, char *text)
{
  const char *at = g_strchomp(text);
  while (*at) {
    const char *end = break_at(at);
    add_line(out, at, (gsize)(end - at), *end != '\0');
    for (at = end; *at == ' ';)
      at++;
  }
}

/* Tabs stay; other control characters have no business in a note. */
static char *
flowed(const char *text)
{
  g_autoptr(GString) out = g_string_new(NULL);
  g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
  for (char **line = lines; *line; line++) {
    for (char *c = *line; *c; c++) {
      if (g_ascii_iscntrl(*c) && *c != '\t')
        *c = ' ';
    }
    if (!*g_strchomp(*line))
      g_string_append_c(out, '\n');
    else
      add_paragraph(out, *line);
  }
  while (out->len > 0 && out->str[out->len - 1] == '\n')
    g_string_truncate(out, out->len - 1);
  g_string_append_c(out, '\n');
  return g_string_free(g_steal_pointer(&out), FALSE);
}

static GMimeTextPart *
text_part(const char *text)
{
  g_autofree char *body = flowed(text);
  gboolean ascii = g_str_is_ascii(body);
  GMimeTextPart *part = g_mime_text_part_new_with_subtype("plain");
  g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_buffer(body, strlen(body));
  g_autoptr(GMimeDataWrapper) content =
      g_mime_data_wrapper_new_with_stream(stream, GMIME_CONTENT_ENCODING_DEFAULT);
  g_mime_text_part_set_charset(part, ascii ? "us-ascii" : "utf-8");
  g_mime_object_set_content_type_parameter(GMIME_OBJECT(part), "format", "flowed");
  g_mime_part_set_content(GMIME_PART(part), content);
  g_mime_part_set_content_encoding(GMIME_PART(part), ascii
                                                         ? GMIME_CONTENT_ENCODING_7BIT
                                                         : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  return part;
}

/* --- the header --- */

/* Its first line, every control and format character a blank. */
static char *
plain_subject(const char *subject)
{
  GString *plain = g_string_new(NULL);
  guint n = 0;
  for (const char *at = subject ? subject : ""; *at && *at != '\n' && n < SUBJECT_MAX; n++) {
    gunichar c = g_utf8_get_char(at);
    g_string_append_unichar(plain, g_unichar_isprint(c) ? c : ' ');
    at = g_utf8_next_char(at);
  }
  return g_strstrip(g_string_free(plain, FALSE));
}

static void
set_header(GMimeMessage *message, const CadenceLogEntry *entry)
{
  g_autofree char *contact =
      g_strconcat(entry->word, entry->direction == CADENCE_INBOUND ? " in" : NULL, NULL);
  g_autofree char *subject = plain_subject(entry->subject);
  g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, NULL, entry->from);
  g_mime_message_add_mailbox(message, GMIME_ADDRESS_TYPE_TO, NULL, entry->to);
  g_mime_message_set_subject(message, subject, "utf-8");
  g_mime_message_set_message_id(message, entry->id);
  g_mime_object_set_header(GMIME_OBJECT(message), "X-Cadence-Contact", contact, NULL);
  if (!is_plain_id(entry->answers))
    return;
  g_autofree char *answers = g_strdup_printf("<%s>", entry->answers);
  g_mime_object_set_header(GMIME_OBJECT(message), "In-Reply-To", answers, NULL);
  g_mime_object_set_header(GMIME_OBJECT(message), "References", answers, NULL);
}

/* Seconds count from 1970 in UTC; the field is written in `zone` (RFC 5322 section 3.3). */
static gboolean
set_date(GMimeMessage *message, gint64 instant, GTimeZone *zone, GError **error)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(instant);
  g_autoptr(GDateTime) date = utc ? g_date_time_to_timezone(utc, zone) : NULL;
  if (!date)
    return fail(error, _("the date of the contact is beyond all calendars"));
  g_mime_message_set_date(message, date);
  return TRUE;
}

GBytes *
cadence_log_message(const CadenceLogEntry *entry, GTimeZone *zone, GError **error)
{
  if (!check(entry, error))
    return NULL;
  g_autoptr(GMimeMessage) message = g_mime_message_new(TRUE);
  g_autoptr(GMimeTextPart) part = text_part(entry->text);
  set_header(message, entry);
  if (!set_date(message, entry->date, zone, error))
    return NULL;
  g_mime_message_set_mime_part(message, GMIME_OBJECT(part));
  char *text = g_mime_object_to_string(GMIME_OBJECT(message), NULL);
  return g_bytes_new_take(text, strlen(text));
}
