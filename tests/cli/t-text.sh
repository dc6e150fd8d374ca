#!/usr/bin/env bash
# Nothing taken from mail reaches a terminal with its control characters; text fits the terminal.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh disable=SC2119
. "$(dirname "$0")/../lib.sh"

# coded TEXT: as an encoded word, so that no header syntax is in the way.
coded() { printf '=?utf-8?b?%s?=' "$(printf '%b' "$1" | base64 -w 0)"; }

box
evil='red \x1b[31m title \x1b]0;x\x07 c1 \xc2\x9b31m rtl \xe2\x80\xaegpj.exe zero \xe2\x80\x8bwidth bom \xef\xbb\xbf del \x7f line \xe2\x80\xa8 para \xe2\x80\xa9 iso \xe2\x81\xa6x tag \xf3\xa0\x81\x81 us \x1f new\nline'
sent 2026-03-30 buyer@acme.example "$(coded "$evil")"
got 2026-03-31 "$(coded "Name $evil") <buyer@acme.example>" "$(coded "Re: $evil")"
sent 2026-03-30 'buyer@wide.example' "$(coded '字幅の広い件名です字幅の広い件名です字幅の広い件名です')"
sent 2026-03-30 'buyer@long.example' "$(printf 'word%.0s ' {1..40})"
new
index

# clean FILE: no C0 but line ends, no DEL, C1, bidirectional control, separator, zero-width or tag
# character, and valid UTF-8.
clean() {
  iconv -f UTF-8 -t UTF-8 "$1" >/dev/null
  ! LC_ALL=C.UTF-8 grep -qP '[\x00-\x09\x0b-\x1f\x7f\x{80}-\x{9f}\x{200b}-\x{200f}\x{2028}-\x{202e}\x{2060}-\x{206f}\x{feff}\x{e0000}-\x{e007f}]' "$1" ||
    fail "not clean: $(cat -v "$1")"
}

cleaned() {
  run 0 cadence list
  clean "$out"
  says 'red' 'gpj.exe'
  run 0 cadence show acme.example
  clean "$out"
  LC_ALL=C run 0 cadence show acme.example
  clean "$out"
}
t 'list and show are clean' cleaned

json_is_whole() {
  run 0 cadence show --format=json acme.example
  clean "$out"
  printf '%b' "$evil" >"$work/evil"
  jq -j '.prospects[0].timeline[0].subject' "$out" | cmp - "$work/evil"
}
t 'JSON keeps every character, escaped' json_is_whole

# on_terminal COLUMNS COMMAND...: standard output on a pseudo-terminal so wide.
on_terminal() {
  python3 - "$@" <<'PY'
import fcntl, os, pty, struct, sys, termios
columns, command = int(sys.argv[1]), sys.argv[2:]
primary, secondary = pty.openpty()
fcntl.ioctl(secondary, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
child = os.fork()
if child == 0:
    os.close(primary)
    os.dup2(secondary, 1)
    os.execvp(command[0], command)
os.close(secondary)
data = b""
while True:
    try:
        part = os.read(primary, 65536)
    except OSError:
        break
    if not part:
        break
    data += part
os.waitpid(child, 0)
sys.stdout.buffer.write(data.replace(b"\r\n", b"\n"))
PY
}

# widest FILE: columns of its widest line; East Asian wide characters count two.
widest() {
  python3 -c '
import sys, unicodedata
wide = lambda c: 0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
print(max([sum(map(wide, line)) for line in open(sys.argv[1]).read().split("\n")]))' "$1"
}

fits() {
  export NO_COLOR=1
  printf 'To: buyer@acme.example, buyer@long.example\n\nx\n' >"$work/draft"
  for columns in 200 80 60 40 30; do
    for command in list 'show acme.example' 'show wide.example' "check $work/draft" config --help 'index --help'; do
      # shellcheck disable=SC2086 # a command and its arguments
      on_terminal $columns notmuch-cadence --now="$now" $command >"$work/screen"
      [ "$(widest "$work/screen")" -le $columns ] || fail "$command at $columns: $(cat "$work/screen")"
    done
  done
}
t 'no line is wider than the terminal' fits

uncut() {
  run 0 cadence list
  says 'word word word word word word word word word word word word word word word word word word'
}
t 'elsewhere nothing is cut' uncut

escapes() { LC_ALL=C grep -c $'\e' "$1" || true; }

colour() {
  on_terminal 80 notmuch-cadence --now="$now" list >"$work/screen"
  isnt 0 "$(escapes "$work/screen")"
  NO_COLOR=1 on_terminal 80 notmuch-cadence --now="$now" list >"$work/screen"
  is 0 "$(escapes "$work/screen")"
  TERM=dumb on_terminal 80 notmuch-cadence --now="$now" list >"$work/screen"
  is 0 "$(escapes "$work/screen")"
  on_terminal 80 notmuch-cadence --now="$now" list --color=never >"$work/screen"
  is 0 "$(escapes "$work/screen")"
  run 0 cadence list
  is 0 "$(escapes "$out")"
  NO_COLOR=1 run 0 cadence list --color=always
  isnt 0 "$(escapes "$out")"
}
t 'colour on terminals, unless it is not wanted' colour

done_testing
