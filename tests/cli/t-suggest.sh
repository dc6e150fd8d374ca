#!/usr/bin/env bash
# suggest: whom we wrote to first, and with what cadence.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

box
policy <<<$'[scope]\nignore = ignored.example'
# answered twice, after a week each time
sent 2026-01-05 buyer@good.example 'A mill'
got 2026-01-12 buyer@good.example
sent 2026-02-02 buyer@good.example 'Blades'
got 2026-02-09 buyer@good.example
# answered once, after two days
sent 2026-03-20 buyer@quick.example 'Terms'
got 2026-03-22 buyer@quick.example
# never answered
sent 2026-03-30 buyer@silent.example 'Hello'
# wrote to us first
got 2026-03-01 buyer@asking.example 'A question'
sent 2026-03-02 buyer@asking.example
# nobody to sell to
sent 2026-03-03 someone@ignored.example
sent 2026-03-03 colleague@example.com
sent 2026-03-03 no-reply@machine.example
sent 2026-03-03 gone@bounced.example && bounce 2026-03-03 gone@bounced.example "$id"
# long ago
sent 2024-03-03 buyer@old.example
new
names() { jq -r '[.candidates[].standing.prospect] | join(" ")' "$out"; }
fresh() {
  place box
  copy_box "${FUNCNAME[1]}"
}

who() {
  run 0 cadence suggest --format=json
  is 'good.example quick.example silent.example' "$(names)"
  json '[.candidates[].every] == ["1w", "3bd", null]'
  json '.format == 1 and .left_out == 0 and .since == "2025-04-01T00:00:00+00:00"'
  json '.candidates[0].standing | .replies == 2 and .runs == 2 and .reply_gap.median == 604800'
  run 0 cadence suggest --since='3 years ago' --format=json
  is 'good.example quick.example silent.example old.example' "$(names)"
  run 0 cadence suggest --since=3w --limit=1 --format=json
  is quick.example "$(names)"
  json '.left_out == 1'
}
t 'those we wrote to first, the most promising first' who

text() {
  run 0 cadence suggest
  says PARTY EVERY good.example 1w 'Hello'
  complains 'notmuch cadence agree good.example' 'suggest --agree'
  run 0 cadence list
  complains 'notmuch cadence suggest'
  run 0 cadence suggest --since=today
  complains 'nobody is to be suggested'
  run 64 cadence suggest --limit=-1
  run 64 cadence suggest --since=03/04/2026
  complains '--since'
  run 64 cadence suggest something
  run 64 cadence suggest --agree
  complains terminal
}
t 'for people, with what to do next' text

copied() {
  fresh
  policy <<<$'[scope]\ngroup = address'
  sent 2026-03-31 '`reboot`$HOME@evil.example'
  got 2026-03-31T11:00:00Z '`reboot`$HOME@evil.example'
  new
  run 0 cadence suggest --since=yesterday
  complains "notmuch cadence agree '\`reboot\`\$home@evil.example' every=1mo"
}
t 'an address is quoted where a shell would obey it' copied

agreed() {
  fresh
  run 0 cadence agree quick.example every=1w
  run 0 cadence suggest --format=json
  is 'good.example silent.example' "$(names)"
}
t 'a prospect is not suggested' agreed

walk() {
  fresh
  printf '%s\n' y what n e nonsense 'every="1w 2w" via=phone' |
    run 0 "$root/tests/cli/at-terminal" notmuch-cadence suggest "--now=$now" --agree
  says 'Make it a prospect, every=1w?' 'is no key=value' 'good.example'
  is "$(grep -v '^$' "$NOTMUCH_CADENCE_DIR/agreements.ini")" '[good.example]
match = good.example
every = 1w
agreed-on = 2026-04-01
[silent.example]
match = silent.example
every = 1w 2w
via = phone
agreed-on = 2026-04-01'
  bears waiting m7@test.example
}
t '--agree walks through them' walk

done_testing
