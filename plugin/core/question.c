/* One prospect of one draft: what the draft is to its history.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "history.h"
#include "reasons.h"

static gboolean
holds(char **list, const char *one)
{
  return g_strv_contains((const char *const *)list, one);
}

/* The newest of the last replies that the draft answers, unless a later one stands in its thread.
 */
static void
find_answer(CadenceQuestion *question)
{
  for (guint i = 0; i < question->last_replies->len; i++) {
    const CadenceContact *reply = question->last_replies->pdata[i];
    if (!holds(question->draft->answers, reply->id))
      continue;
    for (guint k = 0; k < i && reply->thread; k++) {
      const CadenceContact *later = question->last_replies->pdata[k];
      question->overtaken |=
          g_strcmp0(later->thread, reply->thread) == 0 && !cadence_reply_settled(later);
    }
    question->answer = question->overtaken ? NULL : reply;
    return;
  }
}

void
cadence_question_init(CadenceQuestion *question, const CadenceDraft *draft,
                      const CadenceStanding *standing, char **members, const CadenceClock *clock)
{
  *question = (CadenceQuestion){
      .draft = draft, .standing = standing, .members = members, .clock = clock, .only_cc = TRUE};
  for (char **member = members; *member; member++)
    question->only_cc &=
        holds(draft->cc, *member) && !holds(draft->to, *member) && !holds(draft->bcc, *member);
  question->first_contact = standing->attempts == 0 && !standing->last_reply;
  question->same_day = standing->attempts > 0 && standing->last_attempt_day == clock->today;
  question->follow_up = standing->attempts - (question->same_day ? 1 : 0);
  question->last_replies = cadence_standing_last_replies(standing);
  find_answer(question);
}

void
cadence_question_clear(CadenceQuestion *question)
{
  g_ptr_array_unref(question->last_replies);
}
