#!/usr/bin/env bash
# What counts for nothing, and what counts once.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

drafts() {
  box
  sent 2026-03-20 a@alder.example
  write_mail drafts 'Rep <rep@example.com>' b@birch.example 2026-03-30 'Unsent'
  new
  notmuch tag +draft id:m2@test.example
  sent 2026-03-31 a@alder.example 'Unsent too'
  new
  notmuch tag +draft id:m3@test.example
  index
  is alder.example "$(prospects)"
  bears due m1@test.example
  notmuch tag -draft id:m3@test.example # it was sent
  index
  bears waiting m3@test.example
  is 2 "$(field alder.example .attempts)"
}
t 'drafts count for nothing until they are sent' drafts

drafts_folder() {
  box
  policy <<<$'[scope]\nquery = from:rep@example.com\ndrafts = folder:drafts'
  sent 2026-03-20 a@alder.example
  write_mail drafts 'Rep <rep@example.com>' a@alder.example 2026-03-31 'Unsent'
  new && index
  bears due m1@test.example
  policy <<<$'[scope]\nquery = from:rep@example.com\ndrafts ='
  index
  bears waiting m2@test.example
}
t 'scope.drafts is the user'\''s' drafts_folder

excluded() {
  box
  sent 2026-03-20 a@alder.example
  got 2026-03-30 a@alder.example
  new && index
  bears owed m2@test.example
  notmuch tag +spam id:m2@test.example
  index
  is '' "$(ids tag:owed)"
  bears due m1@test.example
  is '' "$(notmuch dump --include=properties id:m2@test.example | grep cadence)"
  notmuch tag -spam id:m2@test.example
  index
  bears owed m2@test.example
  is '' "$(ids tag:due)"
}
t 'what search.exclude_tags hides counts for nothing' excluded

excluded_scope() {
  box
  sent 2026-03-20 a@alder.example
  sent 2026-03-20 b@birch.example
  new
  notmuch tag +deleted id:m1@test.example
  index
  is birch.example "$(prospects)"
}
t 'scope does not see hidden mail' excluded_scope

deleted() {
  box
  sent 2026-03-20 a@alder.example
  got 2026-03-30 a@alder.example && local reply=$file
  sent 2026-03-31 b@birch.example && local other=$file
  new && index
  bears owed m2@test.example
  rm "$reply"
  new && index
  is '' "$(ids tag:owed)"
  bears due m1@test.example
  rm "$other"
  new && index
  is alder.example "$(prospects)"
}
t 'a deletion alone is noticed' deleted

replaced() {
  box
  sent 2026-03-20 a@alder.example
  got 2026-03-30 a@alder.example && local reply=$file
  new && index
  rm "$reply"
  got 2026-03-29 someone@birch.example # as many messages as before
  now=$1
  new && index
  is '' "$(ids tag:owed)"
  bears due m1@test.example
}
t 'a deletion beside a new message is noticed on the next day' replaced 2026-04-02T12:00:00Z
t 'a deletion beside a new message is noticed at once' replaced "$now"

twice() {
  box
  sent 2026-03-20 a@alder.example
  cp "$file" "$mail/inbox/cur/copy:2,"
  got 2026-03-19 a@alder.example && local reply=$file
  cp "$reply" "$mail/sent/cur/copy:2,"
  new && index
  is '1 1 1' "$(field alder.example '"\(.outbound) \(.replies) \(.attempts)"')"
  rm "$reply" "$mail/sent/cur/1.test:2,S"
  new && index
  is 1 "$(field alder.example .outbound)"
}
t 'a message that is stored twice is one' twice

no_id() {
  box
  raw sent <<<$'From: rep@example.com\nTo: a@alder.example\nSubject: no id\nDate: Mon, 30 Mar 2026 10:00:00 +0000\n\nx'
  new && index
  is waiting "$(state alder.example)"
  is 1 "$(ids tag:waiting | wc -w)"
}
t 'a message without Message-ID' no_id

odd_ids() {
  box
  local one
  for one in 'a b@x' "a'b@x" 'a/b+c%d@x' '"quoted"@x' 'a..b@x' 'üml@x' '(x) or *' "$(printf 'l%.0s' {1..300})@x"; do
    serial=$((serial + 1))
    printf 'From: rep@example.com\nTo: a@d%s.example\nSubject: x\nDate: Mon, 30 Mar 2026 10:00:00 +0000\nMessage-ID: <%s>\n\nx\n' \
      $serial "$one" >"$mail/sent/cur/odd.$serial:2,S"
  done
  new && index
  is 8 "$(prospects | wc -w)"
  is 8 "$(ids tag:waiting | tr ' ' '\n' | grep -c .)" || is 8 "$(notmuch count tag:waiting)"
  local before
  before=$(revision)
  index && index --full
  is "$before" "$(revision)"
}
t 'Message-IDs of every kind' odd_ids

