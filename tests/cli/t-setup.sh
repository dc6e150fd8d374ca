#!/usr/bin/env bash
# setup: changes a client's configuration and nothing else in it, and takes exactly that out again.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# Programs that need not be here: `setup` only wants them to be there, or asks them what is faked.
mkdir "$work/bin"
export PATH=$work/bin:$PATH
for name in aerc alot emacs mcom claws-mail evolution thunderbird; do
  printf '#!/bin/sh\nexit 0\n' >"$work/bin/$name" && chmod +x "$work/bin/$name"
done
box
program=$BUILD/plugin/cli/notmuch-cadence
config=$XDG_CONFIG_HOME

# fresh: a home folder without anything.
fresh() {
  rm -rf "${HOME:?}"
  mkdir -p "$HOME"
}

# tree: every file of the home folder, with its mode and bytes; backups set aside.
tree() { (cd "$HOME" && find . -type f ! -name '*.before-cadence' -exec stat -c '%n %a' {} + -exec sha256sum {} + | sort); }

# there_and_back CLIENT [FILE]: set up, set up once more, undone; FILE has changed in between.
there_and_back() {
  local before after
  before=$(tree)
  run 0 notmuch-cadence setup "$1" --yes
  says "setup $1 --undo"
  after=$(tree)
  isnt "$before" "$after"
  [ -z "${2:-}" ] || isnt "$(grep -F "${2##*/} " <<<"$before")x" "$(grep -F "${2##*/}" <<<"$after")"
  run 0 notmuch-cadence setup "$1" --yes
  says 'nothing to change'
  is "$after" "$(tree)" "$1, once more"
  run 0 notmuch-cadence setup "$1" --undo --yes
  is "$before" "$(tree)" "$1, undone"
  run 0 notmuch-cadence setup "$1" --undo --yes
  says 'nothing of ours'
}

# both CLIENT FILE TEXT: with the text as it is, and without its last line end.
both() {
  local text
  for text in "$3"$'\n' "$3"; do
    fresh
    mkdir -p "$(dirname "$2")"
    printf %s "$text" >"$2"
    chmod 640 "$2"
    there_and_back "$1" "$2"
    is "$text." "$(cat "$2.before-cadence" && echo .)" 'the backup'
  done
}

in_folder() { (cd "$1" && "${@:2}"); }

# --- the rows ---

git() {
  both git-send-email "$HOME/.gitconfig" $'# mine\n[sendemail]\n\tsmtpServer = "/opt/m x/mta"'
}
git_words() {
  fresh
  printf '[sendemail]\n\tsendmailcmd = ~/bin/msmtp -a "the work"\n[a]\n b=c' >~/.gitconfig
  there_and_back git-send-email ~/.gitconfig
  run 0 notmuch-cadence setup git-send-email --yes
  is "$program sendmail --confirm=10min --client=git-send-email --mta=$HOME/bin/msmtp -a the work" \
    "$(command git config --global --get sendemail.sendmailCmd)"
  fresh
  printf '[include]\n\tpath = more\n' >~/.gitconfig
  printf '[sendemail]\n\tsendmailCmd = m -x\n' >~/more
  there_and_back git-send-email ~/.gitconfig
  run 0 notmuch-cadence setup git-send-email --yes
  says '--mta=m -x"'
  printf '[sendemail]\n\tsmtpServer = smtp.example.com\n' >~/.gitconfig
  run 78 notmuch-cadence setup git-send-email --yes
  complains 'SMTP server smtp.example.com'
  printf '[sendemail]\n\tsendmailCmd = "pass x | msmtp"\n' >~/.gitconfig
  run 78 notmuch-cadence setup git-send-email --yes
  complains 'more than a program and its words'
}
mutts() {
  local client
  for client in mutt neomutt; do
    command -v "$client" >/dev/null || skip "no $client"
    both "$client" "$HOME/.mutt/muttrc" $'set sendmail="/usr/bin/msmtp -a work"\nset realname="M\xfcller"'
    run 0 notmuch-cadence setup "$client" --yes
    is "$program sendmail --confirm=10min --client=$client --mta=/usr/bin/msmtp -a work" \
      "$("$client" -Q sendmail | sed 's/.*= *"\(.*\)"/\1/')"
    # What is said above our lines later is what is sent by after the next setup.
    { echo 'set sendmail="/usr/bin/other"' && cat ~/.mutt/muttrc; } >"$work/rc"
    sed -i '/msmtp -a work"$/d' "$work/rc"
    cp "$work/rc" ~/.mutt/muttrc
    run 0 notmuch-cadence setup "$client" --yes
    says --mta=/usr/bin/other
    # Wherever setup is run, and in whatever file it stands.
    fresh
    mkdir -p ~/.config/neomutt
    echo 'set sendmail="/usr/bin/msmtp"' >~/.config/neomutt/more
    echo 'source ~/.config/neomutt/more' >~/.muttrc
    run 0 in_folder /usr/bin notmuch-cadence setup "$client" --yes
    says ' --mta=/usr/bin/msmtp"'
    run 0 in_folder / notmuch-cadence setup "$client" --yes
    says 'nothing to change'
    echo 'source more' >~/.config/neomutt/neomuttrc # as neomutt finds it
    [ "$client" = mutt ] || run 0 notmuch-cadence setup neomutt --yes
    says /usr/bin/msmtp || is mutt "$client"
    [ "$client" = mutt ] || run 78 notmuch-cadence setup neomutt --yes
    fresh
    there_and_back "$client"
    echo 'set smtp_url="smtp://x.example"' >~/.muttrc
    run 78 notmuch-cadence setup "$client" --yes
    complains smtp_url
  done
}
aerc() {
  mkdir -p "$work/d"
  for text in $'[a]\nx = 1\noutgoing = /usr/bin/msmtp -a "x y"\n\n[b]\noutgoing=smtp://h.example' $'[a]\noutgoing = sendmail'; do
    fresh
    mkdir -p "$config/aerc"
    printf '[compose::review]\ny = :send<Enter>\n[terminal]\n' >"$config/aerc/binds.conf"
    printf %s "$text" >"$config/aerc/accounts.conf"
    there_and_back aerc
  done
  run 0 notmuch-cadence setup aerc --yes
  is "outgoing = $program sendmail --client=aerc" "$(grep ^outgoing "$config/aerc/accounts.conf")"
  printf '[b]\noutgoing=smtp://u:geheim@h.example\n' >"$config/aerc/accounts.conf"
  run 78 notmuch-cadence setup aerc --yes
  complains 'sends through smtp'
  ! grep -q geheim "$out" "$err" || fail 'a password is shown'
}
alot() {
  fresh
  mkdir -p "$config/alot"
  printf '[accounts]\n [[one]]\n  realname = x\n  [[[abook]]]\n   type = shell\n [[two]]\n  sendmail_command = "msmtp -t"\n[bindings]\n  [[x]]\n a = b' \
    >"$config/alot/config"
  there_and_back alot
  run 0 notmuch-cadence setup alot --yes
  is "sendmail_command = $program sendmail --client=alot -t;  sendmail_command = \"$program sendmail --client=alot --mta=msmtp -t\"" \
    "$(grep '^ *sendmail_' "$config/alot/config" | paste -sd ';')"
  printf 'x = 1\n' >>"$config/alot/hooks.py"
  run 0 notmuch-cadence setup alot --undo --yes
  is 'x = 1' "$(cat "$config/alot/hooks.py")" 'what was added to a file of ours stays'
}
others() {
  both emacs "$HOME/.emacs.d/init.el" '(setq a 1)'
  both mblaze "$HOME/.mblaze/profile" $'Local-Mailbox: x\nSendmail: /usr/bin/msmtp -a x'
  both mblaze "$HOME/.mblaze/profile" 'Local-Mailbox: x'
  both claws-mail "$HOME/.claws-mail/clawsrc" $'[Common]\nx=1\n[Plugins_GTK3]\n/usr/lib/x.so\n[X]\ny=2'
  both claws-mail "$HOME/.claws-mail/clawsrc" $'[Common]\nx=1\n[Plugins_GTK3]'
  fresh
  for client in emacs mblaze; do there_and_back "$client"; done
  [ -e /usr/lib/mozilla/native-messaging-hosts/org.notmuch.cadence.json ] || there_and_back thunderbird
  run 0 notmuch-cadence setup thunderbird --yes
  says 'cadence@notmuch.org.xpi'
}
hook() {
  local script=$mail/.notmuch/hooks/post-new
  rm -rf "${script%/*}"
  fresh
  run 0 notmuch-cadence setup post-new --yes
  [ -x "$script" ] || fail 'not executable'
  sent "$(date -u -d '-50 days' +%F)" late@acme.example
  notmuch new --quiet
  bears due "$id"
  run 0 notmuch-cadence setup post-new --undo --yes
  [ ! -e "$script" ] || fail 'left behind'
  printf '#!/bin/bash\nset -e\necho mine\nexit 0\n' >"$script"
  chmod 750 "$script"
  cp -p "$script" "$work/hook"
  run 0 notmuch-cadence setup post-new --yes
  is "$(tail -n 1 "$script")" 'exit 0'
  notmuch tag -due -- '*'
  notmuch new --quiet | grep -qx mine
  run 0 notmuch-cadence setup post-new --undo --yes
  cmp "$work/hook" "$script"
  is 750 "$(stat -c %a "$script")"
  for text in '#!/usr/bin/python3' $'#!/bin/sh\nexec afew -t'; do
    printf '%s\n' "$text" >"$script"
    run 78 notmuch-cadence setup post-new --yes
    complains 'index --quiet'
  done
}
t 'git: the program that was sent by stays' git
t 'git: words, quotes, and what can not be wrapped' git_words
t 'mutt and neomutt, as they read it themselves' mutts
t 'aerc' aerc
t 'alot' alot
t 'emacs, mblaze, claws-mail, thunderbird' others
t 'post-new: the hook runs' hook

# What a fake systemctl is asked to do.
timer() {
  fresh
  cat >"$work/bin/systemctl" <<PROGRAM
#!/bin/sh
echo "\$*" >>"$work/asked"
case \$2 in
is-enabled) test -e "$work/enabled" ;;
enable) touch "$work/enabled" ;;
disable) rm "$work/enabled" ;;
esac
PROGRAM
  chmod +x "$work/bin/systemctl"
  run 0 notmuch-cadence setup systemd --print
  says '$ systemctl --user enable --now notmuch-cadence-index.timer'
  [ ! -e "$work/enabled" ]
  run 0 notmuch-cadence setup systemd --yes
  [ -e "$work/enabled" ]
  run 0 notmuch-cadence setup systemd --yes
  says 'nothing to change'
  run 0 notmuch-cadence setup systemd --undo --yes
  [ ! -e "$work/enabled" ]
  is 1 "$(grep -c -- '--user enable --now' "$work/asked")"
}
t 'systemd: the timer is switched on and off' timer

