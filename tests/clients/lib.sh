# What the tests of the mail clients share: a home of its own for each, an MTA that records, and a terminal
# to drive a client on. Sourced after tests/lib.sh.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154 # $work and $id are of tests/lib.sh

patience=${CADENCE_PATIENCE:-40} # seconds until what should be on a screen is given up

# needs PROGRAM...: skips the file where one is missing.
needs() {
  local program
  for program; do
    command -v "$program" >/dev/null || skip_all "no $program"
  done
}

# day N: N days from today, for the clients live at the real present. `ago 3` is three days ago.
day() { date -u -d "$1 days" +%F; }
ago() { day "-$1"; }

# home: an empty one, and nobody's state in it. Programs of the test stand first in the PATH.
home() {
  rm -rf "${HOME:?}" "${work:?}/run" "${work:?}/bin" && mkdir -p "$HOME" "$work/bin" && mkdir -m 700 "$work/run"
  export XDG_RUNTIME_DIR=$work/run MAIL=$work/no-mbox EDITOR=true
  case $PATH in "$work/bin":*) ;; *) export PATH=$work/bin:$PATH ;; esac
  recorder mta
  front
}

# seller: a mailbox as the tests of all clients use it. acme.example agreed on a month and was written to three
# days ago ($last; their mail of 40 days ago is $theirs); waits.example asked something yesterday ($asked);
# stop.example asked never to be written to; friend.example is nobody's prospect. The MTA is the one that records.
seller() {
  box "${1:-box}"
  sent "$(ago 45)" 'Buyer <buyer@acme.example>' 'Mill offer' && local first=$id
  got "$(ago 40)" 'Buyer <buyer@acme.example>' 'Re: Mill offer' "In-Reply-To: <$first>" && theirs=$id
  sent "$(ago 39)" 'Buyer <buyer@acme.example>' 'Re: Mill offer' "In-Reply-To: <$theirs>"
  sent "$(ago 3)" 'Buyer <buyer@acme.example>' 'Mill news' && last=$id
  sent "$(ago 9)" 'Chief <chief@waits.example>' 'Saw offer' && first=$id
  got "$(ago 1)" 'Chief <chief@waits.example>' 'Re: Saw offer' "In-Reply-To: <$first>" && asked=$id
  sent "$(ago 60)" 'Nobody <nobody@stop.example>' 'Axe offer'
  new
  agreements <<FILE
[acme]
match = acme.example
every = 1mo
agreed-on = $(ago 40)
evidence = id:$theirs
[stop]
match = stop.example
opted-out = $(ago 50)
FILE
  policy <<FILE
[scope]
query = from:rep@example.com
[sendmail]
within = 20s
command = $work/bin/mta
FILE
  notmuch-cadence index --quiet
}

# --- the MTA ---

# recorder NAME: makes $work/bin/NAME, a program that keeps what it is given in $work/NAME.d/1, 2, ...
# (`args`, each ended by NUL; `mail`, its standard input), and ends with the status in $work/NAME.d/exit.
recorder() {
  rm -rf "$work/$1.d" && mkdir -p "$work/$1.d" "$work/bin"
  cat >"$work/bin/$1" <<PROGRAM
#!/bin/bash
n=1
until mkdir "$work/$1.d/\$n" 2>/dev/null; do n=\$((n + 1)); done
printf '%s\\0' "\$@" >"$work/$1.d/\$n/args"
cat >"$work/$1.d/\$n/mail"
[ ! -f "$work/$1.d/exit" ] || exit "\$(cat "$work/$1.d/exit")"
PROGRAM
  chmod +x "$work/bin/$1"
}

