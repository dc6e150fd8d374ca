#!/usr/bin/env bash
# Every state's tag is on the newest contact of the prospects in that state and nowhere else.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

every_state() {
  box
  sent 2026-03-20 buyer@due.example
  sent 2026-03-31 buyer@waiting.example && local waiting=$id
  sent 2026-03-30 buyer@owed.example
  got 2026-03-31 buyer@owed.example && local owed=$id
  for day in 2025-12-01 2025-12-08 2025-12-20 2026-01-10; do sent $day buyer@dead.example; done
  local dead=$id
  sent 2026-03-31 buyer@held.example
  got 2026-03-31 buyer@held.example 'Out of office' 'Auto-Submitted: auto-replied (vacation)' 'X-Autoreply: yes'
  local held=$id
  sent 2026-03-20 buyer@nurture.example && local nurture=$id
  agreements <<'INI'
[Nurtured]
match = nurture.example
stage = nurture
[Nobody yet]
match = new.example
INI
  new
  index
  bears due m1@test.example
  bears waiting "$waiting"
  bears owed "$owed"
  bears dead "$dead"
  bears held "$held"
  bears nurture "$nurture"
  is new "$(state 'Nobody yet')"
  is '' "$(ids tag:new)"
}
t 'the tag of each state is on the newest contact and on nothing else' every_state

moves_on() {
  box
  sent 2026-03-31 a@alder.example
  new && index
  bears waiting m1@test.example
  got 2026-04-01T11:00:00Z a@alder.example
  new && index
  is '' "$(ids tag:waiting)"
  bears owed m2@test.example
  is '' "$(notmuch dump --include=properties id:m1@test.example | grep cadence)"
  sent 2026-04-01T11:30:00Z a@alder.example
  new && index
  bears waiting m3@test.example
  is '' "$(ids tag:owed)"
}
t 'the tag goes with the newest contact, and nothing stays behind' moves_on

new_subject() {
  box
  sent 2026-03-10 a@alder.example 'First'
  sent 2026-03-12 b@alder.example 'Another matter altogether'
  sent 2026-03-17 c@shop.alder.example 'A third'
  new && index
  is alder.example "$(prospects)"
  is 3 "$(field alder.example .attempts)"
  bears due m3@test.example
}
t 'one prospect across threads, people and sub-domains' new_subject

shared() {
  box
  sent 2026-03-01 'b@birch.example'
  sent 2026-03-30 'a@alder.example, b@birch.example, c@cedar.example'
  new && index
  bears waiting m2@test.example
  is 'alder.example birch.example cedar.example' \
    "$(notmuch dump --include=properties id:m2@test.example | tr ' ' '\n' | sed -n 's/^cadence.prospect=//p' | sort | paste -sd ' ')"
  # Two of them move on; the tag stays for the third.
  got 2026-03-31 a@alder.example
  got 2026-03-31 b@birch.example
  new && index
  bears waiting m2@test.example
  bears owed m3@test.example m4@test.example
  got 2026-03-31 c@cedar.example
  new && index
  is '' "$(ids tag:waiting)"
  is '' "$(notmuch dump --include=properties id:m2@test.example | grep cadence)"
}
t 'prospects that share their newest contact' shared

shared_states() {
  box
  for day in 2025-12-01 2025-12-08 2025-12-20; do sent $day a@alder.example; done
  sent 2026-01-10 'a@alder.example, b@birch.example'
  agreements <<<$'[Birch]\nmatch = birch.example\nevery = 6mo'
  new && index
  is 'dead waiting' "$(tags "$id")"
  is "$id $id" "$(ids tag:dead) $(ids tag:waiting)"
}
t 'a shared message bears the tag of each state' shared_states

renamed() {
  box
  sent 2026-03-31 a@alder.example
  sent 2026-03-20 b@birch.example
  new && index
  notmuch tag +waiting id:m2@test.example # the user's own, by the same name
  policy <<<$'[scope]\nquery = from:rep@example.com\n[tags]\nwaiting = follow/waiting\ndue = '
  index
  bears follow/waiting m1@test.example
  bears waiting m2@test.example
  is '' "$(ids tag:due)"
  is due "$(state birch.example)"
  policy <<<$'[scope]\nquery = from:rep@example.com'
  index
  is '' "$(ids tag:follow/waiting)"
  bears waiting m1@test.example m2@test.example
  bears due m2@test.example
}
t 'tags renamed, switched off and back again are migrated' renamed

swapped() {
  box
  sent 2026-03-31 a@alder.example
  sent 2026-03-20 b@birch.example
  new && index
  policy <<<$'[scope]\nquery = from:rep@example.com\n[tags]\nwaiting = due\ndue = waiting'
  index
  bears due m1@test.example
  bears waiting m2@test.example
}
t 'two tags that swap their names' swapped

won() {
  box
  sent 2026-03-31 a@alder.example
  sent 2026-03-20 b@birch.example
  agreements <<<$'[Client]\nmatch = alder.example\nstage = won'
  new && index
  is '' "$(ids tag:waiting)"
  bears due m2@test.example
  cadence list --format=json >"$out"
  json '[.prospects[].prospect] == ["birch.example"]'
  cadence list --all --format=json >"$out"
  json '[.prospects[].prospect] | sort == ["Client", "birch.example"]'
  agreements <<<$'[Client]\nmatch = alder.example'
  index
  bears waiting m1@test.example
  agreements <<<$'[Client]\nmatch = alder.example\nstage = won'
  index
  is '' "$(ids tag:waiting)"
}
t 'a client bears no tag and is not listed' won

settled() {
  box
  sent 2026-03-30 a@alder.example
  got 2026-03-31 a@alder.example
  new && index
  bears owed m2@test.example
  notmuch tag +settled id:m2@test.example
  index
  is '' "$(ids tag:owed)"
  bears waiting m2@test.example
  notmuch tag -settled id:m2@test.example
  index
  bears owed m2@test.example
}
t 'the tag "settled" settles a reply' settled

leaves_scope() {
  box
  sent 2026-03-31 a@alder.example
  sent 2026-03-31 b@birch.example
  new && index
  bears waiting m1@test.example m2@test.example
  policy <<<$'[scope]\nquery = from:rep@example.com\nignore = alder.example'
  index
  bears waiting m2@test.example
  is '' "$(notmuch dump --include=properties id:m1@test.example | grep cadence)"
  policy <<<$'[scope]\nquery ='
  index
  is '' "$(ids tag:waiting)"
  is '' "$(notmuch dump --include=properties | grep 'cadence\.\(state\|wake\|prospect\)')"
}
t 'who is no prospect any more loses tag and properties' leaves_scope

agreement_gone() {
  box
  policy </dev/null
  sent 2026-03-31 a@alder.example
  agreements <<<$'[Alder]\nmatch = alder.example'
  new && index
  bears waiting m1@test.example
  agreements </dev/null
  index
  is '' "$(ids tag:waiting)"
  agreements <<<$'[Alder Trees]\nmatch = alder.example'
  index
  bears waiting m1@test.example
  is 'Alder Trees' "$(prospects)"
}
t 'an agreement that goes, and comes back by another name' agreement_gone

bounced() {
  box
  sent 2026-03-30 a@alder.example
  bounce 2026-03-30 a@alder.example "$id"
  sent 2026-03-30 b@birch.example
  new && index
  is dead "$(state alder.example)"
  bears dead m2@test.example
  is 0 "$(field alder.example .attempts)"
  is waiting "$(state birch.example)"
}
t 'a bounce belongs to whose address it reports' bounced

done_testing
