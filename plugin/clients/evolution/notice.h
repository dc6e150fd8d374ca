/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef EVOLUTION_NOTICE_H
#define EVOLUTION_NOTICE_H

/* A FrontNotice: in the bar of Evolution's main window; in a small window, in nobody's way, where
 * that is not open. */
void cadence_notice(const char *message, void *data);

#endif
