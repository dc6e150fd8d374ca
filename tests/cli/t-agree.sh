#!/usr/bin/env bash
# agree: what it writes, what it says, whom it means, and what it refuses.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

box
sent 2026-03-02 buyer@acme.example 'A mill'
got 2026-03-04 'Buyer <buyer@acme.example>' 'Re: A mill' "In-Reply-To: <$id>" && said=$id
sent 2026-03-05 buyer@acme.example 'Re: A mill' "In-Reply-To: <$id>"
sent 2026-03-30 'one@first.example, two@second.example' 'To two' && both=$id
got 2026-03-10 'Stranger <stranger@third.example>' 'Hello' && stranger=$id
agreements <<'INI'
# kept
[Maple Timber]
match = maple.example   other@elsewhere.example
every = 2w
INI
new
index

# fresh: the mailbox as it is above, for a case that writes.
fresh() {
  place box
  copy_box "${FUNCNAME[1]}"
}
file() { cat "$NOTMUCH_CADENCE_DIR/agreements.ini"; }

begins() {
  fresh
  run 0 cadence agree acme.example every=1mo stage=qualified
  says acme.example 'every' '1mo' 'next: 2026-04-02, was 2026-03-10; state: waiting, was due'
  is "$(file | tail -n +5)" '
[acme.example]
match = acme.example
every = 1mo
stage = qualified
agreed-on = 2026-04-01'
  is '# kept' "$(file | head -n 1)"
  is waiting "$(tags m3@test.example)"
}
t 'a prospect of scope gets a group, and its tag is up to date' begins

by_mail() {
  fresh
  run 0 cadence agree "id:$said" 'every=1mo' via=phone --format=json
  json '.format == 1 and .prospect == "acme.example" and .changed == ["match", "every", "via", "agreed-on", "evidence"]'
  json '.before.state == "due" and .after.state == "waiting" and .after.next == "2026-04-02"'
  json '.before.agreement == null and .after.agreement.agreed_on == "2026-03-04"'
  json '.after.agreement.evidence == "id:" + $id' --arg id "$said"
  run 0 cadence agree acme.example note='likes short mails' --format=json
  json '.changed == ["note"] and .after.agreement.agreed_on == "2026-03-04"'
  run 64 cadence agree 'thread:{id:m5@test.example} and from:nobody@x.example' stage=lead
}
t 'the mail that names the party is the evidence, and its day the day' by_mail

evidence() {
  fresh
  run 0 cadence agree acme.example every=1mo "--evidence=id:$said"
  is "$(file | grep -c "evidence = id:$said")" 1
  is "$(file | grep agreed-on)" 'agreed-on = 2026-03-04'
  run 64 cadence agree acme.example every=2mo --evidence=id:nowhere@example.com
  complains 'knows no mail id:nowhere@example.com'
  run 64 cadence agree acme.example every=2mo --evidence=from:somebody
  complains '--evidence takes one mail'
  is "$(file | grep every | tail -n 1)" 'every = 1mo'
}
t '--evidence is a mail that there is' evidence

several() {
  fresh
  local before && before=$(file)
  run 64 cadence agree "id:$both" every=1mo
  complains 'means several: first.example, second.example; name one of them'
  run 64 cadence agree 'maple timbr' every=1mo
  complains 'did you mean "Maple Timber"'
  run 64 cadence agree 'nobody like that' every=1mo
  complains 'no prospect is called' match=
  run 64 cadence agree id:none@example.com every=1mo
  complains 'finds no mail'
  run 64 cadence agree rep@example.com every=1mo
  complains 'one of our own'
  run 64 cadence agree
  complains 'agree needs a prospect'
  run 64 cadence agree acme.example evry=1mo
  complains 'did you mean "every"'
  run 64 cadence agree acme.example every=1mo stray
  complains '"stray" is no key=value'
  is "$before" "$(file)"
}
t 'nobody, several and slips are refused, and nothing is written' several

strangers() {
  fresh
  run 0 cadence agree "id:$stranger" every=1mo --name='Third Party' --format=json
  json '.prospect == "Third Party" and .after.agreement.match == ["third.example"]'
  run 64 cadence agree 'Third Party' --name=Another
  complains 'is called "Third Party" already'
  run 0 cadence agree somebody@free.example stage=lead --format=json
  json '.prospect == "free.example" and .before == null and .after.state == "new"'
  run 0 cadence agree 'Two Houses' 'match=a.example b.example' every=2w --format=json
  json '.after.agreement.match == ["a.example", "b.example"]'
  run 0 cadence agree somebody@gmail.com stage=lead --format=json
  json '.prospect == "somebody@gmail.com"'
}
t 'whoever is no prospect yet becomes one' strangers

