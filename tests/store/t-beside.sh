#!/usr/bin/env bash
# The index beside other programs that write: no error, and nothing of theirs is lost.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# The long form: MINUTES=5 tests/store/t-beside.sh. PAUSE=0: the others commit as often as they can.
pause=${PAUSE:-0.1}
seconds=$((${MINUTES:-0} * 60))
[ "$seconds" -gt 0 ] || seconds=${BESIDE:-4}
ends=$BUILD/tests/store/libends.so
# What may be loaded before everything else; sanitizers will not have it.
grep -q __asan "$BUILD/plugin/cli/notmuch-cadence" && ends=

# beside SECONDS
beside() {
  box
  local i ours
  for i in {1..60}; do sent 2026-03-20 "a@d$i.example"; done
  new
  index
  touch "$dir/on"
  # Mail keeps coming in, and some of it is deleted again.
  (
    i=0
    while [ -e "$dir/on" ]; do
      i=$((i + 1))
      printf 'From: a@d%d.example\nTo: rep@example.com\nSubject: Re\nDate: Tue, 31 Mar 2026 10:00:00 +0000\nMessage-ID: <in%d@test.example>\n\nx\n' \
        $((i % 60 + 1)) $i >"$mail/inbox/cur/in$i:2,"
      [ $((i % 3)) -ne 0 ] || [ "$i" -lt 9 ] || rm -f "$mail/inbox/cur/in$((i - 5)):2,"
      until notmuch new --quiet --no-hooks 2>/dev/null; do sleep 0.01; done # notmuch itself may fail here
      sleep "$pause"
    done
    echo $i >"$dir/came"
  ) 2>>"$dir/failures" &
  # The user tags.
  (
    i=0
    while [ -e "$dir/on" ]; do
      i=$((i + 1))
      until notmuch tag "+user$i" +kept -- "id:m$((i % 60 + 1))@test.example" 2>/dev/null; do sleep 0.01; done
      sleep "$pause"
    done
    echo $i >"$dir/tagged"
  ) 2>>"$dir/failures" &
  # Somebody reads.
  (
    while [ -e "$dir/on" ]; do
      notmuch-cadence list --now="$now" >/dev/null || echo "list failed" >>"$dir/failures"
      printf 'To: a@d7.example\n\nx\n' | notmuch-cadence check --now="$now" >/dev/null
      case $? in 0 | 1) ;; *) echo "check failed" >>"$dir/failures" ;; esac
    done
  ) 2>>"$dir/failures" &
  ours=0
  SECONDS=0
  while [ $SECONDS -lt "$1" ] || [ "$ours" -lt 5 ]; do # a slow build takes its time
    ENDS_HELD=$dir/held LD_PRELOAD=$ends cadence index --quiet --wait=30 2>>"$dir/failures" || echo 'index failed' >>"$dir/failures"
    [ $((ours % 5)) -ne 0 ] || cadence index --full --quiet --wait=30 2>>"$dir/failures" || echo 'index --full failed' >>"$dir/failures"
    ours=$((ours + 1))
  done
  rm "$dir/on"
  wait
  is '' "$(head -c 2000 "$dir/failures" 2>/dev/null)" 'what failed'
  tee -a "$work/figures" <<<"$ours runs beside $(cat "$dir/came") new and $(cat "$dir/tagged") tag"
  [ "$ours" -ge 5 ] || fail "only $ours runs"
  held "$dir/held" "${HELD_MS:-1500}"
  # Every tag that the user gave is there.
  for ((i = 1; i <= $(cat "$dir/tagged"); i++)); do echo "user$i m$((i % 60 + 1))@test.example"; done | sort >"$dir/expected"
  notmuch dump --include=tags | awk '{ for (i = 1; i < NF; i++) if ($i ~ /^[+]user/) print substr($i, 2), substr($NF, 4) }' | sort >"$dir/found"
  same "$dir/expected" "$dir/found" 'tags of the user'
  sound
  new && index
  marks >"$work/beside"
  index --full
  same "$work/beside" <(marks) 'what is left to do'
  equals_bare
}

# held FILE MS: the write lock was never held for longer: 0.1 s is what index promises where nobody
# else wants the processor.
held() {
  [ -n "$ends" ] || return 0
  local longest
  longest=$(sort -n "$1" | tail -n 1)
  tee -a "$work/figures" <<<"held the write lock $(wc -l <"$1") times, $(sort -n "$1" | awk '{ a[NR] = $1 } END { print a[int((NR + 1) / 2)] }') us in the middle, $longest us at most"
  [ "$longest" -lt $(($2 * 1000)) ] || fail "the lock was held for $longest us"
}

equals_bare() {
  sed -E 's/ ?\+(kept|user[0-9]+)\b//g; s/^ //' "$work/beside" | sort >"$work/theirs"
  copy_box bare
  rm -rf "$mail/.notmuch"
  new && index
  same "$work/theirs" <(marks | sort) 'against a mailbox of its own'
}
t 'index beside notmuch new, notmuch tag and readers' beside "$seconds"

# each_its_own N: a mail to each of N prospects.
each_its_own() {
  local i
  for ((i = 1; i <= $1; i++)); do
    printf 'From: rep@example.com\nTo: a@d%d.example\nSubject: x\nDate: Mon, 30 Mar 2026 10:00:00 +0000\nMessage-ID: <c%d@test.example>\n\nx\n' "$i" "$i" >"$mail/sent/cur/c$i:2,S"
  done
}

# Everything is written for the first time: batches, not one section.
first_time() {
  [ -n "$ends" ] || skip 'sanitizers want to be loaded first'
  box
  each_its_own 1500
  new
  ENDS_HELD=$dir/held LD_PRELOAD=$ends cadence index --quiet
  is 1500 "$(notmuch count tag:waiting)"
  [ "$(wc -l <"$dir/held")" -ge 6 ] || fail 'one section for all'
  held "$dir/held" "${HELD_MS:-1500}"
}
t 'the write lock is held for short moments only' first_time

# One mail takes the state over from the newest message of each of many prospects: that belongs
# together, and is written in pieces all the same.
mail_to_many() {
  [ -n "$ends" ] || skip 'sanitizers want to be loaded first'
  box
  each_its_own 1500
  new
  cadence index --quiet
  sent 2026-03-31 "$(seq -s, -f 'a@d%g.example' 1500)"
  new
  ENDS_HELD=$dir/held LD_PRELOAD=$ends cadence index --quiet
  is 1 "$(notmuch count tag:waiting)"
  is 1500 "$(cadence list --all --format=json | jq '[.prospects[] | select(.state == "waiting")] | length')"
  [ "$(wc -l <"$dir/held")" -ge 4 ] || fail 'one section for all'
  held "$dir/held" "${HELD_MS:-1500}"
}
t 'the write lock after a mail to many' mail_to_many

two_at_once() {
  box
  local i all=()
  each_its_own 400
  new
  for i in 1 2 3 4; do
    cadence index --quiet --wait=30 &
    all+=($!)
  done
  for i in "${all[@]}"; do wait "$i"; done
  is 400 "$(notmuch count tag:waiting)"
  local before
  index
  before=$(revision)
  index && index --full
  is "$before" "$(revision)"
}
t 'four runs of the index at once' two_at_once

sed 's/^/# /' "$work/figures" 2>/dev/null
done_testing
