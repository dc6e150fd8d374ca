/* Writing to the database: waiting for the lock, one batch a commit, the revision last.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_STORE_WRITER_H
#define CADENCE_STORE_WRITER_H

#include "mark.h"

/* A batch is committed at the end of a group when it has so many messages or took so long; in a
 * group, at twice that. With the commit itself the lock is held for about 0.1 s. */
#define CADENCE_BATCH 250
#define CADENCE_BATCH_US 50000

typedef struct {
  const char *path; /* to open it by; NULL as for cadence_store_open() */
  const char *home; /* where the database lies, for its lock */
  const CadenceIndexOptions *options;
  guint64 waited;       /* microseconds, for the lock, in all */
  gulong revision;      /* as we left it, or as it was when reading began */
  gboolean interleaved; /* somebody else wrote in between */
  gboolean said;        /* that we are waiting */
} CadenceWriter;

/* Writes marks (of CadenceMark, those of one group side by side) from `*next` on, and commits: as
 * many groups as fit into a batch, or what fits of one that is larger. `*next` is then the first
 * that is left. */
gboolean cadence_writer_marks(CadenceWriter *writer, const GPtrArray *marks, guint *next,
                              const CadenceTagNames *names,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Adds or removes a tag and commits. */
gboolean cadence_writer_tag(CadenceWriter *writer, const char *const *ids, const char *tag,
                            gboolean add, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes database config (key, value, key, value, ..., NULL) and commits. */
gboolean cadence_writer_config(CadenceWriter *writer, const char *const *pairs,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

#endif
