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

# The long form: KILLS=500 tests/store/t-kill.sh
kills=${KILLS:-20}

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

# more_mail: what has come and notmuch does not know yet: first mail, answers, a bounce, and one is gone.
more_mail() {
  local i
  for i in {1..120}; do
    printf 'From: a@d%d.example\nTo: rep@example.com\nSubject: Re: x\nDate: Tue, 31 Mar 2026 10:00:00 +0000\nMessage-ID: <r%d@test.example>\nIn-Reply-To: <c%d@test.example>\n\nx\n' \
      "$i" "$i" "$i" >"$mail/inbox/cur/r$i:2,"
    printf 'From: rep@example.com\nTo: b@e%d.example\nSubject: y\nDate: Tue, 31 Mar 2026 11:00:00 +0000\nMessage-ID: <n%d@test.example>\n\nx\n' \
      "$i" "$i" >"$mail/sent/cur/n$i:2,S"
  done
  rm "$mail/sent/cur/c300:2,S"
}

# during_new: notmuch new runs, and the index is started and killed beside it; or the other way round.
during_new() {
  local pid delay
  delay=$(printf '0.%03d' $((RANDOM % 300)))
  if [ $((RANDOM % 2)) -eq 0 ]; then
    notmuch new --quiet --no-hooks &
    pid=$!
    after_delay "$delay"
  else
    notmuch new --quiet --no-hooks &
    pid=$!
    sleep "$delay"
    kill -KILL "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    after_delay "$delay"
  fi
  wait "$pid" 2>/dev/null || true
  new
}

beside_new() {
  city
  place city
  more_mail
  copy_box calm
  new && index
  dump >"$work/undisturbed"
  RANDOM=9
  local i
  for ((i = 0; i < kills / 4; i += thrift)); do disturb during_new; done
}
t "index or notmuch new killed, one beside the other ($((kills / 4)))" beside_new

# no_room N: from the Nth write on the disk is full.
no_room() {
  local status=0
  strace -f -o "$work/strace" -e trace=pwrite64 -e "inject=pwrite64:error=ENOSPC:when=$1+" \
    notmuch-cadence index --now="$now" --quiet 2>"$err" || status=$?
  grep -q INJECTED "$work/strace" || return 0
  case $status in 70 | 74 | 69) ;; *) { cat "$err"; fail "write $1: exit status $status on a full disk"; } ;; esac
  [ -s "$err" ] || fail 'not a word about it'
}

full_disk() {
  command -v strace >/dev/null || skip 'no strace'
  export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
  city
  local n
  for ((n = 1; n < 40 + kills; n += 6 * thrift)); do
    disturb no_room "$n"
    ! grep -q 'FAILED' "$work/killed" || { cat "$work/killed" && return 1; }
  done
}
t 'the disk is full from some write on' full_disk

# too_large: no file may grow over so many KiB; the system ends whoever tries.
too_large() { (ulimit -f "$1" && notmuch-cadence index --now="$now" --quiet); }

limited() {
  city
  local n
  for n in 0 64 128 256; do disturb too_large "$n"; done
}
t 'files may not grow' limited

# Files vanish, come back, and are renamed by flags while the index reads them; notmuch has not heard.
moved() {
  city
  place city
  agreements <<<$'[One]\nmatch = d1.example\nevery = 1mo'
  more_mail
  new
  copy_box calm
  index --full
  dump >"$work/undisturbed"
  place city
  copy_box struck
  touch "$dir/on"
  (
    while [ -e "$dir/on" ]; do
      for file in "$mail"/inbox/cur/r*":2,"; do mv "$file" "${file%:2,}:2,S"; done
      for file in "$mail"/sent/cur/c?:2,S; do mv "$file" "$dir/"; done
      for file in "$mail"/inbox/cur/r*:2,S; do mv "$file" "${file%S}"; done
      for file in "$dir"/c?:2,S; do mv "$file" "$mail/sent/cur/"; done
    done
  ) &
  local i
  for ((i = 0; i < kills / 4 + 2; i++)); do
    index --full
    [ $((i % 3)) -ne 1 ] || new 2>/dev/null || true # it may stumble over what has gone meanwhile
  done
  rm "$dir/on"
  wait
  sound
  new && index && index --full
  same "$work/undisturbed" <(dump) 'after files moved'
}
t 'files vanish and are renamed underneath' moved

done_testing
