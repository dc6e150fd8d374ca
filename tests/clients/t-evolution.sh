#!/usr/bin/env bash
# Evolution with our module: the real client, driven by keys, on the sample mailbox.
# CADENCE_SCREENSHOTS=1 renews the picture in the README.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck disable=SC2154 # names of tests/lib.sh
. "$(dirname "$0")/../lib.sh"
. "$root/tests/clients/lib.sh"
. "$root/tests/clients/window.sh"

module=$BUILD/plugin/clients/evolution/module-cadence.so
needs evolution
[ -f "$module" ] || skip_all 'the module is not built: no evolution-dev'
desktop
sample
fine=$(date -d "$(date +%F) 20 days" +%F)
prefix=$work/prefix/lib/evolution/modules # a folder in which Evolution looks besides its own
mkdir -p "$prefix"
export EDS_EXTRA_PREFIXES=$work/prefix GSETTINGS_BACKEND=keyfile WEBKIT_DISABLE_COMPOSITING_MODE=1 \
  WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1

# source NAME: a file of the account, on stdin.
source_file() { cat >"$HOME/.config/evolution/sources/$1.source"; }

# profile [without]: an account whose mail goes to the MTA that records; the module, unless without; and a bus of
# the case's own, for parts of Evolution live on it and keep what they know of HOME.
profile() {
  rm -rf "${HOME:?}" "$prefix/module-cadence.so"
  mkdir -p "$HOME/.config/evolution/sources" "$HOME/.config/glib-2.0/settings" \
    "$HOME/.local/share/evolution"/{webkit-editor-plugins,preview-plugins,mail/local/{,.Outbox/}{cur,new,tmp}}
  echo 'maildir++ 1' >"$HOME/.local/share/evolution/mail/local/..maildir++" # else it asks to convert it
  [ "${1:-}" = without ] || cp "$module" "$prefix/"
  recorder mta
  source_file account <<FILE
[Data Source]
DisplayName=work
Enabled=true
Parent=
[Mail Account]
BackendName=none
IdentityUid=identity
NeedsInitialSetup=false
FILE
  source_file identity <<FILE
[Data Source]
DisplayName=work
Enabled=true
Parent=account
[Mail Composition]
DraftsFolder=folder://local/Drafts
[Mail Identity]
Address=rep@example.com
Name=Rep
SignatureUid=none
[Mail Submission]
SentFolder=folder://local/Sent
TransportUid=transport
UseSentFolder=true
FILE
  source_file transport <<FILE
[Data Source]
DisplayName=work
Enabled=true
Parent=account
[Mail Transport]
BackendName=sendmail
[Sendmail Backend]
UseCustomBinary=true
UseCustomArgs=false
CustomBinary=$work/bin/mta
SendInOffline=true
FILE
  cat >"$HOME/.config/glib-2.0/settings/keyfile" <<FILE
[org/gnome/evolution/mail]
prompt-on-accel-send=false
composer-mode='plain-text'
send-html=false
layout=1
[org/gnome/evolution]
default-mail-identity='identity'
FILE
  mkdir -p "$HOME/.config/evolution/mail"
  printf '[Folder Tree]\nSelected=folder://local/Inbox\n' >"$HOME/.config/evolution/mail/state.ini"
  cp "$(grep -l '^Subject: Re: Question about your order' "$work"/sample/mail/inbox/cur/*)" \
    "$HOME/.local/share/evolution/mail/local/cur/1.sample:2,"
  servers=() # those of the case: the others end with the file
  bus
  trap over EXIT
}
over() {
  { kill -9 "$client" && wait "$client"; } 2>/dev/null || :
  undo_desktop 2>/dev/null || :
}

evolve() {
  evolution "$@" >"$work/evolution.out" 2>&1 &
  client=$!
}

# compose DRAFT: a new mail with what stands in that draft of the sample mailbox.
compose() {
  local file=$work/sample/drafts/$1 to body
  to=$(sed -n 's/^To: .*<\(.*\)>$/\1/p' "$file")
  composer=$(sed -n 's/^Subject: //p' "$file")
  body=$(sed '1,/^$/d' "$file")
  evolve "mailto:$to?$(printf 'subject=%s&body=%s' "$composer" "$body" | sed 's/ /%20/g;s/,/%2C/g')"
  window "$composer"
}
send() { strike ctrl+Return; }

# inbox: the main window, with the mail of the sample that waits for an answer selected.
inbox() {
  evolve -c mail
  window 'Inbox.*' && reads 'Inbox.*' 'buyer@cedar.example'
}

# drafted: the composer is open, and nothing is sent or in the Outbox.
drafted() {
  window "$composer"
  nothing_sent
  is '' "$(find "$HOME"/.local/share/evolution/mail/local/.{Outbox,Sent} -path '*/cur/*' 2>/dev/null)" 'queued'
}

