#!/usr/bin/env bash
# Claws Mail with our plugin: the real client, driven by keys, on the sample mailbox.
# CADENCE_SCREENSHOTS=1 renews the picture in the README.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck disable=SC2154 # names of tests/lib.sh
. "$(dirname "$0")/../lib.sh"
. "$root/tests/clients/lib.sh"
. "$root/tests/clients/window.sh"

plugin=$BUILD/plugin/clients/claws-mail/cadence-claws-mail.so
needs claws-mail
[ -f "$plugin" ] || skip_all 'the plugin is not built: no libclaws-mail-dev'
desktop
bus
sample
fine=$(date -d "$(date +%F) 20 days" +%F)

# profile [PLUGIN]: an account whose mail goes to the MTA that records, and a folder of mail.
profile() {
  local rc=$HOME/.claws-mail
  rm -rf "${HOME:?}" && mkdir -p "$rc" "$HOME/Mail"/{inbox,sent,queue,draft,trash}
  recorder mta
  cat >"$rc/folderlist.xml" <<XML
<?xml version="1.0" encoding="UTF-8"?>
<folderlist>
  <folder type="mh" name="Mail" path="$HOME/Mail">
    <folderitem type="inbox" name="inbox" path="inbox" />
    <folderitem type="outbox" name="sent" path="sent" />
    <folderitem type="draft" name="draft" path="draft" />
    <folderitem type="queue" name="queue" path="queue" />
    <folderitem type="trash" name="trash" path="trash" />
  </folder>
</folderlist>
XML
  cat >"$rc/accountrc" <<RC
[Account: 1]
account_name=work
is_default=1
name=Rep
address=rep@example.com
protocol=0
receive_server=127.0.0.1
smtp_server=127.0.0.1
receive_at_get_all=0
use_mail_command=1
mail_command=$work/bin/mta
auto_signature=0
generate_msgid=1
config_version=4
RC
  # No spell checker: without one Claws opens a box about it that waits for an answer.
  printf '[Common]\nconfig_version=1\nenable_aspell=0\n[Plugins_GTK3]\n%s\n' "${1-$plugin}" >"$rc/clawsrc"
  cp "$(grep -l '^Subject: Re: Question about your order' "$work"/sample/mail/inbox/cur/*)" "$HOME/Mail/inbox/1"
}

# claws ARG...: starts it; it ends with the case.
language=()
claws() {
  env "${language[@]}" claws-mail "$@" >"$work/claws.out" 2>&1 &
  client=$!
  trap over EXIT
}

over() {
  { kill -9 "$client" && wait "$client"; } 2>/dev/null || :
}

# compose DRAFT: a new mail with what stands in that draft of the sample mailbox.
compose() {
  sed '/^From:/d;/^In-Reply-To:/d' "$work/sample/drafts/$1" >"$work/draft"
  claws --compose-from-file "$work/draft"
  composing "$(sed -n 's/^Subject: //p' "$work/draft")"
}
# composing SUBJECT: its window is there and ready for keys. Sets $window and $composer.
composing() {
  composer="$1 - .*"
  window "$composer"
}
# inbox: the main window, with the mail of the sample that waits for an answer shown.
inbox() {
  claws --select '#mh/Mail/inbox/1'
  window '.*Claws Mail 4.*' && reads '.*Claws Mail 4.*' 'Two metres, please.'
}
send() { strike ctrl+Return; }
said() { soon grep -qF -- "$1" "$HOME/.claws-mail/claws.log" || { cat "$HOME/.claws-mail/claws.log" && fail "not in the log: $1"; }; }

# drafted: the composer is open, its draft whole, and nothing is sent or queued.
drafted() {
  window "$composer"
  nothing_sent
  is '' "$(find "$HOME/Mail/queue" "$HOME/Mail/sent" -type f -name '[0-9]*')" 'sent and queued'
}

early() {
  profile && watched && compose early
  send && window Cadence
  reads Cadence 'attempt 12 to Maple Timber' "until $fine" 'push button: Go back [focused]' \
    'push button: Send anyway'
  asked 1 check --format=json -
  heads_with_summary
  saw 1 'From: Rep <rep@example.com>' 'To: Manager <manager@maple.example>' 'Subject: Re: Note of the month' \
    'Just checking in: did you get my last mail?'
  picture claws-mail
  for key in Return Escape alt+b; do
    window Cadence && press "$key" && gone Cadence
    drafted
    send
  done
  window Cadence && press alt+s
  is_sent 1 && gone "$composer"
  asked 5 allow --reason= -
  same "$work/asked.d/4/mail" "$work/asked.d/5/mail"
}

unaltered() {
  profile && watched && compose early
  send && window Cadence && press alt+s && is_sent 1
  plain "$work/mta.d/1/mail" >"$work/with" && cp "$work/mta.d/1/args" "$work/with.args"
  over
  profile '' && watched && compose early && send && is_sent 1
  is 0 "$(calls asked)" 'checks without the plugin'
  same <(plain "$work/mta.d/1/mail") "$work/with"
  same "$work/mta.d/1/args" "$work/with.args"
  grep -qx 'Just checking in: did you get my last mail?' "$work/with"
}

