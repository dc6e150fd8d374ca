/* Reading a mail file: its header block, and nothing behind it unless the header leaves the kind of
 * message open. This runs once for every message of a prospect, so it makes no MIME object.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/address.h>
#include <cadence/message.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "file.h"
#include "header.h"
#include "kind.h"
#include "mime.h"
#include "msgid.h"
#include "report.h"

#define CHUNK (16 * 1024)             /* bytes; holds nearly every header block */
#define MESSAGE_MAX (8 * 1024 * 1024) /* bytes; what a report says stands before what came back */
#define REFERENCES_MAX 1000
#define DISPLAY_MAX 4096 /* bytes of a subject or a From that are decoded */

void
cadence_mail_init(void)
{
  static gsize done;
  if (g_once_init_enter(&done)) {
    g_mime_init();
    g_once_init_leave(&done, 1);
  }
}

void
cadence_message_free(CadenceMessage *message)
{
  if (!message)
    return;
  g_free(message->id);
  g_free(message->from);
  g_free(message->subject);
  g_strfreev(message->sender);
  g_strfreev(message->to);
  g_strfreev(message->cc);
  g_strfreev(message->bcc);
  g_free(message->in_reply_to);
  g_strfreev(message->references);
  g_free(message->contact);
  g_strfreev(message->list_posts);
  g_clear_pointer(&message->rules, g_ptr_array_unref);
  g_clear_pointer(&message->recipients, g_ptr_array_unref);
  g_free(message->returned);
  g_free(message);
}

static void
rule_free(gpointer data)
{
  CadenceRule *rule = data;
  g_free(rule->evidence);
  g_free(rule);
}

/* ---- header to facts ---- */

static char *
display(const MailHeader *header, const char *name)
{
  const char *value = mail_header_get(header, name);
  if (!value)
    return NULL;
  g_autofree char *cut = g_strndup(value, DISPLAY_MAX);
  return mail_header_decode(cut);
}

/* RFC 5322 section 3.3. A date before 1970 is none: 0 stands for unknown. */
static gint64
instant(const char *value)
{
  g_autoptr(GDateTime) date = value ? g_mime_utils_header_decode_date(value) : NULL;
  return date ? MAX(g_date_time_to_unix(date), 0) : 0;
}

/* RFC 5321 section 4.4: the date stands behind the last semicolon; the topmost field is the newest.
 */
static gint64
received(const MailHeader *header)
{
  guint index = 0;
  const char *value;
  while ((value = mail_header_next(header, "Received", &index))) {
    const char *date = strrchr(value, ';');
    gint64 found = date ? instant(date + 1) : 0;
    if (found > 0)
      return found;
  }
  return 0;
}

static char *
first_id(const MailHeader *header, const char *name)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
  mail_msgid_append(mail_header_get(header, name), ids);
  return ids->len > 0 ? g_strdup(ids->pdata[0]) : NULL;
}

static GStrv
references(const MailHeader *header)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func(g_free);
  mail_msgid_append(mail_header_get(header, "References"), ids);
  if (ids->len > REFERENCES_MAX)
    g_ptr_array_remove_range(ids, 0, ids->len - REFERENCES_MAX);
  g_ptr_array_add(ids, NULL);
  g_ptr_array_set_free_func(ids, NULL);
  return (GStrv)g_ptr_array_free(ids, FALSE);
}

/* RFC 2369 section 3.4: `<mailto:list@example.com?subject=...>, <https://...>`, or "NO". */
static GStrv
list_posts(const MailHeader *header)
{
  static const char scheme[] = "<mailto:";
  g_autofree char *value = mail_header_join(header, "List-Post");
  GString *found = g_string_new(NULL);
  const char *c = value ? value : "";
  while ((c = strchr(c, '<'))) {
    gsize length = strcspn(c, ">?");
    if (g_ascii_strncasecmp(c, scheme, strlen(scheme)) == 0 && length > strlen(scheme)) {
      g_autofree char *address = g_uri_unescape_segment(c + strlen(scheme), c + length, NULL);
      g_string_append_printf(found, "<%s>,", address ? address : "");
    }
    c += length;
  }
  GStrv posts = cadence_address_list(found->str);
  g_string_free(found, TRUE);
  return posts;
}

static void
read_people(CadenceMessage *message, const MailHeader *header)
{
  message->from = display(header, "From");
  message->sender = mail_header_addresses(header, "From");
  if (!message->sender[0]) {
    g_strfreev(message->sender);
    message->sender = mail_header_addresses(header, "Sender");
  }
  message->to = mail_header_addresses(header, "To");
  message->cc = mail_header_addresses(header, "Cc");
  message->bcc = mail_header_addresses(header, "Bcc");
  message->list_posts = list_posts(header);
}

