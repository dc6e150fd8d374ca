#!/usr/bin/env bash
# phrases/generate: a broken line of a phrase table is an error that names file and line.
#
# SPDX-License-Identifier: GPL-3.0-or-later
set -u
root=$(cd "$(dirname "$0")/../../.." && pwd)
mail=$root/plugin/mail
table=$(mktemp --suffix=.phrases)
trap 'rm -f "$table"' EXIT
status=0

generate() {
  "$mail/phrases/generate" "$mail/phrases.h" "$table" 2>&1
}

# refused LINE WHY: below a good section, that line is refused.
refused() {
  printf '[opt-out en]\nremove me\n%b\n' "$1" >"$table"
  local said
  if said=$(generate); then
    echo "not refused: $1"
    status=1
  elif [[ $said != *"$table:3: "*$2* ]]; then
    echo "$1: refused with other words: $said"
    status=1
  fi
}

refused '[opt-uot en]' 'no such meaning: opt-uot'
refused '[opt-out english]' 'a language of two letters'
refused '[opt-out' 'a section is'
refused 'take (me|us off' 'do not close'
refused 'take ((me|us) off' 'one inside another'
refused 'take me) off' 'without its opening bracket'
refused 'take me | us' 'without its opening bracket'
refused 'take (me) off' 'nothing to choose'
refused 'take me ...' 'not end with a gap'
refused '... take me' 'must begin with a word'
refused ': take me' 'must begin with a word'
refused 'take ...99 me' 'a gap of 99 words'
refused 'take ...10 me ...9 off' '110 ways'
refused 'take ^ me' '^ belongs first'
refused 'ta*ke me' '* belongs at the end'
refused 'un* me' 'too short for *'
refused '(|take)' 'without a word'
refused '-, .' 'without a word'
refused 'REMOVE, me' 'stands in'
refused 'take \xff off' 'not UTF-8'
refused 'take \x07 off' 'a control character'
refused "($(printf 'word%s|' {1..101}))" '100 to choose from'
refused "$(printf 'word%s ' {1..30})" 'more than 24 words in a row'

printf 'remove me\n' >"$table"
generate | grep -q "$table:1: a phrase before the first section" || {
  echo 'a phrase without a section is not refused'
  status=1
}

# Every fault is told, not only the first.
printf '[opt-out en]\n(\n(\n' >"$table"
[ "$(generate | grep -c "$table:[23]: ")" = 2 ] || {
  echo 'not every fault is told'
  status=1
}

printf '[opt-out en]\n  Cease (e-mailing|) me # told so\n' >"$table"
# Words are numbered from 1 on in the order of their bytes; 49152 is a choice, the length of all of it, and the
# length of each before it.
wanted='CODE(1, 49152, 6, 3, 2, 3, 0, 1, 0, 4, 0)
WORD("cease")
WORD("e")
WORD("mailing")
WORD("me")'
got=$(generate | grep -E '^(CODE|WORD)')
[ "$got" = "$wanted" ] || {
  echo "a good line became: $got"
  status=1
}
exit $status
