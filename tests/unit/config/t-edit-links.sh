#!/usr/bin/env bash
# What the file is: links, mode, owner and attributes stay; and where it can't be written, it is said
# and nothing has changed.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck source=tests/lib.sh
. "$(dirname "$0")/../../lib.sh"

change=$BUILD/tests/unit/config/change-agreement
d=$work/d f=$work/d/agreements.ini
chmod 755 "$work"

# Exit statuses of change-agreement.
config=11 no_input=13 busy=16 io=17

text=$'# mine\n[acme.example]\nevery = 30d\n'
changed=${text/30d/2w}

fresh() { rm -rf "$d" && mkdir "$d" && printf %s "$text" >"$f"; }

# change: the change that all make. holds_text TEXT [FILE]
do_change() { "$change" "$d" acme.example every=2w; }
holds_text() { is "$1." "$(cat "${2:-$f}" && echo .)" "${2:-the file}"; }

# refused STATUS WORD...: it is, with these words, and nothing changed.
refused() {
  run "$1" do_change
  complains "${@:2}"
  holds_text "$text"
  is "${alone-agreements.ini}" "$(ls -A "$d")" 'what lies there'
}

# --- links ---

a_link() {
  fresh
  mkdir "$d/dot" && mv "$f" "$d/dot/real.ini" && ln -s dot/real.ini "$f"
  do_change
  is dot/real.ini "$(readlink "$f")" 'the link'
  holds_text "$changed" "$d/dot/real.ini"
  is real.ini "$(ls -A "$d/dot")"
  is 'agreements.ini dot' "$(cd "$d" && echo * .[a-z]* | sed 's/ \.\[.*//')"
}

a_chain() {
  fresh
  mkdir "$d/a" "$d/a/b" && mv "$f" "$d/a/b/real.ini"
  ln -s "$d/a/one" "$f" && ln -s b/two "$d/a/one" && ln -s ../b/./real.ini "$d/a/b/two"
  do_change
  is "$d/a/one b/two ../b/./real.ini" "$(readlink "$f" "$d/a/one" "$d/a/b/two" | paste -sd ' ')"
  holds_text "$changed" "$d/a/b/real.ini"
}

a_linked_directory() {
  fresh
  mv "$d" "$work/elsewhere" && ln -s elsewhere "$d"
  do_change
  holds_text "$changed" "$work/elsewhere/agreements.ini"
  [ -L "$d" ] || fail 'no link any more'
  rm -rf "$work/elsewhere" "$d"
}

# A link whose target is still to be written is as good as no file.
a_dangling_link() {
  fresh
  rm "$f" && mkdir "$d/dot" && ln -s dot/real.ini "$f"
  run "$config" "$change" --no-create "$d" acme.example every=2w
  [ ! -e "$f" ] || fail 'written'
  do_change
  is dot/real.ini "$(readlink "$f")"
  is 600 "$(stat -c %a "$d/dot/real.ini")"
  grep -qx 'every = 2w' "$d/dot/real.ini"
}

a_link_to_nowhere() {
  fresh
  rm "$f" && ln -s "$d/none/real.ini" "$f"
  run "$no_input" do_change
  complains "$d/none/real.ini: No such file or directory"
  [ ! -e "$d/none" ] || fail 'made'
  ln -sf agreements.ini "$f"
  run "$no_input" do_change
  complains "$f: Too many levels of symbolic links"
}

no_plain_file() {
  fresh
  rm "$f" && mkdir "$f"
  run "$no_input" do_change
  complains "$f: is no plain file"
  rmdir "$f" && mkfifo "$f"
  run "$no_input" timeout 5 "$change" "$d" acme.example every=2w
  complains "$f: is no plain file"
  rm "$f" && ln -s /dev/null "$f"
  run "$no_input" do_change
  complains '/dev/null: is no plain file'
}

# --- what it has ---

