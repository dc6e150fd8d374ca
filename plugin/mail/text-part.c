/* Choosing the text of a message and decoding it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "text-part.h"

#include <string.h>

#include "html-text.h"

#define DEPTH_MAX 16  /* of multiparts within each other */
#define PARTS_MAX 200 /* that are looked at */

typedef struct {
  GString *text;
  gboolean attached;
  guint parts;
} Reading;

/* ---- bytes to UTF-8 ---- */

/* What a label of ISO 8859-1 or ASCII means in mail is Windows-1252 (WHATWG Encoding, section 4.2).
 */
static const char *
charset_of(GMimeObject *part)
{
  static const char *const western[] = {"iso-8859-1", "us-ascii", "ascii", "latin1"};
  const char *charset = g_mime_object_get_content_type_parameter(part, "charset");
  for (gsize i = 0; charset && i < G_N_ELEMENTS(western); i++) {
    if (g_ascii_strcasecmp(charset, western[i]) == 0)
      return "windows-1252";
  }
  return charset;
}

/* Whatever was sent: a NUL becomes a U+FFFD, too. */
static char *
utf8(const GByteArray *bytes, const char *charset)
{
  const char *text = bytes->data ? (const char *)bytes->data : "";
  gsize length = bytes->len;
  g_autofree char *converted = NULL;
  gboolean western = !charset || g_ascii_strcasecmp(charset, "windows-1252") == 0;
  if (!western || !g_utf8_validate_len(text, length, NULL))
    converted =
        g_convert_with_fallback(text, (gssize)bytes->len, "UTF-8",
                                charset ? charset : "windows-1252", "?", NULL, &length, NULL);
  if (!converted)
    length = bytes->len;
  return g_utf8_make_valid(converted ? converted : text, (gssize)length);
}

/* ---- format=flowed ---- */

/* RFC 3676 section 4.2: a line that ends in a blank goes on in the next of the same quote depth; a
 * blank before the text was stuffed. Section 4.3: "-- " ends in a blank and is none of these. */
static void
unflow(const char *text, gboolean delsp, GString *out)
{
  gsize depth_before = 0;
  gboolean flows = FALSE;
  while (*text) {
    gsize length = strcspn(text, "\n");
    const char *next = text + length + (text[length] ? 1 : 0);
    length -= length > 0 && text[length - 1] == '\r' ? 1 : 0;
    gsize depth = strspn(text, ">");
    gsize skip = depth + (depth < length && text[depth] == ' ' ? 1 : 0);
    gsize rest = length - MIN(skip, length);
    gboolean signature = rest == 3 && memcmp(text + skip, "-- ", 3) == 0;
    if (out->len > 0 && !(flows && depth == depth_before && !signature))
      g_string_append_c(out, '\n');
    if (!(flows && depth == depth_before && !signature) && depth > 0) {
      g_string_append_len(out, text, depth);
      g_string_append_c(out, ' ');
    }
    flows = rest > 0 && text[skip + rest - 1] == ' ' && !signature;
    g_string_append_len(out, text + skip, rest - (flows && delsp ? 1 : 0));
    depth_before = depth;
    text = next;
  }
  g_string_append_c(out, '\n');
}

static gboolean
parameter_is(GMimeObject *part, const char *name, const char *value)
{
  const char *found = g_mime_object_get_content_type_parameter(part, name);
  return found && g_ascii_strcasecmp(found, value) == 0;
}

/* ---- parts ---- */

static GByteArray *
content(GMimeObject *part)
{
  GByteArray *bytes = mail_mime_content(part, CADENCE_TEXT_MAX);
  return bytes ? bytes : g_byte_array_new();
}

static char *
plain_text(GMimeObject *part)
{
  g_autoptr(GByteArray) bytes = content(part);
  g_autofree char *text = utf8(bytes, charset_of(part));
  if (!parameter_is(part, "format", "flowed"))
    return g_steal_pointer(&text);
  GString *joined = g_string_new(NULL);
  unflow(text, parameter_is(part, "delsp", "yes"), joined);
  return g_string_free(joined, FALSE);
}

