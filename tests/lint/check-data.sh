#!/bin/bash
# Desktop file, metainfo and interface files are valid.
cd "$1" || exit 2
builddir=$2 bad=0
while read -r desktop; do
  desktop-file-validate "$desktop" || bad=1
done < <(find "$builddir/resources" -name '*.desktop' 2>/dev/null)
while read -r metainfo; do
  appstreamcli validate --no-net "$metainfo" || bad=1
done < <(find "$builddir/resources" -name '*.metainfo.xml' 2>/dev/null)
while read -r ui; do
  python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' "$ui" || { echo "$ui is not well-formed"; bad=1; }
done < <(find resources -name '*.ui' -o -name '*.svg' -o -name '*.xml' 2>/dev/null)
exit $bad
