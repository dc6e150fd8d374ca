#!/usr/bin/env bash
# native-host: frames of any sort, requests, and the child that answers them.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# As the browser starts it: by its own name, with two arguments.
# speak STATUS: lines on stdin are requests; the answers are in $out.
speak() { run "$1" "$root/tests/cli/native-speak" cadence-native-host "${2:-/nowhere.json}" "${3:-cadence@notmuch.org}"; }
# speak_at: the same at $now, by the command's name.
speak_at() { run 0 "$root/tests/cli/native-speak" notmuch-cadence native-host --now="$now" /nowhere.json cadence@notmuch.org; }
# answers FILTER: the filter says true of all answers together.
answers() {
  jq -es "$1" "$out" >/dev/null && return 0
  echo "not so: $1"
  head -c 3000 "$out" "$err"
  return 1
}

desk() {
  box
  sent 2026-03-31 a@alder.example && first=$id
  sent 2026-03-30 b@birch.example
  got 2026-03-31 b@birch.example && answered=$id
  agreements <<<$'[Cedar]\nmatch = cedar.example\nopted-out = 2026-03-02'
  new && index
}

ping() {
  speak 0 <<<'{"id":1,"type":"ping"}'
  answers 'length == 1 and (.[0] | .id == 1 and .error == null and .status == 0 and (.version | length > 2))'
  speak 0 </dev/null
  silent
}
t 'ping; and a stream that ends at once' ping

who() {
  speak 77 /m.json other@addon.example <<<'{"id":1,"type":"ping"}'
  is '' "$(cat "$out")"
  complains cadence@notmuch.org
  run 77 cadence-native-host
  run 77 cadence-native-host --version cadence@notmuch.org more
  speak 0 --help cadence@notmuch.org <<<'{"id":1,"type":"ping"}' # an argument, no option
  answers 'length == 1'
  run 77 notmuch-cadence native-host
}
t 'only the one extension is served' who

check() {
  desk
  speak_at <<REQUESTS
{"id":"early","type":"check","draft":{"from":"Rep <rep@example.com>","to":["\"Alder, Buyer\" <a@alder.example>"],"subject":"Offer","text":"The price list."}}
{"id":"answer","type":"check","draft":{"from":"rep@example.com","to":["b@birch.example"],"inReplyTo":"$answered","text":"x"}}
{"id":"other","type":"check","draft":{"from":"rep@example.com","to":["b@birch.example"],"text":"x"}}
{"id":"bcc","type":"check","draft":{"from":"rep@example.com","to":["x@stranger.example"],"bcc":["c@cedar.example"],"text":"Hello","attachments":2}}
{"id":"stranger","type":"check","draft":{"from":"rep@example.com","to":"x@stranger.example"}}
{"id":"nobody","type":"check","draft":{}}
REQUESTS
  answers 'map(.id) == ["early", "answer", "other", "bcc", "stranger", "nobody"] and all(.error == null)'
  answers 'map(.output | fromjson | .decision)[:2] == ["warn", "send"]'
  answers '.[0] | .status == 1 and (.output | fromjson | .reasons[0] | .id == "too-soon" and .until == "2026-04-03")'
  answers '.[1].output | fromjson | [.reasons[].id] | contains(["reply-waiting"]) | not'
  answers '.[2].output | fromjson | [.reasons[].id] | contains(["reply-waiting"])'
  answers '.[3] | .status == 2 and (.output | fromjson | .reasons[0].id == "opted-out")'
  answers '.[4] | .status == 0 and (.output | fromjson | .prospects == [])'
  answers '.[5].output | fromjson | .decision == "send" or .decision == "unknown"'
}
t 'check: many requests in one stream, each with its id' check

