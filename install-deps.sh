#!/bin/sh
# Installs the Debian packages Marquetry needs: to build and run it, and with --tests to test it as well.
set -eu

build="gcc libc6-dev pkg-config meson ninja-build gettext python3-minimal
  libgtk-4-dev libadwaita-1-dev libsqlite3-dev libssl-dev libzstd-dev libxxhash-dev
  zlib1g-dev libexpat1-dev libuchardet-dev libxlsxwriter-dev
  libgtk-4-bin desktop-file-utils appstream"
run="adwaita-icon-theme librsvg2-common shared-mime-info tzdata fonts-noto-cjk fonts-cantarell fonts-dejavu-core"
tests="git clang-14 libclang-rt-14-dev clang-format-14 locales
  xvfb xauth xfwm4 dbus-daemon dbus-bin at-spi2-core xdotool x11-utils imagemagick
  python3 python3-gi gir1.2-gtk-4.0 python3-pandas python3-openpyxl poppler-utils mupdf-tools libglib2.0-bin sqlite3"

packages="$build $run"
[ "${1:-}" = --tests ] && packages="$packages $tests"

missing=$(for p in $packages; do
  dpkg-query -W -f='${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || echo "$p"
done)

if [ -n "$missing" ]; then
  as_root=
  [ "$(id -u)" -eq 0 ] || as_root=sudo
  $as_root apt-get update -qq
  # shellcheck disable=SC2086 # words are package names
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

if [ "${1:-}" = --tests ]; then
  # the languages and regions under which the tests must give the same bytes
  for locale in zh_CN de_DE tr_TR; do
    locale -a | grep -qi "^$locale.utf8$" || localedef -i $locale -f UTF-8 $locale.UTF-8 2>/dev/null ||
      sudo localedef -i $locale -f UTF-8 $locale.UTF-8
  done
fi
