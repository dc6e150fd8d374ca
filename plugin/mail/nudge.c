/* Whether a text only nudges. It is cut to sentences, and each of them must be a nudge, politeness,
 * a name, or stand below the closing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <cadence/new-text.h>

#include <string.h>

#include "phrases.h"

#define SHORT_LINE 45 /* bytes of a line that is not broken for its length */
#define NUDGE_MORE 10 /* words that a nudging sentence may have besides */
#define POLITE_MORE 5 /* likewise a polite one */
#define NAME_WORDS 3  /* of a sentence that is taken for a name */
#define BELOW_WORDS 8 /* of a line below the closing: name, title, telephone */
#define CLOSING_WORDS 6
#define SENTENCES_MAX 1000

/* ---- sentences ---- */

static gboolean
ends_sentence(const char *c)
{
  gunichar u = g_utf8_get_char(c);
  if (u == 0x3002 || u == 0xff01 || u == 0xff1f)
    return TRUE;
  const char *next = g_utf8_next_char(c);
  return (u == 0x2026 || (u < 128 && strchr(".!?", (int)u))) &&
         (*next == '\0' || g_ascii_isspace(*next));
}

static void
take(GPtrArray *sentences, GString *sentence)
{
  g_strstrip(sentence->str);
  if (*sentence->str && sentences->len < SENTENCES_MAX)
    g_ptr_array_add(sentences, g_strdup(sentence->str));
  g_string_truncate(sentence, 0);
}

/* Lines that an editor broke are joined; a short line, as a greeting is, ends its sentence. */
static GPtrArray *
sentences_of(const char *text)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func(g_free);
  g_autoptr(GString) sentence = g_string_new(NULL);
  while (*text) {
    gsize length = strcspn(text, "\n");
    for (const char *c = text; c < text + length; c = g_utf8_next_char(c)) {
      g_string_append_unichar(sentence, g_utf8_get_char(c));
      if (*c && ends_sentence(c))
        take(sentences, sentence);
    }
    if (length < SHORT_LINE)
      take(sentences, sentence);
    else
      g_string_append_c(sentence, ' ');
    text += length + (text[length] ? 1 : 0);
  }
  take(sentences, sentence);
  return sentences;
}

/* ---- one of them ---- */

static gboolean
says(const MailPhrases *words, MailMeaning meaning)
{
  return mail_phrases_hit(words, meaning, NULL) != NULL;
}

/* Words that none of the phrases takes up. */
static guint
words_besides(const MailPhrases *words)
{
  g_autofree gboolean *taken = g_new0(gboolean, words->words->len + 1);
  guint besides = 0;
  for (guint i = 0; i < words->hits->len; i++) {
    const MailHit *hit = &g_array_index(words->hits, MailHit, i);
    gboolean counts = hit->meaning == MEANING_NUDGE || hit->meaning == MEANING_POLITE ||
                      hit->meaning == MEANING_CLOSING;
    for (guint word = hit->first; counts && word < hit->end; word++)
      taken[word] = TRUE;
  }
  for (guint word = 0; word < words->words->len; word++)
    besides += !taken[word] && !g_array_index(words->words, MailWord, word).colon ? 1 : 0;
  return besides;
}

static gboolean
has_number_or_link(const char *sentence)
{
  for (const char *c = sentence; *c; c = g_utf8_next_char(c)) {
    if (g_unichar_isdigit(g_utf8_get_char(c)))
      return TRUE;
  }
  return strchr(sentence, '@') || strstr(sentence, "://") || strstr(sentence, "www.");
}

static gboolean
has_substance(const char *sentence, const MailPhrases *words)
{
  guint besides = words_besides(words);
  if (has_number_or_link(sentence) || says(words, MEANING_SUBSTANCE))
    return TRUE;
  if (says(words, MEANING_NUDGE))
    return besides > NUDGE_MORE;
  if (says(words, MEANING_POLITE) || says(words, MEANING_CLOSING))
    return besides > POLITE_MORE;
  return besides > NAME_WORDS || (besides > 0 && strchr(sentence, '?'));
}

static gboolean
is_closing(const MailPhrases *words)
{
  const MailHit *hit = mail_phrases_hit(words, MEANING_CLOSING, NULL);
  return hit && hit->first == 0 && words->words->len <= CLOSING_WORDS;
}

/* Below the closing: "Sales Manager, Example Ltd", "+1 555 0100". */
static gboolean
is_sender(const char *sentence, const MailPhrases *words)
{
  return words->words->len <= BELOW_WORDS && !strchr(sentence, '?') &&
         !says(words, MEANING_SUBSTANCE);
}

/* ---- all of them ---- */

static gboolean
is_greeting(guint i, const MailPhrases *words)
{
  const MailHit *hit = mail_phrases_hit(words, MEANING_POLITE, NULL);
  return i == 0 && hit && hit->first == 0 && words->words->len <= CLOSING_WORDS;
}

char *
cadence_new_text_said(const CadenceNewText *new_text)
{
  g_autoptr(GPtrArray) sentences = sentences_of(new_text->own);
  GString *said = g_string_new(NULL);
  gboolean closed = FALSE;
  for (guint i = 0; i < sentences->len; i++) {
    g_autoptr(MailPhrases) words = mail_phrases_new(sentences->pdata[i], -1);
    closed |= is_closing(words);
    if (!is_greeting(i, words) && !(closed && is_sender(sentences->pdata[i], words)))
      g_string_append_printf(said, "%s\n", (const char *)sentences->pdata[i]);
  }
  return g_string_free(said, FALSE);
}

char *
cadence_new_text_nudge(const CadenceNewText *new_text)
{
  g_autoptr(GPtrArray) sentences = sentences_of(new_text->own);
  const char *nudge = NULL;
  gboolean closed = FALSE;
  if (new_text->attached || sentences->len == SENTENCES_MAX)
    return NULL;
  for (guint i = 0; i < sentences->len; i++) {
    const char *sentence = sentences->pdata[i];
    g_autoptr(MailPhrases) words = mail_phrases_new(sentence, -1);
    closed |= is_closing(words);
    if (closed && is_sender(sentence, words))
      continue;
    if (has_substance(sentence, words))
      return NULL;
    if (!nudge && says(words, MEANING_NUDGE))
      nudge = sentence;
  }
  return g_strdup(nudge);
}
