#!/usr/bin/env bash
# neomutt: the same as mutt, and virtual mailboxes on our tags.
#
# SPDX-License-Identifier: GPL-3.0-or-later
client=neomutt
# shellcheck source=tests/clients/t-mutt.sh
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/t-mutt.sh"
