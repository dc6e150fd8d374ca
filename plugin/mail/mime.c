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
