/* libcadence: outbound frequency, reply gaps and agreed cadences, read from the mail that notmuch
 * knows.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CADENCE_H
#define CADENCE_H

#include <cadence/address.h>
#include <cadence/base.h>
#include <cadence/config.h>
#include <cadence/contact.h>
#include <cadence/day.h>
#include <cadence/duration.h>
#include <cadence/file.h>
#include <cadence/journal.h>
#include <cadence/message.h>
#include <cadence/new-text.h>
#include <cadence/parties.h>
#include <cadence/similar.h>
#include <cadence/standing.h>
#include <cadence/store.h>
#include <cadence/terms.h>
#include <cadence/verdict.h>
#include <cadence/when.h>
#include <cadence/words.h>

#endif