modes() {
  local mode
  for mode in 640 600 644 664 400 755; do
    fresh
    chmod "$mode" "$f"
    [ "$mode" != 400 ] || [ "$(id -u)" = 0 ] || continue
    (umask 077 && do_change)
    is "$mode" "$(stat -c %a "$f")" mode
    holds_text "$changed"
  done
  rm -rf "$d"
  (umask 0 && do_change)
  is '700 600' "$(stat -c %a "$d" "$f" | paste -sd ' ')" 'modes of what is new'
}

owner() {
  [ "$(id -u)" = 0 ] || skip 'only root may give files away'
  fresh
  chown 12345:54321 "$f" && chmod 2640 "$f"
  do_change
  is '12345 54321 2640' "$(stat -c '%u %g %a' "$f")"
}

attributes() {
  fresh
  python3 -c 'import os, sys; os.setxattr(sys.argv[1], "user.cadence.test", b"kept")' "$f" 2>/dev/null ||
    skip 'no extended attributes here'
  do_change
  is kept "$(python3 -c 'import os, sys; print(os.getxattr(sys.argv[1], "user.cadence.test").decode())' "$f")"
}

# acl NAME FILE [ENTRY...]: gives it the access list NAME of `tag permissions id`; without entries says
# whether it has one, and which.
acl() {
  python3 -c '
import os, struct, sys
name, path, *entries = sys.argv[1:]
if entries:
    numbers = (map(int, entry.split()) for entry in entries)
    os.setxattr(path, name, struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *n) for n in numbers))
elif name in os.listxattr(path):
    print(os.getxattr(path, name).hex())
' "system.posix_acl_$1" "${@:2}" 2>/dev/null
}

# An access list stays, and what the directory hands to new files does not come in.
# The tags of an entry: 1 owner, 2 a user, 4 group, 16 mask, 32 others; -1 is nobody.
access_list() {
  local none=4294967295 list
  fresh
  acl access "$f" "1 6 $none" '2 4 12345' "4 4 $none" "16 4 $none" "32 0 $none" ||
    skip 'no access lists here'
  acl default "$d" "1 6 $none" '2 6 54321' "4 6 $none" "16 6 $none" "32 0 $none"
  list=$(acl access "$f")
  do_change
  is "$list" "$(acl access "$f")" 'access list'
  is 640 "$(stat -c %a "$f")" mode

  python3 -c 'import os, sys; os.removexattr(sys.argv[1], "system.posix_acl_access")' "$f"
  chmod 664 "$f"
  "$change" "$d" acme.example every=3w
  is '' "$(acl access "$f")" 'an access list from the directory'
  is 664 "$(stat -c %a "$f")" mode
}

unchanged() {
  fresh
  local before
  before=$(stat -c '%i %Y %Z %y %z' "$f" "$d")
  "$change" "$d" acme.example every=30d stop-after= match+=acme.example
  is "$before" "$(stat -c '%i %Y %Z %y %z' "$f" "$d")" 'touched for nothing'
}

left_over() {
  fresh
  echo half >"$d/.agreements.ini.cadence-new"
  do_change
  is agreements.ini "$(ls -A "$d")"
  holds_text "$changed"
}

# --- where it can't be written ---

# as_nobody COMMAND...
as_nobody() {
  [ "$(id -u)" = 0 ] || { "$@" && return; }
  setpriv --reuid=65534 --regid=65534 --clear-groups -- "$@"
}

need_nobody() {
  [ "$(id -u)" = 0 ] || return 0
  command -v setpriv >/dev/null || skip 'no setpriv, and root may write everywhere'
  as_nobody test -x "$change" 2>/dev/null || skip "nobody but root may run $change"
}

read_only_directory() {
  need_nobody
  fresh
  [ "$(id -u)" != 0 ] || chown -R 65534:65534 "$d"
  chmod 555 "$d"
  run "$io" as_nobody "$change" "$d" acme.example every=2w
  complains "$f: Permission denied; nothing was changed"
  holds_text "$text"
  chmod 755 "$d"
  as_nobody "$change" "$d" acme.example every=2w
  holds_text "$changed"
}

