#!/usr/bin/env bash
# notmuch-cadence.el in the real Emacs and notmuch: each ERT test of emacs/ in an Emacs and a mailbox of its own.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"
# shellcheck source=tests/clients/lib.sh
. "$root/tests/clients/lib.sh"
needs emacs tmux jq

package=$root/contrib/emacs/notmuch-cadence.el
tests=$root/tests/clients/emacs
[ -d /usr/share/emacs/site-lisp/elpa ] && elpa=(/usr/share/emacs/site-lisp/elpa/notmuch-*)

# an_emacs OPTION...: with notmuch, the package as it stands here, and nothing of a user.
an_emacs() { emacs -Q -L "${elpa[0]}" -L "${package%/*}" -L "$tests" "$@"; }
an_emacs --batch -l notmuch >/dev/null 2>&1 || skip_all 'no notmuch in Emacs'

seller master
mkdir "$work/eln"
KEYS=$(bash -c '. "$1" 2>/dev/null; tr -s "[:space:]" "\n" <<<"$_notmuch_cadence_keys"' . \
  "$root/contrib/completion/notmuch-cadence" | grep -v '[+-]=' | tr -d =)
export KEYS ELPA=${elpa[0]} LAST=$last ASKED=$asked THEIRS=$theirs CADENCE_TEST_WORK="$work"

# fresh: the home, the MTA and the mailbox as if nothing had happened yet.
fresh() {
  home
  place master
  copy_box box
}

# ert FILE NAME: one test.
ert() {
  fresh
  rm -rf tmp && mkdir tmp
  TMPDIR=$PWD/tmp an_emacs --batch -l "$1" --eval "(ert-run-tests-batch-and-exit '(member $2))"
}

# names FILE: its tests, each with what it says of itself.
names() {
  an_emacs --batch -l "$1" --eval '(dolist (test (reverse (ert-select-tests t t)))
    (princ (format "%s\t%s\n" (ert-test-name test) (ert-test-documentation test))))'
}

# is_read FILE: Emacs loads it, and its tests stand in ./list.
is_read() { names "$1" >list && [ -s list ]; }

for file in "$tests"/test-*.el; do
  topic=$(basename "$file" .el | cut -d - -f 2-)
  : >list
  t "$topic: is read" is_read "$file"
  while IFS=$'\t' read -r name what; do
    t "$topic: $what" ert "$file" "$name"
  done <list
done

# --- an Emacs that somebody sits at ---

# sit TO: begins a mail to TO, with the mode on and cadence-sendmail behind.
sit() {
  fresh
  cat >init.el <<'INIT'
(setq message-send-mail-function #'message-send-mail-with-sendmail
      sendmail-program "cadence-sendmail" notmuch-fcc-dirs nil
      notmuch-cadence-time-limit 20 inhibit-startup-screen t)
(require 'notmuch)
(require 'notmuch-cadence)
(notmuch-cadence-mode 1)
INIT
  term emacs -nw -Q -L "${elpa[0]}" -L "${package%/*}" -l init.el \
    --eval "(notmuch-mua-mail \"$1\" \"Mill news\")"
  see 'text follows this line'
  keys C-end
  typed 'The new list is out.'
  keys C-c C-c
}

keyboard() {
  sit buyer@acme.example
  see 'Go back, or send anyway?'
  see 'Not yet: fine from'
  see "id:$LAST"
  keys Enter
  see 'Not sent; here is the draft'
  see 'The new list is out.'
  is 0 "$(calls mta)"
  keys C-c C-c
  see 'Go back, or send anyway?'
  keys C-g
  see 'Quit'
  is 0 "$(calls mta)"
  keys C-c C-c
  see 'Go back, or send anyway?'
  typed s
  keys Enter
  delivered 1
  see 'Sending...done'
  unsee 'Not yet: fine from'
}
t 'at the keyboard: RET and C-g go back, "s" sends, once' keyboard

keyboard_stop() {
  sit nobody@stop.example
  see 'Why send it all the same?'
  see 'Not to be sent'
  keys Enter
  see 'Not sent; here is the draft'
  is 0 "$(calls mta)"
  keys C-c C-c
  see 'Why send it all the same?'
  typed 'they called and asked for it'
  keys Enter
  delivered 1
  see 'Sending...done'
}
t 'at the keyboard: a stop wants a reason' keyboard_stop

keyboard_passes() {
  sit somebody@friend.example
  delivered 1
  see 'Sending...done'
}
t "at the keyboard: nobody's prospect is not asked about" keyboard_passes

done_testing
