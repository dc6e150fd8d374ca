#!/usr/bin/env bash
# As notmuch runs it: `notmuch cadence`, `notmuch help cadence`, the hook.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

external() {
  box
  sent 2026-03-31 a@alder.example
  new
  run 0 notmuch cadence index --now="$now"
  run 0 notmuch cadence list --now="$now" --format=json
  json '.prospects[0].prospect == "alder.example"'
  printf 'To: a@alder.example\n\nx\n' | run 1 notmuch cadence check --now="$now"
  run 64 notmuch cadence nonsense
  run 0 notmuch cadence --help
  says Usage:
  run 0 notmuch --config="$NOTMUCH_CONFIG" cadence list --now="$now"
  says alder.example
  local config=$NOTMUCH_CONFIG
  unset NOTMUCH_CONFIG
  run 0 notmuch --config="$config" cadence list --now="$now"
  says alder.example
}
t 'notmuch cadence' external

hook() {
  box
  mkdir "$mail/.notmuch/hooks"
  printf '#!/bin/sh\nexec notmuch cadence index --quiet --now=%s\n' "$now" >"$mail/.notmuch/hooks/post-new"
  chmod +x "$mail/.notmuch/hooks/post-new"
  sent 2026-03-31 a@alder.example
  run 0 notmuch new --quiet
  bears waiting m1@test.example
  got 2026-04-01 a@alder.example
  run 0 notmuch new --quiet
  bears owed m2@test.example
}
t 'as the post-new hook' hook

manual() {
  command -v man >/dev/null || skip 'no man'
  mkdir -p "$work/man/man1" "$work/man/man5"
  cp "$root"/plugin/man/*.1 "$work/man/man1" && cp "$root"/plugin/man/*.5 "$work/man/man5"
  export MANPATH=$work/man MANPAGER=cat PAGER=cat MANWIDTH=80
  run 0 notmuch help cadence
  says notmuch-cadence 'EXIT STATUS'
  # Every command has its page, and its options stand in it.
  local command option
  notmuch-cadence --help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\).*/\1/p' | grep -vx help >commands
  while IFS= read -r command; do
    [ -e "$work/man/man1/notmuch-cadence-$command.1" ] || fail "no page for $command"
    run 0 man "notmuch-cadence-$command"
    for option in $(notmuch-cadence "$command" --help | sed -n '/^Options:/,/^$/p' | grep -o -- '--[a-z-]*' | sort -u); do
      grep -qF -- "$option" "$out" || fail "$option is not in the page of $command"
    done
    run 0 man notmuch-cadence
    says "$command"
  done <commands
  run 0 man 5 notmuch-cadence
}
t 'notmuch help cadence, and a page for each command' manual

done_testing
