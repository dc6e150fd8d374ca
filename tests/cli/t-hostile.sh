#!/usr/bin/env bash
# Nothing that mail says reaches a terminal with its control characters, by whatever command.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# Escape sequences (7 and 8 bit), a bell, line breaks, bidirectional overrides and isolates, invisible and joining
# characters, tags, a byte order mark, broken UTF-8.
nasty=$'\033[31mred\033]0;title\007\033]8;;http://evil.example\033\\link \302\233 31m \342\200\256 evil \342\201\246 \342\200\253 \342\200\213 \357\273\277 \363\240\201\201 \b\b \r over \177 \302\205 \342\200\250 \342\200\251 end'
encoded="=?utf-8?b?$(printf '%s' "$nasty" | base64 -w 0)?="

# clean FILE: no control character but the line feed, none of format, and valid UTF-8.
clean() {
  iconv -f UTF-8 -t UTF-8 "$1" >/dev/null || fail "$1: broken UTF-8"
  python3 - "$1" <<'PY' || fail "$1 is not clean"
import sys, unicodedata
text = open(sys.argv[1], encoding="utf-8", newline="").read()
bad = {f"U+{ord(c):04X}" for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs")}
print(*sorted(bad))
sys.exit(1 if bad else 0)
PY
}

village() {
  box
  write_mail sent 'Rep <rep@example.com>' "\"$encoded\" <a@alder.example>" 2026-03-20 "$encoded"
  write_mail sent 'Rep <rep@example.com>' "a@alder.example" 2026-03-24 $'raw \033[31m bytes \xff\xfe \x9b31m'
  write_mail inbox "$encoded <b@birch.example>" 'rep@example.com' 2026-03-31 "Re: $encoded"
  sent 2026-03-20 b@birch.example "$(printf 'x%.0s' {1..3000}) $encoded"
  raw inbox <<MAIL
From: $encoded <b@birch.example>
To: rep@example.com
Date: Tue, 31 Mar 2026 11:00:00 +0000
Subject: $encoded
Message-ID: <$(printf 'id\033[31m\342\200\256')@test.example>

x
MAIL
  agreements <<<$'[Name \033[31m\342\200\256 red]\nmatch = birch.example\nnote = \033[31m\342\200\256 note\ndecider = b@birch.example' || true
  if ! cadence config >/dev/null 2>&1; then # refused: then without them
    agreements <<<$'[Birch]\nmatch = birch.example'
  fi
  notmuch new --quiet --no-hooks 2>/dev/null
  index
}

everywhere() {
  village
  local command
  printf 'From: %s <rep@example.com>\nTo: %s <a@alder.example>, b@birch.example\nSubject: %s\nMessage-ID: <%s>\n\n%s\n' \
    "$encoded" "$encoded" "$encoded" "$nasty" "$nasty" >draft
  for command in list 'list --all' 'show a@alder.example' 'show b@birch.example' 'show --all b@birch.example' \
    'check draft' 'index --dry-run --full' config; do
    local status=0
    # shellcheck disable=SC2086 # words
    cadence $command >"$out" 2>"$err" || status=$?
    [ $status -le 2 ] || fail "status $status: $command: $(head -c 300 "$err")"
    [ -s "$out" ] || fail "nothing said: $command"
    clean "$out"
    clean "$err"
    # shellcheck disable=SC2086 # words
    cadence $command --format=json >"$out" 2>"$err" || true
    json .
    clean "$out"
  done
}
t 'list, show, check, index and config print no control character' everywhere

refused() {
  village
  printf 'From: rep@example.com\nTo: %s <a@alder.example>, %s <b@birch.example>\nSubject: %s\n\n%s\n' \
    "$encoded" "$nasty" "$encoded" "$nasty" >draft
  printf '[scope]\nquery = from:rep@example.com\n[sendmail]\nwithin = 60s\n[severity]\nno-agreement = warn\n' >"$NOTMUCH_CADENCE_DIR/policy.ini"
  local command
  cadence sendmail --mta=/bin/true --client="$nasty" -t <draft >"$out" 2>"$err" || true
  clean "$err"
  run 77 cadence sendmail --mta=/bin/true -t <draft
  clean "$err"
  for command in why 'allow --reason=x' suggest "suggest $nasty" "log b@birch.example call --subject=$nasty $nasty"; do
    # shellcheck disable=SC2086 # words
    cadence $command >"$out" 2>"$err" || true
    clean "$out"
    clean "$err"
  done
  for command in why suggest; do
    cadence $command --format=json >"$out" 2>"$err"
    json .
    clean "$out"
  done
}
t 'nor the refusal of a mail, why, suggest and log' refused

words() {
  village
  local command
  for command in "list $nasty" "show $nasty" "$nasty" "index $nasty" "--$nasty" "list --format=$nasty" "list --now=$nasty" "check /$nasty" "check --rcpt=$nasty"; do
    # shellcheck disable=SC2086 # words
    notmuch-cadence $command >"$out" 2>"$err" <<<'To: x' || true
    clean "$out"
    clean "$err"
  done
}
t 'nor what the command line said' words

faults() {
  box
  local text
  for text in "[$nasty]" $'[scope]\n'"$nasty = 1" $'[cadence]\nevery = '"$nasty" $'[scope]\nquery = date:'"$nasty"'..' $'\xff\xfe' $'[scope]\nteam = '"$nasty"; do
    policy <<<"$text"
    cadence config >"$out" 2>"$err" || true
    clean "$out"
    clean "$err"
    cadence index >"$out" 2>"$err" || true
    clean "$out"
    clean "$err"
    cadence config --format=json >"$out" 2>"$err" || true
    json .
  done
}
t 'nor the faults of the two files' faults

survives() {
  village
  # The text itself is kept: in JSON every character of a subject is there, escaped.
  run 0 cadence show --format=json a@alder.example
  json '[.prospects[0].timeline[].subject | select(. != null) | contains("link") and contains("end")] | any'
  run 0 cadence list
  says red link
}
t 'what can be read of it stays' survives

ascii() {
  village
  LC_ALL=C cadence show --all b@birch.example >"$out"
  is '' "$(LC_ALL=C grep -n '[^ -~]' "$out")" 'lines that are not ASCII'
  says '|<o' 'o>|'
  LC_ALL=C cadence list >"$out"
  is '' "$(LC_ALL=C grep -n '[^ -~]' "$out")"
  cadence show b@birch.example >"$out"
  says '◀' '▶'
  LC_ALL=C cadence list --format=json >"$out"
  json .
}
t 'an ASCII locale gets ASCII' ascii

colours() {
  village
  cadence list --color=always >"$out"
  says $'\033['
  # With colour, nothing but colour: SGR sequences of ours.
  sed -E 's/\x1b\[[0-9;]*m//g' "$out" >plain
  clean plain
  NO_COLOR=1 cadence list --color=always >"$out"
  says $'\033['
  cadence list --color=never >"$out"
  clean "$out"
  cadence list >"$out"
  clean "$out"
  same plain "$out" 'colour aside, the same'
}
t '--color, and colour is all that it adds' colours

done_testing
