#!/usr/bin/env bash
# contrib/alot/hooks.py in the real alot.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/clients/lib.sh
. "$root/tests/clients/lib.sh"
needs alot tmux jq

seller master
export EDITOR=true

# desk [SENDMAIL]: the home, the MTA and the mailbox as if nothing had happened yet, and alot's files.
desk() {
  home
  place master
  copy_box box
  mkdir -p "$XDG_CONFIG_HOME/alot"
  cp "$root/contrib/alot/hooks.py" "$XDG_CONFIG_HOME/alot/hooks.py"
  sed -i 's/^CADENCE_TIME_LIMIT = 2 /CADENCE_TIME_LIMIT = 20 /' "$XDG_CONFIG_HOME/alot/hooks.py" # on a slow machine, too
  cat >"$XDG_CONFIG_HOME/alot/config" <<CONFIG
editor_cmd = true
editor_spawn = False
bug_on_exit = False
[accounts]
[[rep]]
realname = Rep
address = rep@example.com
sendmail_command = ${1:-$work/bin/mta -t}
[bindings]
CONFIG
}

# hook LINE...: are added to hooks.py.
hook() { printf '%s\n' "$@" >>"$XDG_CONFIG_HOME/alot/hooks.py"; }

# program SCRIPT...: is run in place of notmuch-cadence, in which %s stands for the real one.
program() {
  printf '#!/bin/bash\n' >"$work/bin/fault"
  printf '%s\n' "$@" >>"$work/bin/fault"
  chmod +x "$work/bin/fault"
  hook "CADENCE_PROGRAM = '$work/bin/fault'"
}

# alot ARG...: on the terminal. write_to ADDRESS [ARG...]: up to the envelope.
an_alot() { term alot -l "$work/alot.log" -d info -n "$NOTMUCH_CONFIG" "$@"; }
write_to() {
  printf 'From: Rep <rep@example.com>\nTo: %s\nSubject: Mill news\n\nThe new list is out: Grüße.\n' "$1" >template
  an_alot compose --template "$work/template" "${@:2}"
  see 'Mill news'
  see 'The new list is out'
}

# pressed KEY...: one after another, since alot takes only the first of those that come together.
pressed() {
  local key
  for key; do keys "$key" && sleep 0.2; done
}

question='(s):send anyway'

warned() {
  desk
  write_to 'Buyer <buyer@acme.example>'
  keys y
  see 'Not yet: fine from 20'
  see "id:$last"
  see "$question"
  see 'warn: attempt 2 to acme'
  keys Enter
  see 'operation cancelled'
  see 'The new list is out'
  keys y
  see "$question"
  keys Escape
  unsee "$question"
  keys y
  see "$question"
  keys b
  unsee "$question"
  see 'The new list is out'
  is 0 "$(calls mta)"
  keys y
  see "$question"
  keys s
  delivered 1
}
t 'an early follow-up: the day, the reason and the mails are shown; Enter, Escape and b go back; s sends, once' warned

stopped() {
  desk
  write_to nobody@stop.example
  keys y
  see 'Not to be sent'
  keys s
  see 'why send it all the same?'
  keys Enter
  see 'operation cancelled'
  is 0 "$(calls mta)"
  keys y
  see "$question"
  keys s
  see 'why send it all the same?'
  typed 'they called and asked for it'
  keys Enter
  delivered 1
}
t 'opted out: a reason has to be given' stopped

unconcerned() {
  desk
  write_to somebody@friend.example
  keys y
  delivered 1
  hides "$question"
}
t "nobody's prospect: sent without a question" unconcerned

# The hook that runs last fixes what alot makes anew for each mail.
alike='import email.utils
email.utils.make_msgid = lambda *args, **kwargs: "<one@example.com>"
email.utils.formatdate = lambda *args, **kwargs: "Wed, 01 Apr 2026 12:00:00 +0000"'

