#!/usr/bin/env bash
# Time alone changes states. A pass a day ends where one full pass at the end does.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# street: the mail of three months, at most as late as $1.
street() {
  local day i=0
  for day in 2026-01-0{2,5,9} 2026-01-{12,16,20,26} 2026-02-0{2,6,9} 2026-02-{13,17,23} 2026-03-0{2,6} 2026-03-{10,13,20,27}; do
    i=$((i + 1))
    sent "$day" "a@d$((i % 7)).example"
    case $i in
    4 | 9) got "$day 15:00" a@d4.example ;;
    6) got "$day 16:00" a@d6.example 'Out of office' 'Auto-Submitted: auto-replied' ;;
    8) bounce "$day" a@d1.example "m1@test.example" ;;
    12) got "$day 17:00" b@d5.example ;;
    esac
  done
  agreements <<<$'[Two]\nmatch = d2.example\nevery = 2w\n[Three]\nmatch = d3.example\nstage = nurture\n[Four]\nmatch = d4.example\nhold-until = 2026-03-05'
}

day_by_day() {
  TZ=$1
  box
  street
  # Each file is laid out of sight and comes on its day.
  mkdir "$dir/later"
  mv "$mail"/*/cur/* "$dir/later"
  local day arrived file date
  for file in "$dir"/later/*; do
    date=$(sed -n 's/^Date: //p' "$file" | head -n 1)
    touch -d "$date" "$file"
  done
  for day in {0..125..1}; do
    now=$(date -u -d "2026-01-01 $day days 20:00" +%FT%TZ)
    arrived=
    while IFS= read -r file; do
      mv "$file" "$mail/inbox/cur/" && arrived=yes
    done < <(find "$dir/later" -type f ! -newermt "$now")
    [ -z "$arrived" ] || new
    index
    [ $((day % 25)) -ne 24 ] || against_full "on $now"
  done
  against_full 'in the end'
}

# against_full WHEN: the same as in a mailbox that was never indexed before.
against_full() {
  marks >"$work/daily"
  copy_box fresh
  rm -rf "$mail/.notmuch"
  new
  index
  same "$work/daily" <(marks) "$1"
  place box
}
t 'a pass a day ends where one full pass does' day_by_day UTC
t '... east of Greenwich' day_by_day Pacific/Auckland

weekly() {
  box
  street
  new
  local day
  for day in 2026-03-28 2026-03-29 2026-04-10 2026-04-11 2026-05-30 2026-09-01 2027-06-01; do
    now=${day}T08:00:00Z
    index
    against_full "on $day"
  done
}
t 'passes with gaps of days and months' weekly

backwards() {
  box
  street
  new
  now=2026-06-01T08:00:00Z index
  now=2026-03-28T08:00:00Z
  index
  marks >"$work/daily"
  copy_box fresh
  rm -rf "$mail/.notmuch"
  new
  index
  same "$work/daily" <(marks)
}
t 'a clock that was ahead and is set right' backwards

wakes() {
  box
  sent 2026-03-30 a@alder.example # + 3bd: 2 April
  new
  index
  is 'cadence.wake=2026-04-02' "$(notmuch dump --include=properties | grep -o 'cadence.wake=[^ ]*')"
  bears waiting m1@test.example
  now=2026-04-01T23:59:59Z index
  bears waiting m1@test.example
  now=2026-04-02T00:00:00Z index
  bears due m1@test.example
  is '' "$(ids tag:waiting)"
}
t 'the state changes on the day that cadence.wake names' wakes

done_testing
