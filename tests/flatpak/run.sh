#!/bin/bash
# Builds the Flatpak and runs the end-to-end journey inside its sandbox, against the stand-in runtime of standin.sh (made first if
# it is not there or of other packages). Not part of every test run: it takes minutes, root and some gigabytes.
#   run.sh [DIR]    DIR: keeps the stand-in and the builds (default: a folder of the cache)
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
dir=${1:-${XDG_CACHE_HOME:-$HOME/.cache}/marquetry-flatpak}
id=io.github.marquetry.Marquetry
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
export FLATPAK_USER_DIR=$dir/user
for tool in flatpak flatpak-builder ostree mmdebstrap; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed" >&2; exit 1; }
done
sha256sum <"$top/tests/flatpak/standin.sh" | cmp -s - "$dir/done" || "$top/tests/flatpak/standin.sh" "$dir"

# the files of the tree as they are, without what was built in it
rm -rf "$dir/source" "$dir/app"
mkdir -p "$dir/source"
(cd "$top" && git ls-files -z --cached --others --exclude-standard | tar --null -T - -c --ignore-failed-read) | tar -x -C "$dir/source"

# The same manifest for the stand-in: its name, and without the modules that Debian has as packages.
python3 - "$dir/source/$id.json" <<'END'
import json, sys
manifest = json.load(open(sys.argv[1]))
manifest.update({'runtime': 'org.example.Debian.Platform', 'runtime-version': '12', 'sdk': 'org.example.Debian.Sdk'})
manifest['modules'] = manifest['modules'][-1:]
manifest['build-options'] = {'no-debuginfo': True, 'strip': False, 'env': {
    'PKG_CONFIG_PATH': '/app/lib/pkgconfig:/app/share/pkgconfig:/usr/lib/x86_64-linux-gnu/pkgconfig:/usr/share/pkgconfig'}}
json.dump(manifest, open(sys.argv[1], 'w'), indent=2)
END
(cd "$dir" && flatpak-builder --user --force-clean --disable-rofiles-fuse --disable-download --disable-updates \
  --state-dir="$dir/state" --repo="$dir/out" "$dir/app" "$dir/source/$id.json")
flatpak remote-add --user --if-not-exists --no-gpg-verify marquetry-out "file://$dir/out"
flatpak install --user -y --noninteractive --reinstall marquetry-out "$id" >/dev/null
flatpak info --user "$id" | sed -n 's/^ *\(ID\|Version\|Installed\|Runtime\):/\1:/p'

# What the sandbox may: no network, no files of the user's.
if flatpak info --user --show-permissions "$id" | grep -E '^shared=.*network|^filesystems='; then
  echo "the manifest opens the network or the user's files" >&2
  exit 1
fi

# The journey starts the programs by path; its files lie where both sides see them.
work=$dir/journey
rm -rf "$work"
mkdir -p "$work/bin" "$work/tmp"
for command in marquetry marquetry-cli; do
  cat >"$work/bin/$command" <<END
#!/bin/sh
exec flatpak run --user --command=$command --filesystem=$work --env=GTK_USE_PORTAL=0 --env=GDK_DEBUG=gl-disable \\
  --env=GSK_RENDERER=cairo --env=G_DEBUG=\${G_DEBUG:-} --env=TZ=UTC $id "\$@"
END
  chmod +x "$work/bin/$command"
done
cat >"$work/bin/journey" <<END
#!/bin/sh
export XDG_DATA_HOME=\$HOME/.var/app/$id/data TMPDIR=$work/tmp MQ_GUI_NAME=marquetry MESON_BUILD_ROOT=$work
exec /usr/bin/python3 "$top/tests/gui/journey.py" "$work/bin/marquetry" "$work/bin/marquetry-cli"
END
chmod +x "$work/bin/journey"
"$top/tests/gui/gui-session.sh" -t 600 -- "$work/bin/journey" | tee "$work/tap"
! grep -q '^not ok' "$work/tap"
