#!/usr/bin/env bash
# check: the decision, its exit status, and what comes in.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# desk: alder was written to yesterday, birch answered, cedar opted out, fir is due.
desk() {
  box
  sent 2026-03-31 a@alder.example
  sent 2026-03-30 b@birch.example
  got 2026-03-31 b@birch.example && answered=$id
  sent 2026-03-01 c@cedar.example
  sent 2026-03-23 d@fir.example
  agreements <<<$'[Cedar]\nmatch = cedar.example\nopted-out = 2026-03-02'
  new && index
}

# draft TO [HEADER...]: writes ./draft.
draft() {
  printf 'From: Rep <rep@example.com>\nTo: %s\nSubject: Offer\n' "$1" >draft
  [ $# -eq 1 ] || printf '%s\n' "${@:2}" >>draft
  printf '\nThe price list of this spring is attached.\n' >>draft
}

early() {
  desk
  draft a@alder.example
  run 1 cadence check draft
  says warn too-soon 2026-04-03 id:m1@test.example
  run 1 cadence check --format=json draft
  json '.format == 1 and .decision == "warn" and .unknown == null'
  json '.reasons[0] | .id == "too-soon" and .severity == "warn" and .prospect == "alder.example" and
    (.message | length > 10) and (.rule | type) == "string" and .limit == "3bd 5bd 2w 1mo" and .until == "2026-04-03" and
    .evidence == ["id:m1@test.example"]'
  json '.index | (.revision | type) == "number" and .age == 0 and .stale == false'
  json '.prospects | length == 1'
}
t 'an early follow-up: warn, 1' early

answer() {
  desk
  draft b@birch.example "In-Reply-To: <$answered>" "References: <$answered>"
  run 0 cadence check draft
  is '' "$(grep -v '^send' "$out")"
  run 0 cadence check --format=json draft
  json '.decision == "send" and ([.reasons[] | select(.severity != "note")] == [])'
}
t 'an answer: send, 0' answer

due_one() {
  desk
  draft d@fir.example
  run 0 cadence check --format=json draft
  json '.decision == "send"'
}
t 'a follow-up that is due: send, 0' due_one

opted_out() {
  desk
  draft 'c@cedar.example, a@alder.example'
  run 2 cadence check draft
  says stop opted-out
  run 2 cadence check --format=json draft
  json '.decision == "stop" and .reasons[0].id == "opted-out" and .reasons[0].severity == "stop"'
  json '.prospects | length == 2'
  draft 'x@other.example' 'Cc: c@cedar.example'
  run 2 cadence check draft
  draft 'x@other.example' 'Bcc: c@cedar.example'
  run 2 cadence check draft
}
t 'opted out: stop, 2; in Cc and Bcc, too' opted_out

stranger() {
  desk
  draft 'Somebody <somebody@stranger.example>'
  run 0 cadence check draft
  silent
  run 0 cadence check --format=json draft
  json '.decision == "send" and .reasons == [] and .prospects == []'
  draft 'noreply@alder.example'
  run 0 cadence check draft
  silent
}
t 'a stranger: 0 and not a word' stranger

unknown() {
  box
  sent 2026-03-31 a@alder.example
  new # and no index
  draft a@alder.example
  run 69 cadence check draft
  complains 'notmuch cadence index'
  run 69 cadence check --format=json draft
  json '.decision == "unknown" and (.unknown | length > 10) and .index.revision == null and .index.age == null'
  agreements <<<$'[Cedar]\nmatch = cedar.example\nopted-out = 2026-03-02'
  draft 'a@alder.example, c@cedar.example'
  run 2 cadence check draft
  policy </dev/null
  draft a@alder.example
  run 0 cadence check draft
  draft c@cedar.example
  run 2 cadence check draft
}
t 'scope is set and the index has never run: unknown, 69' unknown

foreign() {
  desk
  notmuch compact --quiet # a new uuid
  draft new@person.example
  run 69 cadence check draft
  draft a@alder.example
  run 1 cadence check draft # what is known to be worse is said
}
t 'the index is of another database: unknown, 69' foreign

stale() {
  desk
  draft d@fir.example
  now=2026-04-04T12:00:00Z
  run 0 cadence check --format=json draft
  json '.index.stale and ([.reasons[].id] | contains(["stale-index"])) and .index.age == 3 * 86400'
}
t 'a stale index is noted' stale

rcpt() {
  desk
  draft x@stranger.example
  run 1 cadence check --rcpt=a@alder.example draft
  says too-soon
  run 2 cadence check --rcpt='<c@cedar.example>' --rcpt a@alder.example draft
  run 0 cadence check --rcpt=y@stranger.example draft
  run 65 cadence check --rcpt='no address' draft
  run 65 cadence check --rcpt= draft
}
t '--rcpt adds recipients of the envelope' rcpt

inputs() {
  desk
  draft a@alder.example
  local way
  for way in - /dev/stdin; do run 1 cadence check "$way" <draft; done
  run 1 cadence check <draft
  # shellcheck disable=SC2002 # a pipe is meant
  cat draft | run 1 cadence check
  run 66 cadence check nowhere
  complains nowhere
  run 66 cadence check .
  run 65 cadence check </dev/null
  complains empty
  run 65 cadence check <<<'no header at all'
  run 65 cadence check --format=json </dev/null
  json '.decision == "unknown" and (.unknown | length > 5)'
  run 66 cadence check --format=json nowhere
  json '.decision == "unknown"'
  run 65 cadence check <&-
  run 64 cadence check draft draft
  cp draft -- -draft
  run 1 cadence check -- -draft
  cp draft 'a draft'
  run 1 cadence check 'a draft'
}
t 'standard input, files, and what is neither' inputs

unfinished() {
  desk
  # As clients hand them over: no Date, no Message-ID, CRLF, 8-bit header, mbox line.
  printf 'To: a@alder.example\r\nSubject: x\r\n\r\nx\r\n' | run 1 cadence check
  printf 'From rep@example.com Mon Mar 30 10:00:00 2026\nTo: a@alder.example\nSubject: x\n\nx\n' | run 1 cadence check
  printf 'Subject: \xfcber\nTo: M\xfcller <a@alder.example>\n\n\xfc\n' | run 1 cadence check
  printf 'To: =?utf-8?b?w4RubmE=?= <a@alder.example>, =?nonsense?x?y?= <q@q.example>\n\nx' | run 1 cadence check
  printf 'To: a@alder.example' | run 1 cadence check
  printf 'TO:\n  a@alder.example\n\n' | run 1 cadence check
  printf 'To: x@x.example\nTo: A@ALDER.example\n\n' | run 1 cadence check
  printf 'To: team: a@alder.example;\n\n' | run 1 cadence check
}
t 'drafts that no client has finished' unfinished

nobody() {
  desk
  local head
  for head in 'Subject: x' 'To:' 'To: undisclosed-recipients:;' 'To: ,,,' 'To: <>' 'To: "' 'To: (' 'To: @' 'To: =?' 'To: <<<<<>>>>>'; do
    printf 'From: rep@example.com\n%s\n\nx\n' "$head" | run 0 cadence check
    silent
  done
}
t 'drafts without recipients: 0 and not a word' nobody

thousands() {
  desk
  local i
  {
    printf 'From: rep@example.com\nTo: a@alder.example'
    for ((i = 1; i <= 5000; i++)); do printf ',\n p%d@x%d.example' "$i" "$i"; done
    printf '\nSubject: x\n\nx\n'
  } >draft
  run 1 timeout 30 notmuch-cadence check --now="$now" --format=json draft
  json '.decision == "warn" and (.prospects | length == 1)'
}
t 'thousands of recipients' thousands

large() {
  desk
  { printf 'To: a@alder.example\nSubject: x\n\n' && head -c 52428800 /dev/zero | tr '\0' 'x'; } >draft
  run 1 timeout 30 notmuch-cadence check --now="$now" draft
  { printf 'To: a@alder.example\nSubject: x\n\n' && head -c 39000000 /dev/urandom | base64; } >draft
  run 1 timeout 30 notmuch-cadence check --now="$now" draft
  { printf 'To: a@alder.example\nX-Long: ' && head -c 52428800 /dev/zero | tr '\0' 'y' && printf '\n\nx\n'; } >draft
  run 1 timeout 30 notmuch-cadence check --now="$now" draft
  head -c 300000000 /dev/zero >draft
  run 65 timeout 30 notmuch-cadence check --now="$now" draft
  rm draft
}
t 'drafts of 50 MB, and larger than any' large

odd_bytes() {
  desk
  printf 'To: a@alder.example\nSubject: a\0b\n\n\0\0x\0' | run 1 cadence check --format=json
  json .
  printf '\0\0\0\0' | run 65 cadence check
  printf 'To: a@alder.example\nX: \0\nContent-Type: text/plain; charset=nonsense-8\nContent-Transfer-Encoding: base64\n\n!!!!\n' | run 1 cadence check
  printf 'To: a@alder.example\nContent-Type: multipart/mixed; boundary="b"\nContent-Transfer-Encoding: x-uuencode\n\n--b\n--b\n--b\n' | run 1 cadence check
  printf 'To: a@alder.example\nSubject: =?utf-8?q?=ff=fe=00?= \xff\xfe\n\n\xff\xfe\xc3\x28\n' | run 1 cadence check --format=json
  json .
  local i
  RANDOM=5
  for i in {1..20}; do
    head -c $((RANDOM % 4000)) /dev/urandom >draft
    cadence check draft >"$out" 2>"$err" || [ $? -eq 65 ] || fail 'noise'
    { printf 'To: a@alder.example\n' && cat draft; } | LC_ALL=C sed '2,$s/^$/x/' >noise
    cadence check --format=json noise >"$out" 2>"$err" || [ $? -le 2 ] || fail 'noise behind a header'
    json .
  done
}
t 'NUL bytes, broken encodings, noise' odd_bytes

writes_nothing() {
  desk
  local before
  before=$(fingerprint)
  draft a@alder.example
  run 1 cadence check draft
  run 0 cadence list
  is "$before" "$(fingerprint)"
  [ ! -e "$XDG_STATE_HOME" ] || fail 'a state folder was made'
}
t 'check writes nothing' writes_nothing

own_copy() {
  desk
  # The client has stored the draft, or a copy of what it is sending, before it asks.
  write_mail sent 'Rep <rep@example.com>' d@fir.example 2026-04-01T11:59:00Z 'Offer'
  new && index
  run 0 cadence check --format=json "$file"
  json '.decision == "send"'
}
t 'the draft itself, when it is stored already, does not count' own_copy

same_day() {
  desk
  now=2026-03-31T18:00:00Z
  draft a@alder.example
  run 0 cadence check draft
}
t 'a second mail on the same day' same_day

done_testing
