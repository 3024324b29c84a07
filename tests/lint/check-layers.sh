#!/bin/sh
# Nothing includes what is above it: analysis ← widgets/chart ← widgets ← app; app/cli knows no GTK. File names are unique.
cd "$1" || exit 2
bad=0
forbid() { # FOLDER PATTERN
  [ -d "$1" ] || return 0
  found=$(grep -rnE "^ *# *include *[<\"]($2)" "$1" --include='*.c' --include='*.h')
  [ -z "$found" ] || { echo "$1 includes what is above it:"; echo "$found"; bad=1; }
}
gtk='gtk/|gdk/|gsk/|adwaita'
forbid analysis "$gtk|cairo|pango|chart/|widgets/|app/"
forbid widgets/chart "$gtk|app/|dialogs/|pages/"
forbid app/cli "$gtk"
forbid widgets "application\\.h|window\\.h|pages/|dialogs/|app/"
doubles=$(find analysis widgets app -name '*.[ch]' -printf '%f\n' | sort | uniq -d)
[ -z "$doubles" ] || { echo "file names that stand twice:"; echo "$doubles"; bad=1; }
exit $bad
