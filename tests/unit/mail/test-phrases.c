/* Texts cut to words, and phrases found in them. The tables' own phrases are cases of whoever asks
 * for them; here it is how a phrase is written that is tried, on those of subjects.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "phrases.h"

static char *
first_quote(const char *text, MailMeaning meaning)
{
  g_autoptr(MailPhrases) cut = mail_phrases_new(text, -1);
  const MailHit *hit = mail_phrases_hit(cut, meaning, NULL);
  return hit ? mail_phrases_quote(cut, hit) : NULL;
}

static void
assert_says(const char *text, MailMeaning meaning, const char *quote)
{
  g_autofree char *found = first_quote(text, meaning);
  if (g_strcmp0(found, quote) != 0)
    fail_msg("%s: %s, not %s", text, found ? found : "nothing", quote ? quote : "nothing");
}

static void
test_folding(void **state)
{
  assert_says("R\xc3\x89PONSE  automatique\xc2\xa0: x", MEANING_AUTO, "reponse automatique :");
  assert_says("Out\xe2\x80\x91of\xe2\x80\x91Office\r\n AutoReply: x", MEANING_ABSENCE,
              "out-of-office autoreply:");
  assert_says("\xef\xbc\xa1uto-reply: x", MEANING_AUTO, "auto-reply:"); /* full width */
  assert_says("\xd0\x90\xd0\x92\xd0\xa2\xd0\x9e\xd0\x9e\xd0\xa2\xd0\x92\xd0\x95\xd0\xa2: x",
              MEANING_AUTO,
              "\xd0\xb0\xd0\xb2\xd1\x82\xd0\xbe\xd0\xbe\xd1\x82\xd0\xb2\xd0\xb5\xd1\x82:");
  g_autofree char *folded = mail_phrases_fold("don\xe2\x80\x99t \xd1\x91 \xff", -1);
  assert_string_equal(folded, "don't \xd0\xb5 \xef\xbf\xbd");
}

static void
test_boundaries(void **state)
{
  assert_says("undeliverable", MEANING_BOUNCE, "undeliverable"); /* undeliver* */
  assert_says("readers: x", MEANING_DELIVERED, NULL);
  assert_says("the auto reply: x", MEANING_AUTO, NULL); /* ^ */
  assert_says("[tag] auto reply: x", MEANING_AUTO, "auto reply:");
  assert_says("auto reply settings", MEANING_AUTO, NULL); /* $ */
  assert_says("auto reply - settings", MEANING_AUTO, "auto reply");
  assert_says("auto reply", MEANING_AUTO, "auto reply");
  assert_says("'auto reply'", MEANING_AUTO, "auto reply");
}

static void
test_gaps(void **state)
{
  const char *near = "auto: an example of eight words here is out of office";
  assert_says(near, MEANING_ABSENCE, near);
  assert_says("auto: an example of quite a few more than eight words is out of office",
              MEANING_ABSENCE, NULL);
  assert_says("auto: this one. That is out of office", MEANING_ABSENCE, NULL);
  assert_says("auto: at example.com is out of office", MEANING_ABSENCE,
              "auto: at example.com is out of office");
}

static void
test_negatives(void **state)
{
  assert_says("Please remove me from your mailing list.", MEANING_OPT_OUT,
              "remove me from your mailing list");
  assert_says("How do I remove me from your mailing list?", MEANING_OPT_OUT, NULL);
  assert_says("How do I remove me from the list? Just remove us from this list.", MEANING_OPT_OUT,
              "remove us from this list");
}

static void
test_longest_first(void **state)
{
  assert_says("Delivery Status Notification (Delay)", MEANING_DELAYED,
              "delivery status notification (delay");
  g_autoptr(MailPhrases) text =
      mail_phrases_new("remove me from the list, delete us from the list", -1);
  guint index = 0;
  const MailHit *first = mail_phrases_hit(text, MEANING_OPT_OUT, &index);
  const MailHit *second = mail_phrases_hit(text, MEANING_OPT_OUT, &index);
  assert_true(first && first->first == 0 && first->end == 5);
  assert_true(second && second->first == 5);
  assert_null(mail_phrases_hit(text, MEANING_OPT_OUT, &index));
}

/* Words that begin phrases, over and over: still within a blink. */
static void
test_hostile(void **state)
{
  const char *const seeds[] = {
      "auto: ", "remove me from your ", "''''", "re re ", "\xff", "\xef\xb7\xba", "a", ". ", "\n"};
  for (gsize i = 0; i < G_N_ELEMENTS(seeds); i++) {
    g_autoptr(GString) text = g_string_new(NULL);
    while (text->len < 2 * MAIL_PHRASES_MAX)
      g_string_append(text, seeds[i]);
    gint64 start = g_get_monotonic_time();
    g_autoptr(MailPhrases) cut = mail_phrases_new(text->str, (gssize)text->len);
    assert_true(cut->words->len <= 8 * MAIL_PHRASES_MAX);
    assert_true(g_get_monotonic_time() - start < 2 * G_USEC_PER_SEC);
  }
  g_autoptr(MailPhrases) empty = mail_phrases_new("", -1);
  assert_int_equal(empty->words->len, 0);
}

int
main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_folding),       cmocka_unit_test(test_boundaries),
      cmocka_unit_test(test_gaps),          cmocka_unit_test(test_negatives),
      cmocka_unit_test(test_longest_first), cmocka_unit_test(test_hostile),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
