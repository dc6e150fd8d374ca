#!/usr/bin/env bash
# Commands, options, help, and what is said where they are wrong.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

commands=(list show check index config help)

overview() {
  run 0 notmuch-cadence --help
  says 'Usage:' "${commands[@]}" --now --format --color
  cp "$out" "$work/overview"
  run 0 notmuch-cadence help
  same "$work/overview" "$out"
  is '' "$(cat "$err")"
}
t 'the overview names every command' overview

help_of_each() {
  for command in "${commands[@]}"; do
    run 0 notmuch-cadence "$command" --help
    says "Usage: notmuch-cadence $command" --now
    cp "$out" "$work/help"
    run 0 notmuch-cadence help "$command"
    same "$work/help" "$out" "$command"
    run 0 notmuch-cadence --help "$command"
    says "${commands[@]}"
  done
}
t 'every command has help, asked for either way' help_of_each

version() {
  run 0 notmuch-cadence --version
  is 'notmuch-cadence 0.1.0' "$(cat "$out")"
  run 0 notmuch-cadence list --version
}
t 'the version' version

wrong() {
  run 64 notmuch-cadence
  complains 'no command' '--help'
  run 64 notmuch-cadence lits
  complains '"lits"' 'did you mean "list"'
  run 64 notmuch-cadence frobnicate
  complains '"frobnicate"'
  run 64 notmuch-cadence help shwo
  complains 'did you mean "show"'
  run 64 notmuch-cadence --frob list
  run 64 notmuch-cadence list --frob
  complains --frob 'notmuch-cadence list --help'
  run 64 notmuch-cadence list --format=xml
  complains --format text json xml
  run 64 notmuch-cadence --color=mauve list
  run 64 notmuch-cadence list --now=yesterday
  complains --now yesterday
  run 64 notmuch-cadence index here
  run 64 notmuch-cadence index --wait=-1
  run 64 notmuch-cadence index --wait=soon
  run 64 notmuch-cadence config here
  run 64 notmuch-cadence check one two
  run 64 notmuch-cadence show
  run 64 notmuch-cadence show $'\xff\xfe'
  is '' "$(cat "$out")"
}
t 'a wrong command line is status 64 and says what to do' wrong

hostile_words() {
  run 64 notmuch-cadence $'\e[31mlist\e]0;x\a'
  ! LC_ALL=C grep -q $'[\e\a]' "$err" || fail 'control characters of the command line came out'
  run 64 notmuch-cadence "$(head -c 100000 /dev/zero | tr '\0' x)"
  [ "$(wc -c <"$err")" -lt 4000 ] || fail 'all of a long word came out'
}
t 'words are shown without control characters, and not at any length' hostile_words

before_or_behind() {
  mkdir -p "$work/none" && export NOTMUCH_CADENCE_DIR=$work/none
  run 0 notmuch-cadence --format=json --now=2026-03-01T10:00:00+02:00 config
  cp "$out" "$work/before"
  run 0 notmuch-cadence config --now 2026-03-01T10:00:00+02:00 --format json
  same "$work/before" "$out"
  is 2026-03-01T08:00:00+00:00 "$(value .now)"
}
t 'options of the program stand before the command or behind it' before_or_behind

first_use() {
  mkdir -p "$work/none" && export NOTMUCH_CADENCE_DIR=$work/none NOTMUCH_CONFIG=$work/nowhere
  run 0 notmuch-cadence list
  is '' "$(cat "$out")"
  complains policy.ini query "$work/none"
  run 0 notmuch-cadence list --format=json
  json '.prospects == []'
}
t 'with nothing set up, list says what to do first' first_use

no_database() {
  mkdir -p "$work/one" && export NOTMUCH_CADENCE_DIR=$work/one NOTMUCH_CONFIG=$work/nowhere
  policy <<<$'[scope]\nquery = tag:sales'
  run 69 notmuch-cadence list
  complains notmuch
  run 69 notmuch-cadence index
  run 69 notmuch-cadence show x
}
t 'without a database: status 69' no_database

closed() {
  run 74 bash -c 'notmuch-cadence --help >/dev/full'
  complains 'cannot write' 'No space left'
  run 74 bash -c 'notmuch-cadence --help >&-'
  complains 'cannot write'
  # shellcheck disable=SC2016 # for the shell within
  run 74 bash -c 'exec 3> >(exec true); wait $!; notmuch-cadence --help >&3' # nobody reads any more
  complains 'cannot write'
}
t 'output that cannot be written is status 74' closed

done_testing
