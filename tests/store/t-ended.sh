#!/usr/bin/env bash
# libnotmuch ends the process: the work is done all the same, and nobody hears of it.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

ends=$BUILD/tests/store/libends.so
[ -e "$ends" ] || skip_all 'no libends.so'
grep -q __asan "$BUILD/plugin/cli/notmuch-cadence" && skip_all 'sanitizers want to be loaded first'

# ended TIMES HOW COMMAND...: so often.
ended() {
  local times=$1 how=$2
  shift 2
  head -c "$times" /dev/zero >"$work/ends"
  ENDS_COUNT=$work/ends ENDS_HOW=$how LD_PRELOAD=$ends "$@"
}

town() {
  box
  sent 2026-03-31 a@alder.example
  got 2026-03-30 b@birch.example
  sent 2026-03-29 b@birch.example
  new
  printf 'To: a@alder.example\n\nAny news?\n' >"$work/draft"
}

# every_command TIMES HOW
every_command() {
  town
  copy_box calm
  index
  dump >"$work/calm-dump"
  cadence list --format=json >"$work/calm-list"
  cadence show alder.example --format=json >"$work/calm-show"
  place box
  run 0 ended "$1" "$2" cadence index --quiet
  silent
  is 0 "$(stat -c %s "$work/ends")" 'times left'
  same "$work/calm-dump" <(dump)
  run 0 ended "$1" "$2" cadence list --format=json
  same "$work/calm-list" "$out"
  is '' "$(cat "$err")"
  run 0 ended "$1" "$2" cadence show alder.example --format=json
  same "$work/calm-show" "$out"
  # A draft that comes by a pipe is still there the second time.
  run 1 ended "$1" "$2" cadence check - < <(cat "$work/draft")
  is '' "$(cat "$err")"
  says too-soon
}
t 'ended by an exception' every_command 1 abort
t 'ended by exit()' every_command 1 exit
t 'ended some times in a row' every_command 5 abort

too_often() {
  town
  run 75 ended 1000 abort cadence index --quiet
  complains DatabaseModifiedError 'run it again later'
  sound
  index
}
t 'ended again and again: try again later' too_often

status_kept() {
  town
  index
  run 1 cadence check "$work/draft"
  run 69 env NOTMUCH_CONFIG=/nowhere NOTMUCH_DATABASE=/nowhere notmuch-cadence list
  run 74 bash -c "notmuch-cadence list --now=$now >/dev/full"
}
t 'exit statuses are those of the command' status_kept

signalled() {
  town
  lock 5
  cadence index --full --wait=60 >/dev/null 2>&1 &
  local pid=$! status=0
  sleep 0.5
  kill -TERM "$pid"
  wait "$pid" || status=$?
  is 143 "$status"
  kill "$holder"
  wait
}
t 'a signal ends it while it waits' signalled

done_testing
