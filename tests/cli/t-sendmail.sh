#!/usr/bin/env bash
# sendmail: who is asked about, what is refused, what goes to the MTA and how.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/cli/hook.sh
. "$root/tests/cli/hook.sh"

refused() {
  desk
  draft a@alder.example
  run 77 hook -t
  went 0
  is '' "$(cat "$out")" 'standard output'
  complains 'not sent' alder.example too-soon 2026-03-31 'Spring offer' 'fine from 2026-04-03' \
    'Send it anyway:' "notmuch cadence agree alder.example"
  [ "$(wc -l <"$err")" -le 8 ] || fail "$(wc -l <"$err") lines"
  is '' "$(awk 'length > 80' "$err")" 'lines over 80 columns'
}
t 'an early follow-up: refused, 77, nothing sent' refused

stopped() {
  desk
  draft c@cedar.example
  run 77 hook -t
  complains opted-out Cedar --reason=
  went 0
  run 64 cadence allow
  run 77 hook -t
  run 0 cadence allow --reason='they rang and asked for it'
  run 0 hook -t
  went 1
}
t 'a stop: only with a reason' stopped

unconcerned() {
  desk
  draft stranger@elsewhere.example
  run 0 hook -oi -f rep@example.com -- stranger@elsewhere.example
  silent
  went 1
  same draft "$mta/1.mail"
  is '-oi -f rep@example.com -- stranger@elsewhere.example' "$(paste -sd ' ' "$mta/1.args")"
  [ ! -e "$state/sent" ] || fail 'noted in the journal'
}
t 'a mail to a stranger: straight to the MTA' unconcerned

fine() {
  desk
  draft b@birch.example "In-Reply-To: <$answered>" "References: <$answered>"
  run 0 hook -t
  silent
  draft d@fir.example
  run 0 hook -t
  silent
  went 2
  same draft "$mta/2.mail"
}
t 'an answer, and a follow-up that is due: sent in silence' fine

# Who is written to decides: not the header where the command line says it, and both under -t.
recipients() {
  desk
  draft stranger@elsewhere.example
  run 77 hook -i a@alder.example
  run 77 hook -t a@alder.example
  run 77 hook -i -- a@alder.example
  run 77 hook -i -f rep@example.com -F 'The Rep' -N never -O x=y -X log stranger@elsewhere.example A@ALDER.example
  run 0 hook -f a@alder.example stranger@elsewhere.example
  draft a@alder.example
  run 0 hook colleague@team.example
  run 77 hook -t
  draft stranger@elsewhere.example 'Bcc: a@alder.example'
  run 77 hook -t
  run 0 hook stranger@elsewhere.example
  # What is sent on as it is goes to whom it is sent on, and to the command line's.
  draft stranger@elsewhere.example $'Resent-From: rep@example.com\nResent-To: A <a@alder.example>'
  run 77 hook -t
  run 0 hook stranger@elsewhere.example
  draft a@alder.example $'Resent-From: rep@example.com\nResent-To: stranger@elsewhere.example'
  run 0 hook -t
  run 77 hook -t a@alder.example
  draft a@alder.example 'Bcc: c@cedar.example'
  run 77 hook -t
  complains opted-out too-soon
  printf 'no header at all\n' >draft
  run 77 hook a@alder.example
  : >draft
  run 77 hook a@alder.example
  run 0 hook root
  went 6
}
t 'the recipients of the envelope' recipients

alias() {
  desk
  draft stranger@elsewhere.example
  # This name has no options of its own: these are the MTA's, and the clock is the real one.
  run 0 cadence-sendmail --mta=/nowhere -t <draft
  is '--mta=/nowhere -t' "$(paste -sd ' ' "$mta/1.args")"
  run 77 cadence-sendmail -t --help <<<$'From: rep@example.com\nTo: c@cedar.example\n\nx'
  went 1
}
t 'cadence-sendmail: every argument is for the MTA' alias

