# What the tests of the hook share: a mailbox, drafts, and an MTA that records what it is given.
# Sourced after lib.sh.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2154 # names of lib.sh, and for the cases

# recorder [COMMAND...]: writes the MTA. Each run leaves the message in $mta/N.mail, the arguments in
# $mta/N.args, one a line; then the commands are run, or else it exits 0.
mta=$work/mta
recorder() {
  rm -rf "$mta"
  mkdir -p "$mta"
  {
    printf '#!/bin/bash\nn=1\nuntil mkdir "%s/$n" 2>/dev/null; do n=$((n + 1)); done\n' "$mta"
    printf 'cat >"%s/$n.mail"\nprintf "%%s\\n" "$@" >"%s/$n.args"\n' "$mta" "$mta"
    printf '%s\n' "${@:-exit 0}"
  } >"$work/recorder"
  chmod 755 "$work/recorder"
}

# went N: so many mails have gone to the MTA.
went() { is "$1" "$(find "$mta" -name '*.mail' | wc -l)" 'mails that went out'; }

# desk: alder was written to yesterday, birch answered, cedar opted out, fir is due. The limit of time is
# for a busy machine; what it does has a case of its own.
desk() {
  box
  sent 2026-03-31 a@alder.example 'Spring offer'
  sent 2026-03-30 b@birch.example
  got 2026-03-31 b@birch.example && answered=$id
  sent 2026-03-01 c@cedar.example
  sent 2026-03-23 d@fir.example
  agreements <<<$'[Cedar]\nmatch = cedar.example\nopted-out = 2026-03-02'
  desk_policy
  rm -rf "$XDG_STATE_HOME"
  new && index
  recorder
}

# desk_policy [LINE...]: the policy, with more lines for [sendmail].
desk_policy() {
  policy < <(printf '%s\n' '[scope]' 'query = from:rep@example.com' '[sendmail]' 'within = 60s' \
    "command = $work/recorder" "$@")
}

# draft TO [HEADER...]: writes ./draft.
draft() {
  printf 'From: Rep <rep@example.com>\nTo: %s\nSubject: Offer\nMessage-ID: <draft-%s@test.example>\n' \
    "$1" "$RANDOM$RANDOM" >draft
  [ $# -eq 1 ] || printf '%s\n' "${@:2}" >>draft
  printf '\nThe price list of this spring is attached.\n' >>draft
}

# hook ARG...: the hook at $now, on ./draft; with every signal as it comes, whatever whoever runs this ignores.
hook() { env --default-signal notmuch-cadence sendmail --now="$now" "$@" <draft; }

# later SECONDS: so much later than before.
later() { now=$(date -u -d "@$(($(date -d "$now" +%s) + $1))" +%Y-%m-%dT%H:%M:%SZ); }

state=$XDG_STATE_HOME/notmuch-cadence
