/* Subject phrases, by language. They only tell where a program wrote them; kind.c asks for more
 * where a person may have.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "subject.h"

#include <string.h>

typedef struct {
  SubjectSays says;
  const char *start; /* case folded, single blanks, straight apostrophes */
} Phrase;

static const Phrase phrases[] = {
#include "subject.inc"
};

/* What clients put before the subject that is answered. */
static const char *const answers[] = {
    "re:",  "re :",  "re[",    "re(",   "aw:",    "antw:", "antwort:",
    "sv:",  "vs:",   "rv:",    "odp:",  "ответ:", "на:",   "res:",
    "ref:", "回复:", "回复：", "答复:", "答复：", "回覆:", "回覆：",
};

char *
mail_subject_fold(const char *subject)
{
  g_autofree char *folded = g_utf8_casefold(subject, -1);
  GString *out = g_string_new(NULL);
  for (const char *c = folded; *c; c = g_utf8_next_char(c)) {
    gunichar u = g_utf8_get_char(c);
    gboolean blank = g_unichar_isspace(u) || g_unichar_iscntrl(u);
    if ((blank && (out->len == 0 || out->str[out->len - 1] == ' ')) ||
        (out->len == 0 && strchr("[(*<\"'-", *c)))
      continue;
    g_string_append_unichar(out, blank ? ' ' : u == 0x2019 ? '\'' : u);
  }
  return g_string_free(out, FALSE);
}

/* Lotus Notes: "Name/Unit/Company is out of the office.", later "AUTO: Name is out of the office
 * (returning 05/01/2010)". */
static const char *
notes_absence(const char *folded)
{
  static const char phrase[] = "is out of the office";
  const char *found = strstr(folded, phrase);
  if (!found || mail_subject_is_answer(folded))
    return NULL;
  const char *rest = found + strlen(phrase);
  gboolean agent = (strcmp(rest, ".") == 0 && memchr(folded, '/', found - folded)) ||
                   g_str_has_prefix(folded, "auto:") || g_str_has_prefix(rest, " (returning ") ||
                   g_str_has_prefix(rest, ". (returning ");
  return agent ? phrase : NULL;
}

/* What a program puts before a subject is set off from it; "Automatic reply settings" is a
 * person's. */
static gboolean
is_set_off(const char *rest)
{
  rest += strspn(rest, " ");
  return *rest == '\0' || strchr(":])-", *rest) || g_str_has_prefix(rest, "：");
}

static gboolean
begins(const char *folded, const Phrase *phrase)
{
  if (folded[0] != phrase->start[0] || !g_str_has_prefix(folded, phrase->start))
    return FALSE;
  if (phrase->says != SUBJECT_ABSENCE && phrase->says != SUBJECT_AUTO)
    return TRUE;
  gsize length = strlen(phrase->start);
  return phrase->start[length - 1] == ':' || is_set_off(folded + length);
}

void
mail_subject_read(const char *folded, const char *says[N_SUBJECT_SAYS])
{
  memset(says, 0, N_SUBJECT_SAYS * sizeof *says);
  for (gsize i = 0; i < G_N_ELEMENTS(phrases); i++) {
    if (!says[phrases[i].says] && begins(folded, &phrases[i]))
      says[phrases[i].says] = phrases[i].start;
  }
  if (!says[SUBJECT_ABSENCE])
    says[SUBJECT_ABSENCE] = notes_absence(folded);
}

gboolean
mail_subject_is_answer(const char *folded)
{
  for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
    if (g_str_has_prefix(folded, answers[i]))
      return TRUE;
  }
  return FALSE;
}