read_only_file() {
  need_nobody
  fresh
  [ "$(id -u)" != 0 ] || chown -R 65534:65534 "$d"
  chmod 444 "$f"
  run "$io" as_nobody "$change" "$d" acme.example every=2w
  complains "$f: Permission denied; nothing was changed"
  holds_text "$text"
}

unreadable_file() {
  need_nobody
  fresh
  [ "$(id -u)" != 0 ] || chown -R 65534:65534 "$d"
  chmod 200 "$f"
  run "$no_input" as_nobody "$change" "$d" acme.example every=2w
  complains "$f: Permission denied"
  holds_text "$text"
}

# What nobody may keep of somebody's file that all may write: rights, not owner and group.
owner_that_cannot_be_kept() {
  [ "$(id -u)" = 0 ] || skip 'takes root'
  need_nobody
  fresh
  chown 65534 "$d" && chmod 676 "$f"
  as_nobody "$change" "$d" acme.example every=2w
  is '65534 65534 666' "$(stat -c '%u %g %a' "$f")"
  holds_text "$changed"
}

# mounted OPTIONS: a small file system of its own at $d, with the file on it.
mounted() {
  rm -rf "$d" && mkdir "$d"
  mount -t tmpfs -o "$1" cadence-test "$d" 2>/dev/null || skip 'may not mount'
  printf %s "$text" >"$f"
}

full_disk() {
  trap 'umount "$d" 2>/dev/null' EXIT
  mounted size=16k
  head -c 100000 /dev/zero >"$d/filler" 2>/dev/null || true
  alone=$(printf 'agreements.ini\nfiller') refused "$io" "$f: No space left on device; nothing was changed"
  rm "$d/filler"
  do_change
  holds_text "$changed"
}

read_only_disk() {
  trap 'umount "$d" 2>/dev/null' EXIT
  mounted size=64k
  mount -o remount,ro "$d"
  refused "$io" "$f: Read-only file system; nothing was changed"
}

# A file mounted by itself, as containers do, can't be replaced.
mounted_file() {
  fresh
  printf %s "$text" >"$work/other"
  mount --bind "$work/other" "$f" 2>/dev/null || skip 'may not mount'
  trap 'umount "$f"' EXIT
  refused "$io" "$f: Device or resource busy; nothing was changed"
}

# --- what no test can bring about otherwise ---

need_strace() {
  command -v strace >/dev/null || skip 'no strace'
  strace -qq -o /dev/null true 2>/dev/null || skip 'strace may not trace here'
  export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
}

# injected STATUS CALL:error=...[:when=...]
injected() {
  run "$1" strace -f -qq -o "$work/strace" -e "trace=${2%%:*}" -e "inject=$2" \
    "$change" "$d" acme.example every=2w
  grep -q INJECTED "$work/strace" || fail "never happened: $2"
}

errors() {
  need_strace
  local row call error
  for row in write:ENOSPC:1 write:EDQUOT:1 write:EIO:1 fsync:EIO:1 fsync:ENOSPC:1 fsync:EDQUOT:1 \
    fchmod:EPERM:1 rename:EBUSY:1 rename:EACCES:1 rename:ENOSPC:1 flock:EACCES:1+ flock:ENOLCK:1+; do
    IFS=: read -r call error when <<<"$row"
    fresh
    chmod 640 "$f"
    [ "$call" != rename ] || call=/^rename
    injected "$io" "$call:error=$error:when=$when"
    complains "$f: " '; nothing was changed'
    holds_text "$text"
    case $error in ENOLCK) continue ;; esac # the lock file is there
    is agreements.ini "$(ls -A "$d")" "$row left"
  done
}

# What a signal interrupts is done again.
interrupted() {
  need_strace
  local inject
  for inject in write:error=EINTR:when=1 fsync:error=EINTR:when=1 flock:error=EINTR:when=1; do
    fresh
    injected 0 "$inject"
    holds_text "$changed"
  done
}

# Where directories can't be locked (NFS), a file is.
no_directory_lock() {
  need_strace
  fresh
  injected 0 flock:error=EBADF:when=1
  holds_text "$changed"
  is "$(printf '.agreements.ini.cadence-lock\nagreements.ini')" "$(ls -A "$d")"
}

