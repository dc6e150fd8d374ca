#!/usr/bin/env bash
# revive: from burial, stop rule, opt-out, hold; on the same day.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

box
sent 2026-03-20 buyer@buried.example
for day in 2025-12-01 2025-12-08 2025-12-20 2026-01-10; do sent $day buyer@stopped.example; done
sent 2026-03-01 buyer@out.example 'Terms'
got 2026-03-02 buyer@out.example 'Re: Terms' "In-Reply-To: <$id>" && more=$id
sent 2026-03-31 buyer@today.example
sent 2026-03-31 gone@bounced.example && bounce 2026-03-31 gone@bounced.example "$id"
agreements <<'INI'
[out.example]
opted-out = 2026-03-05
note = stays
INI
new
index

fresh() {
  place box
  copy_box "${FUNCNAME[1]}"
}
file() { cat "$NOTMUCH_CADENCE_DIR/agreements.ini"; }

same_day() {
  fresh
  run 0 cadence bury buried.example
  run 0 cadence revive buried.example
  says buried 'none' 'was 2026-04-01' 'state: due, was dead'
  is '' "$(ids tag:dead | tr ' ' '\n' | grep -x m1@test.example)"
  bears due m1@test.example
}
t 'a burial of today is undone, and nothing is lost' same_day

later() {
  fresh
  run 0 cadence bury buried.example
  now=2026-05-01T12:00:00Z run 0 cadence revive buried.example --format=json
  json '.changed == ["buried", "revived"] and .before.state == "dead" and .after.state == "new"'
  json '.after.agreement.revived == "2026-05-01"'
  sent 2026-05-02 buyer@buried.example
  new
  now=2026-05-02T12:00:00Z is waiting "$(now=2026-05-02T12:00:00Z state buried.example)"
}
t 'a burial of long ago starts anew' later

stopped() {
  fresh
  run 0 cadence revive stopped.example
  says revived 'state: new, was dead'
  run 0 cadence revive stopped.example
  says 'nothing to revive'
}
t 'a stop rule that was met is behind it' stopped

opted_out() {
  fresh
  local before && before=$(file)
  run 64 cadence revive out.example
  complains '--evidence' '--force'
  is "$before" "$(file)"
  run 0 cadence revive out.example "--evidence=id:$more" --format=json
  json '.changed == ["opted-out", "revived", "evidence"] and .before.state == "dead" and .after.state != "dead"'
  is 1 "$(file | grep -c '^note = stays')"
}
t 'an opt-out is lifted with a mail that says so' opted_out

by_mail_today() {
  fresh
  sent 2026-04-01T08:00:00Z buyer@quick.example
  got 2026-04-01T09:00:00Z buyer@quick.example
  new && index
  run 0 cadence optout quick.example "--evidence=id:$id"
  run 64 cadence revive quick.example
  run 0 cadence revive quick.example --force --format=json
  json '.before.state == "dead" and .after.state != "dead"'
  isnt dead "$(state quick.example)"
}
t 'on the day of the opt-out itself' by_mail_today

opted_out_by_mail_today() {
  fresh
  sent 2026-04-01T08:00:00Z buyer@quick.example
  body='Please unsubscribe me. Do not write to us again.' got 2026-04-01T09:00:00Z buyer@quick.example
  new
  printf '#notmuch-dump batch-tag:3 properties\n#= %s cadence.kind=opt-out\n' "$id" |
    notmuch restore --accumulate --include=properties
  index
  is dead "$(state quick.example)"
  run 0 cadence revive quick.example --force
  isnt dead "$(state quick.example)"
}
t 'on the day of an opt-out by mail' opted_out_by_mail_today

held() {
  fresh
  run 0 cadence hold today.example 3w
  run 0 cadence revive today.example --format=json
  json '.changed == ["hold-until"] and .before.state == "held" and .after.state == "waiting"'
  json '.after.agreement.revived == null'
  run 64 cadence revive nobody.example
  complains 'no prospect'
  run 64 cadence revive
  complains 'revive needs a prospect'
}
t 'a hold is taken off, and nothing else' held

bounced() {
  fresh
  is dead "$(state bounced.example)"
  run 0 cadence revive bounced.example
  isnt dead "$(state bounced.example)"
}
t 'after a bounce, for who has another address by now' bounced

done_testing
