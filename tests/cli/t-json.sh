#!/usr/bin/env bash
# JSON: always valid, every documented key present, null where nothing is known.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# The keys that DESIGN.md names, with what each may be.
standing='
  def instant: test("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[+-][0-9]{2}:[0-9]{2}$");
  def day: test("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
  def maybe(f): . == null or f;
  def count: type == "number" and . >= 0 and . == floor;
  def contact: maybe(type == "object" and has("id") and has("date") and (.id | type) == "string" and (.date | instant));
  def has_all(names): . as $o | names | all(. as $n | $o | has($n));
  def standing:
    has_all(["prospect", "addresses", "state", "since", "next", "dead_on", "held_until", "attempts", "follow_ups",
      "first_attempt", "last_attempt", "last_reply", "outbound", "replies", "runs", "reply_gap", "wait",
      "outbound_30d", "pressure", "agreement", "rule", "threads"]) and
    (.prospect | type) == "string" and (.addresses | all(type == "string")) and
    (.state | IN("new", "owed", "held", "nurture", "waiting", "due", "dead")) and
    ([.since, .next, .dead_on, .held_until] | all(maybe(day))) and
    ([.attempts, .follow_ups, .outbound, .replies, .runs, .outbound_30d] | all(count)) and
    ([.first_attempt, .last_attempt, .last_reply] | all(contact)) and
    (.reply_gap | has_all(["median", "p90", "last"])) and (.wait | has_all(["median", "p90"])) and
    ([.reply_gap[], .wait[]] | all(maybe(count))) and
    (.pressure | maybe(type == "number")) and (.rule | type) == "string" and
    (.agreement | maybe(type == "object" and has_all(["match", "every", "via", "decider", "stage", "stop_after",
      "stop_on", "hold_until", "buried", "opted_out", "revived", "agreed_on", "evidence", "note"]))) and
    (.threads | all(has_all(["id", "subject", "outbound", "replies", "attempts", "last"])));
'

of_everything() {
  box
  sent 2026-03-20 buyer@due.example
  sent 2026-03-01 b@birch.example
  got 2026-03-04 b@birch.example
  sent 2026-03-10 b@birch.example
  got 2026-03-14 b@birch.example
  sent 2026-03-30 a@away.example && got 2026-03-30 a@away.example 'Out' 'Auto-Submitted: auto-replied'
  sent 2026-03-28 a@bounced.example && bounce 2026-03-28 a@bounced.example "$id"
  raw sent <<<$'From: rep@example.com\nTo: c@cedar.example\nMessage-ID: <bare@test.example>\n\nx' # no subject, no date
  agreements <<<$'[Birch]\nmatch = birch.example\nevery = 2w\nvia = mail\ndecider = b@birch.example\nstage = qualified\nstop-after = 5\nstop-on = 2027-01-01\nhold-until = 2026-01-01\nburied = 2025-01-01\nrevived = 2025-02-01\nagreed-on = 2026-03-04\nevidence = id:m3@test.example\nnote = a "note" \\\\ with # signs\n[Oak]\nmatch = oak.example, buyer@oak.example.org'
  new && index
}

listed() {
  of_everything
  run 0 cadence list --format=json --all
  json "$standing"'.format == 1 and (.now | instant) and (.prospects | length) == 6 and (.prospects | all(standing))'
  json '.prospects[] | select(.prospect == "Oak") | .state == "new" and .since == null and .next == null and
    .last_attempt == null and .outbound == 0 and .agreement.every == null and .threads == []'
  json '.prospects[] | select(.prospect == "Birch") | .outbound == 2 and .replies == 2 and .runs == 2 and
    .reply_gap == {median: (3.5 * 86400), p90: .reply_gap.p90, last: (4 * 86400)} and .agreement.every == "2w" and
    .agreement.decider == "b@birch.example" and .agreement.evidence == "id:m3@test.example"'
  json '.prospects[] | select(.prospect == "due.example") | .agreement == null and .last_reply == null'
  is 1 "$(wc -l <"$out")" 'lines'
}
t 'list' listed

shown() {
  of_everything
  local one
  cadence list --format=json --all | jq -r '.prospects[].prospect' >names
  while IFS= read -r one; do
    run 0 cadence show --format=json "$one"
    json "$standing"'.format == 1 and (.prospects | length == 1 and all(standing)) and
      (.prospects[0].timeline | all(has_all(["date", "direction", "kind", "id", "from", "subject"]) and (.date | instant) and
        (.direction | IN("out", "in", "outbound", "inbound")) and
        (.kind | IN("outbound", "reply", "opt-out", "declined", "puts-off", "auto", "bounce", "delivery", "calendar", "challenge", "bulk", "list"))))'
  done <names
  run 0 cadence show --format=json c@cedar.example
  json '.prospects[0].timeline[0].subject | . == null or . == ""'
}
t 'show' shown

checked() {
  of_everything
  printf 'To: buyer@due.example, b@birch.example, a@away.example, a@bounced.example, x@oak.example\nSubject: x\n\njust checking in\n' >draft
  cadence check --format=json draft >"$out" || true
  json "$standing"'.format == 1 and (.now | instant) and (.decision | IN("send", "warn", "stop", "unknown")) and
    (.index | has_all(["revision", "age", "stale"])) and (.prospects | length == 5 and all(standing)) and
    (.reasons | length > 2 and all(has_all(["id", "severity", "prospect", "message", "rule", "limit", "observed", "until", "evidence"]) and
      (.severity | IN("note", "warn", "stop")) and (.until | maybe(day)) and (.evidence | all(startswith("id:"))) and
      (.id | IN("opted-out", "bounced", "dead", "held", "reply-waiting", "too-soon", "too-many", "over-cap", "nurture",
        "wrong-channel", "nothing-new", "gatekeeper", "unqualified", "no-agreement", "stale-index"))))'
  # The worst first.
  json '[.reasons[].severity | {"stop": 0, "warn": 1, "note": 2}[.]] | . == sort'
}
t 'check' checked

indexed() {
  of_everything
  run 0 cadence index --full --format=json
  json '.format == 1 and .full == true and .dry_run == false and .messages == 0 and .unreadable == 0 and
    ([.states[]] | add) == .prospects and .changes == []'
}
t 'index' indexed

configured() {
  of_everything
  run 0 cadence config --format=json
  json '.format == 1 and .faults == [] and .agreements == 2 and (.settings | length > 20) and
    (.settings | all(has("group") and has("key") and has("value") and has("origin")))'
  json '.settings[] | select(.group == "scope" and .key == "query") | .value == "from:rep@example.com" and .origin == "policy.ini:2"'
  json '.settings[] | select(.group == "cadence" and .key == "every") | .value == "3bd 5bd 2w 1mo" and .origin == "default"'
}
t 'config' configured

never_translated() {
  of_everything
  cadence list --format=json --all >plain
  LC_ALL=C cadence list --format=json --all >other
  same plain other 'in another locale'
}
t 'the same in every locale' never_translated

done_testing
