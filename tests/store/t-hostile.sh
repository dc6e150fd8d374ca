#!/usr/bin/env bash
# Mail that nobody would write, in a real database and as a draft: bounded time and memory, sound answers.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh disable=SC2154 # names of lib.sh and hook.sh
. "$(dirname "$0")/../lib.sh"
. "$root/tests/cli/hook.sh"

# bounded STATUS SECONDS MIB COMMAND...: as run, and it takes at most so much processor time, which a busy
# machine does not change, and memory. Where sanitizers watch, a tenth has to do.
watched=0 many=10000
if grep -q __asan "$BUILD"/plugin/libcadence.so; then watched=1 many=1000; fi
bounded() {
  run "$1" python3 - "$2" "$3" "$watched" "${@:4}" <<'PY'
import resource, subprocess, sys
seconds, mib, watched = (int(word) for word in sys.argv[1:4])
draft = open("draft", "rb") if "sendmail" in sys.argv else subprocess.DEVNULL
ended = subprocess.run(sys.argv[4:], stdin=draft).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
cpu, most = used.ru_utime + used.ru_stime, used.ru_maxrss // 1024
if cpu > seconds * (1 + 20 * watched) or (most > mib and not watched):
    sys.exit(f"{cpu:.1f} s, {most} MiB: {sys.argv[4:]}")
sys.exit(ended)
PY
}

# everywhere STATUS: all that reads mail, of a@acme.example, and ./draft, for which check exits with STATUS.
everywhere() {
  new 2>/dev/null
  bounded 0 4 96 notmuch-cadence index --now="$now" --full
  bounded 0 4 96 notmuch-cadence index --now="$now" --full
  bounded 0 2 96 notmuch-cadence list --now="$now" --all
  bounded 0 2 96 notmuch-cadence list --now="$now" --all --format=json
  json .
  bounded 0 2 96 notmuch-cadence show --now="$now" a@acme.example
  bounded 0 4 96 notmuch-cadence explain --now="$now" --format=json "$file"
  json '.kind | length > 0'
  bounded "$1" 2 96 notmuch-cadence check --now="$now" --format=json draft
  json '.decision == "send" or .decision == "warn"'
  recorder
  policy < <(printf '[scope]\nquery = from:rep@example.com\n[sendmail]\nwithin = 60s\ncommand = %s\n' "$work/recorder")
  bounded "$(($1 == 1 ? 77 : 0))" 2 96 notmuch-cadence sendmail --now="$now" -t
  went "$((1 - $1))"
  [ "$1" = 1 ] || cmp draft "$mta/1.mail"
}

# mailbox: a new one, with nothing sent from another case.
mailbox() {
  rm -rf "$XDG_STATE_HOME"
  box
}

# numbered N FORMAT: the format for 1 to N.
numbered() { seq "$1" | awk -v format="$2" '{ printf format, $1 }'; }

many_recipients() {
  mailbox
  sent 2026-03-31 "a@acme.example$(numbered $many ',\n p%d@acme.example')"
  draft "$(numbered $many 'p%d@acme.example,\n ')a@acme.example" "Cc: $(numbered $((many / 10)) 'p@d%d.example,\n ')x@x.example"
  everywhere 1
  is 1 "$(cadence list --all --format=json | jq '.prospects | length')"
}
t '10,000 recipients of one party' many_recipients

many_parties() {
  mailbox
  sent 2026-03-31 "a@acme.example$(numbered $((many / 10)) ',\n p@d%d.example')"
  draft "$(numbered $((many / 10)) 'p@d%d.example,\n ')a@acme.example"
  everywhere 1
  is $((many / 10 + 1)) "$(cadence list --all --format=json | jq '.prospects | length')"
}
t 'a mail to 1,001 parties' many_parties

many_references() {
  mailbox
  sent 2026-03-30 a@acme.example
  local first=$id
  got 2026-03-31 a@acme.example 'Re: Offer' "References: <$first>$(numbered $((many * 10)) '\n <ref%d@test.example>')"
  draft a@acme.example "References: <$first>$(numbered $((many * 10)) '\n <ref%d@test.example>')" "In-Reply-To: <$id>"
  everywhere 0
  is 1 "$(field acme.example .replies)"
}
t '100,000 references' many_references

deep_parts() {
  mailbox
  sent 2026-03-31 a@acme.example
  awk -v n=$many 'BEGIN {
    print "From: MAILER-DAEMON@acme.example\nTo: rep@example.com\nSubject: Undeliverable: Offer"
    print "Date: Tue, 31 Mar 2026 11:00:00 +0000\nMessage-ID: <nested@test.example>\nMIME-Version: 1.0"
    print "Content-Type: multipart/report; report-type=delivery-status; boundary=b0\n"
    for (i = 0; i < n; i++) printf "--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n", i, i + 1
    for (i = 0; i < n; i++) printf "--c\nContent-Type: message/rfc822\n\nSubject: x\n"
  }' | raw inbox
  draft a@acme.example
  { printf 'MIME-Version: 1.0\n' && cat "$file"; } >>draft
  everywhere 1
}
t 'parts 10,000 levels deep' deep_parts

long_headers() {
  mailbox
  local long
  long=$(head -c 1000000 /dev/zero | tr '\0' x)
  sent 2026-03-30 a@acme.example
  got 2026-03-31 "$long <a@acme.example>" "$long" "X-$long: $long" "Cc: $long@test.example" "Date: $long"
  draft "$long <a@acme.example>" "Subject: =?utf-8?q?$long?=" "In-Reply-To: <$long>" "$long" "Bcc: ($long"
  everywhere 0
  run 0 cadence list
  [ "$(wc -L <"$out")" -lt 200 ] || fail 'a line without an end'
}
t 'headers of a megabyte' long_headers

