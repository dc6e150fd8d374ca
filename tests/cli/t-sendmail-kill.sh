#!/usr/bin/env bash
# The hook killed at any instant: the MTA runs once or not at all, gets all of the message or nothing,
# and whoever called does not hear "sent"; what is kept in the state folder stays readable.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/cli/hook.sh
. "$root/tests/cli/hook.sh"

# recording_mta: the message counts when it is whole: it is renamed then.
recording_mta() {
  rm -rf "$mta"
  mkdir -p "$mta"
  printf '#!/bin/bash\necho >>"%s/started"\nt=$(mktemp "%s/part.XXXXXX")\ncat >"$t"\nmv "$t" "$t.mail"\n' \
    "$mta" "$mta" >"$work/recorder"
  chmod 755 "$work/recorder"
}

# Nobody may be left of the run that was killed.
settled() {
  local i
  for ((i = 0; i < 200; i++)); do
    [ -e "$mta/started" ] && ! compgen -G "$mta/part.??????" >/dev/null && break
    pgrep -f "$work/recorder" >/dev/null || break
    sleep 0.02
  done
}

# judged STATUS: what may be after a run that ended so.
judged() {
  local started=0 whole=0 file
  settled
  [ ! -e "$mta/started" ] || started=$(wc -l <"$mta/started")
  for file in "$mta"/*.mail; do
    [ -e "$file" ] || continue
    whole=$((whole + 1))
    same draft "$file" 'the message that went out'
  done
  [ "$started" -le 1 ] || fail "the MTA ran $started times"
  [ "$1" -ne 0 ] || is 1 "$whole" 'mails that went out behind an exit status of 0'
  # The next mail is judged as ever.
  cp draft kept
  draft c@cedar.example
  run 77 hook -t
  mv kept draft
}

# at_call CALL N: killed when it is about to make the call for the Nth time, in the parent alone.
at_call() {
  strace -o "$work/strace" -e "trace=$1" -e "inject=$1:signal=KILL:when=$2" \
    notmuch-cadence sendmail --now="$now" -t <draft
}

by_calls() {
  command -v strace >/dev/null || skip 'no strace'
  export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
  desk
  recording_mta
  draft d@fir.example
  strace -o "$work/all" notmuch-cadence sendmail --now="$now" -t <draft || skip 'strace may not trace here'
  local call total n step status struck=0
  while IFS= read -r call; do
    total=$(grep -c "^$call(" "$work/all")
    step=$((total > 4 ? (total + 3) / 4 : 1))
    for ((n = 1; n <= total; n += step)); do
      rm -rf "$state"
      recording_mta
      status=0
      at_call "$call" "$n" >/dev/null 2>&1 || status=$?
      judged $status
      struck=$((struck + 1))
    done
  done < <(sed -n 's/^\([a-z_0-9]*\)(.*/\1/p' "$work/all" | sort -u | grep -v -x -e execve -e exit_group)
  echo "killed $struck times"
  [ "$struck" -ge 40 ] || fail "killed only $struck times"
}
t 'killed at every kind of call' by_calls

# The whole group, as a closing terminal does; and single processes of it, by chance.
by_time() {
  desk
  RANDOM=5
  draft d@fir.example
  local i pid status
  for ((i = 0; i < 60; i++)); do
    recording_mta
    [ $((i % 10)) -gt 0 ] || rm -rf "$state"
    setsid notmuch-cadence sendmail --now="$now" -t <draft >/dev/null 2>&1 &
    pid=$!
    sleep "$(printf '0.%06d' $((RANDOM * 40000 / 32768)))"
    kill -KILL "$([ $((i % 2)) -eq 0 ] || echo -)$pid" 2>/dev/null || true # it may be over
    status=0
    wait $pid 2>/dev/null || status=$?
    [ $((i % 2)) -eq 0 ] || rm -f "$mta"/part.??????
    judged $status
  done
}
t 'killed at random instants, alone or with the MTA' by_time

# What was kept is whole at any instant: a leave is there or not, the journal has whole lines.
state_by_calls() {
  command -v strace >/dev/null || skip 'no strace'
  export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
  desk
  strace -f -o /dev/null true 2>/dev/null || skip 'strace may not trace here'
  local call n
  for call in rename write openat mkdir flock; do
    for n in 1 2 3 4 5 6; do
      desk >/dev/null
      draft a@alder.example
      run 77 hook -t
      cadence allow >/dev/null
      strace -f -o "$work/strace" -P "$state" -P "$state/sent" -P "$state/refused" -e "trace=$call" \
        -e "inject=$call:signal=KILL:when=$n" notmuch-cadence sendmail --now="$now" -t <draft >/dev/null 2>&1 || true
      run 0 cadence list
      printf '1775000000\tid-of-a-torn-line\t\ta@al' >>"$state/sent"
      draft d@fir.example
      run 0 hook -t
      is 2 "$(field fir.example .attempts)"
    done
  done
}
t 'the state folder after kills, and a torn line' state_by_calls

done_testing
