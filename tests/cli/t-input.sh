#!/usr/bin/env bash
# check: whatever a draft looks like, a verdict or a clear refusal; in JSON always an answer.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh disable=SC2119
. "$(dirname "$0")/../lib.sh"

box
sent 2026-03-31 buyer@acme.example 'Offer'
new
index
draft=$work/draft
printf 'From: rep@example.com\nTo: buyer@acme.example\nSubject: Offer\n\nThe list of spare parts is ready now.\n' >"$draft"
printf 'To: stranger@else.example\n\nHello\n' >"$work/stranger"

verdicts() {
  run 1 cadence check "$draft"
  says 'warn: fine from 2026-04-03' too-soon "id:m1@test.example"
  is '' "$(cat "$err")"
  run 1 cadence check <"$draft"
  run 1 cadence check - <"$draft"
  run 1 cadence check --format=json "$draft"
  json '.format == 1 and .decision == "warn" and .unknown == null'
  json '.reasons[0] | .id == "too-soon" and .severity == "warn" and .until == "2026-04-03" and .evidence == ["id:m1@test.example"]'
  json '.prospects[0] | .prospect == "acme.example" and .attempts == 1 and .agreement == null'
  json '.index | has("revision") and has("age") and .stale == false'
}
t 'text, JSON, standard input' verdicts

nobody() {
  run 0 cadence check "$work/stranger"
  silent
  run 0 cadence check --format=json "$work/stranger"
  json '.decision == "send" and .prospects == [] and .reasons == []'
  printf 'Subject: to nobody\n\nHello\n' >"$work/nobody"
  run 0 cadence check "$work/nobody"
  silent
}
t 'a draft to nobody in scope passes without a word' nobody

envelope() {
  run 1 cadence check --rcpt=buyer@acme.example "$work/stranger"
  run 1 cadence check --rcpt=other@else.example --rcpt='<Buyer@ACME.example>' "$work/nobody"
  run 65 cadence check --rcpt='not an address' "$work/stranger"
  complains 'not an address'
}
t 'recipients of the envelope' envelope

# refused STATUS WORD: by text and JSON alike.
refused() {
  run "$1" cadence check "$work/bad"
  complains "$2"
  is '' "$(cat "$out")"
  run "$1" cadence check --format=json "$work/bad"
  json '.decision == "unknown" and (.unknown | length > 0) and .prospects == [] and .index.age == null'
}

bad_input() {
  rm -f "$work/bad" && refused 66 'No such file'
  mkdir "$work/bad" && refused 66 'directory' && rmdir "$work/bad"
  : >"$work/bad" && refused 65 'empty'
  echo 'no header at all' >"$work/bad" && refused 65 'no mail'
  printf '\0\0\0\0' >"$work/bad" && refused 65 'no mail'
  head -c 300000 /dev/urandom | tr -d ':' >"$work/bad" && refused 65 'no mail'
  run 65 bash -c 'notmuch-cadence check <&-'
}
t 'what is no mail' bad_input

odd_input() {
  { printf 'To: =?utf-8?q?=1b[31m?= <buyer@acme.example>, \xff\xfe@\xff\nSubject: \xff\xe2\x80\xae\0\x1b[2J\n\n'
    printf '\0\0\xff\n'; } >"$work/odd"
  run 1 cadence check "$work/odd"
  ! LC_ALL=C grep -q $'[\e\x01-\x08]' "$out" || fail 'control characters came out'
  run 1 cadence check --format=json "$work/odd"
  json '.decision == "warn"'
  printf 'TO:\r\n buyer@acme.example\r\nSubject: x\r\n\r\n' >"$work/odd"
  run 1 cadence check "$work/odd"
}
t 'broken encodings, NUL bytes, other line ends' odd_input

large_input() {
  { cat "$draft"; head -c 50000000 /dev/zero | tr '\0' 'x'; } >"$work/large"
  run 1 timeout 20 notmuch-cadence check --now="$now" "$work/large"
  rm "$work/large"
  { printf 'To: buyer@acme.example'; for ((i = 0; i < 5000; i++)); do printf ',\n p%d@p%d.example' $i $i; done
    printf '\n\nHello\n'; } >"$work/many"
  run 1 timeout 60 notmuch-cadence check --now="$now" "$work/many"
  truncate -s 300M "$work/huge"
  run 65 cadence check "$work/huge"
  complains '256 MiB'
  rm "$work/huge"
}
t 'fifty megabytes, and thousands of recipients' large_input

unanswerable() {
  NOTMUCH_CONFIG=$work/nowhere run 69 cadence check "$draft"
  NOTMUCH_CONFIG=$work/nowhere run 69 cadence check --format=json "$draft"
  json '.decision == "unknown"'
  box never-indexed
  run 69 cadence check --format=json "$draft"
  json '.decision == "unknown"'
  place box
  mkdir -p "$work/faulty"
  echo '[scop]' >"$work/faulty/policy.ini"
  NOTMUCH_CADENCE_DIR=$work/faulty run 78 cadence check --format=json "$draft"
  json '.decision == "unknown" and (.unknown | contains("policy.ini:1"))'
}
t 'where the question cannot be answered it says so' unanswerable

done_testing
