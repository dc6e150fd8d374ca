# What the shell tests share: a pinned environment, mailboxes made of a few lines, and assertions.
# Sourced first by every t-*.sh. By hand: BUILD=/path/to/build tests/store/t-states.sh [CASE...]
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
set -u -o pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
BUILD=$(cd "${BUILD:-$root/build}" && pwd) || exit 1
export BUILD
[ -x "$BUILD/plugin/cli/notmuch-cadence" ] || {
  echo "Bail out! no notmuch-cadence in $BUILD/plugin/cli; say BUILD=..."
  exit 1
}

# In memory where there is room: Xapian syncs every commit.
if [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ] &&
  [ "$(df --output=avail -k /dev/shm | tail -n 1)" -gt 1000000 ]; then
  TMPDIR=/dev/shm
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/cadence-test.XXXXXX")
trap 'chmod -R u+w "$work" 2>/dev/null; rm -rf "$work"' EXIT

# Nothing of the user's environment gets in.
while IFS='=' read -r name _; do
  case $name in
  NOTMUCH* | XDG_* | LC_* | LANG* | MAIL* | EMAIL | G_* | TZ | NO_COLOR | COLUMNS | LINES | CDPATH | GREP_* | JQ_* | POSIXLY_CORRECT | CADENCE_NOW | DEBUGINFOD*) unset "$name" ;;
  esac
done < <(env)
export G_DEBUG=fatal-criticals LC_ALL=C.UTF-8 TZ=UTC TERM=xterm HOME=$work/home
export XDG_CONFIG_HOME=$HOME/.config XDG_DATA_HOME=$HOME/.local/share XDG_STATE_HOME=$HOME/.local/state
export PATH=$BUILD/plugin/cli:/usr/local/bin:/usr/bin:/bin LD_LIBRARY_PATH=$BUILD/plugin
mkdir -p "$HOME" && cd "$work" || exit 1

# The present: a Wednesday.
now=2026-04-01T12:00:00Z

# --- cases (TAP) ---

ran=0
wanted=("$@")

# t DESCRIPTION FUNCTION [ARG...]: one case, in a shell of its own that ends with its first failure.
# With words on the command line only the cases whose function is among them.
t() {
  local description=$1 status
  shift
  [ ${#wanted[@]} -eq 0 ] || [[ " ${wanted[*]} " == *" $1 "* ]] || return 0
  ran=$((ran + 1))
  (
    set -eE
    trap where ERR
    "$@"
  ) >"$work/log" 2>&1 </dev/null
  status=$?
  case $status in
  0) echo "ok $ran - $description" ;;
  77) echo "ok $ran - $description # SKIP $(tail -n 1 "$work/log")" ;;
  *)
    echo "not ok $ran - $description${todo:+ # TODO $todo}"
    tail -c 6000 "$work/log" | LC_ALL=C sed 's/^/# /'
    ;;
  esac
  todo=
}

