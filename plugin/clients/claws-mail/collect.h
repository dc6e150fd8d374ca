/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLAWS_COLLECT_H
#define CLAWS_COLLECT_H

#include <compose.h>

/* The mail in this window, as RFC 5322 text. Owned by the caller. */
GString *claws_collect(const Compose *compose);

#endif
