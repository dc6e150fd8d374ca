# What the tests that disturb the index share: a mailbox of some size, and what must hold afterwards.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154,SC2119 # for and by those that source this

# The long form: KILLS=500 tests/store/t-kill.sh (and t-disturbed.sh)
kills=${KILLS:-20}

# More than two batches, so that there is something between two commits.
city() {
  box city
  local i
  for i in {1..620}; do
    printf 'From: rep@example.com\nTo: a@d%d.example\nSubject: x\nDate: %s, %d Mar 2026 10:00:00 +0000\nMessage-ID: <c%d@test.example>\n\nx\n' \
      "$i" Mon $((i % 28 + 1)) "$i" >"$mail/sent/cur/c$i:2,S"
  done
  new
  copy_box whole
  local began=${EPOCHREALTIME/./}
  index
  took=$((${EPOCHREALTIME/./} - began)) # microseconds
  thrift=$((took > 1000000 ? 4 : 1))   # a slow build is killed less often
  dump >"$work/undisturbed"
  is 620 "$(notmuch dump --include=properties | grep -c cadence.state)"
}

marked() { notmuch dump --include=properties | grep -o 'cadence.prospect=[^ ]*' | sort; }

# What holds between two commits: every prospect's state is on one message at most.
none_twice() { is '' "$(marked | uniq -d)" 'prospects marked twice'; }

# Where more belongs together than a batch takes: on one message at least.
none_without() { is 620 "$(marked | uniq | wc -l)" 'prospects marked'; }

between=none_twice

# disturb COMMAND...: runs an index that is killed, in a copy of the mailbox; then one that is not.
disturb() {
  place city
  copy_box struck
  "$@" >"$work/killed" 2>&1 || true
  sound
  notmuch count >/dev/null
  $between
  index
  same "$work/undisturbed" <(dump) "after: $*"
  local before
  before=$(revision)
  index
  is "$before" "$(revision)" 'revision when nothing is left to do'
}

# after_delay SECONDS
after_delay() {
  notmuch-cadence index --now="$now" --quiet &
  local pid=$!
  sleep "$1"
  kill -KILL $pid 2>/dev/null
  wait $pid 2>/dev/null
}
