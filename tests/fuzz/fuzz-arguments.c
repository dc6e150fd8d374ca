/* The command line of sendmail, a word a line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "arguments.h"

#include "fuzz.h"

/* The recipients are words of the line, in its order. */
static void
holds_recipients(GStrv recipients, GStrv words)
{
  for (; *recipients; recipients++, words++) {
    while (*words && !g_str_equal(*words, *recipients))
      words++;
    HOLDS(*words);
  }
}

int
LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
  g_autofree char *text = fuzz_text(data, size);
  g_auto(GStrv) words = g_strsplit(text, "\n", -1);
  g_auto(SendmailArguments) arguments = {0};
  sendmail_arguments_read(&arguments, (const char *const *)words);
  HOLDS(arguments.recipients && arguments.mode <= SENDMAIL_OTHER);
  holds_recipients(arguments.recipients, words);
  return 0;
}
