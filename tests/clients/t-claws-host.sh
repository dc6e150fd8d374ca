#!/usr/bin/env bash
# The plugin for Claws Mail in a host of its own, under AddressSanitizer: no fault, and no leak of ours.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck disable=SC2154 # names of tests/lib.sh
. "$(dirname "$0")/../lib.sh"
. "$root/tests/clients/lib.sh"
. "$root/tests/clients/window.sh"

host=$BUILD/tests/clients/claws-host
[ -x "$host" ] || skip_all 'not built: no libclaws-mail-dev, or no AddressSanitizer'
desktop

# GTK's own, kept for ever: fonts, themes, settings.
faultless() {
  printf 'leak:%s\n' libfontconfig libpango libcairo >"$work/suppressed"
  export NO_AT_BRIDGE=1 GSETTINGS_BACKEND=memory GTK_IM_MODULE=simple TMPDIR=$work G_SLICE=always-malloc
  ASAN_OPTIONS=detect_leaks=1:fast_unwind_on_malloc=0 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
    LSAN_OPTIONS=suppressions=$work/suppressed:print_suppressions=0 run 0 "$host"
  ! grep -E 'CRITICAL|WARNING' "$err"
}
t 'its hook, dialog, settings and child: no fault, no leak' faultless
done_testing
