#!/usr/bin/env bash
# mutt, set up by `setup`, on a terminal: what somebody sees who follows up too soon, and the ways on.
# t-neomutt.sh runs the same.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/clients/lib.sh
. "$root/tests/clients/lib.sh"
client=${client:-mutt}
needs tmux "$client"

# The user's own configuration: another MTA than the usual one, and an editor that writes a sentence.
begin() {
  home
  seller
  cat >"$work/bin/writes" <<'PROGRAM'
#!/bin/bash
printf 'The price list is new.\nTwo mills are left – half price.\n' >>"$1"
PROGRAM
  chmod +x "$work/bin/writes"
  cat >"$HOME/.muttrc" <<FILE
set from="rep@example.com" realname="Rep" editor="$work/bin/writes"
set sendmail="$work/bin/mta -oi"
set folder="$mail" spoolfile="$mail/inbox" record="$mail/sent" mbox_type=Maildir
set autoedit=yes fast_reply=yes include=yes
set postponed="$mail/drafts" copy=yes confirmappend=no quit=yes
FILE
  run 0 notmuch-cadence setup "$client" --yes
  sent_before=$(find "$mail/sent" -type f | wc -l)
}
kept() { is "$1" $(($(find "$mail/sent" -type f | wc -l) - sent_before)) 'copies of what was sent'; }

# compose TO SUBJECT: up to the menu in which y sends.
compose() {
  term "$client" -s "$2" "$1"
  if [ "$client" = mutt ]; then # which asks whether that is whom
    see "To: $1"
    keys Enter
  fi
  see 'y:Send'
  see "$1"
}

# refuse: y is pressed, and the reasons are seen.
refuse() {
  keys y
  see 'notmuch-cadence: not sent'
  see 'too-soon'
  see 'Mill news'
  see 'send it again within 10 minutes'
  see "agree acme"
}

goes_back() {
  begin
  compose buyer@acme.example 'Mill again'
  refuse
  keys q
  see 'y:Send'
  see 'Mill again'
  refused 1
  is 0 "$(calls mta)"
  kept 0
  keys q
  see 'ostpone'
  keys y
  over -
  is 1 "$(find "$mail/drafts" -type f | wc -l)" drafts
  grep -q 'The price list is new' -r "$mail/drafts" || fail 'the draft lost its text'
}
t 'the reasons are shown, and the draft is kept' goes_back

again() {
  begin
  compose buyer@acme.example 'Mill again'
  refuse
  keys q
  see 'y:Send'
  sleep 2.5 # a client's own retry comes sooner, and is no answer
  keys y
  delivered 1
  over
  unaltered
  kept 1
  is "<-oi> <--> <buyer@acme.example>" "$(arguments mta 1)"
  is 2 "$(calls front)"
}
t 'sent again within the time, it goes out once and as it was written' again

allowed() {
  begin
  compose buyer@acme.example 'Mill again'
  refuse
  keys q
  see 'y:Send'
  keys Escape w
  see 'refused:'
  keys Enter
  see 'y:Send'
  keys Escape a
  see 'allowed, once'
  keys Enter
  see 'y:Send'
  keys y
  delivered 1
  over
  unaltered
  is 2 "$(calls front)"
}
t 'why and allow are keys of the menu' allowed

stopped() {
  begin
  compose nobody@stop.example 'Axe again'
  keys y
  see 'opted-out'
  see 'reason'
  keys q
  see 'y:Send'
  sleep 2.5
  keys y
  see 'opted-out'
  refused 2
  is 0 "$(calls mta)"
  keys q
  see 'y:Send'
  keys Escape A
  see 'allow --reason='
  typed "they asked today'"
  keys Enter
  see 'allowed, once'
  keys Enter
  see 'y:Send'
  keys y
  delivered 1
}
t 'who asked not to be written to is not, without a reason' stopped

unconcerned() {
  begin
  compose friend@friend.example 'Lunch'
  keys y
  delivered 1
  over
  unaltered
  kept 1
  is 1 "$(calls front)"
}
t 'a mail to nobody in scope passes' unconcerned

answer() {
  begin
  term "$client" -e "push '<search>Saw<enter><reply>'"
  see 'y:Send'
  see chief@waits.example
  keys y
  delivered 1
  unaltered
  is 1 "$(calls front)"
  grep -q "^In-Reply-To: <$asked>" "$work/mta.d/1/mail" || fail 'no answer'
}
t 'an answer to what they asked passes' answer

failing() {
  begin
  echo 75 >"$work/mta.d/exit"
  compose friend@friend.example 'Lunch'
  keys y
  see 'child exited 75'
  keys q
  see 'y:Send'
  kept 0
}
t 'what the MTA says comes through' failing

if [ "$client" = neomutt ]; then
  folders() {
    begin
    printf 'set nm_default_url="notmuch://%s"\nsource %s\n' "$mail" \
      "$root/contrib/neomutt/notmuch-cadence.neomuttrc" >>"$HOME/.muttrc"
    term neomutt -f 'notmuch://?type=threads&query=tag:owed'
    see 'NeoMutt: owed'
    see 'Saw offer'
    hides 'Mill news' || unlike 'more than the query'
    keys c
    see 'Open mailbox'
    typed 'notmuch://?type=threads&query=tag:dead'
    keys Enter
    see 'Axe offer'
  }
  t 'the tags are folders' folders
fi

done_testing
