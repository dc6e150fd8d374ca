#!/usr/bin/env bash
# Changes made at the same time all land, and nobody ever reads half a file.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../../lib.sh"

change=$BUILD/tests/unit/config/change-agreement
d=$work/d

# fresh: a file with one agreement and an end that says whether it is whole.
fresh() {
  rm -rf "$d" && mkdir "$d"
  printf '# mine\n\n[same.example]\nmatch = same.example\n# the end\n' >"$d/agreements.ini"
}

# fifty COMMAND...: runs it with 1 to 50 as its last word, all at once; none may fail.
fifty() {
  local pids=() pid number failed=0
  for number in $(seq 50); do
    "$@" "$number" &
    pids+=($!)
  done
  for pid in "${pids[@]}"; do
    wait "$pid" || failed=$((failed + 1))
  done
  is 0 "$failed" 'that failed'
}

count() { grep -cxE "$1" "$d/agreements.ini"; }
clean() { is agreements.ini "$(ls -A "$d")" 'files left'; }

add_group() { "$change" "$d" "p$1.example" "stop-after=$1"; }
add_entry() { "$change" "$d" same.example "match+=p$1.example"; }
add_either_way() {
  if [ $(($1 % 2)) = 0 ]; then add_entry "$1"; else
    "$change" "$work/link" same.example "match+=p$1.example"
  fi
}
set_mixed() {
  case $(($1 % 3)) in
  0) "$change" "$d" same.example "match+=m$1.example" ;;
  1) "$change" "$d" "p$1.example" "stop-after=$1" ;;
  2) "$change" "$d" same.example "stop-after=$1" "note=by $1" ;;
  esac
}

different() {
  fresh
  fifty add_group
  is 50 "$(count '\[p[0-9]+\.example\]')" groups
  is 50 "$(count 'stop-after = [0-9]+')" keys
  is "$(printf '# mine\n\n[same.example]\nmatch = same.example\n# the end')" \
    "$(head -n 5 "$d/agreements.ini")"
  clean
}

the_same() {
  fresh
  fifty add_entry
  is 51 "$(grep '^match' "$d/agreements.ini" | grep -oE '[a-z0-9]+\.example' | sort -u | wc -l)" entries
  is 5 "$(wc -l <"$d/agreements.ini")" lines
  clean
}

mixed() {
  fresh
  fifty set_mixed
  is 16 "$(grep -oE 'm[0-9]+\.example' "$d/agreements.ini" | sort -u | wc -l)" entries
  is 17 "$(count '\[p[0-9]+\.example\]')" groups
  # Two keys of one change are never those of two.
  local after
  after=$(sed -n '/^\[same/,/^$/s/^stop-after = //p' "$d/agreements.ini")
  is "note = by $after" "$(sed -n '/^\[same/,/^$/{/^note/p}' "$d/agreements.ini")"
  clean
}

from_nothing() {
  rm -rf "$d"
  fifty add_group
  is 50 "$(count '\[p[0-9]+\.example\]')" groups
  is 1 "$(count '# What was settled.*')" 'first lines'
  is '700 600' "$(stat -c %a "$d" "$d/agreements.ini" | paste -sd ' ')" modes
  clean
}

# Through a link and at the real place: the same lock.
two_ways() {
  fresh
  mkdir -p "$work/link" && ln -sf "$d/agreements.ini" "$work/link/agreements.ini"
  fifty add_either_way
  is 51 "$(grep '^match' "$d/agreements.ini" | grep -oE '[a-z0-9]+\.example' | sort -u | wc -l)" entries
}

# Whoever reads meanwhile reads a whole file: there, and with its last line.
readers() {
  fresh
  : >"$work/going"
  python3 -c '
import os, sys
path, going, read = sys.argv[1:]
n = 0
while os.path.exists(going):
    assert open(path).read().endswith("# the end\n")
    n += 1
    if n == 1: open(read, "w").close()
print(n)' "$d/agreements.ini" "$work/going" "$work/read" >"$work/times" &
  local reader=$!
  until [ -e "$work/read" ] || ! kill -0 "$reader" 2>/dev/null; do sleep 0.02; done
  fifty add_entry
  rm "$work/going"
  wait "$reader"
  [ "$(cat "$work/times")" -ge 50 ] || fail "read $(cat "$work/times") times"
}

t 'fifty changes to different agreements' different
t 'fifty changes to the same agreement' the_same
t 'fifty of both' mixed
t 'fifty where there was no directory' from_nothing
t 'fifty by two names of one file' two_ways
t 'nobody reads half a file' readers
done_testing
