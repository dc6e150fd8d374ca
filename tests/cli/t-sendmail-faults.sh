#!/usr/bin/env bash
# sendmail where something is broken: a mail is sent and that is said, or held where the policy says so;
# what the MTA says comes back; and nobody hears "sent" but from the MTA.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/cli/hook.sh
. "$root/tests/cli/hook.sh"

# goes_out: the early follow-up is sent without having been checked, and that is said.
goes_out() {
  draft a@alder.example
  rm -rf "${mta:?}"/*
  run 0 hook -t
  complains 'this mail was not checked' 'it is sent all the same' "$@"
  went 1
  same draft "$mta/1.mail"
}

# is_held: the same where the policy holds it; and it can be allowed all the same.
is_held() {
  draft a@alder.example
  rm -rf "${mta:?}"/*
  run 77 hook -t
  complains 'not sent' 'could not be checked' "$@"
  went 0
  run 0 cadence allow
  run 0 hook -t
  went 1
  run 77 hook -t
  went 1
}

# broken HOW [WORD...]: what becomes of it by both settings.
broken() {
  local how=$1
  desk
  "$how"
  goes_out "${@:2}"
  desk
  desk_policy 'on-error = hold'
  "$how"
  is_held "${@:2}"
}

gone() { rm -rf "$mail/.notmuch"; }
no_config() { rm "$NOTMUCH_CONFIG"; }
corrupt() { for file in "$(xapian)"/*.glass; do : >"$file"; done; }
garbage() { for file in "$(xapian)"/*.glass; do head -c 20000 /dev/urandom >"$file"; done; }
policy_fault() { printf '[cadence]\nevery = sometimes\n' >>"$NOTMUCH_CADENCE_DIR/policy.ini"; }
agreements_fault() { echo 'not a line' >>"$NOTMUCH_CADENCE_DIR/agreements.ini"; }
never_indexed() { rm -rf "$mail/.notmuch" && new; }
t 'no database' broken gone
t 'no notmuch configuration' broken no_config
t 'an emptied database' broken corrupt
t 'a database full of garbage' broken garbage
t 'a fault in policy.ini: the MTA it names is found all the same' broken policy_fault every sometimes
t 'a fault in agreements.ini' broken agreements_fault agreements.ini
t 'a database that the index has not seen' broken never_indexed

# A writer in the way of nobody.
locked() {
  desk
  lock 20
  draft a@alder.example
  run 77 hook -t
  draft d@fir.example
  run 0 hook -t
  went 1
  kill "$holder"
}
t 'a database that is being written to: judged as ever' locked

# --- our own faults, brought about from outside ---

traceable() {
  command -v strace >/dev/null || skip 'no strace'
  export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
  strace -f -o /dev/null true 2>/dev/null || skip 'strace may not trace here'
}

# in_judging INJECTION: the hook, with that done to whoever judges as the database is opened.
in_judging() {
  strace -f -qq -o "$work/strace" -P "$(xapian)/iamglass" -e trace=openat -e "inject=openat:$1" \
    notmuch-cadence sendmail --now="$now" "${@:2}" <draft
}

crash() {
  traceable
  desk
  draft a@alder.example
  run 0 in_judging signal=KILL -t
  complains 'ended by signal 9' 'sent all the same'
  went 1
  same draft "$mta/1.mail"
}
t 'judging crashes: sent, and said' crash

hang() {
  traceable
  desk
  policy < <(printf '%s\n' '[scope]' 'query = from:rep@example.com' '[sendmail]' "command = $work/recorder")
  draft a@alder.example
  run 0 in_judging delay_enter=3000000 --mta="$work/recorder" -t
  complains 'took too long' 'sent all the same'
  went 1
  same draft "$mta/1.mail"
}
t 'judging hangs: sent after 200 ms, and said' hang

# failing_writes ERROR: every write below the state folder fails.
failing_writes() {
  strace -f -qq -o "$work/strace" -P "$state" -P "$state/sent" -P "$state/refused" \
    -e trace=openat,mkdir,rename,write -e "inject=openat,mkdir,rename:error=$1" \
    notmuch-cadence sendmail --now="$now" "${@:2}" <draft
}

no_state() {
  desk
  mkdir -p "$XDG_STATE_HOME"
  : >"$state" # a file where the folder should be
  draft d@fir.example
  run 0 hook -t
  complains 'sent, but not noted as sent'
  went 1
  draft a@alder.example
  run 77 hook -t
  complains "can't be kept" too-soon
  went 1
}
t 'a state folder that is none: a refusal stands, a sent mail is sent' no_state

state_errors() {
  traceable
  local error
  for error in EROFS ENOSPC EACCES EIO; do
    desk
    mkdir -p "$state/refused"
    draft d@fir.example
    run 0 failing_writes $error -t
    complains 'sent, but not noted as sent'
    went 1
    draft a@alder.example
    run 77 failing_writes $error -t
    complains too-soon
    went 1
  done
}
t 'a state folder that is full or read-only' state_errors

# The message has to be kept before anything else is done with it.
no_spool() {
  desk
  head -c 20000000 /dev/zero >>draft
  local where=$work/nowhere
  run 74 env TMPDIR="$where" notmuch-cadence sendmail --now="$now" stranger@elsewhere.example <draft
  complains "$where"
  went 0
  bash -c "ulimit -f 1000; exec notmuch-cadence sendmail --now=$now stranger@elsewhere.example <draft" \
    >"$out" 2>"$err" && fail 'it said 0'
  went 0
}
t 'a message that cannot be kept: nothing is sent' no_spool

# --- the MTA ---

no_mta() {
  desk
  draft d@fir.example
  run 69 hook --mta=/nowhere/mta -t
  complains /nowhere/mta policy.ini
  run 69 hook --mta=no-such-program -t
  run 69 hook --mta="'unbalanced" -t
  : >"$work/plain"
  run 69 hook --mta="$work/plain" -t
  complains "$work/plain" executed
  run 69 hook --mta="$work" -t
  printf 'neither a script nor a program\n' >"$work/plain"
  chmod 755 "$work/plain"
  run 69 hook --mta="$work/plain" -t
  draft stranger@elsewhere.example
  run 69 hook --mta="$work/plain" -t
  complains "$work/plain"
  run 69 hook --mta=/nowhere/mta -t
  went 0
}
t 'no MTA, or none that runs: 69, with its path' no_mta

statuses() {
  desk
  local status
  for status in 1 64 67 75 77 78 255; do
    recorder "exit $status"
    draft d@fir.example
    run $status hook -t
    went 1
    draft stranger@elsewhere.example
    run $status hook -t
    went 2
  done
  for status in 126 127; do
    recorder "exit $status"
    draft d@fir.example
    run 69 hook -t
    complains "$work/recorder" $status
    went 1
  done
  [ ! -e "$state/sent" ] || fail 'noted as sent what was not'
}
t 'what the MTA says comes back; 126 and 127 do not' statuses

signals() {
  desk
  local signal
  for signal in KILL SEGV TERM HUP PIPE; do
    recorder "kill -$signal \$\$"
    draft d@fir.example
    run 75 hook -t
    complains 'signal'
    went 1
  done
  [ ! -e "$state/sent" ] || fail 'noted as sent what was not'
}
t 'an MTA that dies by a signal: 75' signals

# The message is a file, so an MTA that stops reading disturbs nobody.
early_close() {
  desk
  draft d@fir.example
  head -c 20000000 /dev/zero >>draft
  # shellcheck disable=SC2016 # for the script
  printf '#!/bin/bash\nexec 0<&-\nsleep 0.2\nexit ${1#-t}\n' >"$work/deaf"
  chmod 755 "$work/deaf"
  run 0 hook --mta="$work/deaf" -t
  printf '#!/bin/bash\nread -r line\nexit 3\n' >"$work/deaf"
  run 3 hook --mta="$work/deaf" -t
}
t 'an MTA that closes its input early' early_close

hanging() {
  desk
  draft d@fir.example
  recorder "until [ -e $work/go ]; do sleep 0.05; done; exit 4"
  rm -f "$work/go"
  hook -t >"$out" 2>"$err" &
  local pid=$!
  until [ -e "$mta/1.args" ]; do sleep 0.05; done
  sleep 1
  kill -0 $pid || fail 'did not wait'
  touch "$work/go"
  local status=0
  wait $pid || status=$?
  is 4 $status
  went 1
}
t 'an MTA that hangs: waited for' hanging

# Whoever asks the hook to end asks the MTA.
asked_to_end() {
  desk
  draft d@fir.example
  local signal
  for signal in TERM HUP INT; do
    recorder "trap 'exit 9' $signal; touch $work/ready; for i in {1..200}; do sleep 0.05; done"
    rm -f "$work/ready"
    # Not from bash, which has its background jobs ignore INT.
    env --default-signal python3 - "$signal" "$work" "$now" >"$out" 2>"$err" <<'PY'
import os, signal, subprocess, sys, time
name, work, now = sys.argv[1:]
hook = subprocess.Popen(["notmuch-cadence", "sendmail", "--now=" + now, "-t"], stdin=open("draft"))
while not os.path.exists(work + "/ready"):
    time.sleep(0.02)
hook.send_signal(getattr(signal, "SIG" + name))
assert hook.wait(30) == 9, hook.returncode
PY
    went 1
  done
}
t 'a request to end is handed to the MTA, whose answer counts' asked_to_end

# A caller that ignores SIGCHLD must not make us deaf for the MTA's answer.
no_sigchld() {
  desk
  recorder 'exit 5'
  draft d@fir.example
  run 5 python3 -c '
import os, signal, sys
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
os.execvp("notmuch-cadence", ["notmuch-cadence", "sendmail", "--now=" + sys.argv[1], "-t"])' "$now" <draft
  went 1
}
t 'called by one who ignores SIGCHLD' no_sigchld

closed() {
  desk
  draft d@fir.example
  run 0 bash -c "exec 2>&-; notmuch-cadence sendmail --now=$now -t <draft"
  run 0 bash -c "exec 1>&-; notmuch-cadence sendmail --now=$now -t <draft"
  went 2
  draft a@alder.example
  run 77 bash -c "exec 1>&- 2>&-; notmuch-cadence sendmail --now=$now -t <draft"
  went 2
}
t 'with standard descriptors closed' closed

done_testing
