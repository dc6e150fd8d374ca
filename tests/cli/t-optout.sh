#!/usr/bin/env bash
# optout: what the client asked for is kept, and stops every draft.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

box
sent 2026-03-20 buyer@acme.example && mail_id=$id
got 2026-03-22 'Buyer <buyer@acme.example>' 'Re: Offer' "In-Reply-To: <$mail_id>" && said=$id
got 2026-03-25 'Someone <someone@stranger.example>' && stranger=$id
new
index
fresh() {
  place box
  copy_box "${FUNCNAME[1]}"
}
file() { cat "$NOTMUCH_CADENCE_DIR/agreements.ini"; }

records() {
  fresh
  run 0 cadence optout "id:$said"
  says opted-out 2026-03-22 "id:$said" 'state: dead, was owed'
  bears dead "$said"
  run 2 cadence check - < <(printf 'From: rep@example.com\nTo: buyer@acme.example\nSubject: x\n\nNews.\n')
  says opted-out
  local before && before=$(file)
  run 0 cadence optout acme.example
  says 'known already'
  run 0 cadence optout acme.example --format=json
  json '.changed == [] and .after.state == "dead"'
  is "$before" "$(file)"
}
t 'the day of the mail, once' records

today() {
  fresh
  run 0 cadence optout buyer@acme.example --format=json
  json '.changed == ["match", "opted-out"] and .after.agreement.opted_out == "2026-04-01"'
  json '.after.agreement.evidence == null'
  run 0 cadence optout "id:$stranger" --format=json
  json '.prospect == "stranger.example" and .before == null and .after.state == "dead"'
}
t 'without a mail it is today; a stranger who asks is heard, too' today

refuses() {
  fresh
  run 64 cadence optout
  complains 'optout needs a prospect'
  run 64 cadence optout acme.example --evidence=id:none@example.com
  complains 'knows no mail'
  is '' "$(file)"
}
t 'a mail that is not there is refused' refuses

done_testing
