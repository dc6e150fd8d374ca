#!/usr/bin/env bash
# Thunderbird with the extension, on the sample mailbox: what Send does. With words on the command line
# only the cases of these names; CADENCE_SCREENSHOTS=1 makes the README's picture anew.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

command -v thunderbird >/dev/null || skip_all 'no thunderbird'
xpi=$BUILD/plugin/clients/thunderbird/cadence@notmuch.org.xpi
[ -f "$xpi" ] || skip_all "no $xpi: built without the extension"

"$root/contrib/sample-mailbox" "$work/sample" || exit 1
export NOTMUCH_CONFIG=$work/sample/notmuch-config NOTMUCH_CADENCE_DIR=$work/sample/cadence
notmuch-cadence index --quiet || exit 1
unset G_DEBUG # Thunderbird's own libraries complain
export PYTHONDONTWRITEBYTECODE=1
python3 "$root/tests/clients/thunderbird/cases.py" "$work" "$xpi" "$root" "$@"
