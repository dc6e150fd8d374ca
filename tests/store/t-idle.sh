#!/usr/bin/env bash
# A quiet index that has nothing to do does not read the agreements: whatever could give it something
# to do is noticed all the same.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

town() {
  box
  sent 2026-03-31 a@alder.example
  sent 2026-03-31 b@birch.example
  agreements <<<$'[Alder]\nmatch = alder.example\nevery = 1mo'
  new && index
  is waiting "$(state Alder)"
}

# told: what an index that is not quiet finds; nothing, where a quiet one has run.
nothing_left() {
  run 0 cadence index --format=json
  json '(.full | not) and .prospects == 0 and .messages == 0'
  marks >"$work/quiet"
  index --full
  same "$work/quiet" <(marks) "$1"
}

edited() {
  town
  cp "$NOTMUCH_CADENCE_DIR/agreements.ini" "$work/first"
  agreements <<<$'[Alder]\nmatch = alder.example\nburied = 2026-04-01'
  index
  bears dead m1@test.example
  cp "$work/first" "$NOTMUCH_CADENCE_DIR/agreements.ini"
  index
  bears waiting m1@test.example m2@test.example
  nothing_left 'put back'
  # The same length, the same second.
  sed -i 's/1mo/1bd/' "$NOTMUCH_CADENCE_DIR/agreements.ini"
  index
  nothing_left 'one letter'
  rm "$NOTMUCH_CADENCE_DIR/agreements.ini"
  index
  nothing_left 'no file'
}
t 'edited agreements, and the same put back' edited

# What a command writes goes through an index of its own.
by_command() {
  town
  cp "$NOTMUCH_CADENCE_DIR/agreements.ini" "$work/first"
  run 0 cadence bury Alder
  bears dead m1@test.example
  cp "$work/first" "$NOTMUCH_CADENCE_DIR/agreements.ini"
  index
  bears waiting m1@test.example m2@test.example
}
t 'changed by command, put back by hand' by_command

comments() {
  town
  echo '# a comment' >>"$NOTMUCH_CADENCE_DIR/policy.ini"
  index
  local print
  print=$(fingerprint)
  index
  is "$print" "$(fingerprint)" 'the second run writes nothing'
  nothing_left 'a comment'
}
t 'a comment' comments

faulty() {
  town
  echo 'nonsense' >>"$NOTMUCH_CADENCE_DIR/policy.ini"
  run 78 cadence index --quiet
  rm "$NOTMUCH_CADENCE_DIR/policy.ini"
  ln -s /nowhere/at/all "$NOTMUCH_CADENCE_DIR/policy.ini"
  run 66 cadence index --quiet
}
t 'a file at fault is told' faulty

zones() {
  town
  now=2026-04-01T22:30:00Z
  index
  TZ=Europe/Berlin index # there it is the 2nd
  marks >"$work/quiet"
  TZ=Europe/Berlin index --full
  same "$work/quiet" <(TZ=Europe/Berlin marks)
  run 0 env TZ=Europe/Berlin notmuch-cadence index --now=$now --format=json
  json '.full | not'
  run 0 cadence index --format=json # and here the 1st
  json .full
  policy <<<$'[scope]\nquery = from:rep@example.com\nzone = Europe/Berlin'
  index
  now=2026-04-01T23:30:00Z
  print=$(fingerprint)
  index
  is "$print" "$(fingerprint)" 'the same day in the zone of the policy'
  now=2026-04-02T22:30:00Z
  run 0 cadence index --format=json
  json .full
}
t 'the day is told by the zone that holds' zones

mail() {
  town
  sent 2026-04-01 c@cedar.example
  new
  index
  bears waiting m1@test.example m2@test.example m3@test.example
  notmuch tag +spam id:m3@test.example
  index
  bears waiting m1@test.example m2@test.example
  rm "$mail/sent/cur/2.test:2,S"
  new && index
  is 1 "$(notmuch count tag:waiting)"
  nothing_left 'after mail came and went'
}
t 'mail that comes, changes and goes' mail

# by_marks: what list says of some states is what it says of them among all.
by_marks() {
  cadence list --all --format=json >"$work/everybody"
  local state
  for state in due owed waiting held dead new nurture 'owed waiting' 'dead new'; do
    # shellcheck disable=SC2086 # words
    run 0 cadence list --all --format=json $state
    jq -c --arg states "$state" '[.prospects[] | select(.state as $s | $states | split(" ") | index($s))]' \
      "$work/everybody" >"$work/expected"
    jq -c .prospects "$out" >"$work/found"
    same "$work/expected" "$work/found" "list $state, $1"
  done
}

listed() {
  town
  got 2026-03-30 d@dogwood.example
  sent 2026-03-29 'd@dogwood.example, e@elm.example'
  sent 2026-01-10 f@fir.example
  agreements <<<$'[Alder]\nmatch = alder.example\nhold-until = 2026-05-01\n[Silent]\nmatch = nobody.example\nopted-out = 2026-03-01\n[Fresh]\nmatch = fresh.example\n[Won]\nmatch = birch.example\nstage = won'
  new
  by_marks 'never indexed'
  index
  is "$(cadence list --all --format=json | jq -r '.prospects | length')" "$(cadence list --all --format=json due owed waiting held dead new nurture | jq -r '.prospects | length')"
  by_marks 'up to date'
  sent 2026-04-01 d@dogwood.example && new
  by_marks 'mail has come'
  index
  agreements </dev/null
  by_marks 'other agreements'
  now=2026-05-20T12:00:00Z
  by_marks 'another day'
}
t 'list by states: the marks of the index, where they hold' listed

done_testing
