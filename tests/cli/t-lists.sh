#!/usr/bin/env bash
# list, show and index as people and programs see them.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

box
sent 2026-03-20 buyer@due.example 'A saw'
sent 2026-03-31 buyer@waiting.example 'A blade'
sent 2026-03-30 buyer@owed.example 'A mill'
got 2026-03-31 'The Buyer <buyer@owed.example>' 'Re: A mill'
sent 2026-01-05 boss@client.example 'Contract'
agreements <<'INI'
[The Client]
match = client.example
stage = won
[Monthly]
match = due.example
every = 1mo
agreed-on = 2026-02-01
evidence = id:agreed@due.example
note = by phone
INI
new

summary() {
  run 0 cadence index --dry-run
  says 'would be written to'
  run 0 cadence index
  says '4 prospects read' '1 owed' 'messages written to'
  run 0 cadence index --format=json
  json '.messages == 0 and .dry_run == false and (.states | keys | length) == 7'
  run 0 cadence index --full --quiet
  silent
}
t 'index tells what it did' summary

names() { jq -r '[.prospects[].prospect] | join(" ")' "$out"; }

choosing() {
  run 0 cadence list --format=json
  is 'owed.example waiting.example Monthly' "$(names)"
  run 0 cadence list --all --format=json
  json '[.prospects[].prospect] | index("The Client") != null'
  run 0 cadence list owed --format=json
  is owed.example "$(names)"
  run 0 cadence list owed waiting from:nobody@else.example --format=json
  is '' "$(names)"
  run 0 cadence list subject:blade --format=json
  is waiting.example "$(names)"
  run 0 cadence list waiting subject:mill --format=json
  is '' "$(names)"
  run 64 cadence list date:nonsense..rubbish
  complains nonsense
}
t 'states and queries choose among the prospects' choosing

lines() {
  run 0 cadence list
  is 4 "$(wc -l <"$out")"
  says STATE SUBJECT 'owed' 'Re: A mill' 2026-03-31
  ! grep -q ' $' "$out" || fail 'a line ends with a blank'
}
t 'one line a prospect' lines

standing() {
  run 0 cadence show Monthly --format=json
  json '.prospects | length == 1'
  json '.prospects[0] | has("prospect") and has("addresses") and has("state") and has("since") and has("next") and has("dead_on") and has("held_until") and has("attempts") and has("follow_ups") and has("first_attempt") and has("last_attempt") and has("last_reply") and has("outbound") and has("replies") and has("runs") and has("reply_gap") and has("wait") and has("outbound_30d") and has("pressure") and has("agreement") and has("rule") and has("threads") and has("timeline")'
  json '.prospects[0].agreement | .every == "1mo" and .evidence == "id:agreed@due.example" and .note == "by phone" and .via == null and .stop_on == null'
  json '.prospects[0] | .reply_gap == {median: null, p90: null, last: null} and .last_reply == null and .next == "2026-04-20"'
  json '.prospects[0].timeline | length == 1 and .[0].direction == "out" and .[0].kind == "outbound" and .[0].subject == "A saw"'
  json '.prospects[0].first_attempt == {id: "m1@test.example", date: "2026-03-20T10:00:00+00:00"}'
}
t 'a standing has every key, null where unknown' standing

meant() {
  for words in Monthly due.example buyer@due.example subject:saw 'subject:saw and from:rep@example.com'; do
    run 0 cadence show "$words"
    is Monthly "$(head -n 1 "$out" | cut -d ' ' -f 1)" "$words"
  done
  run 0 cadence show The Client
  says 'The Client'
  run 0 cadence show waiting.example
  says 'waiting.example  waiting since'
  run 0 cadence show 'from:rep@example.com'
  says Monthly waiting.example owed.example 'The Client'
  run 0 cadence show nobody.example
  complains nobody.example
  is '' "$(cat "$out")"
}
t 'show finds by name, domain, address and query' meant

parts() {
  run 0 cadence show owed.example
  says Terms Measures Addresses Timeline Threads 'default' 'The Buyer' '●▶│' '│◀●' '+1d' 'thread:'
  LC_ALL=C run 0 cadence show owed.example
  says 'o>|' '|<o'
  is '' "$(LC_ALL=C tr -d '\n -~' <"$out")" 'ASCII only'
  run 0 cadence show Monthly
  says agreements.ini 'an interval is agreed' id:agreed@due.example
}
t 'the parts of show, in UTF-8 and ASCII' parts

people() {
  box people
  sent 2026-03-01 'info@acme.example, boss@acme.example'
  sent 2026-03-02 'info@acme.example, clerk@acme.example'
  got 2026-03-03 clerk@acme.example
  agreements <<<$'[Acme]\nmatch = acme.example\ndecider = boss@acme.example'
  new
  run 0 cadence show Acme
  is 'clerk@acme.example info@acme.example boss@acme.example' \
    "$(sed -n '/^Addresses/,/^$/s/^  \([^ ]*@[^ ]*\) .*/\1/p' "$out" | paste -sd ' ')"
  is 'a role, no person' "$(sed -n 's/^  info@.*replies *//p' "$out")"
  is decides "$(sed -n 's/^  boss@.*replies *//p' "$out")"
  run 0 cadence show --format=json Acme
  json '.prospects[0].people[0] == {address: "clerk@acme.example", outbound: 1, replies: 1, role: false, decides: false}'
  json '[.prospects[0].people[] | select(.role or .decides) | .address] == ["info@acme.example", "boss@acme.example"]'
}
t 'who answers, who decides, and what is no person' people

long_history() {
  copy_box long
  for day in {01..28}; do sent "2026-02-$day" buyer@waiting.example "Note $day"; done
  new
  run 0 cadence show waiting.example
  says '4 earlier ones are left out' '19 earlier ones are left out'
  run 0 cadence show --all waiting.example
  is 29 "$(grep -c '●▶│' "$out")"
  ! grep -q 'left out' "$out"
}
t 'a long history is cut, and told' long_history

busy() {
  copy_box busy
  sent 2026-04-01 buyer@due.example && new
  lock 8
  run 75 cadence index --wait=1
  complains waiting
  is 2 "$(wc -l <"$err")"
  run 75 cadence index --wait=0
  run 0 cadence list
  run 0 cadence index --wait=60
  wait "$holder"
}
t 'index waits for the lock, says so once, and gives up' busy

empty() {
  box empty
  run 0 cadence index
  run 0 cadence list
  is '' "$(cat "$out")"
  run 0 cadence list --format=json
  json '.prospects == []'
}
t 'an empty database' empty

bad_scope() {
  copy_box scope
  policy <<<$'[scope]\nquery = date:nonsense..rubbish'
  run 78 cadence list
  complains scope.query
  run 78 cadence index
}
t 'a scope query that notmuch cannot read is status 78' bad_scope

done_testing