# front: makes $work/bin/notmuch-cadence, which keeps in $work/front.d what a client hands to the hook, as
# a recorder does, and then is the real program. `setup` takes it for the program, since it is first in the PATH.
front() {
  rm -rf "$work/front.d" && mkdir -p "$work/front.d" "$work/bin"
  cat >"$work/bin/notmuch-cadence" <<PROGRAM
#!/bin/bash
[ "\${1-}" = sendmail ] || exec "$BUILD/plugin/cli/notmuch-cadence" "\$@"
n=1
until mkdir "$work/front.d/\$n" 2>/dev/null; do n=\$((n + 1)); done
printf '%s\\0' "\$@" >"$work/front.d/\$n/args"
cat >"$work/front.d/\$n/mail"
"$BUILD/plugin/cli/notmuch-cadence" "\$@" <"$work/front.d/\$n/mail" 2>"$work/front.d/\$n/said"
status=\$?
cat "$work/front.d/\$n/said" >&2
echo \$status >"$work/front.d/\$n/status"
exit \$status
PROGRAM
  chmod +x "$work/bin/notmuch-cadence"
}

# calls NAME: how often a recorder ran. arguments NAME N: the words of the Nth run, in <>.
calls() { find "$work/$1.d" -mindepth 1 -maxdepth 1 -type d | wc -l; }
arguments() { tr '\0' '\n' <"$work/$1.d/$2/args" | sed 's/.*/<&>/' | paste -sd ' '; }

# delivered N: the MTA was run N times by now; waits for it.
delivered() {
  soon is_at_least mta "$1" || fail "the MTA ran $(calls mta) times, not $1"
  is "$1" "$(calls mta)" 'runs of the MTA'
}
is_at_least() { [ "$(calls "$1")" -ge "$2" ] && [ -s "$work/$1.d/$2/mail" ]; }

# refused N: the hook was asked N times by now, and the last time it said no; waits for it.
refused() {
  soon has_ended "$1" || fail "the hook ran $(calls front) times, not $1"
  is "77" "$(cat "$work/front.d/$1/status")" 'exit status of the hook'
}
has_ended() { [ -s "$work/front.d/$1/status" ]; }

# unaltered: what the MTA got last is what the client wrote last, byte for byte.
unaltered() {
  local wrote got
  wrote=$work/front.d/$(calls front)/mail
  got=$work/mta.d/$(calls mta)/mail
  [ -s "$wrote" ] || fail 'the client wrote nothing'
  is "$(sha256sum <"$wrote")" "$(sha256sum <"$got")" 'what the MTA got'
}

# soon COMMAND...: waits until it is true.
soon() {
  local end=$((SECONDS + patience))
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.1
  done
}

# --- a terminal ---

# term COMMAND...: starts it on a terminal of 100 x 30 in a tmux server of its own, which ends with the case.
term() {
  export TMUX_TMPDIR=$work
  unset TMUX
  rm -f "$work/ended"
  socket=cadence-$BASHPID
  trap 'tmux -L "$socket" kill-server 2>/dev/null' EXIT
  tmux -L "$socket" -f /dev/null start-server \; set -g remain-on-exit on \; set -g escape-time 0 \; \
    set -g status off \; new-session -d -x 100 -y 30 \
    sh -c '"$@"; echo $? >"$0"' "$work/ended" "$@"
}

# keys KEY...: as tmux names them (Enter, C-x, Escape). typed TEXT: letter by letter.
keys() { tmux -L "$socket" send-keys "$@"; }
typed() { tmux -L "$socket" send-keys -l -- "$1"; }
screen() { tmux -L "$socket" capture-pane -p; }

shows() { screen | grep -qF -- "$1"; }
hides() { ! shows "$1"; }

# see TEXT: it is on the screen; waits for it. unsee TEXT: it goes away.
see() { soon shows "$1" || unlike "not on the screen: $1"; }
unsee() { soon hides "$1" || unlike "still on the screen: $1"; }
unlike() {
  echo "$1"
  screen | grep -v '^ *$'
  return 1
}

# over [STATUS]: the program ends, with that status, or with any for "-". (tmux now and then misses it.)
over() {
  soon test -s "$work/ended" || unlike 'does not end'
  [ "${1:-0}" = - ] || is "${1:-0}" "$(cat "$work/ended")" 'exit status'
}
