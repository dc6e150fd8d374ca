/* Reads the command line of sendmail.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "arguments.h"

#include <string.h>

/* Options of one letter that take a value, behind the letter or as the next word: those of Sendmail
 * 8, and -a of msmtp. `-o` and `-d` have theirs behind the letter only. */
#define WITH_VALUE "aABCDFfhLMNOpRrTVX"

/* The letters behind -b that submit a message: from standard input, or as a daemon's client. */
#define SUBMITTING_MODES "am"

/* Long options of msmtp and others that take the next word as their value, where they have no
 * "=". */
static const char *const long_with_value[] = {"--account", "--file",   "--from",
                                              "--host",    "--port",   "--logfile",
                                              "--user",    "--domain", "--read-recipients-from",
                                              NULL};

static SendmailMode
mode_of(char letter)
{
  if (letter == 's')
    return SENDMAIL_TALKS;
  return letter && strchr(SUBMITTING_MODES, letter) ? SENDMAIL_SUBMITS : SENDMAIL_OTHER;
}

/* How many words the option takes: 1 or 2. */
static guint
read_option(SendmailArguments *result, const char *option)
{
  char letter = option[1];
  if (letter == '-') {
    result->from_header |= g_str_equal(option, "--read-recipients");
    return g_strv_contains(long_with_value, option) ? 2 : 1;
  }
  if (letter == 'b')
    result->mode = mode_of(option[2]);
  else if (letter == 'q' || letter == 'I')
    result->mode = SENDMAIL_OTHER; /* runs the queue; makes the aliases anew */
  else if (letter == 't')
    result->from_header = TRUE;
  return letter && strchr(WITH_VALUE, letter) && !option[2] ? 2 : 1;
}

void
sendmail_arguments_read(SendmailArguments *result, const char *const *arguments)
{
  g_autoptr(GStrvBuilder) recipients = g_strv_builder_new();
  *result = (SendmailArguments){.mode = SENDMAIL_SUBMITS};
  gboolean options = TRUE;
  while (*arguments) {
    const char *word = *arguments++;
    if (options && g_str_equal(word, "--"))
      options = FALSE;
    else if (options && word[0] == '-' && word[1])
      arguments += read_option(result, word) == 2 && *arguments ? 1 : 0;
    else
      g_strv_builder_add(recipients, word);
  }
  result->recipients = g_strv_builder_end(recipients);
}

void
sendmail_arguments_clear(SendmailArguments *arguments)
{
  g_clear_pointer(&arguments->recipients, g_strfreev);
}
