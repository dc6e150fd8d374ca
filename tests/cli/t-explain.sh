#!/usr/bin/env bash
# explain: kinds, rules and new text of messages in files and in the database.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh disable=SC2119
. "$(dirname "$0")/../lib.sh"

box
sent 2026-03-01 buyer@acme.example
body=$'Yes, on Monday.\n\nOn Sun, Mar 1, 2026 at 10:00 AM, Rep <rep@example.com> wrote:\n\n> Some words.\n\nSent from my iPhone'
got 2026-03-02 buyer@acme.example 'Re: Offer' && answer=$id answer_file=$file
body='I am out of the office.'
got 2026-03-03 buyer@acme.example 'Out of office' 'Auto-Submitted: auto-replied' && away=$id
bounce 2026-03-04 gone@acme.example m1@test.example && returned=$id
body='Just checking in on my last mail.'
sent 2026-03-05 buyer@acme.example && nudge=$id nudge_file=$file
new

kinds() {
  run 0 cadence explain --format=json "id:$answer"
  json '.format == 1 and .kind == "reply" and .recipients == [] and .absent_until == null'
  json '.new_text == "Yes, on Monday."'
  run 0 cadence explain --format=json "id:$away"
  json '.kind == "auto" and .rules[0] == {id: "auto-submitted", evidence: "auto-replied"}'
  run 0 cadence explain --format=json "id:$returned"
  json '.kind == "bounce" and .recipients == [{address: "gone@acme.example", permanent: true}]'
  run 0 cadence explain --format=json "id:m1@test.example"
  json '.kind == "outbound" and .rules == [{id: "from-us", evidence: "rep@example.com"}] and .new_text == "Some words."'
  run 0 cadence explain --format=json "id:$nudge"
  json '.rules[1] == {id: "nudge", evidence: "Just checking in on my last mail."}'
}
t 'each kind, with its rules' kinds

text_form() {
  run 0 cadence explain "id:$answer"
  is $'reply\n\nNew text\n  Yes, on Monday.' "$(cat "$out")"
  run 0 cadence explain "id:$returned"
  says bounce Rules Recipients gone@acme.example 'failed for good'
  run 0 cadence explain "id:$nudge"
  says outbound from-us rep@example.com nudge 'Just checking in'
  printf 'From: buyer@acme.example\n\n> only\n\n' >empty
  run 0 cadence explain empty
  says '> only'
  printf 'From: buyer@acme.example\n\n' >empty
  run 0 cadence explain empty
  is $'reply\n\nNo new text' "$(cat "$out")"
}
t 'for people' text_form

sources() {
  run 0 cadence explain "$answer_file"
  cp "$out" first
  run 0 cadence explain - <"$answer_file"
  same first "$out"
  run 0 cadence explain <"$answer_file"
  same first "$out"
}
t 'a file, standard input' sources

without_database() {
  NOTMUCH_CONFIG=$work/nowhere run 0 cadence explain --format=json "$answer_file"
  json '.kind == "reply"'
  NOTMUCH_CONFIG=$work/nowhere run 69 cadence explain "id:$answer"
  policy <<<$'[scope]\nteam = example.com'
  NOTMUCH_CONFIG=$work/nowhere run 0 cadence explain --format=json "$nudge_file"
  json '.kind == "outbound"'
}
t 'a file needs no database' without_database

refusals() {
  run 66 cadence explain id:no-such@test.example
  complains no-such@test.example
  run 66 cadence explain nowhere
  run 64 cadence explain one two
  echo 'no header' >none
  run 65 cadence explain none
  rm "$nudge_file"
  run 66 cadence explain "id:$nudge"
}
t 'what cannot be explained' refusals

hostile() {
  printf 'From: buyer@acme.example\nSubject: Out of office \x1b[31m\nAuto-Submitted: auto-replied \x1b]0;x\a\n\nYes\x1b[2J\x9b1m\xe2\x80\xaeno\0\n' >bad
  run 0 cadence explain bad
  ! LC_ALL=C grep -q $'[\e\a\x9b]' "$out" || fail 'control characters came out'
  ! grep -q $'\xe2\x80\xae' "$out" || fail 'text was turned around'
  run 0 cadence explain --format=json bad
  ! LC_ALL=C grep -q $'[\e\a]' "$out" || fail 'control characters came out in JSON'
  json '.kind == "auto"'
  { printf 'From: buyer@acme.example\nContent-Type: text/html\n\n'; printf '<div><blockquote>%.0s' {1..50000}; } >deep
  run 0 timeout 20 notmuch-cadence explain deep
}
t 'what would move the cursor does not come out' hostile

done_testing
