/* Prints the words that users meet, as libcadence has them: "TABLE WORD" a line. For
 * tests/lint/words, which looks each of them up in the manual and in the cases.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/cadence.h>
#include <stdio.h>

static void
print(const char *table, const char *word)
{
  if (word)
    printf("%s %s\n", table, word);
}

static void
print_words(void)
{
  for (int i = 0; i < CADENCE_N_STATES; i++)
    print("state", cadence_state_id((CadenceState)i));
  for (int i = 0; i < CADENCE_N_REASONS; i++)
    print("reason", cadence_reason_id((CadenceReasonId)i));
  for (int i = 0; i < CADENCE_N_KINDS; i++)
    print("kind", cadence_kind_id((CadenceKind)i));
  for (int i = 0; i < CADENCE_N_CHANNELS; i++)
    print("channel", cadence_channel_id((CadenceChannel)i));
  for (int i = 0; i < CADENCE_N_STAGES; i++)
    print("stage", cadence_stage_id((CadenceStage)i));
  for (int i = CADENCE_SEVERITY_OFF; i <= CADENCE_SEVERITY_STOP; i++)
    print("severity", cadence_severity_id((CadenceSeverity)i));
  for (int i = CADENCE_DECISION_SEND; i <= CADENCE_DECISION_UNKNOWN; i++)
    print("decision", cadence_decision_id((CadenceDecision)i));
}

int
main(void)
{
  g_autoptr(CadenceConfig) config =
      cadence_config_parse("policy.ini", NULL, "agreements.ini", NULL, NULL);
  if (!config)
    return 1;
  print_words();
  const GPtrArray *settings = cadence_config_settings(config);
  for (guint i = 0; i < settings->len; i++) {
    const CadenceSetting *setting = settings->pdata[i];
    printf("policy [%s] %s\n", setting->group, setting->key);
  }
  for (const char *const *key = cadence_agreement_keys(); *key; key++)
    print("agreement", *key);
  return 0;
}
