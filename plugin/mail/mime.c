/* Bytes to MIME.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "mime.h"

#include <string.h>

GMimeMessage *
mail_mime_parse(const char *bytes, gsize length)
{
  g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_buffer(bytes, length);
  g_autoptr(GMimeParser) parser = g_mime_parser_new_with_stream(stream);
  g_mime_parser_set_format(parser, length > 5 && memcmp(bytes, "From ", 5) == 0
                                       ? GMIME_FORMAT_MBOX
                                       : GMIME_FORMAT_MESSAGE);
  return g_mime_parser_construct_message(parser, NULL);
}

gboolean
mail_mime_is(GMimeObject *part, const char *type, const char *subtype)
{
  return g_mime_content_type_is_type(g_mime_object_get_content_type(part), type, subtype);
}

GByteArray *
mail_mime_content(GMimeObject *part, gsize most)
{
  GMimeDataWrapper *wrapper =
      GMIME_IS_PART(part) ? g_mime_part_get_content(GMIME_PART(part)) : NULL;
  if (!wrapper)
    return NULL;
  GByteArray *bytes = g_byte_array_new();
  g_autoptr(GMimeStream) stream = g_mime_stream_mem_new_with_byte_array(bytes);
  g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
  g_mime_data_wrapper_write_to_stream(wrapper, stream);
  g_byte_array_set_size(bytes, (guint)MIN(bytes->len, most));
  return bytes;
}
