#!/usr/bin/env bash
# Whatever a message looks like, the MTA gets it byte for byte: sha256 against sha256.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/cli/hook.sh
. "$root/tests/cli/hook.sh"

# hashing_mta: keeps of each message only its digest.
hashing_mta() {
  printf '#!/bin/bash\nread -r sum _ < <(sha256sum)\necho "$sum" >>"%s"\n' "$work/arrived" >"$work/hashing"
  chmod 755 "$work/hashing"
  : >"$work/arrived"
}

# pass FOLDER WHAT...: each file of it goes through, to a stranger and (every third) to a prospect, and
# arrives as it was.
pass() {
  local folder=$1 file i=0 who
  hashing_mta
  : >"$work/sent-sums"
  for file in "$folder"/*; do
    i=$((i + 1))
    who=stranger@elsewhere.example
    [ $((i % 3)) -gt 0 ] || who=d@fir.example
    run 0 notmuch-cadence sendmail --now="$now" --mta="$work/hashing" -i -- "$who" <"$file"
    sha256sum <"$file" | cut -d' ' -f1 >>"$work/sent-sums"
  done
  same "$work/sent-sums" "$work/arrived"
  echo "$i files"
  [ "$i" -ge "$2" ] || fail "only $i files"
}

generated() {
  desk
  desk_policy 'on-error = send'
  mkdir "$work/odd"
  python3 - "$work/odd" <<'PY'
import random, sys
draw = random.Random(11)
bodies = [b"", b"one line", b"one line\n", b"one\r\ntwo\r\n", b"mixed\r\nends\nand\ralone\r", b".\n..\n.dot\n",
          b"From the start\n>From quoted\n", b"\0\0nul\0\n", bytes(range(256)) * 4, b"x" * 100000,
          b"\n" * 3000, b"\xff\xfe\x00w\x00i\x00d\x00e\n", "schöne Grüße\n".encode("latin-1"),
          "привет\n".encode("koi8-r"), b"\x1b[2J\x07\n", b"trailing blanks   \t \n"]
heads = [b"", b"\n", b"\r\n", b"Subject: x\n\n", b"Subject: x\r\n\r\n", b"From nobody Thu Jan  1 00:00:00 1970\nTo: a\n\n",
         b"To: " + b"a@b.example, " * 5000 + b"\n\n", b"Subject: " + b"y" * 200000 + b"\n\n", b"No colon here\n\n",
         b": empty name\n\n", b"To: \xff\xfe\xfd <\x00@\x00>\n\n", b"To: x@x.example\nTo: y@y.example\nBcc: z@z.example\n\n",
         b"References: " + b"<a@b> " * 20000 + b"\n\n", b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\n" * 200,
         b"Subject: =?utf-8?b?////?=\nFrom: \"unended <a@b.example\n\n", b"Subject: x\n folded\n\t again\n\n"]
n = 0
for head in heads:
    for body in bodies:
        open(f"{sys.argv[1]}/{n:04}", "wb").write(head + body)
        n += 1
for size in range(280):
    open(f"{sys.argv[1]}/{n:04}", "wb").write(draw.randbytes(draw.choice((0, 1, 2, 100, 4095, 4096, 4097, 70000)) + size % 3))
    n += 1
PY
  pass "$work/odd" 520
}
t 'more than 500 odd messages' generated

real_mail() {
  [ -d "${CADENCE_CORPORA:-}/mime/cur" ] || skip 'CADENCE_CORPORA names no folder with mime/cur'
  desk
  pass "$CADENCE_CORPORA/mime/cur" 500
}
t 'the odd messages of other projects' real_mail

# Past what is kept in memory, and past all bounds of judging.
large() {
  desk
  hashing_mta
  draft d@fir.example
  head -c 100000000 /dev/urandom >>draft
  printf 'the end, without a line end' >>draft
  local who
  for who in d@fir.example stranger@elsewhere.example; do
    : >"$work/arrived"
    run 0 notmuch-cadence sendmail --now="$now" --mta="$work/hashing" "$who" < <(cat draft)
    is "$(sha256sum <draft | cut -d' ' -f1)" "$(cat "$work/arrived")"
  done
  is '' "$(find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'notmuch-cadence.*' -newer draft)" 'what was left behind'
}
t '100 MB through a pipe' large

done_testing
