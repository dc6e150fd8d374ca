#!/usr/bin/env bash
# What the text of mail says, from the file to the verdict; and that each text is read once.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# says_text DAY FROM TEXT [SUBJECT [HEADER...]]: an answer with that text. Sets $id and $file.
says_text() { body=$3 got "$1" "$2" "${@:4}"; }

# kind ID: what is cached.
kind() { notmuch dump --include=properties "id:$1" | grep -o 'cadence.kind=[^ ]*' | cut -d = -f 2; }

draft() { printf 'From: rep@example.com\nTo: %s\nSubject: Offer\n\nThe price list is attached.\n' "$1" >draft; }

opt_out() {
  box
  sent 2026-03-20 a@acme.example
  says_text 2026-03-21 a@acme.example 'Please remove me from your list.' && local asked=$id
  sent 2026-03-20 b@acme.example
  new && index
  is opt-out "$(kind "$asked")"
  draft a@acme.example
  run 2 cadence check draft
  says opted-out "id:$asked"
  draft b@acme.example
  run 0 cadence check draft || run 1 cadence check draft
  is '' "$(grep opted-out "$out")" 'who never asked is not bound'
}
t 'an opt-out binds the address that asked' opt_out

fresh() {
  box
  sent 2026-03-20 a@acme.example
  new && index
  says_text 2026-03-31 a@acme.example 'Stop emailing me.'
  new
  draft a@acme.example
  run 2 cadence check draft
  says opted-out "id:$id"
  is '' "$(kind "$id")" 'check writes nothing'
}
t 'check sees a signal that the index has not' fresh

puts_off() {
  box
  sent 2026-03-10 a@acme.example
  says_text 2026-03-30 a@acme.example 'Thanks. Please call me in May.'
  new && index
  is waiting "$(state acme.example)" 'their wish settles the reply'
  run 0 cadence show acme.example
  says 'notmuch cadence hold acme.example 2026-04-30'
  run 0 cadence show acme.example --format=json
  json ".prospects[0].proposed == {command: \"hold\", until: \"2026-04-30\", evidence: \"$id\"}"
  is null "$(value '.prospects[0].held_until')" 'nothing is held by itself'
  run 0 cadence hold acme.example 2026-04-30
  run 0 cadence show acme.example --format=json
  json '.prospects[0].proposed == null and .prospects[0].held_until == "2026-04-30"'
}
t 'who puts us off: the clock runs, a hold is proposed' puts_off

suggested() {
  box
  policy </dev/null
  sent 2026-03-10 a@acme.example
  says_text 2026-03-30 a@acme.example 'Please call me in May.'
  new
  run 0 cadence suggest
  says acme.example
  complains 'notmuch cadence agree acme.example hold-until=2026-04-30'
  run 0 cadence suggest --format=json
  json '.candidates[0].standing.proposed.until == "2026-04-30"'
}
t 'suggest proposes the hold, too' suggested

declined() {
  box
  sent 2026-03-10 a@acme.example
  says_text 2026-03-30 a@acme.example 'We have decided to go with another vendor.'
  new && index
  is declined "$(kind "$id")"
  is owed "$(state acme.example)"
  run 0 cadence show acme.example
  says 'notmuch cadence bury acme.example'
  draft a@acme.example
  run 0 cadence check draft
}
t 'who declines: a burial is proposed, and nothing stopped' declined

absent() {
  box
  sent 2026-03-30 a@acme.example
  says_text 2026-03-31 a@acme.example 'I am out of the office until April 10.' 'Automatic reply: Offer'
  sent 2026-03-30 b@birch.example
  says_text 2026-03-31 b@birch.example 'I am on maternity leave until September 1.' 'Automatic reply: Offer' && local long=$id
  new && index
  is held "$(state acme.example)"
  is 2026-04-10 "$(field acme.example .held_until)"
  is 2026-04-07 "$(field birch.example .held_until)" 'too long to be believed: as the policy says'
  run 0 cadence show birch.example --format=json
  json ".prospects[0].proposed == {command: \"hold\", until: \"2026-09-01\", evidence: \"$long\"}"
}
t 'an absence holds until it ends; a very long one is asked about' absent

bounced() {
  box
  sent 2026-03-20 a@acme.example
  body=$'The following addresses had permanent fatal errors:\n<a@acme.example>\n550 5.1.1 User unknown' write_mail inbox \
    MAILER-DAEMON@mx.example.com rep@example.com 2026-03-20 'Returned mail'
  new && index
  is bounce "$(kind "$id")"
  is dead "$(state acme.example)"
  draft a@acme.example
  run 1 cadence check draft
  says bounced
  says_text 2026-03-25 a@acme.example 'Here I am.'
  new && index
  draft a@acme.example
  run 0 cadence check draft
  is '' "$(grep bounced "$out")" 'mail from it shows that it works'
}
t 'a bounce that is no report; mail from the address ends it' bounced

# The file is changed behind everybody's back: whoever reads it again sees something else.
once() {
  box
  sent 2026-03-10 a@acme.example
  says_text 2026-03-11 a@acme.example 'We take it.'
  new && index
  sed -i 's/We take it/Stop emailing me/' "$file"
  index --full
  is '' "$(kind "$id")" 'after a second full pass'
  now=2026-04-03T12:00:00Z index
  is '' "$(kind "$id")" 'after the first pass of another day'
  draft a@acme.example
  run 0 cadence check draft
  notmuch tag +touched "id:$id"
  run 2 cadence check draft
  index
  is opt-out "$(kind "$id")" 'once the message was touched'
}
t 'a text is read once, and again when its message changes' once

# Mail that no pass has looked at was not read, however old it is.
later() {
  box
  policy </dev/null
  sent 2026-03-10 a@acme.example
  says_text 2026-03-11 a@acme.example 'Stop emailing me.' && local acme=$id
  sent 2026-03-10 b@birch.example
  says_text 2026-03-11 c@oak.example 'Remove me from your list.' && local oak=$id
  new && index
  is '' "$(kind "$acme")"
  agreements <<<$'[Acme]\nmatch = acme.example'
  draft a@acme.example
  run 2 cadence check draft
  index
  is opt-out "$(kind "$acme")"
  agreements <<<$'[Acme]\nmatch = acme.example oak.example'
  index
  is opt-out "$(kind "$oak")" 'another address of the same prospect'
}
t 'the mail of a new prospect is read, though nothing has come' later

# An earlier version told other kinds.
outdated() {
  box
  sent 2026-03-10 a@acme.example
  says_text 2026-03-11 a@acme.example 'We take it.' && local person=$id
  says_text 2026-03-12 a@acme.example 'Stop emailing me.' && local asked=$id
  new && index
  printf '#notmuch-dump batch-tag:3 properties\n#= %s cadence.kind=auto\n#= %s cadence.kind=bulk\n' "$person" "$asked" |
    notmuch restore --include=properties
  index --full
  is 'auto bulk' "$(kind "$person") $(kind "$asked")" 'what is cached counts'
  notmuch config set --database cadence.terms "$(notmuch config get cadence.terms | sed '1s/ kinds-.*/ kinds-1/')"
  notmuch config set --database cadence.files
  index
  is ' opt-out' "$(kind "$person") $(kind "$asked")" 'what another version cached does not'
  local before
  before=$(revision)
  index
  is "$before" "$(revision)" 'revision'
}
t 'what another version cached is read anew, once' outdated
done_testing