early() {
  profile && watched && compose early
  send && window Cadence
  reads Cadence 'attempt 12 to Maple Timber' "until $fine" \
    'push button: Go back [focused]' 'push button: Send anyway'
  asked 1 check --format=json -
  heads_with_summary
  saw 1 'From: rep@example.com' 'To: manager@maple.example' 'Subject: Re: Note of the month' \
    'Just checking in: did you get my last mail?'
  picture evolution
  for key in Return Escape alt+b; do
    window Cadence && press "$key" && gone Cadence
    drafted
    send
  done
  window Cadence && press alt+s
  is_sent 1 && gone "$composer"
  asked 5 allow --reason= -
  same "$work/asked.d/4/mail" "$work/asked.d/5/mail"
  is 5 "$(calls asked)" 'runs, though the module is loaded twice'
}

# A mail with markup: its words are what is judged.
formatted() {
  profile && watched
  sed -i "s/'plain-text'/'html'/;s/send-html=.*/send-html=true\nprompt-on-unwanted-html=false/" "$HOME/.config/glib-2.0/settings/keyfile"
  compose early
  send && window Cadence
  saw 1 'Just checking in: did you get my last mail?'
  press alt+s && is_sent 1
  grep -q '^Content-Type: multipart/alternative' "$work/mta.d/1/mail"
}

unaltered() {
  profile && watched && compose early
  send && window Cadence && press alt+s && is_sent 1
  plain "$work/mta.d/1/mail" >"$work/with" && cp "$work/mta.d/1/args" "$work/with.args"
  over
  profile without && watched && compose early && send && is_sent 1
  is 0 "$(calls asked)" 'checks without the module'
  same <(plain "$work/mta.d/1/mail") "$work/with"
  same "$work/mta.d/1/args" "$work/with.args"
  grep -qx 'Just checking in: did you get my last mail?' "$work/with"
}

stopped() {
  profile && watched && compose opted-out
  send && window Cadence
  reads Cadence 'Hazel Joinery' 'Reason for sending it anyway' 'push button: Send anyway [insensitive]'
  press alt+r && xdotool type 'they asked on the phone'
  soon sensitive 'Send anyway' || fail 'Send anyway stays insensitive'
  press alt+s
  is_sent 1
  asked 2 allow '--reason=they asked on the phone' -
}

stranger() {
  profile && watched && compose stranger
  send && is_sent 1
  is 1 "$(calls asked)" 'questions'
  grep -q '^To: .*somebody@stranger.example' "$work/mta.d/1/mail"
}

# It is seen as an answer: by the Message-ID of the mail that it answers.
answer() {
  profile && watched && inbox
  press ctrl+r
  composer='Re: Question about your order' && window "$composer"
  send && is_sent 1
  local id
  id=$(sed -n 's/^Message-ID: //Ip' "$HOME"/.local/share/evolution/mail/local/cur/1.sample*)
  saw 1 "In-Reply-To: $id" 'Subject: Re: Question about your order'
  grep -q '^To: .*buyer@cedar.example' "$work/asked.d/1/mail"
  grep -q '^References: <' "$work/asked.d/1/mail"
  is 1 "$(calls asked)" 'questions'
}

# What goes wrong with the program never stands in the way, and is told: in a window, for the main one is
# not open. Send pressed twice sends once.
broken() {
  profile && watched "$1" && compose early
  [ "$1" != missing ] || rm "$work/bin/notmuch-cadence"
  send && xdotool key ctrl+Return
  is_sent 1 && gone "$composer"
  reads Warning 'Cadence did not check this mail'
  [ "$1" = missing ] || is 1 "$(calls asked)" 'questions'
  sleep 1 && is_sent 1
}

# The same where the main window is open: in its bar.
told() {
  profile && watched garbage && inbox
  press ctrl+r
  composer='Re: Question about your order' && window "$composer"
  send && is_sent 1
  reads 'Inbox.*' 'Cadence did not check this mail'
  no_window Cadence
}

# While the child runs the window is drawn, but can neither be changed nor closed.
patient() {
  profile && watched hangs && compose early
  send
  xdotool key x Return alt+F4
  xdotool search --name "^$composer\$" >/dev/null
  is_sent 1
  ! grep -q '^x' "$work/mta.d/1/mail"
}

party() {
  profile && watched && inbox
  soon "$here/look" 'Inbox.*' Cadence... || fail 'no such menu entry'
  forms cedar.example
}

t 'an early follow-up: the reason, the day; back keeps the draft, anyway sends it' early
t 'a mail that was sent anyway is the one that goes out without the module' unaltered
t 'a mail with markup is judged by its words' formatted
t 'a stop wants a typed reason, which goes to allow' stopped
t 'a stranger: no dialog' stranger
t 'an answer to a fresh reply: no dialog, and seen as an answer' answer
for way in killed hangs garbage endless lies missing; do
  t "a notmuch-cadence that is broken ($way) blocks, loses and hides nothing" broken $way
done
t 'that a mail was not checked stands in the main window' told
t 'while it is checked a draft stays as it is' patient
t 'Cadence... about a mail: who it is with, and forms for what changes' party
done_testing
