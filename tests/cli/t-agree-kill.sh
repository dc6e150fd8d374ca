#!/usr/bin/env bash
# `agree` is killed at every system call from the moment it locks the file until it is done with it: what is
# left is the old file or the new one, and the next `agree` works.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

command -v strace >/dev/null || skip_all 'no strace'
strace -qq -o /dev/null true 2>/dev/null || skip_all 'strace may not trace here'
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 # which can't be traced
now=2026-04-01T12:00:00Z

old=$'# mine\n\n[Acme]\nmatch = acme.example\nevery = 30d\n\n# the other\n[b.example]'
agree() { notmuch-cadence agree --no-index --now="$now" Acme "$@"; }

# points: each such call, as "NAME NUMBER", the NUMBERth of that name in the run. The change is over with the
# sync of the folder, the second fsync; the close behind it is the last call.
points() {
  strace -f -qq -o "$work/calls" -e trace=%file,%desc notmuch-cadence agree --no-index --now="$now" \
    Acme every=2w >/dev/null
  awk '
    match($2, /^[a-z_0-9]+\(/) {
      name = substr($2, 1, RLENGTH - 1)
      n[name]++
      begun = begun || name == "flock"
      if (begun && !over) print name, n[name]
      over = over || (n["fsync"] == 2 && name == "close")
    }' "$work/calls"
}

kill_at() {
  local status=0 found
  agreements <<<"$old"
  strace -f -qq -o /dev/null -e "trace=$1" -e "inject=$1:signal=KILL:when=$2" \
    notmuch-cadence agree --no-index --now="$now" Acme every=2w >/dev/null 2>&1 || status=$?
  [ "$status" -eq 137 ] && killed=$((killed + 1))
  found=$(cat "$NOTMUCH_CADENCE_DIR/agreements.ini")
  case $found in
  "$old") olds=$((olds + 1)) ;;
  "$changed") news=$((news + 1)) ;;
  *) fail "$1 $2 left something else" ;;
  esac
  agree note=seen >/dev/null || fail "$1 $2: the next change"
  is "$found" \
    "$(grep -v '^note = seen$' "$NOTMUCH_CADENCE_DIR/agreements.ini")" "$1 $2"
}

everywhere() {
  local name number changed tried=0 killed=0 olds=0 news=0
  box kill
  sent 2026-03-02 buyer@acme.example 'A mill' && new
  agreements <<<"$old"
  points >"$work/points"
  changed=$(cat "$NOTMUCH_CADENCE_DIR/agreements.ini")
  [ "$changed" != "$old" ] || fail 'nothing changed'
  grep -qE '^(rename|renameat|renameat2) ' "$work/points" || fail 'no rename?'
  while read -r name number; do
    tried=$((tried + 1))
    kill_at "$name" "$number"
  done <"$work/points"
  echo "$tried points, $killed killed; $olds old, $news new"
  [ "$tried" -ge 15 ] || fail 'hardly tried'
  [ $((killed * 5)) -ge $((tried * 4)) ] || fail 'hardly killed'
  [ "$olds" -gt 0 ] || fail 'never found the old file'
  [ "$news" -gt 0 ] || fail 'never found the new file'
}

t 'a killed agree leaves the old file or the new one' everywhere
done_testing
