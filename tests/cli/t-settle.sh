#!/usr/bin/env bash
# settle: a reply that needs no answer.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

box
sent 2026-03-20 buyer@acme.example
got 2026-03-24 buyer@acme.example && first=$id
got 2026-03-25 buyer@acme.example && second=$id
sent 2026-03-20 buyer@other.example
got 2026-03-26 buyer@other.example && other=$id
sent 2026-03-30 buyer@silent.example
new
index
fresh() {
  place box
  copy_box "${FUNCNAME[1]}"
}

settles() {
  fresh
  run 0 cadence settle acme.example
  says "+settled id:$first" "+settled id:$second" 'state: due, was owed'
  bears settled "$first" "$second"
  bears owed "$other"
  run 0 cadence settle acme.example
  says 'no reply of it is open'
  run 0 cadence settle --undo acme.example --format=json
  json '.prospects[0] | .prospect == "acme.example" and (.opened | length) == 2 and .after.state == "owed"'
  bears settled
}
t 'the open replies, and back' settles

by_query() {
  fresh
  run 0 cadence settle "id:$first" --format=json
  json '.format == 1 and (.prospects | length) == 1 and .prospects[0].before.state == "owed"'
  run 0 cadence settle tag:owed
  bears settled "$first" "$second" "$other"
  is '' "$(ids tag:owed)"
}
t 'of the prospects that a query finds' by_query

nothing() {
  fresh
  run 0 cadence settle silent.example --format=json
  json '.prospects[0].settled == [] and .prospects[0].before == .prospects[0].after'
  run 64 cadence settle nobody.example
  complains 'is no prospect'
  run 64 cadence settle Some words
  complains 'is no prospect'
  bears settled
  run 64 cadence settle
  complains 'settle needs'
  policy <<<$'[scope]\nquery = from:rep@example.com\n[tags]\nsettled ='
  run 78 cadence settle acme.example
  complains '[tags] settled'
}
t 'nothing open is no error; a policy without the tag is' nothing

renamed() {
  fresh
  policy <<<$'[scope]\nquery = from:rep@example.com\n[tags]\nsettled = done'
  run 0 cadence settle acme.example
  bears "done" "$first" "$second"
}
t 'the tag is that of the policy' renamed

busy() {
  fresh
  lock 14
  run 75 cadence settle acme.example
  complains 'another program is writing'
  kill "$holder"
  bears settled
}
t 'a locked database is told' busy

done_testing
