# For clients with windows: an X server and a session bus of their own, the sample mailbox, a notmuch-cadence that
# records what a front end asks and can be made to fail, and eyes: AT-SPI, what a screen reader would read.
# Sourced after tests/lib.sh and lib.sh.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154 # $work and $root are of tests/lib.sh, $patience is for lib.sh

here=$root/tests/clients
patience=${CADENCE_PATIENCE:-60}
servers=()

# desktop: X server, window manager and bus, for all cases of the file; they end with it.
desktop() {
  needs Xvfb openbox xdotool dbus-daemon import
  /usr/bin/python3 -c 'import gi; gi.require_version("Atspi", "2.0")' 2>/dev/null ||
    skip_all 'no AT-SPI for Python'
  trap 'undo_desktop; chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT
  rm -rf "$work/run" && mkdir -m 700 "$work/run" && mkdir -p "$work/bin"
  export XDG_RUNTIME_DIR=$work/run XDG_CACHE_HOME=$HOME/.cache LIBGL_ALWAYS_SOFTWARE=1 NO_AT_BRIDGE=0
  unset G_DEBUG DBUS_SESSION_BUS_ADDRESS GTK_MODULES GTK_THEME
  Xvfb -displayfd 3 -screen 0 1280x1024x24 -nolisten tcp 3>"$work/display" >"$work/xvfb.log" 2>&1 &
  servers+=($!)
  soon test -s "$work/display" || skip_all 'Xvfb does not start'
  DISPLAY=:$(cat "$work/display")
  export DISPLAY
  openbox >"$work/openbox.log" 2>&1 &
  servers+=($!)
  export PATH=$work/bin:/usr/local/bin:/usr/bin:/bin
}

# bus: a session bus; what it starts has the environment of now, HOME above all.
bus() {
  rm -f "$work/bus"
  dbus-daemon --session --nofork --print-address=3 3>"$work/bus" >"$work/dbus.log" 2>&1 &
  servers+=($!)
  soon test -s "$work/bus" || skip_all 'no session bus'
  DBUS_SESSION_BUS_ADDRESS=$(cat "$work/bus")
  export DBUS_SESSION_BUS_ADDRESS
}

undo_desktop() {
  local i
  for ((i = ${#servers[@]} - 1; i >= 0; i--)); do
    kill "${servers[i]}" 2>/dev/null
    wait "${servers[i]}" 2>/dev/null
  done
}

# sample: the mailbox of contrib/try, indexed.
sample() {
  "$root/contrib/sample-mailbox" "$work/sample" || exit 1
  export NOTMUCH_CONFIG=$work/sample/notmuch-config NOTMUCH_CADENCE_DIR=$work/sample/cadence
  "$BUILD/plugin/cli/notmuch-cadence" index --quiet || exit 1
}

# watched [MODE]: puts a notmuch-cadence first in the PATH that keeps what it is asked in $work/asked.d/N (args,
# mail), and then is the real one, or fails as MODE says: killed, hangs, garbage, lies, endless.
watched() {
  rm -rf "$work/asked.d" && mkdir "$work/asked.d"
  cat >"$work/bin/notmuch-cadence" <<PROGRAM
#!/bin/bash
n=1
until mkdir "$work/asked.d/\$n" 2>/dev/null; do n=\$((n + 1)); done
cat >"$work/asked.d/\$n/mail"
printf '%s\\0' "\$@" >"$work/asked.d/\$n/args"
case "${1:-}" in
killed) kill -9 \$\$ ;;
hangs) exec sleep 10 ;;
garbage) head -c 3000 /dev/urandom; exit 0 ;;
endless) exec cat /dev/zero ;;
lies) echo '{"format": 1, "decision": "send"}'; exit 1 ;;
esac
exec "$BUILD/plugin/cli/notmuch-cadence" "\$@" <"$work/asked.d/\$n/mail"
PROGRAM
  chmod +x "$work/bin/notmuch-cadence"
}

# asked N WORD...: the Nth run of notmuch-cadence had these words; waits for it.
asked() {
  soon test -s "$work/asked.d/$1/args" || fail "notmuch-cadence ran $(calls asked) times, not $1"
  is "$(printf '<%s>\n' "${@:2}" | paste -sd ' ')" "$(arguments asked "$1")" "words of run $1"
}
# saw N LINE...: these lines stand in what the Nth run read.
saw() {
  local line
  for line in "${@:2}"; do
    grep -qxF -- "$line" "$work/asked.d/$1/mail" ||
      { echo "not in the draft: $line" && cat "$work/asked.d/$1/mail" && return 1; }
  done
}

# window TITLE: a window of exactly that title is there; waits for it. Sets $window, its number.
window() {
  soon find_window "$1" || {
    echo "no window: $1"
    "$here/look" --titles
    shot "$work/lost.png" root
    return 1
  }
}
find_window() {
  window=$(xdotool search --onlyvisible --name "^$1\$" 2>/dev/null | tail -n 1) && [ -n "$window" ]
}
no_window() { ! find_window "$1"; }
gone() { soon no_window "$1" || fail "still there: $1"; }

