#!/usr/bin/env bash
# Disturbed: beside notmuch new that is killed too, on a full disk, while files vanish. The database is
# sound, and the next run ends where an undisturbed one does.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/store/disturb.sh
. "$root/tests/store/disturb.sh"

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