# The directory could not be synced: the change has happened all the same.
unsynced_directory() {
  need_strace
  fresh
  injected 0 fsync:error=EINVAL:when=2
  holds_text "$changed"
}

# An editor saves while we are at it: its text stays.
changed_meanwhile() {
  need_strace
  fresh
  strace -f -qq -o /dev/null -e trace=fsync -e inject=fsync:delay_enter=1500000:when=1 \
    "$change" "$d" acme.example every=2w >"$out" 2>"$err" &
  local writer=$! status=0
  for _ in $(seq 250); do
    [ ! -e "$d/.agreements.ini.cadence-new" ] || break
    sleep 0.02
  done
  echo '# saved' >>"$f"
  wait "$writer" || status=$?
  is "$busy" "$status" 'exit status'
  complains "$f: another program wrote it just now"
  holds_text "$text"$'# saved\n'
  is agreements.ini "$(ls -A "$d")"
}

# A link that is turned while we wait for the lock: the change goes where it points now.
turned_link() {
  fresh
  mkdir "$d/a" "$d/b" && mv "$f" "$d/a/real.ini" && cp "$d/a/real.ini" "$d/b/real.ini"
  ln -s a/real.ini "$f"
  flock "$d/a" sleep 1 &
  sleep 0.3
  do_change &
  sleep 0.3
  ln -sfn b/real.ini "$f"
  wait
  holds_text "$text" "$d/a/real.ini"
  holds_text "$changed" "$d/b/real.ini"
}

# The same in the instant before the lock is taken.
turned_link_at_the_last_moment() {
  need_strace
  fresh
  mkdir "$d/a" "$d/b" && mv "$f" "$d/a/real.ini" && cp "$d/a/real.ini" "$d/b/real.ini"
  ln -s a/real.ini "$f"
  strace -f -qq -o /dev/null -e trace=flock -e inject=flock:delay_enter=1500000:when=1 \
    "$change" "$d" acme.example every=2w &
  sleep 0.7
  ln -sfn b/real.ini "$f"
  wait "$!"
  holds_text "$text" "$d/a/real.ini"
  holds_text "$changed" "$d/b/real.ini"
}

waits() {
  fresh
  flock "$d" sleep 1 &
  sleep 0.3
  do_change
  holds_text "$changed"
}

waits_no_longer_than_it_says() {
  fresh
  flock --no-fork "$d" sleep 60 &
  local holder=$! begun=$SECONDS
  sleep 0.3
  refused "$busy" "$f: another program is changing it and does not end"
  [ $((SECONDS - begun)) -ge 10 ] || fail "gave up after $((SECONDS - begun)) s"
  [ $((SECONDS - begun)) -le 50 ] || fail "waited $((SECONDS - begun)) s"
  kill "$holder"
}

t 'a link stays a link' a_link
t 'a chain of links stays one' a_chain
t 'a directory that is a link' a_linked_directory
t 'a link to a file that is still to be' a_dangling_link
t 'a link to nowhere, and in a circle' a_link_to_nowhere
t 'what is no plain file' no_plain_file
t 'the mode stays' modes
t 'owner and group stay' owner
t 'extended attributes stay' attributes
t 'an access list stays' access_list
t 'no change, no write' unchanged
t 'what a killed change left is swept' left_over
t 'a read-only directory' read_only_directory
t 'a read-only file' read_only_file
t 'a file that may not be read' unreadable_file
t 'an owner that may not be kept' owner_that_cannot_be_kept
t 'a full disk' full_disk
t 'a read-only disk' read_only_disk
t 'a file that is mounted by itself' mounted_file
t 'every call that may fail' errors
t 'interrupted calls' interrupted
t 'a file system that does not lock directories' no_directory_lock
t 'a directory that can not be synced' unsynced_directory
t 'another program writes meanwhile' changed_meanwhile
t 'a link is turned meanwhile' turned_link
t 'a link is turned at the last moment' turned_link_at_the_last_moment
t 'waits for another change' waits
t 'but not for ever' waits_no_longer_than_it_says
done_testing