options() {
  desk
  draft stranger@elsewhere.example
  desk_policy
  recorder 'exit 3'
  cp "$work/recorder" "$work/other"
  run 3 hook --mta="$work/other --more 'two words'" -t
  is "--more two words -t" "$(paste -sd ' ' "$mta/1.args")"
  run 3 hook --mta "$work/other" --client=aerc --confirm 10min -- stranger@elsewhere.example
  is "-- stranger@elsewhere.example" "$(paste -sd ' ' "$mta/2.args")"
  run 64 hook --confirm=10 -t
  run 64 hook --confirm=25h -t
  run 64 hook --confirm=-5s -t
  went 2
  run 0 notmuch-cadence sendmail --help
  says --mta= --confirm= --client=
}
t 'its own options stand first' options

other_modes() {
  desk
  run 64 hook -bs
  complains -bs
  went 0
  echo 'nothing to judge' >draft
  for mode in -bp -bi -q -q15m -bv; do
    run 0 hook "$mode"
  done
  went 5
  run 0 hook -bm stranger@elsewhere.example
  went 6
}
t '-bs is refused, what submits nothing is handed over' other_modes

allowed() {
  desk
  draft a@alder.example
  run 66 cadence allow
  run 66 cadence why
  run 77 hook -t
  run 0 cadence why
  says too-soon 2026-04-03 id:m1@test.example
  run 0 cadence why --format=json
  json '.decision == "warn" and .until == "2026-04-03" and .allowed == null and (.summary | length > 5) and
    .reasons[0].id == "too-soon" and .reasons[0].evidence == ["id:m1@test.example"]'
  run 0 cadence allow --reason='for once'
  run 0 cadence why --format=json
  json '.allowed != null and .leave_reason == "for once"'
  run 0 hook -t
  silent
  went 1
  same draft "$mta/1.mail"
}
t 'allow lets it go once' allowed

once() {
  desk
  draft a@alder.example
  run 77 hook -t
  cadence allow
  run 0 hook -t
  draft a@alder.example
  run 0 hook -t # of the same day: part of it
  later 86400
  draft a@alder.example
  run 77 hook -t
  went 2
  run 0 cadence allow
  later 3601
  run 77 hook -t
  later 3601
  run 66 cadence allow
  complains 'more than an hour'
}
t 'once, and for an hour' once

# What is allowed is what was shown, to those to whom it was.
bound() {
  desk
  draft a@alder.example
  run 77 hook -t
  cadence allow
  draft 'a@alder.example, d@fir.example'
  run 77 hook -t
  draft a@alder.example
  cadence agree --no-index alder.example via=phone >/dev/null
  run 77 hook -t
  complains wrong-channel
  cadence allow
  run 0 hook -t
  went 1
}
t 'a leave is bound to recipients and reasons' bound

not_used_up() {
  desk
  draft a@alder.example
  run 77 hook -t
  cadence allow
  recorder 'exit 75'
  run 75 hook -t
  run 75 hook -t
  recorder
  run 0 hook -t
  went 1
}
t 'a leave outlasts an MTA that says no' not_used_up

of_a_draft() {
  desk
  draft a@alder.example
  run 0 cadence allow draft
  run 0 hook -t
  went 1
  draft stranger@elsewhere.example
  run 0 cadence allow - <draft
  draft stranger@elsewhere.example
  run 64 cadence allow --rcpt=c@cedar.example draft
  run 0 cadence allow --rcpt=c@cedar.example --reason=why draft
  run 0 hook stranger@elsewhere.example c@cedar.example
  went 2
  run 66 cadence allow nowhere
}
t 'allow for a draft that a client has shown' of_a_draft

confirmed() {
  desk
  draft a@alder.example
  run 77 hook --confirm=10min -t
  complains 'send it again within 10 minutes'
  later 1
  run 77 hook --confirm=10min -t
  later 5
  run 77 hook -t # who was not told of it
  later 5
  run 0 hook --confirm=10min -t
  went 1
  later 86400
  draft a@alder.example
  run 77 hook --confirm=90s -t
  complains 'within 90 seconds'
  later 91
  run 77 hook --confirm=90s -t
  later 30
  run 0 hook --confirm=90s -t
  went 2
}
t 'the second try, within the time, is an answer' confirmed

not_confirmed() {
  desk
  draft c@cedar.example
  run 77 hook --confirm=10min -t
  complains --reason=
  later 10
  run 77 hook --confirm=10min -t
  went 0
  draft a@alder.example
  run 77 hook --confirm=10min -t
  later 10
  cadence agree --no-index alder.example via=phone >/dev/null
  run 77 hook --confirm=10min -t
  later 10
  run 0 hook --confirm=10min -t
  went 1
}
t 'but not to a stop, and not with a new reason' not_confirmed

