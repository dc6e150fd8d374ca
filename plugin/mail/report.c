/* Delivery reports, receipts and calendar parts. GMime finds the parts; their fields are cut like
 * any header. What came back (a message/rfc822 part) is never descended into, for it may hold
 * reports of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "report.h"

#include <string.h>

#include "body.h"
#include "header.h"
#include "kind.h"
#include "mime.h"
#include "msgid.h"

#define DEPTH_MAX 16
#define RECIPIENTS_MAX 10000

typedef struct {
  CadenceMessage *message;
  GPtrArray *failed;    /* of CadenceRecipient */
  GPtrArray *delivered; /* and relayed, expanded, read: what shows that an address works */
  gboolean delayed;     /* says nothing of the address, either way */
  gboolean status;      /* a delivery-status part was there */
  gboolean receipt;
  char *returned;
} Report;

/* "rfc822; user@example.com" (RFC 3464 section 2.3.2); some leave the type out, some put brackets
 * around the address. */
static char *
recipient_address(const char *value)
{
  if (!value)
    return NULL;
  const char *separator = strchr(value, ';');
  return cadence_address_canonical(separator ? separator + 1 : value);
}

/* The address that we wrote to, where it is told: the final one may be what a forward made of it.
 */
static char *
group_address(const MailHeader *group)
{
  char *address = recipient_address(mail_header_get(group, "Original-Recipient"));
  return address ? address : recipient_address(mail_header_get(group, "Final-Recipient"));
}

/* The first digit of a status code (RFC 3463 section 2), else of the SMTP reply in Diagnostic-Code
 * (RFC 5321 section 4.2.1), else 5: a failure is final unless it says otherwise. */
static char
status_class(const MailHeader *group)
{
  const char *status = mail_header_get(group, "Status");
  if (status && strchr("245", status[0]))
    return status[0];
  const char *code = mail_header_get(group, "Diagnostic-Code");
  const char *reply = code ? strchr(code, ';') : NULL;
  reply = reply ? reply + 1 + strspn(reply + 1, " \t") : "";
  return strchr("245", reply[0]) && g_ascii_isdigit(reply[0]) ? reply[0] : '5';
}

static void
note_action(CadenceMessage *message, const char *action, const MailHeader *group,
            const char *address)
{
  const char *status = mail_header_get(group, "Status");
  g_autofree char *evidence = g_strjoin(" ", action, address, status, NULL);
  mail_kind_note(message, "action", evidence);
}

/* The other actions (RFC 3464 section 2.3.3); mail systems have made up more, like "failure" and
 * "error". */
static gboolean
says_delivered(const char *action)
{
  static const char *const words[] = {"delivered", "relayed", "expanded", "success"};
  for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
    if (g_ascii_strncasecmp(action, words[i], strlen(words[i])) == 0)
      return TRUE;
  }
  return FALSE;
}

/* One group of fields: the report's own (no Action), or a recipient's. */
static void
read_group(Report *report, const MailHeader *group)
{
  const char *action = mail_header_get(group, "Action");
  g_autofree char *address = group_address(group);
  if (!action || !address || report->failed->len + report->delivered->len >= RECIPIENTS_MAX)
    return;
  if (g_ascii_strncasecmp(action, "delayed", 7) == 0) {
    report->delayed = TRUE;
    note_action(report->message, action, group, address);
    return;
  }
  gboolean failed = !says_delivered(action);
  CadenceRecipient *recipient =
      cadence_recipient_new(address, failed && status_class(group) == '5');
  g_ptr_array_add(failed ? report->failed : report->delivered, recipient);
  if (report->failed->len + report->delivered->len == 1)
    note_action(report->message, action, group, address);
}

static void
read_status(Report *report, const char *text, gsize length)
{
  report->status = TRUE;
  while (length > 0) {
    gsize end = length;
    mail_header_ends(text, length, &end);
    g_autoptr(MailHeader) group = mail_header_new(text, end);
    read_group(report, group);
    text += end;
    length -= end;
  }
}

/* RFC 5429 section 2.2.1: a filter that rejects sends such a receipt. That it does so for good is
 * not said. */
static gboolean
is_refusal(const char *disposition)
{
  g_autofree char *folded = g_ascii_strdown(disposition ? disposition : "", -1);
  return strstr(folded, "automatic-action") && strstr(folded, "deleted");
}

/* RFC 8098 section 3.1 */
static void
read_receipt(Report *report, const char *text, gsize length)
{
  g_autoptr(MailHeader) fields = mail_header_new(text, length);
  g_autofree char *address = group_address(fields);
  const char *original = mail_header_get(fields, "Original-Message-ID");
  const char *disposition = mail_header_get(fields, "Disposition");
  report->receipt = TRUE;
  if (address)
    g_ptr_array_add(is_refusal(disposition) ? report->failed : report->delivered,
                    cadence_recipient_new(address, FALSE));
  if (!report->returned)
    report->returned = mail_msgid_own(original);
  if (disposition)
    mail_kind_note(report->message, "disposition", disposition);
}

static void
read_returned(Report *report, const char *text, gsize length)
{
  g_autoptr(MailHeader) header = mail_header_new(text, length);
  if (!report->returned)
    report->returned = mail_msgid_own(mail_header_get(header, "Message-ID"));
}

