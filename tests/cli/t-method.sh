#!/usr/bin/env bash
# The method, in order, with the clock moving: ask for the interval, keep to it, know when to stop, keep
# who is not ready in a lighter channel.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# on DAY: it is noon of that day, and the index has run.
on() {
  now=$1T12:00:00Z
  new
  index
}

# draft STATUS TEXT [ANSWERS]: the verdict on a mail to the client.
draft() {
  run "$1" cadence check --format=json < <(
    printf 'From: Rep <rep@example.com>\nTo: Client <client@acme.example>\nSubject: A better mill\n'
    [ -z "${3:-}" ] || printf 'In-Reply-To: <%s>\n' "$3"
    printf '\n%s\n' "$2"
  )
}
reason() { json "[.reasons[].id] | index(\"$1\") != null"; }
no_reason() { json '.reasons == []'; }

# both WAYS: mail of ours, and mail of theirs that answers it.
ours() { body=$2 sent "$1" client@acme.example 'A better mill'; }
theirs() { body=$2 got "$1" 'Client <client@acme.example>' 'Re: A better mill' "In-Reply-To: <$id>"; }

# What comes of it is each time the start of the next: so one case, in order.
agreed() {
  box
  # The first mail.
  on 2026-01-12
  draft 0 'A short case from a mill like yours.'
  no_reason
  ours 2026-01-12 'A short case from a mill like yours.'

  # A follow-up: fine after three business days, and the rep is offered the question.
  on 2026-01-13
  draft 1 'What the second line would cost you.'
  reason too-soon
  on 2026-01-20
  draft 0 'What the second line would cost you. How often may I write to you?'
  reason no-agreement
  json '.reasons[] | select(.id == "no-agreement") | .message | test("[?]")'
  ours 2026-01-20 'What the second line would cost you. How often may I write to you?'

  # The client answers, and it is written down with the mail that says so.
  theirs 2026-01-21 'Write me once a month, that is fine.'
  asked=$id
  on 2026-01-21
  is owed "$(state acme.example)"
  run 0 cadence agree "id:$asked" every=1mo stage=qualified via=mail
  says every 1mo agreed-on 2026-01-21 "id:$asked"
  draft 0 'Gladly: a note a month.' "$asked"
  ours '2026-01-21 11:00' 'Gladly: a note a month.'

  # Too early by weeks: a warning that cites the client's own words.
  on 2026-02-04
  draft 1 'Prices rose by a tenth this week.'
  reason too-soon
  json '.reasons[] | select(.id == "too-soon") | .until == "2026-02-20" and (.evidence | index("id:" + $id) != null)' --arg id "$asked"
  json '.reasons[] | select(.id == "too-soon") | .limit == "1mo"'

  # A month after the last step it passes.
  on 2026-02-20
  is due "$(state acme.example)"
  draft 0 'What changed in the trade this month, in five lines.'
  ours 2026-02-20 'What changed in the trade this month, in five lines.'
  on 2026-03-20
  draft 0 'Three mills that changed their blades, and why.'
  ours 2026-03-20 'Three mills that changed their blades, and why.'
  theirs 2026-03-23 'Interesting, but not this year: the budget is spent.'
  local not_now=$id

  # Good, but not ready: nurture, once a quarter.
  on 2026-03-23
  run 0 cadence nurture "id:$not_now" "--evidence=id:$not_now"
  run 0 cadence agree acme.example every=3mo "--evidence=id:$not_now"
  ours '2026-03-23 11:00' 'Understood. You will hear from me once a quarter.'
  on 2026-04-23
  is nurture "$(state acme.example)"
  draft 1 'Just checking in: did you get my last mail?'
  reason nurture
  on 2026-06-23
  draft 0 'The quarter in five lines: what the new saws do.'
  ours 2026-06-23 'The quarter in five lines: what the new saws do.'
}

buys() {
  agreed
  theirs 2026-09-01 'The budget is there. Send the contract.'
  on 2026-09-01
  is owed "$(state acme.example)"
  run 0 cadence agree "id:$id" stage=won
  says stage won
  run 0 cadence list --format=json
  json '.prospects == []'
  draft 0 'The contract.' "$id"
  ours '2026-09-01 11:00' 'The contract.'
  on 2026-09-02
  draft 0 'And the annex.'
  no_reason
}
t 'the client names the interval, is not ready, and buys' buys

gives_up() {
  agreed
  run 0 cadence agree acme.example stop-after=3 stage=lead every=1mo
  ours 2026-07-24 'One more case.'
  on 2026-08-01
  draft 1 'Another case.'
  reason too-soon
  on 2026-08-23
  is waiting "$(state acme.example)"
  on 2026-08-24
  is dead "$(state acme.example)"
  draft 1 'Did you forget me?'
  reason dead
  bears dead "$id"
}
t 'the stop rule is met, and the thread is dead' gives_up

by_phone() {
  agreed
  on 2026-07-01
  local before && before=$(field acme.example .attempts)
  run 0 cadence log acme.example call 'Left word with the foreman'
  isnt "$before" "$(field acme.example .attempts)"
  run 0 cadence log acme.example call in 'Rang back: wants an offer in autumn'
  is owed "$(state acme.example)"
  run 0 cadence settle acme.example
  is '' "$(ids tag:owed)"
  run 0 cadence hold acme.example 2026-09-30
  is held "$(state acme.example)"
  on 2026-07-02
  draft 1 'Just one thing.'
  reason held
}
t 'what was said off mail counts, and a hold holds' by_phone

done_testing
