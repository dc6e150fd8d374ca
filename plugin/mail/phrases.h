/* Text cut to words, and the phrases of the tables (phrases/, one file a subject) that stand in it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_PHRASES_H
#define CADENCE_MAIL_PHRASES_H

#include <glib.h>

/* What a phrase says. A section [opt-out en] of a table is of MEANING_OPT_OUT. A phrase of
 * MEANING_NOT_X takes its words away from those of MEANING_X. */
typedef enum {
  /* of a subject: who wrote the message */
  MEANING_ANSWER,    /* "Re:" and its like */
  MEANING_FORWARD,   /* "Fwd:" and its like */
  MEANING_ABSENCE,   /* put there by a program that announces an absence */
  MEANING_AUTO,      /* put there by a program that answers */
  MEANING_NOTES,     /* Lotus Notes announces one behind a person's name */
  MEANING_AWAY,      /* announces an absence; people write this, too */
  MEANING_DELAYED,   /* a daemon says that it is still trying */
  MEANING_DELIVERED, /* a daemon or a client says that the mail got there, or was read */
  MEANING_BOUNCE,    /* a daemon says that the mail did not get there */
  MEANING_CALENDAR,  /* a calendar program's answer or invitation */
  MEANING_CHALLENGE, /* asks to confirm that a person wrote */

  /* of a day; in the order of the year and of the week */
  MEANING_MONTH_1,
  MEANING_MONTH_2,
  MEANING_MONTH_3,
  MEANING_MONTH_4,
  MEANING_MONTH_5,
  MEANING_MONTH_6,
  MEANING_MONTH_7,
  MEANING_MONTH_8,
  MEANING_MONTH_9,
  MEANING_MONTH_10,
  MEANING_MONTH_11,
  MEANING_MONTH_12,
  MEANING_WEEKDAY_1,
  MEANING_WEEKDAY_2,
  MEANING_WEEKDAY_3,
  MEANING_WEEKDAY_4,
  MEANING_WEEKDAY_5,
  MEANING_WEEKDAY_6,
  MEANING_WEEKDAY_7,
  MEANING_TOMORROW,
  MEANING_NOT_TOMORROW,
  MEANING_NEXT_WEEK,
  MEANING_NEXT_MONTH,
  MEANING_NEXT_YEAR,
  MEANING_END_OF,
  MEANING_MIDDLE_OF,
  MEANING_WEEK_OF,
  MEANING_IN_MONTH, /* makes a month without a day a time */

  /* of the text of a machine's mail */
  MEANING_AT_FAULT, /* says that a mail did not get there */
  MEANING_NOT_AT_FAULT,
  MEANING_FAILED,   /* the same in words that only mail systems use */
  MEANING_RETRIED,  /* says that delivery is still tried */
  MEANING_RETURNED, /* what follows is the mail that came back */
  MEANING_SOFT,     /* the failure is not for good */
  MEANING_MACHINE,  /* says of itself that it is automatic */
  MEANING_NOT_MACHINE,
  MEANING_CONFIRM, /* asks to confirm that a person wrote */
  MEANING_NOTICE,  /* a mail system tells its user something */
  MEANING_ENTRY,   /* a groupware's calendar entry, written out as text */

  /* of an absence */
  MEANING_ABSENT, /* in the first person */
  MEANING_NOT_ABSENT,
  MEANING_COURTESY, /* what answering machines add */
  MEANING_BACK,     /* a day of return follows */
  MEANING_NOT_BACK,
  MEANING_UNTIL, /* a last day follows */
  MEANING_SINCE, /* a first day follows */

  /* of the new text of a person's mail */
  MEANING_OPT_OUT, /* asks not to be written to again */
  MEANING_NOT_OPT_OUT,
  MEANING_LEAVE, /* a subject that asks it */
  MEANING_OFFER, /* says how to be taken off: what is sent to many does */
  MEANING_DECLINED,
  MEANING_NOT_DECLINED,
  MEANING_PUTS_OFF,
  MEANING_NOT_PUTS_OFF,

  /* of a text: where quotes and signatures begin */
  MEANING_WROTE,      /* the verb of "On ... wrote:" */
  MEANING_ON,         /* its first word */
  MEANING_FIELD_FROM, /* names of header fields as clients show them, with their colon */
  MEANING_FIELD_DATE,
  MEANING_FIELD_TO,
  MEANING_FIELD_SUBJECT,
  MEANING_FIELD_OTHER,
  MEANING_SEPARATOR, /* "Original Message" */
  MEANING_SENT_FROM, /* "Sent from my iPhone" */
  MEANING_DISCLAIMER,

  /* of the new text of our own drafts */
  MEANING_NUDGE,     /* asks for an answer and says nothing */
  MEANING_POLITE,    /* may stand beside it */
  MEANING_CLOSING,   /* what follows it is who wrote */
  MEANING_SUBSTANCE, /* with it, it is no mere nudge */
  N_MEANINGS,
} MailMeaning;

/* For mail_phrases_among(). */
#define MAIL_SUBJECT_MEANINGS MEANING_ANSWER, MEANING_CHALLENGE
#define MAIL_QUOTE_MEANINGS MEANING_WROTE, MEANING_DISCLAIMER

#define MAIL_PHRASES_MAX (64 * 1024) /* bytes of a text that are looked at */

/* A word, and what separates it from the one before. */
typedef struct {
  guint start, length; /* bytes of `folded` */
  guint number;        /* of the word in the tables; 0: in none */
  gboolean begins;     /* a sentence, a line, or what is set off by brackets or a lone dash */
  gboolean sentence;   /* a sentence ends before it: no gap of a phrase reaches across */
  gboolean colon;      /* it is a colon */
} MailWord;

/* Words `first` to `end` - 1 are a phrase of the tables. */
typedef struct {
  MailMeaning meaning;
  guint first, end;
} MailHit;

/* `folded` is the text with case, accents, kinds of blanks, apostrophes and dashes taken away. */
typedef struct {
  char *folded;
  GArray *words;           /* of MailWord */
  MailMeaning least, most; /* that were looked for */
  GArray *hits; /* of MailHit, in the order of `first`; those that a MEANING_NOT_ takes away are
                   not in it */
} MailPhrases;

/* Cuts the first MAIL_PHRASES_MAX bytes of `text` (any bytes; -1: up to its NUL) and finds all
 * phrases in it, in linear time. Never NULL. */
MailPhrases *mail_phrases_new(const char *text, gssize length);

/* The same for meanings from one to another only, which takes less time. */
MailPhrases *mail_phrases_among(const char *text, gssize length, MailMeaning least,
                                MailMeaning most);
void mail_phrases_free(MailPhrases *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(MailPhrases, mail_phrases_free)

/* The first hit of that meaning from hit `*index` on (NULL: from the first), which is left behind
 * it; NULL where there is none. */
const MailHit *mail_phrases_hit(const MailPhrases *text, MailMeaning meaning, guint *index);

/* The words of a hit, folded, and what stands between them, with single blanks. Owned by the
 * caller. */
char *mail_phrases_quote(const MailPhrases *text, const MailHit *hit);

/* The form in which texts and tables are compared. Owned by the caller. */
char *mail_phrases_fold(const char *text, gssize length);

/* Fills `words` from `folded`. */
void mail_phrases_cut(MailPhrases *text);

#endif
