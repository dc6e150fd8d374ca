#!/usr/bin/env bash
# config: where values come from, where the files are, which faults they have.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

files() { mkdir -p "$work/$1" && export NOTMUCH_CADENCE_DIR=$work/$1; }

origins() {
  files origins
  policy <<<$'# mine\n[scope]\nquery = tag:sales\n[cadence]\nevery = 1w'
  agreements <<<$'[acme.example]\nstage = lead'
  run 0 notmuch-cadence config
  says 'policy.ini:3' '[scope] query = tag:sales' 'policy.ini:5' 'default' '1 agreement'
  run 0 notmuch-cadence config --format=json
  json '.format == 1 and .agreements == 1 and .faults == []'
  json '[.settings[] | select(.key == "query")][0] == {group: "scope", key: "query", value: "tag:sales", origin: "policy.ini:3"}'
  json '.settings | all(.origin == "default" or (.origin | startswith("policy.ini:")))'
}
t 'each value with its place' origins

faults() {
  files faults
  policy <<<$'[scope]\nqury = x\n[cadence]\nevery = soon\n'
  agreements <<<$'[a]\nmatch = a.example\n[b]\nmatch = a.example\n'
  run 78 notmuch-cadence config
  complains policy.ini:2 qury policy.ini:4 soon agreements.ini
  run 78 notmuch-cadence config --format=json
  json '.faults | length >= 3'
  json '.agreements == null'
  for command in list index 'show x'; do
    # shellcheck disable=SC2086 # a command and its argument
    run 78 notmuch-cadence $command
    complains policy.ini:2
  done
}
t 'all faults of both files, status 78' faults

folders() {
  unset NOTMUCH_CADENCE_DIR
  export XDG_CONFIG_HOME=$work/xdg
  mkdir -p "$work/xdg/notmuch-cadence/work"
  echo $'[scope]\nquery = tag:one' >"$work/xdg/notmuch-cadence/policy.ini"
  echo $'[scope]\nquery = tag:two' >"$work/xdg/notmuch-cadence/work/policy.ini"
  run 0 notmuch-cadence config
  says tag:one
  NOTMUCH_PROFILE=work run 0 notmuch-cadence config
  says tag:two
  NOTMUCH_PROFILE=other run 0 notmuch-cadence config
  says '[scope] query =' default
  NOTMUCH_CADENCE_DIR=$work/missing run 78 notmuch-cadence config
  complains NOTMUCH_CADENCE_DIR "$work/missing"
}
t 'the folder: the variable, or XDG with the profile' folders

zones() {
  files zones
  TZ=Europe/Berlin run 0 notmuch-cadence config --format=json --now=2026-07-01T00:00:00Z
  is 2026-07-01T02:00:00+02:00 "$(value .now)"
  policy <<<$'[scope]\nzone = Asia/Tokyo'
  TZ=Europe/Berlin run 0 notmuch-cadence config --format=json --now=2026-07-01T00:00:00
  is 2026-07-01T00:00:00+09:00 "$(value .now)"
  policy <<<$'[scope]\nzone = Mars/Olympus'
  run 78 notmuch-cadence config
  complains Mars/Olympus
  policy </dev/null
  TZ=Mars/Olympus run 78 notmuch-cadence config
  complains TZ Mars/Olympus
}
t "days are counted in the policy's zone, else in TZ" zones

done_testing
