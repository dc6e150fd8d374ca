#!/usr/bin/env bash
# Who is a prospect, and whose mail is whose: compared exactly, whatever the words of the index say.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# outbound NAME: how many of our mails the prospect got, "" for none of that name.
outbound() { field "$1" .outbound; }

by_domain() {
  box
  sent 2026-03-01 a@alder.example
  sent 2026-03-02 b@sales.alder.example
  sent 2026-03-03 c@birch.example
  new && index
  is 'alder.example birch.example' "$(prospects)"
  is 2 "$(outbound alder.example)"
}
t 'group = domain: by registrable domain' by_domain

by_address() {
  box
  policy <<<$'[scope]\nquery = from:rep@example.com\ngroup = address'
  sent 2026-03-01 'a@alder.example, b@alder.example'
  sent 2026-03-02 b@sales.alder.example
  new && index
  is 'a@alder.example b@alder.example b@sales.alder.example' "$(prospects)"
}
t 'group = address' by_address

free_mail() {
  box
  sent 2026-03-01 'one.person@gmail.com, other.person@gmail.com'
  sent 2026-03-02 'a@alder.co.uk, b@birch.co.uk'
  new && index
  is 'alder.co.uk birch.co.uk one.person@gmail.com other.person@gmail.com' "$(prospects)"
}
t 'free mail by address, public suffixes are nobody' free_mail

us_and_team() {
  box
  policy <<<$'[scope]\nquery = from:rep@example.com\nteam = example.com, colleague@elsewhere.example\nignore = ignored.example, one@partly.example'
  sent 2026-03-01 'rep@team.example, boss@example.com, colleague@elsewhere.example, a@alder.example'
  sent 2026-03-02 'x@ignored.example, y@sub.ignored.example, one@partly.example, two@partly.example'
  write_mail sent 'Colleague <colleague@elsewhere.example>' a@alder.example 2026-03-31 'From a colleague'
  local colleague=$id
  write_mail sent 'Rep <rep@team.example>' a@alder.example 2026-03-05 'From my other address'
  new && index
  is 'alder.example partly.example' "$(prospects)"
  is 3 "$(outbound alder.example)"
  bears waiting "$colleague"
}
t 'us, team and ignore are no prospects; a colleague'\''s mail is ours' us_and_team

machines() {
  box
  policy <<<$'[scope]\nquery = *'
  sent 2026-03-01 'noreply@alder.example, discuss@lists.birch.example, birch-request@birch.example'
  got 2026-03-02 'MAILER-DAEMON@cedar.example' 'Returned'
  got 2026-03-03 'news@fir.example' 'News' 'List-Id: <news.fir.example>' 'List-Unsubscribe: <mailto:u@fir.example>' 'Precedence: bulk'
  sent 2026-03-04 'talk@hazel.example'
  write_mail inbox 'x@elm.example' 'talk@hazel.example' 2026-03-05 'On the list' \
    'List-Post: <mailto:talk@hazel.example>' 'List-Id: <talk.hazel.example>'
  got 2026-03-06 'person@oak.example' 'Hello'
  new && index
  is 'oak.example' "$(prospects)"
}
t 'lists, no-reply and daemons never become prospects' machines

cc_is_no_scope() {
  box
  sent 2026-03-01 a@alder.example 'Offer' 'Cc: b@birch.example'
  new && index
  is alder.example "$(prospects)"
  # Once it is one, its Cc and Bcc are contacts.
  sent 2026-03-05 b@birch.example
  sent 2026-03-30 a@alder.example 'Offer' 'Bcc: b@birch.example'
  new && index
  is 3 "$(outbound birch.example)"
  bears waiting "$id"
}
t 'Cc does not make a prospect, but counts as a contact' cc_is_no_scope

never_spreads() {
  box
  policy <<<$'[scope]\nquery = tag:waiting or tag:due or tag:lead'
  sent 2026-03-30 a@alder.example
  sent 2026-03-30 b@birch.example
  new
  notmuch tag +lead id:m1@test.example
  index && index --full && index --full
  is alder.example "$(prospects)"
}
t 'a scope by tag takes in no one that the index tagged' never_spreads

inbound_scope() {
  box
  policy <<<$'[scope]\nquery = tag:lead'
  got 2026-03-30 a@alder.example 'A question'
  got 2026-03-31 z@birch.example 'Another'
  write_mail inbox 'c@cedar.example' 'd@fir.example' 2026-03-31 'Between others'
  new
  notmuch tag +lead id:m1@test.example id:m3@test.example
  index
  is 'alder.example cedar.example' "$(prospects)"
  is owed "$(state alder.example)"
}
t 'the senders of mail to us are prospects by scope' inbound_scope

look_alikes() {
  box
  policy </dev/null
  agreements <<<$'[Acme]\nmatch = acme.example\n[Buyer]\nmatch = buyer@oak.example'
  sent 2026-03-01 eve@acme.example.evil.example
  sent 2026-03-02 bob@mail.acme.example && local bob=$id
  sent 2026-03-03 x@notacme.example
  sent 2026-03-03 acme.example@other.example
  got 2026-03-04 '"acme.example" <y@other.example>'
  got 2026-03-05 'Bob <bob@acme.example@other.example>'
  sent 2026-03-06 notbuyer@oak.example
  sent 2026-03-07 buyer@sub.oak.example
  sent 2026-03-08 buyer@oak.example.org.example
  sent 2026-03-09 x-buyer@oak.example
  sent 2026-03-10 'BUYER@Oak.EXAMPLE' && local buyer=$id
  new && index
  is 1 "$(outbound Acme)"
  is 0 "$(field Acme .replies)"
  is 1 "$(outbound Buyer)"
  bears due "$bob" "$buyer"
}
t 'domains and addresses that only look alike' look_alikes

