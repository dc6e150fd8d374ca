#!/usr/bin/env bash
# Killed at any instant: the database is sound, and the next run ends where an undisturbed one does.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# shellcheck source=tests/store/disturb.sh
. "$root/tests/store/disturb.sh"

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
    step=$((total * 3 > kills ? total * 3 / kills : 1)) # at KILLS=1000 that is each of them
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

# at_random: killed at some instant of the time that a run takes.
at_random() {
  local part=$((took * RANDOM / 32768))
  disturb after_delay "$(printf '%d.%06d' $((part / 1000000)) $((part % 1000000)))"
}

by_time() {
  city
  local i
  RANDOM=7
  for ((i = 0; i < kills; i += thrift)); do at_random; done
}
t "killed at random instants ($kills)" by_time

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
  for ((i = 0; i < kills / 2; i += thrift)); do at_random; done
}
t "killed while states change ($((kills / 2)))" second_run

# Killed at its second commit, a run leaves the first piece of what belongs together.
some_twice() {
  none_without
  [ -n "$(marked | uniq -d)" ] || fail 'not between two commits'
}

mail_to_all() {
  command -v strace >/dev/null || skip 'no strace'
  export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 # which can't work beside strace
  city
  sent 2026-03-31 "$(seq -s, -f 'a@d%g.example' 620)"
  new
  rm -rf "$work/city" && cp -a "$dir" "$work/city"
  index
  is 620 "$(marked | wc -l)"
  dump >"$work/undisturbed"
  between=some_twice
  disturb at_call rename 2
  RANDOM=9 between=none_without
  local i
  for ((i = 0; i < kills / 2; i += thrift)); do at_random; done
}
t "killed after a mail to all ($((kills / 2)))" mail_to_all

done_testing
