/* One pass of the index: which prospects to look at, and the marks that follow.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_STORE_PASS_H
#define CADENCE_STORE_PASS_H

#include "mark.h"
#include "terms.h"
#include "writer.h"

/* What the last pass left in the database's config. */
typedef struct {
  gboolean known;     /* it is of this database */
  gulong revision;    /* mail is read up to there */
  gint64 instant;     /* when it wrote last */
  gboolean counted;   /* `removed` is known */
  guint64 removed;    /* documents ever removed, then (glass.h) */
  char *tags, *files; /* as written; this and the next may be NULL */
  char *terms;        /* likewise (terms.h) */
} CadenceLastPass;

void cadence_last_pass_read(notmuch_database_t *db, CadenceLastPass *last);
void cadence_last_pass_clear(CadenceLastPass *last);

/* What is kept in cadence.files; "" where `files` is NULL. */
char *cadence_files_value(const char *files, const char *zone);

typedef struct {
  CadenceStore *store;
  const CadenceContext *context;
  const CadenceIndexOptions *options;
  CadenceIndexResult *result;
  CadenceLastPass last;
  char *uuid;
  gulong revision;  /* when reading began */
  gboolean counted; /* `removed` is known */
  guint64 removed;  /* likewise, before that */
  char *terms, *tags, *files;
  CadenceTagNames names;
  gboolean same_files; /* the last pass read what we have */
  gboolean full;
  GPtrArray *queue;      /* of char*: prospects to look at, in order */
  GHashTable *queued;    /* the same as a set */
  GHashTable *asked;     /* set of Message-IDs: whose state they bear is in the queue */
  GHashTable *gone;      /* set of names that were prospects by scope and are no more */
  GHashTable *prospects; /* full pass: set of those that are; NULL: all that are queued */
  GHashTable *marks;     /* Message-ID -> CadenceMark */
  GHashTable *fresh;
} CadencePass;

/* Finds out what is to be looked at; FALSE with an error. An empty queue: nothing has changed. */
gboolean cadence_pass_begin(CadencePass *pass, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Looks at it, and finds the marks that differ from what is there. */
gboolean cadence_pass_work(CadencePass *pass, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void cadence_pass_clear(CadencePass *pass);

/* Writes the marks that differ, in batches. */
gboolean cadence_pass_write_marks(CadencePass *pass, CadenceWriter *writer,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* --- remove.c --- */

/* Makes marks that want nothing for all messages that bear something of ours. */
gboolean cadence_pass_forget_all(CadencePass *pass, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes them, and takes our config out. */
gboolean cadence_pass_remove(CadencePass *pass, CadenceWriter *writer,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

void cadence_pass_enqueue(CadencePass *pass, const char *prospect);
CadenceMark *cadence_pass_mark(CadencePass *pass, const char *id);

#endif
