#!/usr/bin/env bash
# A second index writes nothing, and what is not ours is never touched.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# town: a mailbox with something of everything.
town() {
  box
  local i
  for i in {1..12}; do
    sent "2026-0$((i % 3 + 1))-1$((i % 9))" "p$i@d$((i % 7)).example" "Offer $i"
    [ $((i % 3)) -ne 0 ] || got "2026-03-2$((i % 9))" "p$i@d$((i % 7)).example" "Re: Offer $i"
  done
  sent 2026-03-30 'p1@d1.example, p2@d2.example, x@shared.example'
  sent 2026-03-28 a@away.example && got 2026-03-28 a@away.example 'Out of office' 'Auto-Submitted: auto-replied'
  sent 2026-03-28 a@bounced.example && bounce 2026-03-28 a@bounced.example "$id"
  sent 2044-01-01 a@future.example
  got 2026-03-29 news@d1.example 'News' 'List-Unsubscribe: <mailto:u@d1.example>' 'Precedence: bulk'
  agreements <<<$'[Three]\nmatch = d3.example\nevery = 1mo\n[Four]\nmatch = d4.example\nstage = nurture\n[Five]\nmatch = d5.example\nopted-out = 2026-03-01'
  new
}

second() {
  town
  index
  local before
  before=$(revision) print=$(fingerprint)
  index
  is "$before" "$(revision)" 'revision'
  is "$print" "$(fingerprint)" 'files of the database'
  now=2026-04-01T23:00:00Z index --full
  is "$before" "$(revision)" 'revision after --full'
  is "$print" "$(fingerprint)" 'files of the database after --full'
  cadence list >/dev/null && cadence show d1.example >/dev/null
  printf 'To: p1@d1.example\n\nx\n' | cadence check >/dev/null || true
  is "$print" "$(fingerprint)" 'files of the database after list, show and check'
}
t 'a second index writes nothing, nor do list, show and check' second

dry() {
  town
  local print
  print=$(fingerprint)
  run 0 cadence index --dry-run
  says '+waiting id:' 'would be written to'
  is "$print" "$(fingerprint)" 'files of the database'
  run 0 cadence index --dry-run --format=json
  json '.dry_run and .messages > 5 and (.changes | length) > .messages'
  local planned
  planned=$(value '.changes[]' | sort)
  index
  # What it said is what came.
  is "$(grep -c '^+cadence.state=' <<<"$planned")" "$(notmuch dump --include=properties | grep -o 'cadence.state=' | grep -c .)"
  run 0 cadence index --dry-run --format=json
  json '.changes == [] and .messages == 0'
}
t '--dry-run says all and writes nothing' dry

user_things() {
  town
  notmuch tag +mine +due +waiting +owed +dead +held +nurture -- '*'
  notmuch tag +flagged -inbox -- id:m1@test.example
  notmuch config set --database query.mine 'tag:mine'
  notmuch restore --accumulate --include=properties <<<'#= m2@test.example user.key=value other=1'
  dump >before
  index
  dump >marked
  ! cmp -s before marked || fail 'nothing was marked'
  # Without what is ours there is no difference; tags of the user's by the names of ours stay.
  sed -E '/^#@ cadence\./d; s/ cadence\.[a-z]+=[^ ]*//g; /^#= [^ ]+$/d' marked >left
  same before left 'the dump less what is ours'
  notmuch tag -due -waiting -owed -dead -held -nurture -- '*'
  index --full
  policy </dev/null && agreements </dev/null
  index
  sed -E '/^#@ cadence\./d; s/ cadence\.[a-z]+=[^ ]*//g; /^#= [^ ]+$/d' <(dump) >left
  sed -E 's/ ?\+(due|waiting|owed|dead|held|nurture)\b//g' before | sed -E 's/^ //' >clean
  same clean left 'the dump when nobody is a prospect any more'
}
t 'tags, flags, properties and config of the user are untouched' user_things

# wipe TAGS: puts back these tags, and takes every property of ours away; restore leaves messages
# alone for which it is given none, so each gets one that is not ours.
wipe() {
  notmuch restore --include=tags <"$1"
  notmuch dump --include=properties | sed -E '/^#=/s/ cadence\.[a-z]+=[^ ]*//g; /^#=/s/$/ wiped=yes/' >wiped
  notmuch restore --include=properties <wiped
  is '' "$(notmuch dump --include=properties | grep cadence)" 'properties of ours'
}

restored() {
  town
  notmuch dump --include=tags >bare
  index
  dump >marked
  wipe bare
  notmuch config set --database cadence.revision
  notmuch config set --database cadence.pass
  notmuch config set --database cadence.terms
  notmuch config set --database cadence.files
  notmuch config set --database cadence.tags
  is '' "$(dump | grep cadence)"
  index --full
  same marked <(dump | sed 's/ wiped=yes//') 'after all of ours was taken away'
}
t 'all tags and properties taken away: --full restores them exactly' restored

restored_quietly() {
  town
  notmuch dump --include=tags >bare
  index
  dump >marked
  wipe bare # our config stays
  index --full
  same marked <(dump | sed 's/ wiped=yes//')
}
t 'tags and properties taken away behind our back: --full restores them' restored_quietly

other_database() {
  town
  index
  notmuch dump >whole
  dump >marked
  copy_box elsewhere
  rm -rf "$mail/.notmuch"
  new
  notmuch restore <whole
  same marked <(dump) 'restored'
  now=2026-04-01T13:00:00Z
  run 0 cadence index --format=json
  json '.messages == 0 and .full'
  same marked <(dump) 'after an index'
  local before
  before=$(revision)
  index
  is "$before" "$(revision)"
}
t 'dump and restore into a new database keep everything' other_database

compacted() {
  town
  index
  dump >marked
  notmuch compact --quiet
  run 0 cadence index --format=json
  json '.full and .messages == 0'
  same marked <(dump)
  local before
  before=$(fingerprint)
  run 0 cadence index --format=json
  json '.full | not'
  is "$before" "$(fingerprint)"
}
t 'after notmuch compact, which gives a new uuid' compacted

moved() {
  town
  index
  dump >marked
  # Files move between folders, as clients and mbsync do.
  mv "$mail"/inbox/cur/* "$mail/inbox/new/"
  for file in "$mail"/sent/cur/*; do mv "$file" "${file%:2,*}:2,RS"; done
  new
  index
  same marked <(dump)
}
t 'files that move and change their flags' moved

done_testing
