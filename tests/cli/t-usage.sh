#!/usr/bin/env bash
# Commands, options, help, exit statuses.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# commands: as the program's own help names them.
commands() { notmuch-cadence --help | sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z-]*\).*/\1/p'; }

helps() {
  run 0 notmuch-cadence --help
  is '' "$(cat "$err")"
  says Usage: Commands: Options
  local command needed
  for needed in index check list show config help; do
    grep -qx "$needed" <(commands) || fail "no $needed in --help"
  done
  # Help needs no database, no configuration and no home.
  while IFS= read -r command; do
    run 0 env -u HOME NOTMUCH_CONFIG=/nowhere notmuch-cadence "$command" --help
    says "Usage: notmuch-cadence $command" --format --now
    is '' "$(cat "$err")"
    cp "$out" long
    run 0 notmuch-cadence help "$command"
    same long "$out" "help $command"
    if [ "$command" != sendmail ]; then # whose -h is the MTA's
      run 0 notmuch-cadence "$command" -h
      same long "$out" "$command -h"
    fi
    is '' "$(grep -nE '.{81}' long)" "lines of $command --help over 80 columns"
    # Help wins over whatever else is wrong.
    run 0 notmuch-cadence "$command" --help --format=text x y z
  done < <(commands)
  run 0 notmuch-cadence help
  run 64 notmuch-cadence help nonsense
}
t '--help and help for the program and each command' helps

bad_usage() {
  box
  run 64 notmuch-cadence
  complains --help
  run 64 notmuch-cadence nonsense
  complains 'unknown command "nonsense"' --help
  run 64 notmuch-cadence lst
  complains 'did you mean "list"'
  run 64 notmuch-cadence $'\033[31mx\033[0m'
  is '' "$(tr -d '\n' <"$err" | LC_ALL=C grep -a $'\033')" 'escapes in a message'
  run 64 notmuch-cadence ''
  run 64 notmuch-cadence --nonsense list
  local command
  while IFS= read -r command; do
    [ "$command" != help ] || continue
    if [ "$command" != sendmail ]; then # what it does not know is the MTA's
      run 64 notmuch-cadence "$command" --nonsense
      complains --nonsense "$command --help"
    fi
    run 64 notmuch-cadence "$command" --format=yaml
    complains --format text json
    run 64 notmuch-cadence "$command" --color=pink
    run 64 notmuch-cadence "$command" --now=yesterday
    complains --now
    run 64 notmuch-cadence "$command" --now=
    is '' "$(cat "$out")" "$command: nothing on stdout"
  done < <(commands)
  run 64 cadence index extra
  run 64 cadence index --wait=-1
  run 64 cadence index --wait=soon
  run 64 cadence config extra
  run 64 cadence show
  run 64 cadence show ''
  run 64 cadence list 'date:nonsense..'
  run 64 cadence check --rcpt
}
t 'unknown commands and options: 64, and where to look' bad_usage

instants() {
  box
  sent 2026-03-31 a@alder.example
  new && index
  local instant
  for instant in 2026-04-01T12:00:00Z 2026-04-01T14:00:00+02:00 2026-04-01T12:00:00; do
    run 0 notmuch-cadence list --format=json --now="$instant"
    json '.now == "2026-04-01T12:00:00+00:00"'
  done
  TZ=Europe/Berlin run 0 notmuch-cadence list --format=json --now=2026-04-01T12:00:00Z
  json '.now == "2026-04-01T14:00:00+02:00"'
  run 0 notmuch-cadence list --format=json --now=2026-05-01T12:00:00Z
  json '.prospects[0].state == "due"'
  TZ=Nowhere/Town run 78 notmuch-cadence list
  complains TZ Nowhere/Town
}
t '--now, in any zone' instants


full_device() {
  box
  sent 2026-03-31 a@alder.example
  new && index
  local words
  for words in list 'list --format=json' 'show a@alder.example' config --help 'index --full' 'check draft'; do
    printf 'To: a@alder.example\n\nx\n' >draft
    local status=0
    # shellcheck disable=SC2086 # words
    notmuch-cadence $words >/dev/full 2>"$err" || status=$?
    is 74 "$status" "$words >/dev/full"
    complains 'standard output'
  done
  local status=0
  notmuch-cadence list >&- 2>"$err" || status=$?
  is 74 "$status" 'list >&-'
  notmuch-cadence list --now="$now" 2>&- >/dev/null
}
t 'a full or closed standard output: 74' full_device

gone_reader() {
  box
  local i
  for i in {1..300}; do printf 'From: rep@example.com\nTo: a@d%d.example\nSubject: x\nDate: Mon, 30 Mar 2026 10:00:00 +0000\nMessage-ID: <c%d@test.example>\n\nx\n' "$i" "$i" >"$mail/sent/cur/c$i"; done
  new && index
  notmuch-cadence list --now="$now" 2>"$err" | head -n 1 >"$out" || true
  says STATE
}
t 'a reader that goes away' gone_reader

quiet() {
  box
  sent 2026-03-31 a@alder.example
  new
  run 0 cadence index --quiet
  silent
  run 0 cadence index
  is 1 "$(wc -l <"$out")"
  run 0 cadence index -q --format=json
  silent
}
t 'index --quiet' quiet

done_testing