most_specific() {
  box
  agreements <<<$'[Company]\nmatch = acme.example\n[Branch]\nmatch = north.acme.example\n[Buyer]\nmatch = buyer@north.acme.example'
  sent 2026-03-01 a@acme.example
  sent 2026-03-01 b@south.acme.example
  sent 2026-03-02 c@north.acme.example
  sent 2026-03-02 d@east.north.acme.example
  sent 2026-03-03 buyer@north.acme.example
  new && index
  is 'Branch Buyer Company' "$(prospects)"
  is '2 1 2' "$(outbound Branch) $(outbound Buyer) $(outbound Company)"
}
t 'the most specific entry wins' most_specific

international() {
  box
  policy </dev/null
  agreements <<'INI'
[Mill]
match = xn--mller-kva.example
[Shop]
match = bücher.example
INI
  sent 2026-03-01 'a@xn--mller-kva.example'
  sent 2026-03-02 'b@müller.example'
  sent 2026-03-03 'c@xn--bcher-kva.example'
  got 2026-03-31 'Buyer <d@bücher.example>'
  new && index
  is '2 1' "$(outbound Mill) $(outbound Shop)"
  bears owed "$id"
  policy <<<$'[scope]\nquery = from:rep@example.com'
  agreements </dev/null
  index
  is 'xn--bcher-kva.example xn--mller-kva.example' "$(prospects)"
  is 2 "$(outbound xn--mller-kva.example)"
}
t 'internationalised domains, decoded and not' international

# found ADDRESS-AS-WRITTEN NAME: a prospect of its own, with both mails, tagged, and found by check.
found() {
  box
  policy <<<$'[scope]\nquery = from:rep@example.com\ngroup = address'
  sent 2026-03-01 "$1"
  sent 2026-03-30 "Name <$1>"
  new && index
  is "$2" "$(prospects)"
  is 2 "$(outbound "$2")"
  bears waiting m2@test.example
  before=$(revision)
  index --full
  is "$before" "$(revision)" 'revision'
  printf 'From: rep@example.com\nTo: %s\nSubject: x\n\nx\n' "$1" >draft
  run 1 cadence check --format=json draft
  json '.prospects[0].prospect == $name' --arg name "$2"
}
long=$(printf 'a%.0s' {1..300})
t 'a quoted local part with a blank' found '"a b"@alder.example' '"a b"@alder.example'
t 'a quoted local part with a quote in it' found '"a\"b"@alder.example' '"a\"b"@alder.example'
t 'two dots in a row' found '"a..b"@alder.example' 'a..b@alder.example'
t 'a leading hyphen' found '-a@alder.example' '-a@alder.example'
t 'a leading plus, an apostrophe and an ampersand' found "+o'neil&co@alder.example" "+o'neil&co@alder.example"
t 'words of the query language' found 'not.or.and@alder.example' 'not.or.and@alder.example'
t 'an asterisk' found 'a*@alder.example' 'a*@alder.example'
t 'brackets, equals signs and colons' found '"(a:b=c)"@alder.example' '"(a:b=c)"@alder.example'
t 'an underscore and a slash' found 'a_b/c=d@alder.example' 'a_b/c=d@alder.example'
t 'a local part of 60 letters' found "${long:0:60}@alder.example" "${long:0:60}@alder.example"

too_long() {
  box
  policy <<<$'[scope]\nquery = from:rep@example.com\ngroup = address'
  sent 2026-03-01 "$long@alder.example, b@alder.example"
  bounce 2026-03-02 "$long@alder.example" "$long@test.example"
  new
  run 0 cadence index
  is b@alder.example "$(prospects)"
  # It is still somebody's whom the files name.
  agreements <<<$'[Long]\nmatch = '"$long@alder.example"
  run 0 cadence index
  is 1 "$(outbound Long)"
  printf 'To: %s\n\nx\n' "$long@alder.example" >draft
  run 0 cadence check --format=json draft
  json '.prospects[0].prospect == "Long"'
}
t 'a local part of 300 letters is no prospect by scope, and hinders nothing' too_long
t 'capitals' found 'Ann.Other@ALDER.Example' 'ann.other@alder.example'
t 'letters beyond ASCII' found 'jürgen@alder.example' 'jürgen@alder.example'
t 'a domain of one label' found 'a@intranet' 'a@intranet'
t 'digits and hyphens' found '007-x@1-2-3.example' '007-x@1-2-3.example'

two_dots_bare() {
  box
  sent 2026-03-01 a..b@alder.example
  sent 2026-03-30 .a.@alder.example
  new
  run 0 index
  agreements <<<$'[Dots]\nmatch = a..b@alder.example, .a.@alder.example'
  run 0 index
  is 2 "$(outbound Dots)"
}
t 'addresses that notmuch does not index' two_dots_bare

many_recipients() {
  box
  local i all='a@alder.example'
  for i in {1..400}; do all+=$',\n p'"$i@d$i.example"; done
  sent 2026-03-30 "$all"
  new && index
  is 401 "$(prospects | wc -w)"
  bears waiting m1@test.example
  local before
  before=$(revision)
  index --full
  is "$before" "$(revision)"
}
t 'hundreds of prospects on one message' many_recipients

groups() {
  box
  sent 2026-03-01 'Friends: a@alder.example, B <b@birch.example>;, undisclosed-recipients:;'
  sent 2026-03-02 '=?utf-8?q?M=C3=BCller=2C_Ann?= <c@cedar.example>'
  write_mail sent 'Rep <rep@example.com>' 'd@fir.example' 2026-03-03 'twice' 'To: e@hazel.example'
  new && index
  is 'alder.example birch.example cedar.example fir.example hazel.example' "$(prospects)"
}
t 'groups, encoded names, repeated fields' groups

done_testing
