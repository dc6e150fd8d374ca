/* What stands below every mail of a sender: signatures, disclaimers, footers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_SIGNATURE_H
#define CADENCE_MAIL_SIGNATURE_H

#include "text-lines.h"

/* "Sent from my phone": lines that a program adds wherever they stand. Before quotes are sorted. */
void mail_signature_lines(TextLines *lines);

/* Whatever stands at the end of what is left between the quotes. */
void mail_signature_blocks(TextLines *lines);

#endif
