/* Changes one agreement by its command line, for the shell tests: what a command of the program
 * does with the file, and nothing else.
 *
 *   change-agreement [--no-create] DIRECTORY NAME [KEY=VALUE | match+=ENTRY | match-=ENTRY |
 * KEY-]...
 *
 * It exits with 0, or says what is wrong and exits with the error's number from 10 on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include <cadence/config.h>

#define FIRST_ERROR 10
#define USAGE 2

/* Takes `word` apart in place. */
static CadenceChange
read_change(char *word)
{
  CadenceChange change = {CADENCE_CHANGE_SET, word, NULL};
  char *equals = strchr(word, '=');
  if (equals) {
    *equals = '\0';
    change.value = equals + 1;
  } else {
    equals = word + strlen(word);
  }
  char sign = equals > word ? equals[-1] : '\0';
  if (sign == '+' || sign == '-') {
    equals[-1] = '\0';
    change.kind = sign == '+'    ? CADENCE_CHANGE_ADD
                  : change.value ? CADENCE_CHANGE_REMOVE
                                 : CADENCE_CHANGE_UNSET;
  }
  return change;
}

int
main(int argc, char **argv)
{
  gboolean create = argc < 2 || !g_str_equal(argv[1], "--no-create");
  char **argument = argv + (create ? 1 : 2);
  int n = argc - (create ? 3 : 4);
  if (n < 0) {
    fprintf(stderr, "usage: change-agreement [--no-create] DIRECTORY NAME [KEY=VALUE]...\n");
    return USAGE;
  }

  g_autofree CadenceChange *changes = g_new0(CadenceChange, n + 1);
  for (int i = 0; i < n; i++)
    changes[i] = read_change(argument[2 + i]);
  g_autoptr(GError) error = NULL;
  g_autoptr(CadenceConfig) before = NULL;
  g_autoptr(CadenceConfig) after = NULL;
  if (cadence_agreements_change(argument[0], argument[1], changes, (gsize)n, create, &before,
                                &after, &error))
    return before && after && cadence_config_agreement(after, argument[1]) ? 0 : 1;
  fprintf(stderr, "%s\n", error->message);
  return before || after ? 1 : FIRST_ERROR + error->code;
}