evolution() {
  local module status=0
  module=$(pkg-config --variable=moduledir evolution-shell-3.0 2>/dev/null || echo /usr/lib/evolution/modules)
  [ -e "$module/module-cadence.so" ] || status=66
  run "$status" notmuch-cadence setup evolution --yes
  holds <(cat "$out" "$err") module-cadence.so
}
t 'evolution: only whether the module is there' evolution

# --- what holds for all ---

shuffled() {
  fresh
  is '' "$("$root/tests/cli/setup-shuffle" 150)"
}
t 'lines in any order: every byte comes back' shuffled

asks() {
  fresh
  run 64 notmuch-cadence setup mblaze
  says 'Sendmail: '
  complains --yes
  run 0 notmuch-cadence setup mblaze --print
  says 'Sendmail: '
  is '' "$(tree)"
  "$root/tests/cli/at-terminal" notmuch-cadence setup mblaze <<<n >"$out" || is 1 $?
  says 'Nothing was changed'
  is '' "$(tree)"
  "$root/tests/cli/at-terminal" notmuch-cadence setup mblaze <<<y >"$out"
  isnt '' "$(tree)"
}
t 'nothing without consent' asks

refuses() {
  fresh
  run 64 notmuch-cadence setup
  complains 'mutt, neomutt, aerc'
  run 64 notmuch-cadence setup muut
  complains 'did you mean "mutt"'
  run 64 notmuch-cadence setup mblaze aerc
  run 66 notmuch-cadence setup aerc --yes
  complains 'is not there'
  PATH=$BUILD/plugin/cli run 66 notmuch-cadence setup mblaze --yes
  complains 'no program "mcom"'
  mkdir -p ~/.mblaze
  printf '#: >>> notmuch-cadence: x\nSendmail: y\n' >~/.mblaze/profile
  run 78 notmuch-cadence setup mblaze --undo --yes
  complains 'line 1'
  printf 'a\0b' >~/.mblaze/profile
  run 66 notmuch-cadence setup mblaze --yes
  complains NUL
}
t 'what can not be done is said' refuses

