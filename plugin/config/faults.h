/* What is wrong with the two files, collected as one-line texts for people.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_CONFIG_FAULTS_H
#define CADENCE_CONFIG_FAULTS_H

#include <glib.h>

/* Reading goes on after a fault until `limit` are known: 1 where only the first is wanted, more
 * where all are; a bound in either case, since every line of a hostile file can hold one. */
typedef struct {
  GPtrArray *texts; /* of char *, owned */
  guint limit;
} CadenceFaults;

#define CADENCE_FAULTS_MOST 1000

void cadence_faults_init(CadenceFaults *faults, guint limit);
void cadence_faults_clear(CadenceFaults *faults);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(CadenceFaults, cadence_faults_clear)

/* TRUE where no further fault would be kept, so reading may stop. */
gboolean cadence_faults_full(const CadenceFaults *faults);

/* Where a fault is. Line 0: the file as a whole. Group and key may be NULL, and the group "" where
 * its head could not be read. */
typedef struct {
  const char *file;
  guint line;
  const char *group;
  const char *key;
} CadencePlace;

/* Keeps "FILE:LINE: [GROUP] KEY: TEXT", or drops it when full. Takes `text`. */
void cadence_faults_add(CadenceFaults *faults, CadencePlace place, char *text);

/* `text` as it may be shown: at most 60 characters and none that steers a terminal. A value, so
 * that cadence_quoted(text).text can stand among the arguments of a format. */
#define CADENCE_QUOTED_CHARACTERS 60
typedef struct {
  char text[4 * CADENCE_QUOTED_CHARACTERS + 4];
} CadenceQuoted;

CadenceQuoted cadence_quoted(const char *text);

#endif
