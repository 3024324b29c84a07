#!/bin/bash
# po/POTFILES names every file with translatable text and no other; every translation is complete.
cd "$1" || exit 2
bad=0
marked=$(grep -rlE '(^|[^A-Za-z0-9_])(_|N_|C_|NC_|ngettext) \(' analysis widgets app --include='*.[ch]'
  [ -d resources ] && grep -rlE 'translatable="' resources --include='*.ui'
  find resources/data -name '*.in' 2>/dev/null | grep -E 'desktop|metainfo|gschema')
listed=$(grep -vE '^#|^$' po/POTFILES)
if ! diff <(sort -u <<<"$marked") <(sort -u <<<"$listed"); then
  echo "po/POTFILES differs (< should be listed, > should not)"
  bad=1
fi
pot=$(mktemp)
xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 --files-from=po/POTFILES -o "$pot" || bad=1
for po in po/*.po; do
  statistics=$(msgfmt --check --statistics -o /dev/null "$po" 2>&1) || bad=1
  case $statistics in *untranslated* | *fuzzy*) echo "$po: $statistics"; bad=1 ;; esac
  if ! missing=$(msgcmp "$po" "$pot" 2>&1); then
    echo "$po lacks messages:"
    head -20 <<<"$missing"
    bad=1
  fi
done
rm -f "$pot"
exit $bad