merges() {
  fresh
  run 0 cadence agree acme.example stage=lead
  run 0 cadence agree 'Maple Timber' match+=new@more.example match-=other@elsewhere.example --format=json
  json '.changed == ["match"] and .after.agreement.match == ["maple.example", "new@more.example"]'
  run 78 cadence agree Maple Timber match+=acme.example
  complains 'acme.example' 'Maple Timber'
  run 78 cadence agree 'Maple Timber' match-=stranger.example
  run 0 cadence agree new@more.example every= --format=json
  json '.prospect == "Maple Timber" and .after.agreement.every == null'
}
t 'match grows and shrinks; an address claimed twice is refused' merges

days() {
  fresh
  run 0 cadence agree acme.example 'stop-on=in 3 weeks' hold-until=tomorrow --format=json
  json '.after.agreement.stop_on == "2026-04-22" and .after.agreement.hold_until == "2026-04-02"'
  run 64 cadence agree acme.example stop-on=03/04/2026
  complains 2026-03-04 2026-04-03
  run 64 cadence agree acme.example stop-on=never
  local status=0
  cadence agree acme.example every=sometimes >"$out" 2>"$err" || status=$?
  isnt 0 "$status"
  complains every sometimes
}
t 'days as people type them; ambiguous ones are refused' days

same() {
  fresh
  run 0 cadence agree acme.example every=1mo
  local before && before=$(file)
  now=2026-04-02T12:00:00Z run 0 cadence agree acme.example every=1mo
  says 'nothing changes'
  run 0 cadence agree acme.example every=1mo --format=json
  json '.changed == [] and .before.next == .after.next'
  is "$before" "$(file)"
}
t 'what it says already is not written again' same

terms() {
  fresh
  run 0 cadence agree 'Maple Timber'
  says 'Maple Timber' Terms 'every' '2w' agreements.ini
  run 0 cadence agree acme.example --format=json
  json '.prospects[0].prospect == "acme.example" and .prospects[0].agreement == null'
  is '# kept' "$(file | head -n 1)"
}
t 'without keys and without a terminal the terms are printed' terms

asks() {
  fresh
  printf '%s\n' nonsense 1mo '' '' qualified '' '' '' 'by phone' |
    run 0 "$root/tests/cli/at-terminal" notmuch-cadence agree "--now=$now" acme.example
  says 'Enter keeps' 'every (interval' 'nonsense' 'next: 2026-04-02'
  is '[acme.example]
match = acme.example
every = 1mo
stage = qualified
note = by phone
agreed-on = 2026-04-01' "$(file | tail -n 6)"
  local before && before=$(file)
  printf '3mo\n' | run 0 "$root/tests/cli/at-terminal" notmuch-cadence agree "--now=$now" acme.example
  says 'nothing was changed'
  is "$before" "$(file)"
}
t 'on a terminal it asks; what cannot be read is asked again; Ctrl-D writes nothing' asks

tags() {
  fresh
  run 0 cadence agree acme.example every=1mo --no-index
  bears due m3@test.example
  lock 8
  run 0 cadence agree acme.example every=1w
  complains 'not up to date yet' 'notmuch cadence index'
  kill "$holder"
  is "$(file | grep '^every' | tail -n 1)" 'every = 1w'
}
t 'a locked database is a note, for the file has landed' tags

faults() {
  fresh
  chmod a-w "$NOTMUCH_CADENCE_DIR"
  if [ "$(id -u)" != 0 ]; then
    run 74 cadence agree acme.example every=1mo
    complains agreements.ini
  fi
  chmod u+w "$NOTMUCH_CADENCE_DIR"
  echo '[Broken' >>"$NOTMUCH_CADENCE_DIR/agreements.ini"
  run 78 cadence agree acme.example every=1mo
  complains agreements.ini
}
t 'a file at fault is not touched' faults

at_once() {
  fresh
  local i
  for i in {1..50}; do cadence agree "p$i.example" every=1mo --no-index >/dev/null 2>"$dir/err.$i" & done
  wait
  is 50 "$(file | grep -c '^\[p')"
  is '' "$(cat "$dir"/err.*)"
  run 0 cadence config
}
t 'fifty at once all land' at_once

hostile() {
  fresh
  sent 2026-03-30 'evil@evil.example' $'Red \033[31mhat'
  new && index
  run 64 cadence agree $'no\033[31mbody' every=1mo
  ! grep -q $'\033' "$err" || fail 'an escape sequence on standard error'
  run 64 cadence agree evil.example $'note=a\033[31mb'
  ! grep -q $'\033' "$err" || fail 'an escape sequence on standard error'
  run 0 cadence agree evil.example stage=lead
  ! grep -q $'\033' "$out" || fail 'an escape sequence on standard output'
}
t 'nothing from outside reaches the terminal raw' hostile

done_testing
