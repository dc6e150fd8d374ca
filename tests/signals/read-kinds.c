/* What the library makes of mail files: their names on stdin, a line each; a line each comes out:
 * kind, deciding rule, day until which somebody is absent or a sign for none, failed recipients.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include <cadence/message.h>

static void
print_recipients(const CadenceMessage *message)
{
  for (guint i = 0; message->recipients && i < message->recipients->len; i++) {
    const CadenceRecipient *recipient = message->recipients->pdata[i];
    printf("%s%s%s", i ? " " : "", recipient->address, recipient->permanent ? "" : ":soft");
  }
}

static void
print_kind(const char *filename)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(CadenceMessage) message = cadence_message_read(filename, TRUE, &error);
  if (!message) {
    printf("unreadable\t%s\t\t\n", error->message);
    return;
  }
  const CadenceRule *rule = message->rules->len > 0 ? message->rules->pdata[0] : NULL;
  g_autofree char *until = cadence_day_to_string(message->absent_until);
  printf("%s\t%s\t%s\t", cadence_kind_id(message->kind), rule ? rule->id : "-",
         until              ? until
         : message->absence ? "unknown"
                            : "-");
  print_recipients(message);
  putchar('\n');
}

int
main(void)
{
  char line[8192];
  cadence_mail_init();
  while (fgets(line, sizeof line, stdin)) {
    line[strcspn(line, "\n")] = '\0';
    print_kind(line);
  }
  return ferror(stdin) || fflush(stdout) ? 1 : 0;
}
