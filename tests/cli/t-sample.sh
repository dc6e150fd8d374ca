#!/usr/bin/env bash
# The sample mailbox of contrib/: every prospect is in the state that it is meant for, whatever day it is made.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# sample INSTANT
sample() {
  place sample
  rm -rf "${dir:?}"
  now=$1
  SAMPLE_NOW=$(date -d "$now" +%s) "$root/contrib/sample-mailbox" "$dir" >/dev/null
  index
}

expected='Hazel Joinery: dead
Larch Pallets: nurture
Maple Timber: waiting
Oak Furniture: new
Spruce Carpentry: held
Willow Baskets: *
Yew Instruments: dead
alder.example: due
birch.example: waiting
cedar.example: owed
elm.example: owed
fir.example: dead
juniper.example: held
pine.example: dead
rowan.example: due'

walk() {
  sample "$1"
  run 0 cadence list --all --format=json
  is "$expected" "$(value '.prospects | sort_by(.prospect)[] | .prospect + ": " + (if .agreement.stage == "won" then "*" else .state end)')"
  run 0 cadence list
  is 15 "$(wc -l <"$out")" 'lines of list, without the client'
  run 1 cadence check "$dir/drafts/early"
  run 0 cadence check "$dir/drafts/answer"
  run 2 cadence check "$dir/drafts/opted-out"
  run 0 cadence check "$dir/drafts/stranger"
  silent
  local state before
  # Each tag is on as many messages as there are prospects in that state: none of them share one.
  for state in due dead waiting owed held nurture; do
    is "$(cadence list --format=json $state | jq '.prospects | length')" "$(notmuch count "tag:$state")" "tag:$state"
  done
  before=$(revision)
  index --full
  is "$before" "$(revision)"
}
# Each day of a week, ends of months, a leap day, both changes of the clock.
for instant in 2026-11-23T09:00:00Z 2026-11-24T12:00:00Z 2026-11-25T18:00:00Z 2026-11-26T07:30:00Z 2026-11-27T23:00:00Z \
  2026-11-28T12:00:00Z 2026-11-29T12:00:00Z 2026-03-01T12:00:00Z 2028-02-29T12:00:00Z 2027-01-01T12:00:00Z; do
  t "the sample mailbox on $instant" walk "$instant"
done
zoned() { TZ=$1 walk "$2"; }
t 'the sample mailbox in a zone with daylight saving' zoned Europe/Berlin 2026-10-25T12:00:00+01:00
t 'the sample mailbox in spring there' zoned America/New_York 2026-03-08T12:00:00-04:00

done_testing
