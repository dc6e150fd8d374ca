#!/usr/bin/env bash
# aerc, set up by `setup`: it shows nothing of a refusal, so two keys of the review screen do.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/clients/lib.sh
. "$root/tests/clients/lib.sh"
needs tmux aerc

begin() {
  home
  seller
  local aerc=$XDG_CONFIG_HOME/aerc
  mkdir -p "$aerc"
  cp /usr/share/aerc/binds.conf "$aerc/binds.conf"
  cat >"$work/bin/writes" <<'PROGRAM'
#!/bin/bash
printf 'The price list is new.\nTwo mills are left – half price.\n' >>"$1"
PROGRAM
  chmod +x "$work/bin/writes"
  printf '[compose]\neditor=%s\n[filters]\ntext/plain=cat\n' "$work/bin/writes" >"$aerc/aerc.conf"
  printf 'all=*\n' >"$aerc/map"
  cat >"$aerc/accounts.conf" <<FILE
[work]
source = notmuch://$mail
query-map = $aerc/map
from = Rep <rep@example.com>
outgoing = "$work/bin/mta" -oi 'two words'
FILE
  chmod 600 "$aerc/accounts.conf"
  run 0 notmuch-cadence setup aerc --yes
}

# compose TO SUBJECT: up to the screen that asks whether to send.
compose() {
  term aerc "mailto:$1?subject=${2// /%20}"
  see 'Send this email?'
}

# refuse N TEXT: y is pressed, the mail comes back, by itself or at the next key, and x says why.
refuse() {
  keys y
  refused "$1"
  sleep 1
  soon x_says "$2" || unlike "x does not say $2"
  keys Enter
  see 'Send this email?'
}
x_says() {
  local i
  keys x
  for ((i = 0; i < 30; i++)); do
    shows "$1" && return 0
    sleep 0.1
  done
  return 1
}

goes_back() {
  begin
  compose buyer@acme.example 'Mill again'
  refuse 1 too-soon
  see 'Mill again'
  is 0 "$(calls mta)"
  keys v
  see 'Two mills are left'
}
t 'a refused mail comes back, and x says why' goes_back

allowed() {
  begin
  compose buyer@acme.example 'Mill again'
  refuse 1 'refused:'
  keys S
  sleep 2.5
  see 'Send this email?'
  keys y
  delivered 1
  unaltered
  is "<-oi> <two words> <buyer@acme.example>" "$(arguments mta 1)"
  is 2 "$(calls front)"
}
t 'S and then y sends it once, and as it was written' allowed

again() {
  begin
  compose buyer@acme.example 'Mill again'
  refuse 1 'refused:'
  sleep 2.5
  keys y
  refused 2
  is 0 "$(calls mta)"
}
t 'y alone does not, for nobody has seen why' again

stopped() {
  begin
  compose nobody@stop.example 'Axe again'
  refuse 1 opted-out
  keys S
  see 'it was stopped'
  keys Enter
  see 'Send this email?'
  keys y
  refused 2
  is 0 "$(calls mta)"
}
t 'who asked not to be written to is not, without a reason' stopped

unconcerned() {
  begin
  compose friend@friend.example 'Lunch'
  keys y
  delivered 1
  unaltered
  is 1 "$(calls front)"
}
t 'a mail to nobody in scope passes' unconcerned

answer() {
  begin
  term aerc
  see 'Re: Saw offer'
  keys /
  typed 'Saw'
  keys Enter Enter
  see 'Some words'
  keys r r
  see 'Send this email?'
  see chief@waits.example
  keys y
  delivered 1
  unaltered
  is 1 "$(calls front)"
  grep -q "^In-Reply-To: <$asked>" "$work/mta.d/1/mail" || fail 'no answer'
}
t 'an answer to what they asked passes' answer

done_testing
