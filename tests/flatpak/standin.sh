#!/bin/bash
# Makes a stand-in for the GNOME runtime and SDK out of Debian packages, in DIR (about five minutes, 1.5 GB), so that the Flatpak
# can be built and run where the real runtime cannot be fetched: org.example.Debian.Platform and .Sdk, version 12.
#   standin.sh DIR
# Needs flatpak, flatpak-builder, ostree and mmdebstrap, and root (also of a container). FLATPAK_USER_DIR says where it is
# installed. One tree serves as both runtime and SDK.
set -eu
self=$(realpath "$0")
mkdir -p "$1"; cd "$1"
arch=$(flatpak --default-arch)
platform="libgtk-4-1 libgtk-4-bin libadwaita-1-0 libsqlite3-0 libssl3 libzstd1 libxxhash0 libuchardet0 libxlsxwriter4 libexpat1 zlib1g adwaita-icon-theme
  hicolor-icon-theme gsettings-desktop-schemas librsvg2-common fonts-cantarell fonts-dejavu-core fonts-droid-fallback fontconfig
  shared-mime-info dconf-gsettings-backend libglib2.0-bin tzdata ca-certificates libegl1 libgl1-mesa-dri"
sdk="libgtk-4-dev libadwaita-1-dev libsqlite3-dev libssl-dev libzstd-dev libxxhash-dev libuchardet-dev libxlsxwriter-dev libexpat1-dev zlib1g-dev gcc libc6-dev meson
  ninja-build gettext pkg-config desktop-file-utils appstream appstream-util xz-utils git patch locales python3-minimal"

rm -rf root rt
# shellcheck disable=SC2086 # words are package names
mmdebstrap --quiet --variant=minbase --mode=root --include="$(echo $platform $sdk | tr ' ' ,)" --dpkgopt=force-unsafe-io \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/info/*' \
  --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-include=/usr/share/locale/zh_CN/*' \
  --dpkgopt='path-include=/usr/share/locale/locale.alias' \
  --customize-hook='chroot "$1" localedef -i zh_CN -f UTF-8 zh_CN.UTF-8' \
  --customize-hook='chroot "$1" localedef -i en_US -f UTF-8 en_US.UTF-8' bookworm root
echo "packages: $(du -sm root | cut -f1) MB after $SECONDS s"

mkdir -p rt/files
mv root/usr rt/usr
mkdir rt/usr/etc
cp -a root/etc/. rt/usr/etc/
rm -rf root
(cd rt/usr/etc && rm -rf passwd* group* shadow* gshadow* machine-id hostname hosts resolv.conf localtime timezone mtab apt dpkg \
  cron* systemd init.d rc?.d pam.d security .pwd.lock)
find rt/usr -xdev \( -type b -o -type c -o -type p -o -type s \) -delete
chmod -R u+rwX,go+rX rt/usr
find rt/usr -perm /6000 -exec chmod a-s {} +

[ -d repo ] || ostree init --mode=bare-user --repo=repo
for id in Platform Sdk; do
  cat >rt/metadata <<END
[Runtime]
name=org.example.Debian.$id
runtime=org.example.Debian.$id/$arch/12
sdk=org.example.Debian.Sdk/$arch/12

[Environment]
XDG_DATA_DIRS=/app/share:/usr/share:/usr/share/runtime/share:/run/host/user-share:/run/host/share
GI_TYPELIB_PATH=/app/lib/girepository-1.0
END
  flatpak build-export --runtime --no-update-summary --disable-sandbox repo rt 12 >/dev/null
done
rm -rf rt
flatpak build-update-repo --no-update-appstream repo 2>/dev/null || flatpak build-update-repo repo
flatpak remote-add --user --if-not-exists --no-gpg-verify standin "file://$PWD/repo"
for id in Platform Sdk; do
  flatpak install --user -y --noninteractive --or-update standin "org.example.Debian.$id//12" >/dev/null
done
sha256sum <"$self" >done
echo "stand-in: $(du -sm repo | cut -f1) MB after $SECONDS s"