stopped() {
  profile && watched && compose opted-out
  send && window Cadence
  reads Cadence 'Hazel Joinery' 'Reason for sending it anyway' 'push button: Send anyway [insensitive]'
  press alt+s
  reads Cadence 'push button: Send anyway [insensitive]'
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
  grep -qx 'To: Somebody <somebody@stranger.example>' "$work/mta.d/1/mail"
}

# It is seen as an answer: by the Message-ID of the mail that it answers.
answer() {
  profile && watched && inbox
  press ctrl+r
  composing 'Re: Question about your order'
  xdotool type 'Delivery is free from ten pieces on.'
  send && is_sent 1
  local id
  id=$(sed -n 's/^Message-ID: //Ip' "$HOME/Mail/inbox/1")
  saw 1 "In-Reply-To: $id" 'To: Buyer <buyer@cedar.example>' 'Subject: Re: Question about your order'
  grep -q '^References: <' "$work/asked.d/1/mail"
  is 1 "$(calls asked)" 'questions'
}

# What goes wrong with the program never stands in the way, and is told. Send pressed twice sends once.
broken() {
  profile && watched "$1" && compose early
  [ "$1" != missing ] || rm "$work/bin/notmuch-cadence"
  send && press ctrl+Return
  is_sent 1 && gone "$composer"
  said 'Cadence did not check this mail'
  [ "$1" = missing ] || is 1 "$(calls asked)" 'questions'
  sleep 1 && is_sent 1
}

# While the child runs the window is drawn, but can neither be changed nor closed.
patient() {
  profile && watched hangs && compose early
  send && soon test -d "$work/asked.d/1"
  xdotool key x Return alt+F4
  xdotool search --name "^$composer\$" >/dev/null
  is_sent 1
  ! grep -q '^x' "$work/mta.d/1/mail"
}

# Accounts can be left out.
account_off() {
  profile && watched && printf '[check]\naccount-1=false\n' >"$HOME/.claws-mail/cadencerc"
  compose early && send && is_sent 1
  is 0 "$(calls asked)" 'questions'
}

# Behind it the program's own hook is the MTA: it lets pass what was allowed in the dialog, and that once.
hooked() {
  profile && watched
  sed -i "s|^mail_command=.*|mail_command=$work/bin/notmuch-cadence sendmail --mta=$work/bin/mta -t -i|" "$HOME/.claws-mail/accountrc"
  compose early
  send && window Cadence && press alt+s
  is_sent 1 && gone "$composer"
  asked 2 allow --reason= -
  asked 3 sendmail "--mta=$work/bin/mta" -t -i
  run 77 "$BUILD/plugin/cli/notmuch-cadence" sendmail "--mta=$work/bin/mta" -t -i <"$work/asked.d/3/mail"
}

# The rows of headers have Russian names, which is all that the window tells of them.
russian() {
  mkdir "$work/locale"
  localedef -i ru_RU -f UTF-8 "$work/locale/ru_RU.UTF-8" || skip 'no Russian locale can be made: no locales'
  language=(LOCPATH="$work/locale" LC_ALL=ru_RU.UTF-8)
  profile && watched
  sed -i 's/^Subject:/Cc: Second <second@maple.example>\nBcc: third@maple.example\n&/' "$work/sample/drafts/early"
  compose early
  reads "$composer" 'Отправить' || skip 'Claws Mail does not speak Russian: no claws-mail-i18n'
  send && window Cadence
  reads Cadence 'attempt 12 to Maple Timber'
  saw 1 'To: Manager <manager@maple.example>' 'Cc: Second <second@maple.example>' 'Bcc: third@maple.example' \
    'Subject: Re: Note of the month'
  press alt+b && gone Cadence
  drafted
  send && window Cadence && press alt+s
  is_sent 1
  grep -q second@maple.example "$work/mta.d/1/mail"
}

party() {
  profile && watched && inbox
  soon "$here/look" '.*Claws Mail 4.*' Cadence... || fail 'no such menu entry'
  forms cedar.example
}

later() {
  profile && watched && compose early
  strike ctrl+shift+s
  window Cadence && press alt+b && gone Cadence
  nothing_sent
  is '' "$(find "$HOME/Mail/queue" -type f -name '[0-9]*')" 'queued'
}

t 'an early follow-up: the reason, the day; back keeps the draft, anyway sends it' early
t 'a mail that was sent anyway is the one that goes out without the plugin' unaltered
t 'a stop wants a typed reason, which goes to allow' stopped
t 'a stranger: no dialog' stranger
t 'an answer to a fresh reply: no dialog, and seen as an answer' answer
for way in killed hangs garbage endless lies missing; do
  t "a notmuch-cadence that is broken ($way) blocks, loses and hides nothing" broken $way
done
t 'while it is checked a draft stays as it is' patient
t 'an account that is switched off is not checked' account_off
t 'to send later is to send' later
t 'what was sent anyway passes the hook before the MTA' hooked
t 'the header rows of a Russian Claws Mail' russian
t 'Cadence... about a mail: who it is with, and forms for what changes' party
done_testing
