#!/usr/bin/env bash
# git send-email, set up by `setup`.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/clients/lib.sh
. "$root/tests/clients/lib.sh"
needs git
[ -x "$(git --exec-path)/git-send-email" ] || skip_all 'no git send-email'

# A repository with one patch, and the user's own sendmail-like program.
begin() {
  home
  seller
  git config --global user.name Rep
  git config --global user.email rep@example.com
  git config --global sendemail.smtpServer "$work/bin/mta"
  git config --global sendemail.confirm never
  rm -rf "$work/repository" && git init -q "$work/repository" && cd "$work/repository"
  echo 'list = new' >prices && git add prices
  GIT_AUTHOR_DATE='2026-01-01T00:00Z' git commit -q -m 'prices: the new list – half price'
  git format-patch -q -1 --root
  cp ~/.gitconfig "$work/gitconfig"
  run 0 notmuch-cadence setup git-send-email --yes
}
mails() { git send-email --quiet --to "$1" "${@:2}" 0001-*.patch; }

refused_twice() {
  begin
  run 77 mails buyer@acme.example
  complains too-soon 'send it again within 10 minutes'
  is 0 "$(calls mta)"
  sleep 2.5
  run 0 mails buyer@acme.example
  delivered 1
  unaltered
  is '<-i> <buyer@acme.example> <rep@example.com>' "$(arguments mta 1)"
}
t 'the reasons are shown, and the same command again sends it once' refused_twice

allowed() {
  begin
  run 77 mails buyer@acme.example
  run 0 notmuch-cadence allow
  run 0 mails buyer@acme.example
  delivered 1
  unaltered
}
t 'allow lets one go out' allowed

stopped() {
  begin
  run 77 mails nobody@stop.example
  sleep 2.5
  run 77 mails nobody@stop.example
  run 64 notmuch-cadence allow
  run 0 notmuch-cadence allow --reason='they asked today'
  run 0 mails nobody@stop.example
  delivered 1
}
t 'who asked not to be written to needs a reason' stopped

unconcerned() {
  begin
  run 0 mails friend@friend.example
  delivered 1
  unaltered
  run 0 mails chief@waits.example --in-reply-to="<$asked>"
  delivered 2
  unaltered
  echo 75 >"$work/mta.d/exit"
  run 75 mails friend@friend.example
}
t 'others pass, so does an answer, and what the MTA says comes through' unconcerned

# What the user had is used again.
undone() {
  begin
  run 0 notmuch-cadence setup git-send-email --undo --yes
  same "$work/gitconfig" ~/.gitconfig
  run 0 mails buyer@acme.example
  delivered 1
  is 0 "$(calls front)"
}
t 'undo brings back what there was' undone

done_testing
