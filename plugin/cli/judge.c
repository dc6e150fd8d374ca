/* Judges the draft in a file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "judge.h"

#include "input.h"
#include "sturdy.h"

CadenceJudgement *
cli_judge(CliApp *app, const char *file, const char *const *rcpts, CadenceDraft **draft,
          GError **error)
{
  if (draft)
    *draft = NULL;
  cadence_mail_init();
  g_autoptr(GByteArray) bytes = cli_input_read(file, error);
  if (!bytes)
    return NULL;
  g_autoptr(CadenceDraft) read =
      cadence_draft_parse((const char *)bytes->data, bytes->len, rcpts, error);
  if (!read)
    return NULL;
  cli_sturdy_begin(bytes);
  if (!cli_app_open_store_for(app, read, error))
    return NULL;
  CadenceJudgement *judgement = cadence_store_judge(app->store, &app->context, read, error);
  if (judgement && draft)
    *draft = g_steal_pointer(&read);
  return judgement;
}