journal() {
  desk
  draft d@fir.example
  run 0 hook -t
  is 2 "$(field fir.example .attempts)"
  is waiting "$(state fir.example)"
  later 86400
  draft d@fir.example
  run 77 hook -t
  complains too-soon
  is 600 "$(stat -c %a "$state/sent")"
  is 700 "$(stat -c %a "$state")"
  is '' "$(grep -r -e 'price list' -e Offer "$state" || true)" 'text of the mail that was kept'
  # The copy arrives: the journal has done its work.
  cp "$mta/1.mail" "$mail/sent/cur/copy:2,S"
  new
  is 2 "$(field fir.example .attempts)"
  index
  is 0 "$(wc -l <"$state/sent")"
  is 2 "$(field fir.example .attempts)"
}
t 'what was sent counts before it is indexed, and once' journal

journal_same_day() {
  desk
  draft d@fir.example
  run 0 hook -t
  later 3600
  draft d@fir.example
  run 0 hook -t
  is 2 "$(field fir.example .attempts)"
  is 3 "$(field fir.example .outbound)"
}
t 'two mails on one day are one attempt' journal_same_day

missing_copies() {
  desk
  draft d@fir.example
  run 0 hook -t
  run 0 cadence list
  is '' "$(cat "$err")"
  later 90000
  run 0 cadence list
  complains '1 mail that was sent more than a day ago is not in notmuch'
  later $((30 * 86400))
  run 0 cadence list
  is '' "$(cat "$err")"
  is waiting "$(now=2026-04-02T12:00:00Z state fir.example)"
  index
  is 0 "$(wc -l <"$state/sent")"
}
t 'sent mail that never reaches notmuch: list says so' missing_copies

without_id() {
  desk
  printf 'From: rep@example.com\nTo: d@fir.example\nSubject: x\n\nx\n' >draft
  run 0 hook -t
  is 2 "$(field fir.example .attempts)"
  sent '2026-04-01 12:01' d@fir.example
  new
  is 2 "$(field fir.example .outbound)"
  index
  is 0 "$(wc -l <"$state/sent")"
}
t 'a mail whose Message-ID the MTA makes is told by its time' without_id

swept() {
  desk
  draft a@alder.example
  run 77 hook -t
  draft c@cedar.example
  run 77 hook -t
  is 2 "$(find "$state/refused" -type f | wc -l)"
  is '' "$(find "$state" ! -type d ! -perm 600)" 'files that others may read'
  echo '{"half' >"$state/refused/x.json"
  later $((31 * 86400))
  draft a@alder.example 'Cc: c@cedar.example'
  run 77 hook -t
  is 1 "$(find "$state/refused" -type f | wc -l)"
}
t 'old refusals are forgotten' swept

itself() {
  desk
  draft stranger@elsewhere.example
  run 69 hook --mta=cadence-sendmail -t
  complains 'is this program'
  run 69 hook --mta="$BUILD/plugin/cli/notmuch-cadence sendmail" -t
  # shellcheck disable=SC2016 # for the script
  printf '#!/bin/sh\nexec cadence-sendmail "$@"\n' >"$work/loop"
  chmod 755 "$work/loop"
  desk_policy
  sed -i "s|^command = .*|command = $work/loop|" "$NOTMUCH_CADENCE_DIR/policy.ini"
  run 78 hook -t
  complains 'called by itself'
  draft d@fir.example
  run 78 hook -t
  went 0
}
t 'never its own MTA' itself

hostile_text() {
  desk
  sent 2026-03-31 'x@"evil.example' $'\e]0;title\a\e[31mRed'
  sent '2026-03-31 11:00' a@alder.example $'Sub\e[2Jject =?utf-8?q?=1B[2J=E2=80=AE?= end'
  new
  draft a@alder.example
  run 77 hook -t
  is '' "$(LC_ALL=C grep -n -P '[\x00-\x08\x0b-\x1f\x7f]' "$err" || true)" 'control characters'
  is '' "$(grep -n $'\u202e' "$err" || true)" 'bidirectional controls'
}
t 'nothing from mail reaches the terminal raw' hostile_text

done_testing