injection() {
  desk
  speak_at <<'REQUESTS'
{"id":1,"type":"check","draft":{"from":"rep@example.com","to":["x@stranger.example\r\nBcc: c@cedar.example"],"subject":"a"}}
{"id":2,"type":"check","draft":{"from":"rep@example.com","to":["x@stranger.example"],"subject":"a\r\nBcc: c@cedar.example\r\n\r\nx"}}
{"id":3,"type":"check","draft":{"from":"rep@example.com\nTo: c@cedar.example","to":["x@stranger.example"],"subject":"a"}}
{"id":4,"type":"check","draft":{"from":"rep@example.com","to":["x@stranger.example"],"inReplyTo":"<a>\r\nCc: c@cedar.example","references":"b\r\nCc: c@cedar.example"}}
{"id":5,"type":"check","draft":{"from":"rep@example.com","to":["x@stranger.example"],"text":"Bcc: c@cedar.example\n\nx"}}
{"id":6,"type":"show","prospect":"--help"}
{"id":7,"type":"hold","prospect":"alder.example","day":"--no-index"}
{"id":8,"type":"allow","reason":"--help","draft":{"to":["x@stranger.example"]}}
REQUESTS
  # An address behind a line end in a list of addresses is one more address, and no harm.
  answers '.[1:5] | map(.output | fromjson | .decision) == ["send", "send", "send", "send"]'
  answers '[.[5:][] | select(.output // "" | contains("Usage"))] == []'
  is "$(printf '[Cedar]\nmatch = cedar.example\nopted-out = 2026-03-02')" "$(cat "$NOTMUCH_CADENCE_DIR/agreements.ini")"
}
t 'nothing in a field becomes a header or an option' injection

menu() {
  desk
  speak_at <<REQUESTS
{"id":1,"type":"show","prospect":"id:$first"}
{"id":2,"type":"agree","prospect":"id:$answered","settings":["every=1mo","stage=qualified"]}
{"id":3,"type":"hold","prospect":"id:$first","day":"2026-05-04"}
{"id":4,"type":"log","prospect":"id:$answered","channel":"call","direction":"out","text":"in two words"}
{"id":5,"type":"show","prospect":"nobody.example"}
{"id":6,"type":"hold","prospect":"id:$first","day":"when hell freezes"}
REQUESTS
  answers '.[0] | .status == 0 and (.output | contains("alder.example"))'
  answers '.[1:4] | all(.status == 0)'
  answers '.[4] | .message | length > 5'
  answers '.[5] | .status == 64 and (.message | contains("hell"))'
  holds "$NOTMUCH_CADENCE_DIR/agreements.ini" 'every = 1mo' "evidence = id:$answered" 'hold-until = 2026-05-04'
  is 1 "$(notmuch count subject:'in two words')"
}
t 'show, agree, hold and log' menu

