#!/usr/bin/env bash
# A change is killed at every system call that has to do with files: what is left is the old file or the
# new one, and the next change works and clears up.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../../lib.sh"

command -v strace >/dev/null || skip_all 'no strace'
strace -qq -o /dev/null true 2>/dev/null || skip_all 'strace may not trace here'
change=$BUILD/tests/unit/config/change-agreement
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 # which can't be traced
d=$work/d

old=$'# mine\n\n[acme.example]\nevery = 30d\n\n# the other\n[b.example]\n'
new=${old/30d/2w}

# Three places that a change may find.
plain() { mkdir "$d" && printf %s "$old" >"$d/agreements.ini"; }
linked() {
  mkdir "$d" "$d/real" && printf %s "$old" >"$d/real/ours.ini" && ln -s real/ours.ini "$d/agreements.ini"
}
absent() { :; }

# begin PLACE: makes it anew.
begin() { rm -rf "$d" && "$1"; }

# look: what the file is now: old, new, none; anything else is broken.
look() {
  if [ ! -e "$d/agreements.ini" ]; then
    echo none
    return
  fi
  case $(cat "$d/agreements.ini" && echo .) in
  "$old.") echo old ;;
  "$new.") echo new ;;
  *) echo broken ;;
  esac
}

# rubbish: files that are neither the file nor known to be left over.
rubbish() { (cd "$d" 2>/dev/null && find . -type f ! -name agreements.ini ! -name ours.ini "$@"); }

# points PLACE: each call of a whole change, from the first that names the directory, as "NAME NUMBER":
# the NUMBERth of that name.
points() {
  begin "$1"
  strace -f -qq -o "$work/calls" -e trace=%file,%desc "$change" "$d" acme.example every=2w
  awk -v directory="\"$d" '
    match($2, /^[a-z_0-9]+\(/) {
      name = substr($2, 1, RLENGTH - 1)
      n[name]++
      begun = begun || name != "execve" && index($0, directory)
      if (begun) print name, n[name]
    }' "$work/calls"
}

# kill_at PLACE NAME NUMBER: kills the change there, and looks at what is left.
kill_at() {
  local status=0 found
  begin "$1"
  strace -f -qq -o /dev/null -e "trace=$2" -e "inject=$2:signal=KILL:when=$3" \
    "$change" "$d" acme.example every=2w >"$work/said" 2>&1 || status=$?
  found=$(look)
  found_at[$found]=$((${found_at[$found]:-0} + 1))
  if [ "$status" -ne 137 ]; then # a sanitizer's calls are not the same each time
    is "$2 $3: 0 new" "$2 $3: $status $found"
    missed=$((missed + 1))
  fi
  [ -z "$(rubbish ! -name '.*.cadence-new')" ] || fail "$2 $3 left $(rubbish)"
  [ -z "$(rubbish)" ] || left=$((left + 1))

  "$change" "$d" acme.example stop-after=7 || fail "$2 $3: the next change"
  [ -z "$(rubbish)" ] || fail "$2 $3: the next change left $(rubbish)"
  [ ! -L "$d/agreements.ini" ] || [ "$1" = linked ] || fail "$2 $3: a link"
  case $found in
  old) is "${old/30d/30d$'\n'stop-after = 7}" "$(cat "$d/agreements.ini")"$'\n' "$2 $3" ;;
  new) is "$2 $3: 2" "$2 $3: $(grep -cx -e 'every = 2w' -e 'stop-after = 7' "$d/agreements.ini")" ;;
  none) is "$2 $3: 1" "$2 $3: $(grep -cx 'stop-after = 7' "$d/agreements.ini")" ;;
  esac
}

# everywhere PLACE BEFORE: kills at every point. BEFORE is what there was.
everywhere() {
  local name number before=$2
  local -A found_at=()
  local missed=0 left=0 tried=0
  if [ "$1" = absent ]; then
    new=$'# What was settled with each prospect; see notmuch-cadence(5)\n\n[acme.example]\nevery = 2w\n'
  fi
  points "$1" >"$work/points"
  grep -qE '^(rename|renameat|renameat2) 1$' "$work/points" || fail 'no rename?'
  grep -q '^fsync 2$' "$work/points" || fail 'not two fsyncs?'
  while read -r name number; do
    tried=$((tried + 1))
    kill_at "$1" "$name" "$number"
  done <"$work/points"
  echo "$tried points, $missed missed, $left left something; found: ${!found_at[*]} ${found_at[*]}"
  [ "$tried" -ge 15 ] || fail 'hardly tried'
  [ $((missed * 5)) -lt "$tried" ] || fail 'hardly killed'
  [ "${found_at[broken]:-0}" -eq 0 ] || fail "broken ${found_at[broken]} times"
  [ "${found_at[$before]:-0}" -gt 0 ] || fail "never found $before"
  [ "${found_at[new]:-0}" -gt 0 ] || fail 'never found new'
  [ "$left" -gt 0 ] || fail 'never killed with the new file half made'
}

t 'a file is the old one or the new one' everywhere plain old
t 'so is one behind a link' everywhere linked old
t 'a file that was not there is not there or whole' everywhere absent none
done_testing
