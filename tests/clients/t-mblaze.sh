#!/usr/bin/env bash
# mblaze, set up by `setup`: mcom on a terminal.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/clients/lib.sh
. "$root/tests/clients/lib.sh"
needs tmux mcom

begin() {
  home
  seller
  mkdir -p "$HOME/.mblaze" "$HOME/drafts"
  printf 'Local-Mailbox: Rep <rep@example.com>\nSendmail: %s -oi\n' "$work/bin/mta" >"$HOME/.mblaze/profile"
  cat >"$work/bin/writes" <<'PROGRAM'
#!/bin/bash
printf 'The price list is new.\nTwo mills are left half price.\n' >>"$1"
PROGRAM
  chmod +x "$work/bin/writes"
  export EDITOR=$work/bin/writes VISUAL=
  run 0 notmuch-cadence setup mblaze --yes
  cd "$HOME/drafts"
}

# compose COMMAND...: up to the question whether to send.
compose() {
  term "$@"
  see 'What now?'
}

send() {
  typed send
  keys Enter
}

goes_back() {
  begin
  compose mcom buyer@acme.example -subject 'Mill again'
  send
  see 'too-soon'
  see 'kept draft'
  refused 1
  is 0 "$(calls mta)"
  over 2
  grep -q 'Two mills are left' -r "$HOME/drafts" || fail 'no draft'

  sleep 2.5
  compose mcom -r
  send
  delivered 1
  over
  unaltered
  is "<-oi> <-t>" "$(arguments mta 1)"
  is 2 "$(calls front)"
  is '' "$(ls "$HOME/drafts")" 'drafts'
}
t 'the reasons are shown, the draft is kept, and sent again it goes out once' goes_back

allowed() {
  begin
  compose mcom buyer@acme.example -subject 'Mill again'
  send
  over 2
  run 0 notmuch-cadence why
  says too-soon
  run 0 notmuch-cadence allow
  compose mcom -r
  send
  delivered 1
  unaltered
}
t 'once allowed, it goes out' allowed

unconcerned() {
  begin
  compose mcom friend@friend.example -subject Lunch
  typed mime # adds what mblaze adds
  keys Enter
  see 'text/plain'
  send
  delivered 1
  over
  unaltered
}
t 'a mail to nobody in scope passes' unconcerned

# current ID: makes it the message that mblaze's commands are about.
current() {
  notmuch search --output=files "id:$1" | mseq -S
  mseq -C 1
}

answer() {
  begin
  current "$asked"
  compose mrep
  send
  delivered 1
  over
  unaltered
  grep -qi "^In-Reply-To: <$asked>" "$work/mta.d/1/mail" || fail 'no answer'
}
t 'an answer to what they asked passes' answer

bounced() {
  begin
  current "$asked"
  compose mbnc -resent-to buyer@acme.example --
  send
  see 'too-soon'
  over 2
  compose mbnc -resent-to friend@friend.example --
  send
  delivered 1
  unaltered
  is '<-oi> <--> <friend@friend.example>' "$(arguments mta 1)"
}
t 'a mail that is passed on is judged by whom it goes to' bounced

done_testing
