#!/usr/bin/env bash
# Messages that are gone: notmuch keeps no trace of them that could be asked for.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

equals_full() {
  marks >"$work/incremental"
  index --full
  same "$work/incremental" <(marks) "${1:-index against index --full}"
}

# removed: as the last pass counted; counted: as Xapian's own tool says it.
removed() { notmuch config get cadence.pass | cut -d ' ' -f 2; }
counted() {
  xapian-delve "$(xapian)" | awk -F ' = ' '/^number of documents/ { n = $2 } /^highest document id/ { print $2 - n }'
}

# Two attempts, the older of which will be deleted: it bears nothing of ours.
town() {
  box
  sent 2026-03-10 a@alder.example
  old=$file
  sent 2026-03-20 a@alder.example
  sent 2026-03-21 b@birch.example
  new && index
  is 2 "$(field alder.example .attempts)"
}

counts_as_xapian() {
  town
  is 0 "$(removed)"
  rm "$old"
  new && index
  isnt 0 "$(removed)"
  is "$(counted)" "$(removed)"
}
t 'the count of what was removed is that of xapian-delve' counts_as_xapian

deleted() {
  town
  rm "$old"
  new
  run 0 cadence index --format=json
  json .full
  run 0 cadence index --format=json
  json '(.full | not) and .messages == 0'
  is 1 "$(field alder.example .attempts)"
  equals_full
}
t 'a deletion alone' deleted

# Neither the number of messages nor of those that bear a state tells.
hidden_by_new() {
  town
  rm "$old"
  sent 2026-03-22 c@cedar.example
  new
  run 0 cadence index --format=json
  json .full
  equals_full
}
t 'a deletion that as much new mail hides' hidden_by_new

# In a thread notmuch keeps an empty document in its place.
in_thread() {
  town
  sent 2026-03-25 a@alder.example 'Re: Offer' 'In-Reply-To: <m1@test.example>'
  new && index
  rm "$old"
  sent 2026-03-26 c@cedar.example
  new
  run 0 cadence index --format=json
  json .full
  equals_full
}
t 'a deletion in the middle of a thread' in_thread

# Mail that only arrives, is tagged, renamed or threaded is no deletion.
nothing_gone() {
  town
  local step
  for step in arrives tagged renamed threaded twice; do
    case $step in
    arrives) sent 2026-03-22 c@cedar.example ;;
    tagged) notmuch tag +x id:m1@test.example ;;
    renamed) mv "$old" "${old%:2,S}:2,RS" ;;
    threaded) got 2026-03-28 a@alder.example 'Re: Offer' 'In-Reply-To: <never@seen.example>' 'References: <m1@test.example> <never@seen.example>' ;;
    twice) cp "$file" "$mail/inbox/new/again" ;;
    esac
    new
    run 0 cadence index --format=json
    json '.full | not' || fail "$step"
  done
  equals_full
}
t 'what is no deletion costs no full pass' nothing_gone

while_it_runs() {
  # Between the last look and the writing of what was seen.
  town
  sent 2026-03-22 c@cedar.example
  new
  lock 1.5
  cadence index --quiet --wait=30 &
  local pid=$!
  sleep 0.3
  rm "$old"
  new # waits for the lock as the index does
  wait $pid
  index
  equals_full
}
t 'a deletion while the index waits to write' while_it_runs

compacted() {
  town
  rm "$old"
  new
  notmuch compact --quiet
  index
  is 1 "$(field alder.example .attempts)"
  index
  equals_full
}
t 'a deletion, then notmuch compact' compacted

# The count goes with the database it is kept in.
copied() {
  town
  copy_box other
  rm "$mail/sent/cur/1.test:2,S"
  sent 2026-03-24 c@cedar.example
  new && index
  is 1 "$(field alder.example .attempts)"
  equals_full 'the copy'
  place box
  run 0 cadence index --format=json
  json '(.full | not) and .messages == 0'
  is 2 "$(field alder.example .attempts)"
}
t 'a copy of the database goes its own way' copied

put_back() {
  town
  cp -a "$(xapian)" "$work/kept"
  rm "$old"
  new && index
  rm -rf "$(xapian)" && mv "$work/kept" "$mail/.notmuch/xapian"
  new # finds once more that the file is gone
  index
  is 1 "$(field alder.example .attempts)"
  equals_full
}
t 'an older copy of the database put back' put_back

restored() {
  town
  notmuch dump >"$work/whole"
  rm "$old"
  new && index
  notmuch restore <"$work/whole" # what the last pass but one left, its count with it
  index
  is 1 "$(field alder.example .attempts)"
  equals_full
}
t 'a deletion, then notmuch restore of an older dump' restored

idle() {
  town
  rm "$old"
  new && index
  fingerprint >"$work/before"
  local i
  for i in 1 2 3; do index; done
  same "$work/before" <(fingerprint)
}
t 'nothing new: nothing written' idle

done_testing