static char *
html_text(GMimeObject *part)
{
  g_autoptr(GByteArray) bytes = content(part);
  const char *charset = charset_of(part);
  if (!charset && bytes->len > 0 &&
      !g_utf8_validate_len((const char *)bytes->data, bytes->len, NULL))
    return mail_html_text((const char *)bytes->data, bytes->len, NULL);
  g_autofree char *text = utf8(bytes, charset);
  return mail_html_text(text, strlen(text), "UTF-8");
}

static gboolean
is_blank(const char *text)
{
  for (; *text; text = g_utf8_next_char(text)) {
    gunichar u = g_utf8_get_char_validated(text, -1);
    if (u == (gunichar)-1 || u == (gunichar)-2 ||
        !(g_unichar_isspace(u) || g_unichar_iszerowidth(u)))
      return FALSE;
  }
  return TRUE;
}

static gboolean
add_text(Reading *reading, GMimeObject *part)
{
  g_autofree char *text = mail_mime_is(part, "text", "html") ? html_text(part) : plain_text(part);
  if (is_blank(text))
    return FALSE;
  if (reading->text->len > 0)
    g_string_append(reading->text, "\n\n");
  g_string_append(reading->text, text);
  return TRUE;
}

static gboolean
is_shown(GMimeObject *part)
{
  GMimeContentDisposition *disposition = g_mime_object_get_content_disposition(part);
  return (mail_mime_is(part, "text", "plain") || mail_mime_is(part, "text", "html")) &&
         !(disposition && g_mime_content_disposition_is_attachment(disposition)) &&
         !g_mime_part_get_filename(GMIME_PART(part));
}

static void
read_leaf(Reading *reading, GMimeObject *part)
{
  if (GMIME_IS_PART(part) && is_shown(part)) {
    add_text(reading, part);
    return;
  }
  GMimeContentDisposition *disposition = g_mime_object_get_content_disposition(part);
  gboolean picture = mail_mime_is(part, "image", "*") && g_mime_object_get_content_id(part) &&
                     !(disposition && g_mime_content_disposition_is_attachment(disposition));
  gboolean seal = mail_mime_is(part, "application", "pgp-signature") ||
                  mail_mime_is(part, "application", "pkcs7-signature") ||
                  mail_mime_is(part, "application", "x-pkcs7-signature");
  reading->attached |= !picture && !seal;
}

static void read_part(Reading *reading, GMimeObject *part, guint depth);

/* RFC 2046 section 5.1.4: the same in several forms, the plainest first. Plain text is read where
 * it is not empty, else the last form. */
static void
read_alternative(Reading *reading, GMimeMultipart *forms, guint depth)
{
  int n = g_mime_multipart_get_count(forms);
  for (int i = 0; i < n; i++) {
    GMimeObject *form = g_mime_multipart_get_part(forms, i);
    if (GMIME_IS_PART(form) && mail_mime_is(form, "text", "plain") && add_text(reading, form))
      return;
  }
  gsize before = reading->text->len;
  for (int i = n; i > 0 && reading->text->len == before; i--)
    read_part(reading, g_mime_multipart_get_part(forms, i - 1), depth);
}

static void
read_part(Reading *reading, GMimeObject *part, guint depth)
{
  if (!part || depth > DEPTH_MAX || reading->parts++ > PARTS_MAX ||
      reading->text->len >= CADENCE_TEXT_MAX)
    return;
  if (GMIME_IS_MULTIPART(part) && mail_mime_is(part, "multipart", "alternative")) {
    read_alternative(reading, GMIME_MULTIPART(part), depth + 1);
  } else if (GMIME_IS_MULTIPART(part)) {
    int n = g_mime_multipart_get_count(GMIME_MULTIPART(part));
    for (int i = 0; i < n; i++)
      read_part(reading, g_mime_multipart_get_part(GMIME_MULTIPART(part), i), depth + 1);
  } else {
    read_leaf(reading, part);
  }
}

void
mail_text_parts(GMimeObject *top, GString *text, gboolean *attached)
{
  Reading reading = {.text = text};
  read_part(&reading, top, 0);
  *attached = reading.attached;
}