# unaltered_to ADDRESS [KEY...]: with the hook and without it the MTA gets the same.
unaltered_to() {
  desk
  hook "$alike"
  write_to "$1" --attach "$work/bin/mta"
  keys y
  [ $# -eq 1 ] || see "$question"
  [ $# -eq 1 ] || keys "${@:2}"
  delivered 1
  tmux -L "$socket" kill-server
  cp "$work/mta.d/1/mail" with
  desk
  printf '%s\n' "$alike" >"$XDG_CONFIG_HOME/alot/hooks.py"
  write_to "$1" --attach "$work/bin/mta"
  keys y
  delivered 1
  holds with 'Message-ID: <one@example.com>'
  is "$(sed 's/===*[0-9]*==/=/' "$work/mta.d/1/mail" | sha256sum)" "$(sed 's/===*[0-9]*==/=/' with | sha256sum)"
}
t "nobody's prospect: the same mail as without the hook, byte for byte" unaltered_to somebody@friend.example
t 'sent anyway: the same mail as without the hook, byte for byte' unaltered_to buyer@acme.example s

answer() {
  desk
  an_alot search "id:$asked"
  see 'Saw offer'
  keys Enter
  see 'chief@waits.example'
  keys r
  see 'To'
  see 'Quoting'
  keys y
  delivered 1
  hides "$question"
  holds "$work/mta.d/1/mail" "In-Reply-To: <$asked>"
}
t 'an answer to a reply that waits: sent without a question' answer

bcc() {
  desk
  printf 'From: Rep <rep@example.com>\nTo: somebody@friend.example\nBcc: buyer@acme.example\nSubject: Mill news\n\nHi\n' >template
  an_alot compose --template "$work/template"
  see 'Mill news'
  keys y
  see "$question"
  see 'acme'
}
t 'who stands in Bcc alone counts, too' bcc

# sends_and_says TEXT: a mail that would have been warned about is sent, once.
sends_and_says() {
  write_to buyer@acme.example
  keys y
  see "could not be checked: $1"
  hides "$question"
  delivered 1
}

fault() {
  desk
  program "$2"
  sends_and_says "$1"
}
missing() {
  desk
  hook "CADENCE_PROGRAM = '/nowhere/notmuch-cadence'"
  sends_and_says '[Errno 2]'
}
hanging() {
  desk
  program "echo \$\$ >$work/pid" 'sleep 1000'
  hook 'CADENCE_TIME_LIMIT = 1'
  sends_and_says 'no answer within 1 s'
  soon gone "$(cat "$work/pid")"
}
gone() { ! kill -0 "-$1" 2>/dev/null; }
unwell() {
  desk
  hook 'def _cadence_draft(envelope): raise ValueError("of our own")'
  sends_and_says 'of our own'
}
t 'the program is missing: it is sent, and that is said' missing
t 'the program hangs and reads nothing: likewise, and it is killed' hanging
t 'the program is killed: likewise' fault 'the program makes no sense (exit status -9)' 'kill -9 $$'
t 'the program prints garbage: likewise' fault 'the program makes no sense' 'head -c 3000 /dev/urandom; exit 1'
t 'the program prints without an end: likewise' fault 'the program says too much' 'exec yes'
t 'the program prints other JSON: likewise' fault 'the program makes no sense' \
  'echo "{\"decision\":\"warn\",\"reasons\":[7]}"; exit 1'
t 'the program gives reasons that cannot be shown: likewise' fault "'int' object is not iterable" \
  'echo "{\"decision\":\"warn\",\"reasons\":[{\"message\":\"why\",\"evidence\":7}]}"; exit 1'
t 'the program complains: likewise, in its words' fault 'no such thing here' \
  'echo "no such thing here" >&2; exit 70'
t 'the hook itself is at fault: likewise' unwell

impatient() {
  desk
  program 'sleep 1' "exec $BUILD/plugin/cli/notmuch-cadence \"\$@\""
  write_to buyer@acme.example
  pressed y y y
  see "$question"
  sleep 1
  keys b
  unsee "$question"
  pressed y y y
  see "$question"
  sleep 1
  keys s
  see 'mail sent successfully'
  sleep 1
  hides 'resend'
  delivered 1
}
t '"send" pressed three times while it is being checked: asked once, sent once' impatient

elsewhere() {
  desk
  program 'sleep 2' "exec $BUILD/plugin/cli/notmuch-cadence \"\$@\""
  write_to somebody@friend.example
  pressed y I
  see 'for "tag:inbox'
  is 0 "$(calls mta)"
  delivered 1
}
t 'another buffer is looked at while it is being checked: it is sent, that mail' elsewhere

chain() {
  desk "cadence-sendmail -t"
  write_to 'Käufer <buyer@acme.example>'
  keys y
  see "$question"
  keys b
  unsee "$question"
  is 0 "$(calls mta)"
  keys y
  see "$question"
  keys s
  delivered 1
}
t 'with cadence-sendmail behind: sent anyway it passes, once' chain

chain_stop() {
  desk "cadence-sendmail -t"
  write_to nobody@stop.example
  keys y
  see "$question"
  keys s
  see 'why send it'
  typed 'they called'
  keys Enter
  delivered 1
}
t 'with cadence-sendmail behind: opted out, with a reason it passes' chain_stop

no_leave() {
  desk
  program "[ \"\$1\" = check ] && exec $BUILD/plugin/cli/notmuch-cadence \"\$@\"" 'echo "no leave here" >&2; exit 73'
  write_to buyer@acme.example
  keys y
  see "$question"
  keys s
  see 'no leave was given: no leave here'
  delivered 1
}
t 'no leave can be given: sent, and that is said' no_leave

beside() {
  desk
  {
    printf '%s\n' 'async def pre_envelope_send(ui, dbm, cmd):' '    ui.notify("the hook that was here", timeout=-1)'
    printf 'with open("%s") as _cadence:\n' "$root/contrib/alot/hooks.py"
    printf '    exec(compile(_cadence.read(), _cadence.name, "exec"))\n'
  } >"$XDG_CONFIG_HOME/alot/hooks.py"
  write_to buyer@acme.example
  keys y
  see "$question"
  keys Enter
  see 'the hook that was here'
}
t 'run from a file that has a hook of its own: both run' beside

# The key bindings as README.md has them.
bindings() {
  desk
  sed -n '/^    \[bindings\]/,$ s/^    //p' "$root/contrib/alot/README.md" >>"$XDG_CONFIG_HOME/alot/config"
  sed -i '0,/^\[bindings\]$/ s///' "$XDG_CONFIG_HOME/alot/config"
  an_alot search subject:offer
  see 'Mill offer'
  pressed c o
  see 'for "tag:owed"'
  see 'Saw offer'
  keys Enter
  see 'chief@waits.example'
  pressed c s
  see 'waits.example  owed since'
  keys q
  see 'chief@waits.example'
}
t 'the bindings of README.md: what is owed, and all about one of them' bindings

done_testing
