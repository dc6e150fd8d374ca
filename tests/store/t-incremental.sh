#!/usr/bin/env bash
# However a mailbox came about, the index ends in what a full pass over it would say.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

domains=(alder birch cedar elm fir hazel)

# pick WORD...: one of them. Sets $picked (no subshell, so that RANDOM goes on).
pick() {
  local -i n=$((RANDOM % $# + 1))
  picked=${!n}
}
any_id() {
  local all
  read -ra all <<<"$(ids '*')"
  pick "${all[@]}"
}
any_address() {
  pick a b sales.x
  local local_part=$picked
  pick "${domains[@]}"
  picked=$local_part@$picked.example
}
# when: an instant of the last days before $now. Sets $instant.
when() { instant=$(date -u -d "$now - $((RANDOM % 40)) days - $((RANDOM % 600)) minutes" +%FT%TZ); }

write_agreements() {
  local domain
  : >"$NOTMUCH_CADENCE_DIR/agreements.ini"
  for domain in "${domains[@]}"; do
    pick no no 'every = 1mo' 'every = 3d' 'stage = nurture' 'stage = won' 'opted-out = 2026-03-01' \
      'hold-until = 2026-04-20' 'buried = 2026-03-15' 'stop-after = 2'
    [ "$picked" = no ] || printf '[%s]\nmatch = %s.example\n%s\n' "${domain^}" "$domain" "$picked" \
      >>"$NOTMUCH_CADENCE_DIR/agreements.ini"
  done
}

write_policy() {
  local extra
  pick '' 'group = address' 'ignore = elsewhere.example' 'team = boss@team.example' 'drafts = tag:draft or tag:todo'
  extra=$picked
  pick 'from:rep@example.com' 'from:rep@example.com' 'tag:lead' '*' ''
  policy <<<$'[scope]\nquery = '"$picked"$'\n'"$extra"
  pick '' '' $'[tags]\nwaiting = w8' $'[cadence]\nevery = 1d 2d\nstop-after = 3' $'[tags]\nowed =\n[cadence]\nowed-lapse = 5d'
  printf '%s\n' "$picked" >>"$NOTMUCH_CADENCE_DIR/policy.ini"
}

# change: something that happens to a mailbox.
change() {
  local chosen file
  pick sent sent sent got got auto bounce tag tag tag delete agreements policy copy two
  chosen=$picked
  case $chosen in
  sent) any_address && when && sent "$instant" "$picked" ;;
  two)
    any_address && local first=$picked
    any_address && when && sent "$instant" "$first" Offer "Cc: $picked"
    ;;
  got) any_address && when && got "$instant" "$picked" ;;
  auto) any_address && when && got "$instant" "$picked" 'Out of office' 'Auto-Submitted: auto-replied' ;;
  bounce)
    any_id && local returned=$picked
    any_address && bounce 2026-03-25 "$picked" "$returned"
    ;;
  tag)
    any_id && local message=$picked
    pick +settled -settled +spam -spam +draft -draft +todo +lead -lead +unrelated -unread
    notmuch tag "$picked" "id:$message"
    ;;
  delete)
    new && index # a new message would hide it from the count until the next day
    any_id
    file=$(notmuch search --output=files --exclude=false "id:$picked" | head -n 1)
    rm "$file"
    new && index
    ;;
  copy)
    any_id
    file=$(notmuch search --output=files --exclude=false "id:$picked" | head -n 1)
    cp "$file" "$mail/inbox/cur/copy-$RANDOM$RANDOM:2,"
    ;;
  agreements) write_agreements ;;
  policy) write_policy ;;
  esac
  echo "$chosen ${picked:-}"
}

# equals_full WHEN: the state of this mailbox is what a full pass over it makes, and what a pass over
# a mailbox makes that was never indexed.
equals_full() {
  dump >"$work/incremental"
  marks >"$work/incremental-marks"
  notmuch dump --include=tags >"$work/tags"
  copy_box again
  index --full
  same "$work/incremental" <(dump) "after --full ($1)"
  place box
  copy_box bare
  rm -rf "$mail/.notmuch"
  new
  # The user's tags come along, not ours.
  notmuch restore --include=tags <"$work/tags"
  notmuch tag -due -waiting -owed -dead -held -nurture -new -w8 -- '*'
  index
  same "$work/incremental-marks" <(marks) "in a mailbox of its own ($1)"
  place box
}

sequence() {
  RANDOM=$1
  box
  local step
  for step in {1..6}; do any_address && when && sent "$instant" "$picked"; done
  new && index
  for step in {1..12}; do
    change
    [ $((RANDOM % 3)) -ne 0 ] || change
    new && index
    [ $((step % 4)) -ne 0 ] || equals_full "seed $1, step $step"
  done
}
for seed in ${SEEDS:-11 12 13 14 15 16}; do
  t "changes at random, seed $seed: incremental equals full" sequence "$seed"
done

# --- cases that such sequences are likely to miss ---

older_hidden() {
  box
  sent 2026-03-20 a@alder.example
  sent 2026-03-31 a@alder.example
  new && index
  notmuch tag +spam id:m1@test.example # not the newest contact
  index
  is 1 "$(field alder.example .attempts)"
  equals_full 'older message hidden'
}
t 'an older message that is hidden' older_hidden

late_arrival() {
  box
  got 2026-03-31 a@alder.example
  sent 2026-03-20 b@alder.example
  new && index
  sent 2026-03-25 a@alder.example # as a copy that another machine wrote
  new && index
  bears owed m1@test.example
  equals_full 'late arrival'
}
t 'a mail that arrives out of order' late_arrival

joins_scope() {
  box
  policy <<<$'[scope]\nquery = tag:lead'
  sent 2026-03-20 a@alder.example
  sent 2026-03-30 'a@alder.example, b@birch.example'
  new && index
  is '' "$(prospects)"
  notmuch tag +lead id:m1@test.example
  index
  is alder.example "$(prospects)"
  bears waiting m2@test.example
}
t 'a message that enters the scope' joins_scope

leaves_scope() {
  joins_scope
  notmuch tag -lead id:m1@test.example
  now=$1
  index
  is '' "$(prospects)"
  is '' "$(ids tag:waiting)"
}
t 'a message that leaves the scope: noticed on the next day' leaves_scope 2026-04-02T09:00:00Z
t 'a message that leaves the scope: noticed at once' leaves_scope "$now"

touched_only() {
  box
  local i
  for i in {1..30}; do sent 2026-03-01 "a@d$i.example"; done
  new && index
  sent 2026-03-31 a@d7.example
  new
  run 0 cadence index --format=json
  json '(.full | not) and .prospects == 1'
  agreements <<<$'[Nine]\nmatch = d9.example'
  index
  agreements <<<$'[Nine]\nmatch = d9.example\nevery = 1mo'
  run 0 cadence index --format=json
  json '(.full | not) and .prospects == 1'
  agreements <<<$'# a comment\n[Nine]\nmatch = d9.example\nevery = 1mo\nnote = new'
  run 0 cadence index --format=json
  json '.prospects == 0 and .messages == 0'
  now=2026-04-02T00:00:01Z
  run 0 cadence index --format=json
  json '.full and .prospects == 30'
}
t 'only what was touched is read; the first run of a day reads all' touched_only

done_testing