# times N TEXT: the text so many times.
times() { awk -v n="$1" -v text="$2" 'BEGIN { while (n-- > 0) printf "%s", text }'; }

long_bodies() {
  mailbox
  sent 2026-03-01 a@acme.example
  policy <<<$'[scope]\nquery = from:rep@example.com\n[severity]\nnothing-new = note'
  new && index
  local html='Content-Type: text/html' text='Content-Type: text/plain' one
  for one in "$html,<blockquote>" "$html,<div><b><" "$html,&" "$html,<!--" "$html,</p" "$html,x" "$html,<a href='" \
    "$text,>" "$text,> a\\n" "$text,On Monday the buyer wrote:\\n" "$text,-- \\n" "$text,just checking in " \
    "$text,From: a\\nTo: b\\n" "$text,until 4 May 2026 back on Monday " "$text,\\t" "$text,a\\n\\n" "$text,http://a.example/"; do
    draft a@acme.example 'MIME-Version: 1.0' "${one%%,*}"
    times $((many * 6)) "${one#*,}" >>draft
    bounded 0 6 128 notmuch-cadence explain --now="$now" --format=json draft
    json '.kind | length > 0'
    bounded 0 6 128 notmuch-cadence check --now="$now" --format=json draft
  done
}
t 'bodies that say one thing 60,000 times' long_bodies

look_alikes() {
  mailbox
  sent 2026-03-30 buyer@acme.com
  local first=$id from
  for from in buyer@acrne.com buyer@acme.com.evil.example buyer@notacme.com buyer@acme.co buyer@acme.corn \
    'buyer@асme.com' buyer@acme-com.example '"buyer@acme.com" <buyer@evil.example>' 'buyer@acme.com <buyer@evil.example>' \
    '=?utf-8?q?buyer=40acme=2Ecom?= <buyer@evil.example>' 'buyer@acmе.com' buyer%acme.com@evil.example '"buyer@acme.com"@evil.example'; do
    got 2026-03-31 "$from" 'Re: Offer' "In-Reply-To: <$first>" "References: <$first>"
  done
  new && index
  is acme.com "$(prospects)" 'prospects'
  is 'waiting 0' "$(state acme.com) $(field acme.com .replies)"
  got 2026-03-31 Buyer@ACME.com && new && index
  is 'owed 1' "$(state acme.com) $(field acme.com .replies)" 'the buyer indeed'
}
t 'who only looks alike answers for nobody' look_alikes

options() {
  mailbox
  sent 2026-03-31 '-oQ/tmp@acme.example, "--format=json"@birch.example, -x@-cedar.example'
  new && index
  run 0 cadence show -- -oq/tmp@acme.example
  run 0 cadence show --format=json -- --format=json@birch.example
  json '.prospects[0].prospect == "birch.example"'
  run 64 cadence show -oQ/tmp@acme.example
  run 0 cadence agree -- -oq/tmp@acme.example every=30d
  is 30d "$(field acme.example .agreement.every)"
  draft '-oQ/tmp@acme.example, "--format=json"@birch.example'
  recorder
  desk_policy
  run 77 hook -t
  went 0
  run 0 cadence allow
  run 0 hook -i -- -oQ/tmp@acme.example --format=json@birch.example
  is "$(printf '%s\n' -i -- -oQ/tmp@acme.example --format=json@birch.example)" "$(cat "$mta/1.args")" 'arguments of the MTA'
}
t 'addresses that begin with a dash are no options' options

same_id() {
  mailbox
  sent 2026-03-30 a@acme.example
  local first=$id
  new
  got 2026-03-31 a@acme.example
  sed -i "s/^Message-ID: .*/Message-ID: <$first>/" "$file"
  new && index
  is 'waiting 1 0' "$(state acme.example) $(field acme.example .attempts) $(field acme.example .replies)" 'another mail by that id'
  sent 2026-03-31 a@acme.example
  cp "$file" "$mail/inbox/cur/again:2,S"
  new && index
  is 2 "$(field acme.example .attempts)" 'a mail that is stored twice'
}
t 'one Message-ID, several files' same_id

odd_dates() {
  mailbox
  local date
  for date in 'Thu, 1 Jan 0000 00:00:00 +0000' 'Fri, 31 Dec 9999 23:59:59 +0000' 'Fri, 31 Dec 9999 23:59:59 -9999' \
    'Mon, 1 Jan 1 00:00 +0000' 'Thu, 1 Jan 1970 00:00:00 +0000' 'Fri, 1 Jan 292277026597 00:00:00 +0000' \
    '99 Foo 2026 99:99:99 +9999' '-1' '' 'Tue, 31 Mar 2026 10:00:00 +99999999999'; do
    sent 2026-03-30 a@acme.example
    sed -i "s/^Date: .*/Date: $date/" "$file"
    got 2026-03-30 b@birch.example
    sed -i "s/^Date: .*/Date: $date/" "$file"
  done
  sent 2026-03-20 b@birch.example
  draft a@acme.example
  new 2>/dev/null
  everywhere 1
  run 0 cadence list --all --format=json
  json '[.prospects[] | .last_attempt, .last_reply | select(. != null).date] | all(. == null or . <= "2026-04-01T12:00:00+00:00")'
}
t 'dates of years 0 and 9999' odd_dates

done_testing
