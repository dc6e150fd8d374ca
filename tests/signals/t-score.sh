#!/usr/bin/env bash
# score by itself, on a labelled folder made here: so that the targets are measured at all, and missed where they are.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
status=0

# mail FILE HEADER... -- TEXT
mail() {
  local file=$work/set/cur/$1
  shift
  mkdir -p "$work/set/cur"
  printf 'Date: Mon, 2 Mar 2026 10:00:00 +0100\nTo: rep@example.com\n' >"$file"
  while [ "$1" != -- ]; do printf '%s\n' "$1" >>"$file" && shift; done
  printf '\n%s\n' "$2" >>"$file"
}

# expect STATUS PATTERN...: what score says of the table.
expect() {
  local wanted=$1 pattern said got
  shift
  said=$("$here/score" "$work/set" "$work/table.tsv")
  got=$?
  [ "$got" = "$wanted" ] || { echo "exit status $got, not $wanted" && status=1; }
  for pattern; do
    grep -q -E "$pattern" <<<"$said" || { echo "no line $pattern in:" && echo "$said" && status=1; }
  done
}

mail b1 'From: MAILER-DAEMON@mx.example.com' 'Subject: Undelivered Mail' -- '<a@acme.example>: 550 unknown user'
mail a1 'From: a@acme.example' 'Subject: Automatic reply: offer' -- 'I am out of the office.'
mail h1 'From: a@acme.example' 'Subject: Re: offer' -- 'We take it.'
mail o1 'From: a@acme.example' 'Subject: Re: offer' -- 'Please remove me from your list.'
printf 'bounce\tset\tb1\nauto\tset\ta1\nhuman\tset\th1\noptout\tset\to1\n' >"$work/table.tsv"
expect 0 'bounce recall: 100' 'automatic recall: 100' 'taken for machine: 0' 'opt-out recall: 100' '^bounce +. +1'

printf 'bounce\th1\nauto\tb1\nhuman\ta1\nnot_optout\to1\nbulk\to1\n' >"$work/table.tsv"
expect 1 'MISSED bounce recall: 0' 'MISSED bounce precision: 0' 'MISSED automatic recall: 0' \
  'MISSED person taken for machine: 100' 'MISSED not_optout taken' 'MISSED bulk taken'

printf 'human\tnowhere\n' >"$work/table.tsv"
"$here/score" "$work/set" "$work/table.tsv" 2>&1 | grep -q 'table.tsv:1: no such file' || {
  echo 'a file that is not there is not told'
  status=1
}
exit $status
