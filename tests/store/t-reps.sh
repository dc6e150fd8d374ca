#!/usr/bin/env bash
# Real mailboxes: the counts of the program against a second count over the files (count.py), and
# the tags against the newest contacts by that count. Needs $CADENCE_CORPORA. PART="K N" takes each Nth
# of them only, from the Kth on.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
here=$root/tests/store

[ -d "${CADENCE_CORPORA:-}/reps" ] || skip_all 'no real mail: CADENCE_CORPORA does not name a folder with reps/'
python3 -c 'import email.parser' 2>/dev/null || skip_all 'no python3 with its email module'

# owner FOLDER: whom most of the sent mail is from.
owner() {
  grep -m 1 -r -h -i '^From:' "$1/sent" | tr -d '\r' | grep -o -i '[^<>[:space:]"]*@[^<>[:space:]"]*' |
    tr '[:upper:]' '[:lower:]' | sort | uniq -c | sort -rn | awk 'NR == 1 { print $2 }'
}

rep() {
  local me name=$1
  box "$name"
  rmdir "$mail"/*/* "$mail"/*
  cp -r "$CADENCE_CORPORA/reps/$name"/{sent,inbox} "$mail"
  me=$(owner "$mail")
  sed -i "s/^primary_email=.*/primary_email=$me/; /^other_email/d" "$NOTMUCH_CONFIG"
  policy <<<$'[scope]\ngroup = address\nquery = from:'"$me"
  notmuch new --quiet --no-hooks 2>/dev/null
  now=$(python3 "$here/count.py" now "$me" "$mail")
  run 0 cadence index
  run 0 cadence list --all --format=json
  cp "$out" "$dir/list.json"
  notmuch dump --include=properties >"$dir/properties"
  notmuch dump --include=tags >"$dir/tags"
  python3 "$here/count.py" compare "$me" "$now" "$dir/list.json" "$dir/properties" "$dir/tags" "$mail"
  run 0 cadence list
  is "$(($(jq '.prospects | length' "$dir/list.json") + 1))" "$(wc -l <"$out")" 'lines of list'
  shows
  local before
  before=$(fingerprint)
  index
  index --full
  is "$before" "$(fingerprint)" 'files of the database after a second index'
}

# shows: the six prospects with the most mail, one by one.
shows() {
  local one
  jq -r '.prospects | sort_by(-.outbound - .replies)[:6][].prospect' "$dir/list.json" >"$dir/most"
  while IFS= read -r one; do
    run 0 cadence show --all --format=json "$one"
    jq -e --arg one "$one" --slurpfile list "$dir/list.json" '
      (.prospects | length) == 1 and
      (.prospects[0] | .prospect == $one and
        .outbound == ([.timeline[] | select(.direction == "out")] | length)) and
      ((.prospects[0] | del(.timeline, .threads)) ==
        ($list[0].prospects[] | select(.prospect == $one) | del(.threads)))' "$out" >/dev/null ||
      fail "show and list do not agree on $(sha256sum <<<"$one" | cut -c 1-10)"
    run 0 cadence show "$one"
    [ "$(wc -l <"$out")" -gt 10 ] || fail 'show says next to nothing'
  done <"$dir/most"
}

read -r part parts <<<"${PART:-1 1}"
number=0
for folder in "$CADENCE_CORPORA"/reps/*/; do
  [ $((number++ % parts)) = $((part - 1)) ] || continue
  t "$(basename "$folder"): counts, tags, list and show" rep "$(basename "$folder")"
done
done_testing