/* What a bounce answers is what came back; its parts may tell better. */
static void
read_returned(CadenceMessage *message)
{
  if (message->kind != CADENCE_KIND_BOUNCE && message->kind != CADENCE_KIND_DELIVERY)
    return;
  guint n = g_strv_length(message->references);
  const char *last = n > 0 ? message->references[n - 1] : NULL;
  message->returned = g_strdup(message->in_reply_to ? message->in_reply_to : last);
}

static CadenceMessage *
message_new(const MailHeader *header)
{
  CadenceMessage *message = g_new0(CadenceMessage, 1);
  message->rules = g_ptr_array_new_with_free_func(rule_free);
  message->kind = CADENCE_KIND_REPLY;
  message->id = mail_msgid_own(mail_header_get(header, "Message-ID"));
  message->subject = display(header, "Subject");
  message->in_reply_to = first_id(header, "In-Reply-To");
  message->references = references(header);
  message->date = instant(mail_header_get(header, "Date"));
  message->received = received(header);
  const char *contact = mail_header_get(header, "X-Cadence-Contact");
  message->contact = contact ? g_utf8_make_valid(contact, -1) : NULL;
  read_people(message, header);
  mail_kind_read(message, header);
  read_returned(message);
  return message;
}

/* ---- bytes to header ---- */

/* `bytes` start with a header block, which `*header` is set to, and may go on with the body. */
static CadenceMessage *
message_from(const char *bytes, gsize length, MailHeader **header, GError **error)
{
  cadence_mail_init();
  gsize block = MIN(length, CADENCE_HEADER_MAX);
  mail_header_ends(bytes, block, &block);
  *header = mail_header_new(bytes, block);
  if ((*header)->fields->len > 0)
    return message_new(*header);
  g_set_error_literal(error, CADENCE_ERROR, CADENCE_ERROR_INPUT,
                      _("this is no mail: it has no header field"));
  return NULL;
}

CadenceMessage *
cadence_message_parse(const char *bytes, gsize length, gboolean body, GError **error)
{
  g_autoptr(MailHeader) header = NULL;
  CadenceMessage *message = message_from(bytes, length, &header, error);
  if (message && body && message->body_decides)
    mail_report_read(message, header, bytes, MIN(length, MESSAGE_MAX));
  return message;
}

/* Appends up to CHUNK bytes of the file; 0 at its end, -1 where it cannot be read. */
static gssize
read_chunk(int fd, GByteArray *bytes)
{
  guint start = bytes->len;
  g_byte_array_set_size(bytes, start + CHUNK);
  gssize got;
  do
    got = read(fd, bytes->data + start, CHUNK);
  while (got < 0 && errno == EINTR);
  g_byte_array_set_size(bytes, start + MAX(got, 0));
  return got;
}

/* Reads on until the header block ends, or with `whole` until the message does. */
static gboolean
read_file(int fd, GByteArray *bytes, gboolean whole)
{
  gsize limit = whole ? MESSAGE_MAX : CADENCE_HEADER_MAX;
  gsize seen = 0; /* up to this line's start no blank line was found */
  while (bytes->len < limit) {
    gssize got = read_chunk(fd, bytes);
    if (got < 0)
      return FALSE;
    if (got == 0)
      return TRUE;
    if (whole)
      continue;
    const char *data = (const char *)bytes->data, *newline;
    gsize end;
    if (mail_header_ends(data + seen, bytes->len - seen, &end))
      return TRUE;
    newline = memrchr(data + seen, '\n', bytes->len - seen);
    seen = newline ? (gsize)(newline + 1 - data) : seen;
  }
  return TRUE;
}

CadenceMessage *
cadence_message_read(const char *filename, gboolean body, GError **error)
{
  int fd = mail_file_open(filename);
  g_autoptr(GByteArray) bytes = g_byte_array_sized_new(CHUNK);
  gboolean read = fd >= 0 && read_file(fd, bytes, FALSE);
  g_autoptr(CadenceMessage) message = NULL;
  g_autoptr(MailHeader) header = NULL;
  if (read)
    message = message_from((const char *)bytes->data, bytes->len, &header, error);
  if (message && body && message->body_decides) {
    read = read_file(fd, bytes, TRUE);
    if (read)
      mail_report_read(message, header, (const char *)bytes->data, bytes->len);
  }
  int failure = errno;
  if (fd >= 0)
    close(fd);
  if (read)
    return g_steal_pointer(&message);
  g_set_error(error, CADENCE_ERROR, CADENCE_ERROR_NO_INPUT, _("%s cannot be read: %s"), filename,
              g_strerror(failure));
  return NULL;
}
