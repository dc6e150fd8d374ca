#!/usr/bin/env bash
# setup killed at every system call that has to do with files, from the first that names the file it changes: what is
# left is the old configuration or the new one, never a half, and setup run again makes it good.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

command -v strace >/dev/null || skip_all 'no strace'
strace -qq -o /dev/null true 2>/dev/null || skip_all 'strace may not trace here'
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 # which can't be traced
mkdir "$work/bin"
printf '#!/bin/sh\nexit 0\n' >"$work/bin/mcom" && chmod +x "$work/bin/mcom"
export PATH=$work/bin:$PATH
profile=$HOME/.mblaze/profile
old='Sendmail: msmtp -a x'

begin() {
  rm -rf "$HOME/.mblaze" && mkdir -p "$HOME/.mblaze"
  printf %s "$old" >"$profile"
}

# points: each call of a whole change, as "NAME NUMBER": the NUMBERth of that name.
points() {
  begin
  strace -f -qq -o "$work/calls" -e trace=%file,%desc notmuch-cadence setup mblaze --yes >/dev/null
  awk -v path="$HOME/.mblaze" '
    match($2, /^[a-z_0-9]+\(/) {
      name = substr($2, 1, RLENGTH - 1)
      n[name]++
      begun = begun || name != "execve" && index($0, path)
      if (begun) print name, n[name]
    }' "$work/calls"
}

everywhere() {
  local name number status found new tried=0 killed=0 olds=0 news=0
  points >"$work/points"
  new=$(cat "$profile")
  isnt "$old" "$new"
  while read -r name number; do
    begin
    tried=$((tried + 1)) status=0
    strace -f -qq -o /dev/null -e "trace=$name" -e "inject=$name:signal=KILL:when=$number" \
      notmuch-cadence setup mblaze --yes >/dev/null 2>&1 || status=$?
    [ "$status" -ne 137 ] || killed=$((killed + 1))
    found=$(cat "$profile")
    case $found in
    "$old") olds=$((olds + 1)) ;;
    "$new") news=$((news + 1)) ;;
    *) fail "$name $number left: $found" ;;
    esac
    run 0 notmuch-cadence setup mblaze --yes
    is "$new" "$(cat "$profile")" "$name $number, and again"
    run 0 notmuch-cadence setup mblaze --undo --yes
    is "$old" "$(cat "$profile")" "$name $number, undone"
    [ -z "$(find "$HOME/.mblaze" -name '.*cadence-new')" ] || fail "$name $number left a file"
  done <"$work/points"
  echo "$tried points, $killed killed; $olds old, $news new"
  grep -qE '^(rename|renameat|renameat2) ' "$work/points" || fail 'no rename?'
  [ "$killed" -ge 20 ] || fail 'hardly killed'
  [ "$olds" -gt 0 ] && [ "$news" -gt 0 ]
}

t 'a killed setup leaves the old file or the new one' everywhere
done_testing