linked() {
  fresh
  mkdir -p ~/dotfiles ~/.mblaze
  echo 'Sendmail: msmtp' >~/dotfiles/profile
  chmod 604 ~/dotfiles/profile
  ln -s ../dotfiles/profile ~/.mblaze/profile
  run 0 notmuch-cadence setup mblaze --yes
  is ../dotfiles/profile "$(readlink ~/.mblaze/profile)"
  is 604 "$(stat -c %a ~/dotfiles/profile)"
  grep -q 'kept: Sendmail: msmtp' ~/dotfiles/profile
  is 'Sendmail: msmtp' "$(cat ~/dotfiles/profile.before-cadence)"
  chmod 400 ~/dotfiles/profile
  [ "$(id -u)" -eq 0 ] || run 74 notmuch-cadence setup mblaze --undo --yes
}
t 'a link is written through, the mode stays, a backup lies beside' linked

by_hand() {
  fresh
  mkdir -p ~/.mblaze
  echo 'Sendmail: cadence-sendmail' >~/.mblaze/profile
  run 0 notmuch-cadence setup mblaze --yes
  says 'ours already' 'nothing to change'
  printf '[sendemail]\n sendmailCmd = notmuch-cadence sendmail --mta=x\n' >~/.gitconfig
  run 0 notmuch-cadence setup git-send-email --yes
  says 'ours already' 'nothing to change'
  echo 'Sendmail: msmtp' >~/.mblaze/profile
  run 0 notmuch-cadence setup mblaze --yes
  sed -i 's/^Sendmail: .*/Sendmail: other/' ~/.mblaze/profile
  run 0 notmuch-cadence setup mblaze --undo --yes
  is 'Sendmail: other' "$(cat ~/.mblaze/profile)" 'what was written over ours stays'
}
t 'what was written by hand stays' by_hand

