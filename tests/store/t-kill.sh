#!/usr/bin/env bash
# Killed at any instant: the database is sound, and the next run ends where an undisturbed one does.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# More than two batches, so that there is something between two commits.
city() {
  box city
  local i
  for i in {1..620}; do
    printf 'From: rep@example.com\nTo: a@d%d.example\nSubject: x\nDate: %s, %d Mar 2026 10:00:00 +0000\nMessage-ID: <c%d@test.example>\n\nx\n' \
      "$i" Mon $((i % 28 + 1)) "$i" >"$mail/sent/cur/c$i:2,S"
  done
  new
  copy_box whole
  local began=${EPOCHREALTIME/./}
  index
  took=$((${EPOCHREALTIME/./} - began)) # microseconds
  thrift=$((took > 1000000 ? 4 : 1))   # a slow build is killed less often
  dump >"$work/undisturbed"
  is 620 "$(notmuch dump --include=properties | grep -c cadence.state)"
}

# disturb COMMAND...: runs an index that is killed, in a copy of the mailbox; then one that is not.
disturb() {
  place city
  copy_box struck
  "$@" >"$work/killed" 2>&1 || true
  sound
  notmuch count >/dev/null
  # Whoever reads in between finds every prospect's state on one message at most.
  is '' "$(notmuch dump --include=properties | grep -o 'cadence.prospect=[^ ]*' | sort | uniq -d)" 'prospects marked twice'
  index
  same "$work/undisturbed" <(dump) "after: $*"
  local before
  before=$(revision)
  index
  is "$before" "$(revision)" 'revision when nothing is left to do'
}

# at_call CALL N: killed when it is about to make the call for the Nth time.
at_call() {
  strace -f -o "$work/strace" -e "trace=$1" -e "inject=$1:signal=KILL:when=$2" \
    notmuch-cadence index --now="$now" --quiet
}

by_calls() {
  command -v strace >/dev/null || skip 'no strace'
  export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 # which can't work beside strace
  city
  place city
  copy_box struck
  strace -f -o "$work/strace" -e trace=write,pwrite64,fdatasync,fsync,rename \
    notmuch-cadence index --now="$now" --quiet 2>/dev/null || skip 'strace may not trace here'
  local call total n step struck=0
  for call in pwrite64 fdatasync rename write; do
    total=$(grep -c -E "(^|[0-9] +)$call\(" "$work/strace" || true)
    [ "$total" -gt 0 ] || continue
    cp "$work/strace" "$work/first-strace"
    step=$((total > 6 ? (total + 5) / 6 : 1))
    step=$((step * thrift))
    for ((n = 1; n <= total; n += step)); do
      disturb at_call "$call" "$n"
      struck=$((struck + 1))
    done
    cp "$work/first-strace" "$work/strace"
  done
  echo "killed $struck times"
  [ "$struck" -ge 4 ] || fail "killed only $struck times"
}
t 'killed at the calls that write' by_calls

# after_delay SECONDS
after_delay() {
  notmuch-cadence index --now="$now" --quiet &
  local pid=$!
  sleep "$1"
  kill -KILL $pid 2>/dev/null
  wait $pid 2>/dev/null
}

# at_random: killed at some instant of the time that a run takes.
at_random() {
  local part=$((took * RANDOM / 32768))
  disturb after_delay "$(printf '%d.%06d' $((part / 1000000)) $((part % 1000000)))"
}

by_time() {
  city
  local i
  RANDOM=7
  for ((i = 0; i < 20; i += thrift)); do at_random; done
}
t 'killed at random instants' by_time

second_run() {
  # The same for a run that changes what an earlier one wrote.
  city
  place whole
  rm -rf "$work/city" && cp -a "$work/whole" "$work/city"
  now=2026-05-20T12:00:00Z
  place city
  write_config "$dir/notmuch-config"
  copy_box whole
  index
  dump >"$work/undisturbed"
  RANDOM=8
  local i
  for ((i = 0; i < 10; i += thrift)); do at_random; done
}
t 'killed while states change' second_run

done_testing
