#!/usr/bin/env bash
# log: contacts off mail are mail in the prospect's thread; they count, and go when they are deleted.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

box
sent 2026-03-02 buyer@acme.example 'A mill' && first=$id
sent 2026-03-20 buyer@acme.example 'A mill, once more' "In-Reply-To: <$first>" && last=$id
agreements <<'INI'
[Oak Furniture]
match = oak.example
INI
new
index
fresh() {
  place box
  copy_box "${FUNCNAME[1]}"
}

# newest: the Message-ID of what log wrote, and its file.
newest() { id=$(value .id | sed 's/^id://'); }
file_of() { notmuch search --output=files "id:$1"; }

outbound() {
  fresh
  run 0 cadence log acme.example call 'Spoke with the foreman' --format=json
  json '.format == 1 and .prospect == "acme.example" and .before.attempts == 2 and .after.attempts == 3'
  json '.after.last_attempt.id == (.id | ltrimstr("id:"))'
  newest
  is "cadence waiting" "$(tags "$id")"
  is '' "$(notmuch search tag:inbox and "id:$id")"
  notmuch show --format=json "thread:{id:$first}" >"$out"
  json '[.. | .id? // empty] | index($id) != null' --arg id "$id"
  holds "$(file_of "$id")" 'From: rep@example.com' 'To: buyer@acme.example' 'X-Cadence-Contact: call' \
    "In-Reply-To: <$last>" "References: <$last>" 'Subject: Spoke with the foreman' \
    'format=flowed' 'Date: Wed, 01 Apr 2026 12:00:00 +0000'
  [[ $(file_of "$id") == "$mail"/cadence/* ]] || fail "$(file_of "$id")"
  run 0 cadence show acme.example
  says phone 'Spoke with the foreman'
}
t 'a call of ours is an attempt, in the thread' outbound

inbound() {
  fresh
  run 0 cadence log acme.example meeting in
  says 'id:cadence-' 'state: owed, was due'
  is owed "$(state acme.example)"
  is 0 "$(field acme.example .attempts)"
  is 1 "$(field acme.example .runs)"
  run 0 cadence log acme.example call out 'Answered by phone'
  is waiting "$(state acme.example)"
}
t 'what came to us ends the run' inbound

deleted() {
  fresh
  run 0 cadence log acme.example call --format=json
  newest
  new
  index
  is 3 "$(field acme.example .attempts)"
  run 0 cadence index --full
  is 3 "$(field acme.example .attempts)"
  rm "$(file_of "$id")"
  new
  now=2026-04-02T12:00:00Z index
  is 2 "$(now=2026-04-02T12:00:00Z field acme.example .attempts)"
  bears due "$last"
}
t 'it survives notmuch new, and is gone when it is deleted' deleted

when() {
  fresh
  run 0 cadence log acme.example post --at='yesterday 14:30' --format=json
  json '.after.last_attempt.date == "2026-03-31T14:30:00+00:00"'
  run 0 cadence log acme.example message --at=2026-03-10 --format=json
  newest
  holds "$(file_of "$id")" "In-Reply-To: <$first>" 'Subject: Message to acme.example'
  json '.after.last_attempt.date == "2026-03-31T14:30:00+00:00" and .after.attempts == 4'
  run 64 cadence log acme.example call --at=tomorrow
  complains 'still to come'
  run 64 cadence log acme.example call --at=03/04/2026
  complains '--at'
}
t '--at puts it in its place' when

whom() {
  fresh
  run 64 cadence log 'Oak Furniture' call
  complains '--to=ADDRESS'
  run 64 cadence log Oak Furniture call --to=buyer@acme.example
  complains 'is no address of Oak Furniture' 'match+='
  run 64 cadence log Oak Furniture call --to=nonsense
  run 0 cadence log Oak Furniture call in --to=boss@oak.example --format=json
  json '.before.state == "new" and .after.state == "owed"'
  newest
  is '' "$(grep -c In-Reply-To "$(file_of "$id")" | grep -v 0)"
  run 64 cadence log stranger.example call
  complains 'is no prospect yet'
  run 64 cadence log acme.example shout
  complains 'call, meeting, message, post'
  run 64 cadence log
  is 3 "$(notmuch count '*')"
}
t 'which address, and who is no prospect' whom

policy_of_log() {
  fresh
  policy <<<$'[scope]\nquery = from:rep@example.com\n[log]\nfolder = sent\ntags = contact inbox'
  notmuch config set new.tags 'inbox;unread;new'
  run 0 cadence log acme.example call --no-index --format=json
  newest
  is 'contact inbox' "$(notmuch search --output=tags "id:$id" | paste -sd ' ')"
  [[ $(file_of "$id") == "$mail"/sent/* ]] || fail "$(file_of "$id")"
}
t 'folder and tags are those of the policy; new.tags are not' policy_of_log

injected() {
  fresh
  run 0 cadence log acme.example call $'One\nBcc: eve@evil.example\n\nTwo\r\nX-Evil: yes\n\n>quoted\nFrom here\033[31m' --format=json
  newest
  local head && head=$(sed '/^\r*$/q' "$(file_of "$id")")
  ! grep -q -i -e '^bcc' -e '^x-evil' <<<"$head" || fail "$head"
  holds "$(file_of "$id")" 'Subject: One' ' >quoted' ' From here'
  ! grep -q $'\033' "$(file_of "$id")" || fail 'a control character'
  run 0 cadence log acme.example call $'Grüße an die Sägemühle, und ein Satz, der so lang ist, daß er umgebrochen werden muß' --format=json
  newest
  notmuch show --format=text "id:$id" >"$out"
  says 'Grüße an die Sägemühle'
}
t 'no header comes in by the text' injected

fails() {
  fresh
  mkdir "$dir/bin"
  printf '#!/bin/sh\n[ "$1" = config ] && exit 0\necho "disk full" >&2\nexit %s\n' 75 >"$dir/bin/notmuch"
  chmod +x "$dir/bin/notmuch"
  PATH=$dir/bin:$PATH run 75 cadence log acme.example call
  complains 'nothing was logged' 'disk full'
  sed -i 's/exit 75/exit 1/' "$dir/bin/notmuch"
  PATH=$dir/bin:$PATH run 74 cadence log acme.example call
  lock 14
  run 75 cadence log acme.example call
  kill "$holder"
  is 2 "$(notmuch count '*')"
  is '' "$(find "$mail/cadence" -type f 2>/dev/null)"
}
t 'where notmuch says no, nothing is half done' fails

done_testing