# heads_with_summary: the dialog's heading is what the program says about the first draft in a line.
heads_with_summary() {
  run 1 "$BUILD/plugin/cli/notmuch-cadence" check --format=json "$work/asked.d/1/mail"
  reads Cadence "label: $(value .summary)"
}

# sensitive NAME: the button of that name in our dialog can be pressed.
sensitive() { looks_like Cadence "push button: $1" && ! grep -qF "push button: $1 [insensitive]" "$work/look"; }

# forms PARTY: our window about the party of the mail that waits for an answer says what show says, and does what
# its forms say. It is of the sample mailbox, which is as it was afterwards.
forms() {
  local id
  id=id:$(sed -n 's/^Message-ID: <\(.*\)>/\1/Ip' "$(grep -l '^Subject: Re: Question' "$work"/sample/mail/inbox/cur/*)")
  cp -a "$work/sample" "$work/sample.kept"
  window Cadence
  reads Cadence "$1  owed" 'page tab: Agree' 'page tab: Log' 'page tab: Hold'
  asked 1 show -- "$id"
  fill alt+i 1mo Agree
  asked 2 agree -- "$id" every=1mo
  asked 3 show -- "$id"
  reads Cadence 'an interval is agreed' 'state: owed; as before'
  press ctrl+Page_Down
  fill alt+t 'wants the new list' Log
  asked 4 log -- "$id" call out 'wants the new list'
  asked 5 show -- "$id"
  reads Cadence "$1  waiting" 'call'
  press ctrl+Page_Down
  fill alt+u 'no day at all' Hold
  asked 6 hold -- "$id" 'no day at all'
  asked 7 show -- "$id"
  reads Cadence '"no day at all"'
  press Escape && gone Cadence
  rm -rf "$work/sample" && mv "$work/sample.kept" "$work/sample"
}
# fill KEY TEXT BUTTON: types into the field of that key, and presses the button.
fill() {
  press "$1" && xdotool key ctrl+a && xdotool type "$2"
  reads Cadence "$2"
  "$here/look" Cadence "$3"
}

# strike KEY: to the composer, again where nothing came of it: a window may be there before it listens.
strike() {
  local before i
  before=$(events)
  for i in 1 2 3 4; do
    window "$composer" && press "$1"
    for _ in $(seq 50); do
      [ "$before" = "$(events)" ] || return 0
      sleep 0.1
    done
    echo "again: $1 ($i)"
  done
  shot "$work/deaf.png" root
  fail "nothing came of $1"
}
# events: what changes when a mail is sent or asked about.
events() { echo "$(calls asked) $(calls mta) $(xdotool search --onlyvisible --name '^Cadence$' 2>/dev/null)"; }

# press KEY...: to the window that was looked for last.
press() {
  xdotool windowactivate --sync "$window" 2>/dev/null || :
  xdotool key --clearmodifiers --window 0 "$@"
}

# reads TITLE TEXT...: the window says each of these; waits for them.
reads() {
  local title=$1
  soon looks_like "$@" && return
  echo "window $title does not say: ${*:2}"
  cat "$work/look"
  return 1
}
looks_like() {
  local text
  "$here/look" "$1" >"$work/look" 2>/dev/null || return 1
  for text in "${@:2}"; do
    grep -qF -- "$text" "$work/look" || return 1
  done
}

# shot FILE [WINDOW]: a picture of a window with its frame, small.
shot() { import -frame -window "${2:-$window}" -strip -colors 48 "$1" 2>/dev/null || :; }

# picture CLIENT: of the window that was looked for last, into the build folder, and on request into the tree.
picture() {
  local file=$BUILD/plugin/clients/$1/dialog.png
  shot "$file"
  [ -s "$file" ] || fail "no picture: $file"
  [ "$(stat -c %s "$file")" -le 61440 ] || fail "no small picture: $file"
  [ -z "${CADENCE_SCREENSHOTS:-}" ] || cp "$file" "$root/plugin/clients/$1/dialog.png"
}

# is_sent N: the MTA ran N times by now, and no more.
is_sent() {
  soon has_sent "$1" || fail "the MTA ran $(calls mta) times, not $1"
  is "$1" "$(calls mta)" 'runs of the MTA'
}
has_sent() { [ -s "$work/mta.d/$1/mail" ]; }
nothing_sent() { is 0 "$(calls mta)" 'runs of the MTA'; }

# plain FILE: a mail less what differs each time that it is made.
plain() {
  sed -E -e '/^(Message-ID|Date|X-Mailer|User-Agent): /Id' -e 's/(boundary=)"[^"]*"/\1/;s/^--[-=_+A-Za-z0-9]{12,}/--/' "$1"
}
