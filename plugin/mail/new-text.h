/* The new text of what GMime has read already.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_MAIL_NEW_TEXT_H
#define CADENCE_MAIL_NEW_TEXT_H

#include <cadence/new-text.h>

#include "mime.h"

/* `top` may be NULL. */
CadenceNewText *mail_new_text_of(GMimeObject *top);

#endif
