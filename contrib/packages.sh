# What needs which Debian packages, and installing what is missing. Sourced by try and test.
#
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034 # the lists are used by those that source this

build_packages="gcc libc6-dev meson ninja-build pkg-config python3 gettext notmuch libnotmuch-dev
  libgmime-3.0-dev libglib2.0-dev libjson-glib-dev libpsl-dev libxml2-dev"
test_packages="clang clang-format clang-tidy libclang-rt-14-dev g++ libcmocka-dev mandoc man-db
  xapian-tools shellcheck universal-ctags jq binutils xz-utils git strace
  bash-completion tzdata python3-notmuch2 afew"
# The mail clients, what drives them, and what our parts in them are built with.
client_packages="mutt neomutt aerc alot emacs-nox elpa-notmuch mblaze msmtp git-email
  libmailtools-perl tmux claws-mail libclaws-mail-dev libgtk-3-dev evolution evolution-dev
  libebook1.2-dev thunderbird xvfb openbox xdotool wmctrl dbus dbus-x11 imagemagick zip
  claws-mail-i18n locales at-spi2-core gir1.2-atspi-2.0 python3-gi"

# need PACKAGE...: installs those that are missing, as root or with sudo.
need() {
  local missing=() package sudo=()
  for package in "$@"; do
    dpkg-query -W -f='${Status}\n' "$package" 2>/dev/null | grep -q 'ok installed' ||
      missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  [ "$(id -u)" -eq 0 ] || sudo=(sudo)
  echo "installing: ${missing[*]}"
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
    "${missing[@]}" >/dev/null 2>&1 && return 0
  "${sudo[@]}" apt-get update -qq &&
    "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y \
      --no-install-recommends "${missing[@]}" >/dev/null
}
