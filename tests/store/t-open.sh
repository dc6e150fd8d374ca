#!/usr/bin/env bash
# Opening: where the database is found, what cannot be opened, who else writes.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../lib.sh"

# --- where it is ---

one_mail() {
  sent 2026-03-30 a@alder.example
}
works() {
  run 0 notmuch-cadence index --now="$now" --quiet
  run 0 notmuch-cadence list --now="$now" --format=json
  json '[.prospects[] | [.prospect, .state]] == [["alder.example", "waiting"]]'
  is "$(notmuch search --output=messages tag:waiting)" "id:m1@test.example"
}

split() {
  box
  mkdir "$dir/db"
  sed -i "s|^path=.*|path=$dir/db\nmail_root=$mail|" "$NOTMUCH_CONFIG"
  rm -rf "$mail/.notmuch"
  one_mail
  new
  [ ! -e "$mail/.notmuch" ] || fail 'not split'
  works
  local before
  before=$(notmuch count --lastmod '*')
  index
  is "$before" "$(notmuch count --lastmod '*')"
}
t 'a split configuration: database.path and database.mail_root' split

xdg() {
  box
  mkdir -p "$XDG_CONFIG_HOME/notmuch/default" "$XDG_CONFIG_HOME/notmuch-cadence"
  mv "$NOTMUCH_CONFIG" "$XDG_CONFIG_HOME/notmuch/default/config"
  mv "$NOTMUCH_CADENCE_DIR"/* "$XDG_CONFIG_HOME/notmuch-cadence"
  unset NOTMUCH_CONFIG NOTMUCH_CADENCE_DIR
  one_mail
  new
  works
  rm -rf "$XDG_CONFIG_HOME"
}
t 'the XDG folders' xdg

xdg_data() {
  box
  mkdir -p "$XDG_CONFIG_HOME/notmuch/default" "$XDG_DATA_HOME/notmuch/default"
  sed "s|^path=.*|mail_root=$mail|" "$NOTMUCH_CONFIG" >"$XDG_CONFIG_HOME/notmuch/default/config"
  rm -rf "$mail/.notmuch"
  unset NOTMUCH_CONFIG
  one_mail
  new
  [ -d "$XDG_DATA_HOME/notmuch/default/xapian" ] || fail 'not there'
  works
  rm -rf "$XDG_CONFIG_HOME" "$XDG_DATA_HOME"
}
t 'a database in XDG_DATA_HOME' xdg_data

home_config() {
  box
  mv "$NOTMUCH_CONFIG" "$HOME/.notmuch-config"
  unset NOTMUCH_CONFIG
  one_mail
  new
  works
  rm "$HOME/.notmuch-config"
}
t 'notmuch-config in the home folder' home_config

profile() {
  box
  mkdir -p "$XDG_CONFIG_HOME/notmuch/sales" "$XDG_CONFIG_HOME/notmuch-cadence/sales"
  mv "$NOTMUCH_CONFIG" "$XDG_CONFIG_HOME/notmuch/sales/config"
  mv "$NOTMUCH_CADENCE_DIR"/* "$XDG_CONFIG_HOME/notmuch-cadence/sales"
  unset NOTMUCH_CONFIG NOTMUCH_CADENCE_DIR
  run 69 notmuch-cadence index
  export NOTMUCH_PROFILE=sales
  one_mail
  new
  works
  rm -rf "$XDG_CONFIG_HOME"
}
t 'NOTMUCH_PROFILE, for notmuch'\''s files and ours' profile

database_alone() {
  box
  agreements <<<$'[Alder]\nmatch = alder.example'
  policy <<<$'[scope]\nteam = rep@example.com'
  one_mail
  new
  unset NOTMUCH_CONFIG
  export NOTMUCH_DATABASE=$mail
  run 0 notmuch-cadence index --now="$now" --quiet
  run 0 notmuch-cadence list --now="$now" --format=json
  json '[.prospects[] | [.prospect, .state]] == [["Alder", "waiting"]]'
}
t 'NOTMUCH_DATABASE and nothing else' database_alone

database_other() {
  box other
  one_mail
  new
  local there=$mail
  box
  sed -i "s|^path=.*|&\nmail_root=$there|" "$NOTMUCH_CONFIG"
  export NOTMUCH_DATABASE=$there
  works
  unset NOTMUCH_DATABASE
  run 0 notmuch-cadence list --now="$now" --format=json
  json '.prospects == []'
}
t 'NOTMUCH_DATABASE beats the configuration' database_other

blanks() {
  box 'a box with  blanks, and ümlauts'
  one_mail
  new
  works
}
t 'a folder with blanks in its name' blanks

# --- what cannot be opened ---

none() {
  box
  rm -rf "$mail/.notmuch"
  one_mail
  for command in index list 'show alder.example' 'list due'; do
    # shellcheck disable=SC2086 # words
    run 69 cadence $command
    complains 'notmuch setup'
    is '' "$(cat "$out")"
  done
  printf 'To: a@alder.example\n\nx\n' | run 69 cadence check --format=json
  json '.decision == "unknown" and (.unknown | type) == "string"'
  [ ! -e "$mail/.notmuch" ] || fail 'something was made'
}
t 'no database: 69, and nothing is made' none

no_config() {
  box
  unset NOTMUCH_CONFIG
  run 69 cadence index
  complains 'notmuch setup'
  NOTMUCH_CONFIG=$dir/nowhere run 69 cadence index
}
t 'no configuration and no database' no_config

damaged() {
  box
  one_mail
  new && index
  head -c 30 /dev/urandom >"$(xapian)/iamglass"
  run 69 cadence list
  run 69 cadence index
  [ -s "$err" ] || fail 'without a word'
}
t 'a damaged database' damaged

newer() {
  box
  one_mail
  new
  # A feature that notmuch does not know, its name as long as that of the one in whose place it is.
  local table
  table=$(grep -l 'multiple paths per message' "$(xapian)"/*.glass | head -n 1)
  [ -n "$table" ] || skip 'the features are not to be found in the database'
  LC_ALL=C sed -i 's/multiple paths per message/multiple minds per message/' "$table"
  notmuch count >/dev/null 2>&1 && skip 'notmuch takes the faked database for its own'
  local before
  before=$(fingerprint)
  run 69 cadence index
  run 69 cadence list
  [ -s "$err" ] || fail 'without a word'
  is "$before" "$(fingerprint)"
}
t 'a database of a newer version' newer

bad_scope() {
  box
  one_mail
  new && index
  local before query
  before=$(fingerprint)
  for query in 'date:nonsense..' 'from:(' '(((' 'lastmod:x..y' 'folder:/(/' 'thread:{'; do
    policy <<<$'[scope]\nquery = '"$query"
    notmuch count "$query" >/dev/null 2>&1 && continue # no fault for notmuch
    run 78 cadence index
    complains scope.query
    run 78 cadence list
  done
  policy <<<$'[scope]\nquery = from:rep@example.com\ndrafts = date:nonsense..'
  run 78 cadence index
  complains scope.drafts
  is "$before" "$(fingerprint)"
}
t 'a scope query with a fault: 78, named, nothing written' bad_scope

alone() {
  box
  policy <<<$'[scope]\nquery = from:rep@example.com or to:zzz'
  one_mail
  got 2026-03-30 'b@birch.example' 'x'
  new && index
  policy <<<$'[scope]\nquery = from:rep@example.com and to:zzz or from:birch.example'
  index
  is birch.example "$(prospects)"
}
t 'the scope query runs alone, whatever its operators' alone

# --- who else writes ---

locked() {
  box
  one_mail
  new
  local before
  before=$(fingerprint)
  lock 30
  SECONDS=0
  run 75 cadence index --wait=1
  [ $SECONDS -le 4 ] || fail "waited for $SECONDS s"
  complains 'another program'
  is 1 "$(grep -c 'waiting up to' "$err")" 'says once that it waits'
  run 75 cadence index --wait=0
  run 75 cadence index --quiet --wait=0
  is "$before" "$(fingerprint)"
  # Who only reads is not hindered.
  run 0 cadence list
  printf 'To: a@alder.example\n\nx\n' >draft
  run 69 cadence check draft
  run 0 cadence index --dry-run --wait=0
  kill "$holder"
  run 0 cadence index
  bears waiting m1@test.example
}
t 'locked for writing: waits, says so, gives up with 75, nothing half written' locked

locked_idle() {
  box
  one_mail
  new && index
  lock 30
  run 0 cadence index --wait=0
  kill "$holder"
}
t 'locked, but there is nothing to write' locked_idle

unlocked_in_time() {
  box
  one_mail
  new
  lock 1
  run 0 cadence index --wait=20
  complains 'waiting up to'
  bears waiting m1@test.example
}
t 'locked for a second: goes on when it is free' unlocked_in_time

read_only() {
  box
  one_mail
  new
  chmod -R a-w "$mail/.notmuch"
  run 69 cadence index
  [ -s "$err" ] || fail 'without a word'
  run 0 cadence list
}
[ "$(id -u)" -eq 0 ] || # who may write everything
  t 'a database that may not be written' read_only

done_testing