faulty() {
  desk
  speak 0 <<'REQUESTS'

{
[]
"ping"
{"id":1}
{"id":2,"type":"rm"}
{"id":3,"type":["ping"]}
{"id":4,"type":"check"}
{"id":5,"type":"check","draft":[]}
{"id":6,"type":"show"}
{"id":7,"type":"log","prospect":"a@alder.example","channel":"call"}
{"id":[1],"type":"ping"}
{"id":8,"type":"check","draft":{"to":[1,{},null],"from":7,"subject":[],"attachments":"x"}}
{"id":9,"type":"ping","limit":-5}
{"id":"nul\u0000byte\u001f","type":"ping\u0000"}
!b'\x02\0\0\0\xff\xfe'
!b'\x10\0\0\0{"type": "ping\0"'
!b'\x06\0\0\0' + '"é€"'.encode()[:6]
{"id":99,"type":"ping"}
REQUESTS
  answers 'length == 19 and (.[:11] | all(.error | type == "string"))'
  answers '.[11] | .id == null and .error == null'
  answers '.[13] | .id == 9 and .error == null'
  answers '.[15:18] | all(.id == null and (.error | contains("JSON")))'
  answers '.[18] | .id == 99 and .error == null'
}
t 'faulty requests are answered, and the next is served' faulty

broken() {
  speak 65 <<<'!b"\x05\0\0\0{"'
  complains 'ends within'
  speak 65 <<<'!b"\x05\0"'
  speak 65 <<'REQUESTS'
{"id":1,"type":"ping"}
!b'\x01\0\0\x01' + b' ' * 100
{"id":2,"type":"ping"}
REQUESTS
  answers 'length == 2 and .[0].id == 1 and (.[1] | .id == null and (.error | contains("16 MiB")))'
  speak 65 <<<'!b"\xff\xff\xff\xff"'
  speak 65 <<<'!b"garbage, and no frame at all"'
  # The largest that is read: refused for what it is, not for its size.
  speak 0 <<<'!b"\0\0\0\x01" + b"[" * (16 << 20)'
  answers 'length == 1 and (.[0].error | contains("deep"))'
  speak 0 <<<'!b"\0\0\0\x01" + b"[" + b"0," * ((8 << 20) - 1) + b"]"'
  answers 'length == 1 and (.[0].error | contains("many"))'
  speak 0 <<<'!b"\x14\0\0\0" + b"{\"a\":" * 4 + b"{\"a\":" * 0'
  answers 'length == 1 and (.[0].error | type == "string")'
}
t 'broken and oversized frames; bombs' broken

large() {
  desk
  # 8 MiB of text, 20,000 recipients, one very long subject.
  python3 -c '
import json
print(json.dumps({"id": 1, "type": "check", "draft": {"from": "rep@example.com", "to": ["a@alder.example"], "text": "word " * 1600000}}))
print(json.dumps({"id": 2, "type": "check", "draft": {"to": [f"p{n}@party{n}.example" for n in range(20000)], "subject": "x" * 1000000}}))
print(json.dumps({"id": 3, "type": "show", "prospect": "x" * 3000000}))
print(json.dumps({"id": "x" * 200, "type": "ping"}))' | speak 0
  answers 'length == 4 and .[0].error == null and .[3].id == null'
}
t 'large drafts' large

hanging() {
  desk
  mkfifo "$work/fifo"
  export NOTMUCH_CONFIG=$work/fifo # opening it never ends
  local begin=$SECONDS
  speak 0 <<'REQUESTS'
{"id":1,"type":"check","limit":500,"draft":{"to":["a@alder.example"]}}
{"id":2,"type":"ping"}
REQUESTS
  [ $((SECONDS - begin)) -lt 5 ] || fail "took $((SECONDS - begin)) s"
  answers '(.[0] | .id == 1 and .status == null and (.error | contains("500 ms"))) and .[1].error == null'
}
t 'a child that hangs is killed' hanging

# kill_child: the check that waits for this mailbox's configuration, by its id.
kill_child() {
  local at
  for _ in {1..100}; do
    sleep 0.05
    for at in /proc/[0-9]*; do
      if [[ $(tr '\0' ' ' <"$at/cmdline") == *' check --format=json '* ]] &&
        grep -qzxF "NOTMUCH_CONFIG=$NOTMUCH_CONFIG" "$at/environ"; then
        kill -KILL "${at#/proc/}" && return 0
      fi
    done 2>/dev/null
  done
  return 1
}

killed() {
  desk
  mkfifo "$work/pipe"
  export NOTMUCH_CONFIG=$work/pipe
  kill_child &
  speak 0 <<'REQUESTS'
{"id":1,"type":"check","draft":{"to":["a@alder.example"]}}
{"id":2,"type":"ping"}
REQUESTS
  wait
  answers '(.[0] | .id == 1 and .status == null and (.error | contains("ill"))) and .[1].error == null'
}
t 'a child that is killed takes nobody along' killed

noise() {
  desk
  # Damaged requests, the same each time: every one of them is answered, or ends the stream with 65.
  run 0 python3 - "$root/tests/cli/native-speak" cadence-native-host <<'PYTHON'
import random, struct, subprocess, sys
seed = b'{"id":7,"type":"ping","limit":20,"draft":{"to":["a@alder.example"],"text":"\\u00e9\\ud800 x"}}'
chance = random.Random(1)
for _ in range(60):
    stream = b""
    for _ in range(40):
        text = bytearray(seed)
        for _ in range(chance.randrange(1, 6)):
            at = chance.randrange(len(text))
            text[at:at + chance.randrange(3)] = bytes(chance.choice(b'{}[]",:\\\0\x80\xffe0-') for _ in range(chance.randrange(3)))
        stream += struct.pack("=I", len(text) + (chance.random() < .01)) + text
    host = subprocess.run([sys.argv[2], "m", "cadence@notmuch.org"], input=stream, capture_output=True, timeout=60)
    if host.returncode not in (0, 65):
        sys.exit(f"status {host.returncode}: {host.stderr}\n{stream}")
PYTHON
}
t 'noise' noise

done_testing
