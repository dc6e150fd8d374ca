/* The stream that a browser extension writes: frames, and in them requests. Whatever they say,
 * words of theirs stand behind a "--", and a draft of theirs is a mail to no more than it names.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/native-host.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "mail.h"

static void
holds_words(GStrv words)
{
  for (; !g_str_equal(*words, "--"); words++) {
    HOLDS(*words);
    HOLDS(**words != '-' || g_str_has_prefix(*words, "--format=") ||
          g_str_has_prefix(*words, "--reason="));
  }
}

static void
holds_request(GBytes *frame)
{
  g_auto(CliRequest) request = {0};
  g_autoptr(GError) error = NULL;
  gboolean read = cli_request_read(frame, &request, &error);
  fuzz_holds_error(read, error);
  if (read && request.words)
    holds_words(request.words);
  if (!read || !request.draft)
    return;
  gsize size;
  const char *bytes = g_bytes_get_data(request.draft, &size);
  g_autoptr(CadenceDraft) draft = cadence_draft_parse(bytes, size, NULL, NULL);
  HOLDS(draft);
  fuzz_holds_addresses(draft->to);
  fuzz_holds_addresses(draft->bcc);
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  int fd = memfd_create("frames", MFD_CLOEXEC);
  HOLDS(fd >= 0 && write(fd, data, size) == (ssize_t)size && lseek(fd, 0, SEEK_SET) == 0);
  for (;;) {
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) frame = cli_frame_read(fd, &error);
    if (!frame)
      break;
    HOLDS(g_bytes_get_size(frame) <= size);
    holds_request(frame);
  }
  close(fd);
  return 0;
}
