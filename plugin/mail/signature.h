/* What stands below every mail of a sender: signatures, disclaimers, footers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_SIGNATURE_H
#define CADENCE_MAIL_SIGNATURE_H

#include "text-lines.h"

/* Finds lines that a program adds, "Sent from my iPhone". */
void mail_signature_prepare(TextLines *lines);

/* Makes LINE_SIGNATURE of whatever stands so at the end of what is left between the quotes. */
void mail_signature_sort(TextLines *lines);

#endif
