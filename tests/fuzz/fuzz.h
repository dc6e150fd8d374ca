/* What the fuzz targets share. A target is one file with one LLVMFuzzerTestOneInput: bytes from
 * anywhere go in, and what the header of the module promises must hold of what comes out. With
 * clang's libFuzzer it looks for inputs that break it (tests/fuzz/run); with driver.c it is a plain
 * test that goes through the inputs that are kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_FUZZ_H
#define CADENCE_FUZZ_H

#include <glib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

/* Ends the process where it does not hold, whatever the build. */
#define HOLDS(condition) ((condition) ? (void)0 : fuzz_broken(__FILE__, __LINE__, #condition))
void fuzz_broken(const char *file, int line, const char *condition) G_GNUC_NORETURN;

/* The bytes as a string that ends at the first NUL. Owned by the caller. */
char *fuzz_text(const guint8 *data, gsize size);

/* The same, cut at the lines "%%" into `n` texts at most, the last taking the rest. Owned by the
 * caller. */
GStrv fuzz_texts(const guint8 *data, gsize size, int n);

/* A folder of this run, which goes with it, and a file there. */
const char *fuzz_folder(void);
void fuzz_put(const char *name, const void *data, gsize size);

/* Holds valid UTF-8 (or is NULL). */
void fuzz_holds_utf8(const char *text);
void fuzz_holds_utf8_list(const char *const *list);

/* Holds one line for people: valid UTF-8 without control characters. */
void fuzz_holds_line(const char *text);

/* An error where there is no result, none where there is one. */
void fuzz_holds_error(gboolean result, const GError *error);

#endif