# where: the lines of the case that led to a failure.
where() {
  local i
  for ((i = 1; i < ${#FUNCNAME[@]} - 1; i++)); do
    [ "${BASH_SOURCE[i]}" = "${BASH_SOURCE[0]}" ] ||
      echo "at ${BASH_SOURCE[i]##*/}:${BASH_LINENO[i - 1]} in ${FUNCNAME[i]}"
  done >&2
}

# known_broken WHY: the next case fails, and that is known.
todo=
known_broken() { todo=$1; }

# skip WHY: leaves the case as skipped.
skip() {
  echo "$1"
  exit 77
}

# skip_all WHY: the whole file, before any case.
skip_all() {
  echo "1..0 # SKIP $1"
  exit 0
}

done_testing() { echo "1..$ran"; }

# fail WORD...: ends the case.
fail() {
  echo "FAILED: $*"
  return 1
}

# --- mailboxes ---

# box [NAME]: a new mailbox with an empty database, and the files of a user who has only said what
# the scope is. Everything after it happens there.
box() {
  local name=${1:-box}
  place "$name"
  rm -rf "${dir:?}"
  mkdir -p "$mail"/{inbox,sent,drafts}/{cur,new,tmp} "$NOTMUCH_CADENCE_DIR"
  write_config "$dir/notmuch-config"
  policy <<<$'[scope]\nquery = from:rep@example.com'
  agreements </dev/null
  serial=0
  new
}

# place NAME: goes to the mailbox of that name.
place() {
  dir=$work/$1 mail=$work/$1/mail
  export NOTMUCH_CONFIG=$dir/notmuch-config NOTMUCH_CADENCE_DIR=$dir/cadence
}

write_config() {
  cat >"$1" <<CONFIG
[database]
path=$mail
[user]
name=Rep
primary_email=rep@example.com
other_email=rep@team.example
[new]
tags=inbox
[search]
exclude_tags=deleted;spam
[maildir]
synchronize_flags=false
CONFIG
}

# copy_box NAME: the same mailbox once more, under another name, and goes there.
copy_box() {
  local from=$dir
  rm -rf "${work:?}/$1"
  cp -a "$from" "$work/$1"
  place "$1"
  write_config "$dir/notmuch-config"
}

policy() { cat >"$NOTMUCH_CADENCE_DIR/policy.ini"; }
agreements() { cat >"$NOTMUCH_CADENCE_DIR/agreements.ini"; }
new() { notmuch new --quiet --no-hooks; }

# raw FOLDER: a file as it stands on stdin. Sets $file.
raw() {
  serial=$((serial + 1))
  file=$mail/$1/cur/$serial.test:2,S
  mkdir -p "$mail/$1/cur"
  cat >"$file"
}

# write_mail FOLDER FROM TO DAY SUBJECT [HEADER...]: DAY is YYYY-MM-DD, at ten, or a whole instant.
# Sets $id and $file. The body is $body.
body='Some words.'
write_mail() {
  local folder=$1 from=$2 to=$3 day=$4 subject=$5 date
  shift 5
  [[ $day == *[T\ ]* ]] || day="$day 10:00"
  date=$(LC_ALL=C date -u -d "$day" '+%a, %d %b %Y %H:%M:%S +0000')
  id=m$((serial + 1))@test.example
  raw "$folder" < <(
    printf 'From: %s\nTo: %s\nSubject: %s\nDate: %s\nMessage-ID: <%s>\n' \
      "$from" "$to" "$subject" "$date" "$id"
    [ $# -eq 0 ] || printf '%s\n' "$@"
    printf '\n%s\n' "$body"
  )
}

# sent DAY TO [SUBJECT [HEADER...]]: mail of ours. got DAY FROM [SUBJECT [HEADER...]]: mail to us.
sent() { write_mail sent 'Rep <rep@example.com>' "$2" "$1" "${3:-Offer}" "${@:4}"; }
got() { write_mail inbox "$2" 'Rep <rep@example.com>' "$1" "${3:-Re: Offer}" "${@:4}"; }

# bounce DAY ADDRESS RETURNED-ID: a delivery status report.
bounce() {
  local date
  date=$(LC_ALL=C date -u -d "$1 11:00" '+%a, %d %b %Y %H:%M:%S +0000')
  id=m$((serial + 1))@test.example
  raw inbox <<MAIL
From: Mail Delivery System <MAILER-DAEMON@mx.example.com>
To: rep@example.com
Subject: Undelivered Mail Returned to Sender
Date: $date
Message-ID: <$id>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="part"

--part
Content-Type: text/plain; charset=us-ascii

<$2>: host mx said: 550 5.1.1 User unknown

--part
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; $2
Action: failed
Status: 5.1.1

--part
Content-Type: text/rfc822-headers

From: Rep <rep@example.com>
To: $2
Subject: Offer
Message-ID: <$3>

--part--
MAIL
}

# --- running ---

# cadence COMMAND ARG...: the program at $now.
cadence() { notmuch-cadence "$1" --now="$now" "${@:2}"; }
index() { cadence index --quiet "$@"; }

# run STATUS COMMAND ARG...: runs it, keeps what it says in $out and $err, and wants that status.
out=$work/out err=$work/err
run() {
  local expected=$1 status=0
  shift
  "$@" >"$out" 2>"$err" || status=$?
  [ "$status" -eq "$expected" ] && return 0
  echo "exit status $status, not $expected: $*"
  head -c 3000 "$out"
  head -c 3000 "$err"
  return 1
}

# is EXPECTED FOUND [WHAT]
is() {
  [ "$1" = "$2" ] && return 0
  echo "FAILED${3:+: $3}"
  diff -u --label expected --label found <(printf '%s\n' "$1") <(printf '%s\n' "$2")
  return 1
}

isnt() { [ "$1" != "$2" ] || fail "both are $1"; }

# same FILE FILE [WHAT]: no difference between them.
same() {
  diff -u --label expected --label found "$1" "$2" >"$work/diff" && return 0
  echo "FAILED${3:+: $3}"
  head -n 60 "$work/diff"
  return 1
}

# says WORD... / complains WORD...: each stands somewhere on the standard output / error output.
says() { holds "$out" "$@"; }
complains() { holds "$err" "$@"; }
holds() {
  local file=$1 word
  shift
  for word; do
    grep -qF -- "$word" "$file" || {
      echo "not said: $word"
      head -c 3000 "$file"
      return 1
    }
  done
}
silent() { is '' "$(head -c 2000 "$out")" 'stdout' && is '' "$(head -c 2000 "$err")" 'stderr'; }

# json FILTER [JQ-OPTION...]: the filter says true of $out.
json() {
  jq -e "${@:2}" "$1" "$out" >/dev/null 2>"$work/jq" && return 0
  echo "not so: $1 ${*:2}"
  cat "$work/jq"
  head -c 4000 "$out"
  return 1
}

# value FILTER: of $out, as text.
value() { jq -r "$1" "$out"; }

# --- asking the database ---

# ids QUERY: the Message-IDs that match, sorted, on one line.
ids() { notmuch search --output=messages --exclude=false "$1" | sed 's/^id://' | sort | paste -sd ' '; }

# tags ID: its tags that are not those of notmuch new.
tags() { notmuch search --output=tags --exclude=false "id:$1" | grep -vx -e inbox -e attachment | paste -sd ' '; }

# bears TAG ID...: exactly these messages bear the tag.
bears() { is "$(printf '%s\n' "${@:2}" | sort | paste -sd ' ')" "$(ids "tag:$1")" "messages with tag $1"; }

# state PROSPECT: its state as `list` tells it; "-" for nobody of that name.
state() {
  cadence list --all --format=json |
    jq -r --arg name "$1" '[.prospects[] | select(.prospect == $name) | .state][0] // "-"'
}
prospects() { cadence list --all --format=json | jq -r '[.prospects[].prospect] | sort | join(" ")'; }

# field PROSPECT FILTER
field() {
  cadence list --all --format=json |
    jq -r --arg name "$1" ".prospects[] | select(.prospect == \$name) | $2"
}

# dump: all that notmuch dump knows, less what tells only when the index ran last; sorted.
dump() { notmuch dump | grep -v -e '^#notmuch-dump' -e '^#@ cadence\.revision ' -e '^#@ cadence\.pass ' | sort; }


# marks: of that only tags, states and wakes: not what was read once and is cached.
marks() {
  dump | sed -E 's/ cadence\.(kind|bounced|returned|absent|proposed|seen)=[^ ]*//g' | grep -v -x -E '#= [^ ]+|#@ .*'
}

revision() { notmuch count --lastmod '*' | cut -f 3; }

# xapian: where the database lies.
xapian() { if [ -d "$mail/.notmuch/xapian" ]; then echo "$mail/.notmuch/xapian"; else echo "$mail/xapian"; fi; }

# fingerprint: of every file of the database, with its time.
fingerprint() { (cd "$(xapian)" && sha256sum ./* && stat -c '%n %s %Y %y' ./*); }

sound() { xapian-check "$(xapian)" >"$work/xapian-check" 2>&1 || { cat "$work/xapian-check"; return 1; }; }

# lock SECONDS: holds Xapian's write lock in the background; returns once it is held. Sets $holder.
lock() {
  rm -f "$work/locked"
  python3 -c '
import fcntl, sys, time
f = open(sys.argv[1], "r+b")
fcntl.lockf(f, fcntl.LOCK_EX, 1)
open(sys.argv[3], "w").close()
time.sleep(float(sys.argv[2]))' "$(xapian)/flintlock" "$1" "$work/locked" &
  # shellcheck disable=SC2034 # for the caller
  holder=$!
  until [ -e "$work/locked" ]; do sleep 0.02; done
}
