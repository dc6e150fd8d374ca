#!/usr/bin/env bash
# check: a follow-up that only nudges, or says again what was said.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh disable=SC2119
. "$(dirname "$0")/../lib.sh"

offer='We can deliver the two pumps with the long shaft in spring, and take back the old ones.'

box
body=$'Dear buyer,\n\n'$offer$'\n\nBest regards,\nThe Rep'
sent 2026-03-01 buyer@acme.example && first=$id
body='Our drawings of the new hall are ready and the crane fits.'
sent 2026-03-05 buyer@acme.example && second=$id
body=$offer sent 2026-03-02 buyer@birch.example
body='Let us talk about it.' got 2026-03-03 buyer@birch.example
new
index

# draft TO TYPE TEXT: writes ./draft.
draft() {
  printf 'From: rep@example.com\nTo: %s\nSubject: Offer\nMIME-Version: 1.0\nContent-Type: %s\n\n%s\n' \
    "$1" "$2" "$3" >draft
}

# nothing_new TEXT: a follow-up with that text is warned of; new_text: it is not.
nothing_new() {
  draft buyer@acme.example "${2:-text/plain; charset=utf-8}" "$1"
  run 1 cadence check --format=json draft
  json '.reasons | map(select(.id == "nothing-new")) | length == 1 and .[0].severity == "warn"'
}
new_text() {
  draft buyer@acme.example "${2:-text/plain; charset=utf-8}" "$1"
  run 0 cadence check --format=json draft
  json '.reasons | map(select(.id == "nothing-new")) == []'
}

nudges() {
  nothing_new 'Just checking in on my last mail.'
  json '.reasons[] | select(.id == "nothing-new") | .observed == "Just checking in on my last mail." and .evidence == []'
  run 1 cadence check draft
  says 'only nudges' 'Just checking in on my last mail.'
  nothing_new 'Добрый день! Есть ли новости?'
  nothing_new $'Any news?\n\n> On 3 May we will decide.\n\n-- \nThe Rep, +1 555 0100'
}
t 'a nudge is named' nudges

substance() {
  new_text 'Just checking in. Would Thursday suit you for a call?'
  new_text 'Just checking in. Does the crane fit into the hall?'
  new_text 'Just checking in. The film is at https://us.example/film now.'
  new_text 'Just checking in. The price fell by 12 percent.'
  new_text $'--b\n\nJust checking in.\n--b\nContent-Type: application/pdf; name=plan.pdf\n\nx\n--b--' \
    'multipart/mixed; boundary=b'
}
t 'a date, a question, a link, a number, an attachment: no nudge' substance

repeats() {
  nothing_new $'Hello again,\n\n'"$offer"$'\n\nKind regards,\nThe Rep'
  json '.reasons[] | select(.id == "nothing-new") | .evidence == [$id] and .observed == null' --arg id "id:$first"
  run 1 cadence check draft
  says 'repeats an earlier attempt' "id:$first"
  nothing_new 'our drawings of the new hall are ready -- and the crane fits!'
  json '.reasons[] | select(.id == "nothing-new") | .evidence == [$id]' --arg id "id:$second"
  new_text 'The two pumps now come with a short shaft, which the new hall needs for the crane.'
}
t 'what was said before is named with its mail' repeats

html() {
  nothing_new '<html><body><p>Just checking in.</p><blockquote>On 3 May we decide.</blockquote></body></html>' \
    'text/html; charset=utf-8'
  nothing_new "<p>Hello</p><p>$offer</p>" text/html
  new_text '<p>Just checking in. <a href="https://us.example">The film</a> shows how the pump starts.</p>' text/html
}
t 'HTML alone' html

share() {
  local scope=$'[scope]\nquery = from:rep@example.com\n'
  policy <<<"$scope"$'[signals]\nrepeats = 1'
  new_text "$offer And a gift."
  policy <<<"$scope"$'[signals]\nrepeats = 0.1'
  nothing_new 'We can deliver the two pumps tomorrow, and will ring you up before that for the address.'
  policy <<<"$scope"$'[severity]\nnothing-new = off'
  new_text 'Just checking in.'
  policy <<<"$scope"
}
t 'the share is the policy'"'"'s' share

first_mail() {
  draft new@cherry.example text/plain 'Just checking in.'
  run 0 cadence check draft
  draft buyer@birch.example text/plain "$offer"
  run 0 cadence check --format=json draft
  json '.reasons | map(select(.id == "nothing-new")) == []'
}
t 'only of follow-ups, and only within a run' first_mail

gone() {
  body='It is raining on all of our roofs today, and will be so.' sent 2026-03-12 buyer@acme.example
  new
  index
  rm "$file"
  new_text 'It is raining on all of our roofs today, and will be so.'
}
t 'an earlier mail whose file is gone' gone

done_testing
