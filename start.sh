#!/bin/sh
# Installs what is needed, builds, installs to a prefix and starts Marquetry on its sample project.
#   ./start.sh [PREFIX]        (default: _install beside this file)
set -eu
cd "$(dirname "$0")"
prefix=${1:-$PWD/_install}

./install-deps.sh
[ -d _build ] || meson setup _build --prefix="$prefix" --buildtype=release -Dtests=false >/dev/null
meson configure _build --prefix="$prefix" >/dev/null
ninja -C _build
meson install -C _build --quiet

case $(locale 2>/dev/null | sed -n 's/^LC_MESSAGES=//p' | tr -d '"') in
  zh*) sample=shop-zh ;;
  *) sample=shop-en ;;
esac
projects=${XDG_DATA_HOME:-$HOME/.local/share}/marquetry/projects
project=$projects/$sample.marquetry
mkdir -p "$projects"
[ -f "$project" ] || "$prefix/bin/marquetry-cli" sample $sample "$project"

if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  echo "Marquetry is installed in $prefix, its sample is $project."
  echo "There is no display here. On a desktop start: $prefix/bin/marquetry \"$project\""
  echo "The same figures without a window:            $prefix/bin/marquetry-cli rfm \"$project\""
  echo "A report as PDF:                              $prefix/bin/marquetry-cli report \"$project\" -o report.pdf"
  exit 0
fi
export XDG_DATA_DIRS="$prefix/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"
exec "$prefix/bin/marquetry" "$project"
