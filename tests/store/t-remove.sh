#!/usr/bin/env bash
# index --remove: every trace of ours goes, and nothing else.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# all: the whole dump, ours too, sorted.
all() { notmuch dump | grep -v '^#notmuch-dump' | sort; }

# Replies, bounces, absences, bulk, a mail without a date, one that bears two states.
town() {
  box
  local i
  for i in 1 2 3 4 5 6 7 8; do sent "2026-03-2$i" "p$i@d$i.example"; done
  sent 2026-03-30 'p1@d1.example, p9@d9.example'
  got 2026-03-29 p2@d2.example
  got 2026-03-29 p3@d3.example 'Away' 'Auto-Submitted: auto-replied'
  got 2026-03-29 news@d1.example 'News' 'List-Unsubscribe: <mailto:u@d1.example>' 'Precedence: bulk'
  bounce 2026-03-28 p4@d4.example m4@test.example
  raw inbox <<<$'From: p5@d5.example\nTo: rep@example.com\nSubject: x\nMessage-ID: <dateless@test.example>\n\nx'
  agreements <<<$'[Three]\nmatch = d3.example\nevery = 1mo\n[Five]\nmatch = d5.example\nopted-out = 2026-03-01'
  new
  notmuch tag +mine +flagged -inbox -- id:m1@test.example
  notmuch tag +due +waiting +owed +dead -- id:m6@test.example # no newest contact: bears nothing of ours
  sent 2026-03-31 p6@d6.example && new
  notmuch config set --database query.mine 'tag:mine'
  notmuch config set --database cadenza.key 'not ours'
  notmuch restore --accumulate --include=properties <<<'#= m2@test.example user.key=value cadences=1'
  all >before
}

removed() {
  town
  index
  local kept
  kept=$(all | grep -c 'cadence\.')
  [ "$kept" -gt 10 ] || fail "only $kept lines of ours"
  run 0 cadence index --remove
  says 'messages written to'
  same before <(all)
  sound
  local print
  print=$(fingerprint)
  run 0 cadence index --remove --quiet
  silent
  is "$print" "$(fingerprint)" 'files of the database after a second --remove'
}
t 'the dump is as before the first index' removed

dry() {
  town
  index
  local print
  print=$(fingerprint)
  run 0 cadence index --remove --dry-run --format=json
  json '.dry_run and .messages > 8 and ([.changes[] | select(startswith("-") | not)] == [])'
  is "$print" "$(fingerprint)"
  is "$(notmuch dump --include=properties | grep -o ' cadence\.' | wc -l)" "$(value '.changes[]' | grep -c '^-cadence\.')"
}
t '--dry-run lists each of them and writes nothing' dry

renamed() {
  town
  index
  policy <<<$'[scope]\nquery = from:rep@example.com\n[tags]\nwaiting = w8\nowed ='
  index
  isnt '' "$(ids tag:w8)"
  is m6@test.example "$(ids tag:waiting)" 'the old name'
  is m6@test.example "$(ids tag:owed)" 'switched off'
  # Renamed once more, and index has not run since.
  policy <<<$'[scope]\nquery = from:rep@example.com\n[tags]\nwaiting = later'
  index --remove
  same before <(all)
}
t 'tags that were renamed are migrated, and go by the name they have' renamed

again() {
  town
  index
  dump >marked
  index --remove
  index
  same marked <(dump) 'index after --remove'
  index && index --full
  same marked <(dump)
}
t 'index after --remove writes it all anew' again

struck() {
  town
  index
  dump >marked
  command -v strace >/dev/null || skip 'no strace'
  copy_box whole
  local n
  for n in 1 3 9 20 60; do
    place whole && copy_box struck
    ASAN_OPTIONS=detect_leaks=0 strace -f -o /dev/null -e trace=pwrite64 -e "inject=pwrite64:signal=KILL:when=$n" \
      notmuch-cadence index --now="$now" --remove --quiet 2>/dev/null || true
    sound
    copy_box on
    index
    same marked <(dump) "index after --remove was killed at write $n"
    place struck
    index --remove
    same before <(all) "--remove after it was killed at write $n"
  done
}
t 'killed while it removes' struck

usage() {
  box
  run 64 cadence index --remove --full
  complains 'exclude each other'
}
t 'not together with --full' usage

done_testing