running() {
  fresh
  mkdir -p ~/.claws-mail
  printf '[Plugins_GTK3]\n' >~/.claws-mail/clawsrc
  cp "$(command -v sleep)" "$work/claws-mail"
  "$work/claws-mail" 30 &
  run 75 notmuch-cadence setup claws-mail --yes
  kill $!
  complains 'claws-mail runs'
  is '[Plugins_GTK3]' "$(cat ~/.claws-mail/clawsrc)"
}
t 'claws-mail would write it over, so it may not run' running

as_json() {
  fresh
  run 0 notmuch-cadence setup mblaze --yes --format=json
  json '.format == 1 and .client == "mblaze" and .done'
  json '.changes == [{action: "create", path: $path, run: null}]' --arg path "$HOME/.mblaze/profile"
  run 0 notmuch-cadence setup mblaze --print --format=json
  json '.changes == [] and (.done | not)'
}
t 'as JSON' as_json

# The keys in contrib are those that setup binds.
examples() {
  local line
  fresh
  mkdir -p "$config/aerc"
  echo 'outgoing = x' >"$config/aerc/accounts.conf"
  echo '[compose::review]' >"$config/aerc/binds.conf"
  printf '#!/bin/sh\necho sendmail=\\"x\\"\n' >"$work/bin/mutt" && chmod +x "$work/bin/mutt"
  run 0 notmuch-cadence setup mutt --yes
  run 0 notmuch-cadence setup aerc --yes
  grep -h '^macro\|^. = ' "$root"/contrib/*mutt/*rc "$root/contrib/aerc/binds.conf" >"$work/keys"
  is 8 "$(wc -l <"$work/keys")"
  while IFS= read -r line; do
    grep -qxF -- "${line/notmuch-cadence/$program}" ~/.muttrc "$config/aerc/binds.conf" || fail "not bound: $line"
  done <"$work/keys"
  rm "$work/bin/mutt"
}
t 'the examples have the same keys' examples

done_testing