dates() {
  box
  sent 2044-01-01 a@alder.example # in the future, no Received: the day it was seen
  write_mail sent 'Rep <rep@example.com>' b@birch.example 2038-01-01 'x' 'Received: from a by b; Mon, 2 Mar 2026 10:00:00 +0000'
  raw sent <<<$'From: rep@example.com\nTo: c@cedar.example\nSubject: no date\nMessage-ID: <nodate@test.example>\n\nx'
  sent 1980-01-01 d@fir.example
  new && index
  is "2026-04-01" "$(field alder.example '.last_attempt.date[:10]')"
  is "2026-03-02" "$(field birch.example '.last_attempt.date[:10]')"
  is "2026-04-01" "$(field cedar.example '.last_attempt.date[:10]')"
  is "1980-01-01" "$(field fir.example '.last_attempt.date[:10]')"
  local before
  before=$(marks)
  now=2026-04-03T12:00:00Z
  index
  is "2026-04-01" "$(field alder.example '.last_attempt.date[:10]')"
  is "2026-04-01" "$(field cedar.example '.last_attempt.date[:10]')"
}
t 'dates in the future and no dates' dates

zone() {
  box
  sent '2026-03-31 23:30' a@alder.example
  new
  TZ=Asia/Tokyo index
  is 2026-04-01 "$(TZ=Asia/Tokyo cadence list --format=json | jq -r '.prospects[0].last_attempt.date[:10]')"
  TZ=Asia/Tokyo is 2026-04-06 "$(TZ=Asia/Tokyo cadence list --format=json | jq -r '.prospects[0].next')"
  is 2026-04-03 "$(field alder.example .next)"
  policy <<<$'[scope]\nquery = from:rep@example.com\nzone = Asia/Tokyo\n[cadence]\nevery = 3d'
  is 2026-04-04 "$(field alder.example .next)"
}
t 'calendar days are those of the zone' zone

gone() {
  box
  sent 2026-03-30 a@alder.example && local ours=$file
  got 2026-03-31 b@birch.example && local theirs=$file
  sent 2026-03-01 b@birch.example
  new && index
  rm "$ours" "$theirs" # and notmuch new has not run
  run 0 cadence index --full
  complains '2 messages'
  run 0 cadence index --full --format=json
  json '.unreadable == 2'
  is owed "$(state birch.example)"
  run 0 cadence list
  run 0 cadence show birch.example
  run 0 cadence show --format=json birch.example
  json '.prospects[0].timeline | length == 2'
}
t 'messages whose file is gone are counted, and the answer is sound' gone

unreadable_file() {
  box
  sent 2026-03-30 a@alder.example
  new && index
  chmod 000 "$file"
  run 0 cadence index --full --format=json
  json '.unreadable == 1'
}
[ "$(id -u)" -eq 0 ] || # who may read everything
  t 'messages whose file may not be read' unreadable_file

not_mail() {
  box
  head -c 4096 /dev/urandom >"$mail/inbox/cur/random"
  : >"$mail/inbox/cur/empty"
  printf 'hello\n' >"$mail/inbox/cur/hello"
  printf '\0\0\0\0' >"$mail/inbox/cur/nul"
  mkfifo "$mail/inbox/cur/pipe"
  sent 2026-03-30 a@alder.example
  printf 'From: rep@example.com\nTo: \0a@birch.example\0\nDate: Mon, 30 Mar 2026 10:00:00 +0000\nSubject: \0\n\n\0' >"$mail/sent/cur/with-nul"
  notmuch new --quiet --no-hooks 2>/dev/null || true
  run 0 cadence index
  is waiting "$(state alder.example)"
}
t 'files that are no mail' not_mail

became_a_pipe() {
  box
  sent 2026-03-30 a@alder.example
  new
  rm "$file" && mkfifo "$file"
  run 0 timeout 3 notmuch-cadence index --now="$now" --quiet
}
t 'a message whose file became a pipe does not hang' became_a_pipe

empty() {
  box
  run 0 cadence index
  run 0 cadence list
  is '' "$(cat "$out")"
  run 0 cadence list --format=json
  json '.prospects == []'
  run 0 cadence index --full
  printf 'To: a@alder.example\n\nx\n' | run 0 cadence check
}
t 'an empty database' empty

done_testing
