#!/usr/bin/env bash
# hold, nurture, bury: the everyday changes in a word.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

box
sent 2026-03-20 buyer@acme.example && mail_id=$id
sent 2026-03-20 buyer@maple.example
agreements <<'INI'
[Maple Timber]
match = maple.example
INI
new
index

fresh() {
  place box
  copy_box "${FUNCNAME[1]}"
}
file() { cat "$NOTMUCH_CADENCE_DIR/agreements.ini"; }

until_a_day() {
  fresh
  run 0 cadence hold acme.example 3w
  says 'hold-until' '2026-04-22' 'next: 2026-04-23, was 2026-03-25; state: held, was due'
  bears held "$mail_id"
  run 0 cadence hold Maple Timber next monday --format=json
  json '.prospect == "Maple Timber" and .changed == ["hold-until"] and .after.held_until == "2026-04-06"'
  run 0 cadence hold "id:$mail_id" 2026-04-22
  says 'already'
  run 64 cadence hold acme.example yesterday
  complains 'is past'
  run 64 cadence hold acme.example 03/04/2026
  complains 2026-04-03
  run 64 cadence hold acme.example
  complains 'a prospect and a day'
  run 64 cadence hold acme.example someday
  run 64 cadence hold nobody 3w
  complains 'no prospect is called'
}
t 'hold takes dates, lengths and words, behind a name of several words too' until_a_day

keeps() {
  fresh
  run 0 cadence nurture acme.example
  says stage nurture 'next: 2026-04-19, was 2026-03-25; state: nurture, was due'
  bears nurture "$mail_id"
  run 0 cadence nurture acme.example --format=json
  json '.changed == [] and .after.state == "nurture"'
  run 0 cadence nurture acme.example
  says 'in nurture already'
  run 0 cadence nurture 'Maple Timber' "--evidence=id:$mail_id"
  is 1 "$(file | grep -c "^evidence = id:$mail_id")"
  run 64 cadence nurture
  complains 'nurture needs a prospect'
}
t 'nurture sets the stage, once' keeps

buries() {
  fresh
  run 0 cadence bury acme.example
  says buried 2026-04-01 'state: dead, was due'
  bears dead "$mail_id"
  local before && before=$(file)
  now=2026-04-05T12:00:00Z run 0 cadence bury acme.example
  says 'buried already'
  is "$before" "$(file)"
  got 2026-04-06 buyer@acme.example
  new
  now=2026-04-07T12:00:00Z run 0 cadence bury acme.example --format=json
  json '.before.state == "owed" and .after.state == "dead" and .after.agreement.buried == "2026-04-07"'
}
t 'bury buries; what a reply undid it buries anew' buries

done_testing