/* RFC 5546 section 1.4: what only a calendar program sends back. An invitation goes with mail of
 * persons, too, so there the subject must speak for a program. */
static gboolean
is_calendar(const Report *report, const char *method)
{
  static const char *const answers[] = {"REPLY", "COUNTER", "DECLINECOUNTER", "CANCEL", "REFRESH"};
  for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
    if (g_ascii_strcasecmp(method, answers[i]) == 0)
      return TRUE;
  }
  for (guint i = 0; i < report->message->rules->len; i++) {
    if (g_str_equal(((CadenceRule *)report->message->rules->pdata[i])->id, "calendar-subject"))
      return TRUE;
  }
  return FALSE;
}

static void
read_calendar(Report *report, GMimeObject *part)
{
  const char *method = g_mime_object_get_content_type_parameter(part, "method");
  if (!method || report->message->kind != CADENCE_KIND_REPLY || !is_calendar(report, method))
    return;
  report->message->kind = CADENCE_KIND_CALENDAR;
  report->message->body_decides = FALSE;
  mail_kind_note(report->message, "calendar-part", method);
}

/* ---- parts ---- */

/* Which part is read how. */
static const struct {
  const char *type, *subtype;
  void (*read)(Report *report, const char *text, gsize length);
} readers[] = {
    {"message", "delivery-status", read_status},        /* RFC 3464 */
    {"message", "global-delivery-status", read_status}, /* RFC 6533 */
    {"message", "disposition-notification", read_receipt},
    {"message", "global-disposition-notification", read_receipt},
    {"text", "rfc822-headers", read_returned}, /* RFC 6522 section 4 */
    {"message", "rfc822-headers", read_returned},
    {"message", "global-headers", read_returned},
};

static void
read_leaf(Report *report, GMimeObject *part)
{
  for (gsize i = 0; i < G_N_ELEMENTS(readers); i++) {
    if (!mail_mime_is(part, readers[i].type, readers[i].subtype))
      continue;
    g_autoptr(GByteArray) bytes = mail_mime_content(part, G_MAXUINT);
    if (bytes)
      readers[i].read(report, (const char *)bytes->data, bytes->len);
    return;
  }
  if (mail_mime_is(part, "text", "calendar"))
    read_calendar(report, part);
}

static void
read_message_part(Report *report, GMimeMessagePart *part)
{
  GMimeMessage *returned = g_mime_message_part_get_message(part);
  const char *id = returned ? g_mime_object_get_header(GMIME_OBJECT(returned), "Message-ID") : NULL;
  if (id && !report->returned)
    report->returned = mail_msgid_own(id);
}

static void
read_part(Report *report, GMimeObject *part, guint depth)
{
  if (GMIME_IS_MULTIPART(part) && depth < DEPTH_MAX) {
    int n = g_mime_multipart_get_count(GMIME_MULTIPART(part));
    for (int i = 0; i < n; i++)
      read_part(report, g_mime_multipart_get_part(GMIME_MULTIPART(part), i), depth + 1);
  } else if (GMIME_IS_MESSAGE_PART(part)) {
    read_message_part(report, GMIME_MESSAGE_PART(part));
  } else {
    read_leaf(report, part);
  }
}

static void
settle(CadenceMessage *message, CadenceKind kind, GPtrArray **recipients)
{
  message->kind = kind;
  message->body_decides = FALSE;
  g_clear_pointer(&message->recipients, g_ptr_array_unref);
  message->recipients = g_steal_pointer(recipients);
}

/* One failure makes it a bounce, and then only those who failed are its recipients. */
static void
conclude(Report *report)
{
  CadenceMessage *message = report->message;
  if (message->kind == CADENCE_KIND_CHALLENGE)
    return;
  if (report->failed->len > 0)
    settle(message, CADENCE_KIND_BOUNCE, &report->failed);
  else if (report->receipt || report->delayed || report->delivered->len > 0)
    settle(message, CADENCE_KIND_DELIVERY, &report->delivered);
  gboolean ours = message->kind == CADENCE_KIND_BOUNCE || message->kind == CADENCE_KIND_DELIVERY;
  if (report->returned && ours) {
    g_free(message->returned);
    message->returned = g_steal_pointer(&report->returned);
  }
}

static void
read_reports(CadenceMessage *message, GMimeObject *top)
{
  GDestroyNotify free_recipient = (GDestroyNotify)cadence_recipient_free;
  Report report = {.message = message,
                   .failed = g_ptr_array_new_with_free_func(free_recipient),
                   .delivered = g_ptr_array_new_with_free_func(free_recipient)};
  read_part(&report, top, 0);
  conclude(&report);
  g_clear_pointer(&report.failed, g_ptr_array_unref);
  g_clear_pointer(&report.delivered, g_ptr_array_unref);
  g_free(report.returned);
}

void
mail_report_read(CadenceMessage *message, const MailHeader *header, const char *bytes, gsize length)
{
  g_autoptr(GMimeMessage) whole = mail_mime_parse(bytes, length);
  GMimeObject *top = whole ? g_mime_message_get_mime_part(whole) : NULL;
  if (top)
    read_reports(message, top);
  if (message->body_decides)
    mail_body_read(message, header, top);
}
