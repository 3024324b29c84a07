#!/bin/bash
# The core is C that clang understands as well: its fuzz targets are built with it.
set -euo pipefail
cd "$2"
python3 - <<'PY' | xargs -d '\n' -P 2 -I '{}' sh -c '{}'
import json, shlex
for unit in json.load(open('compile_commands.json')):
    words = shlex.split(unit['command'])
    if unit['file'].startswith('../analysis/') or '/analysis/' in unit['file']:
        options = [word for word in words if word.startswith(('-I', '-D', '-std'))]
        print(shlex.join(['clang-14', '-fsyntax-only', '-Werror=implicit-function-declaration', *options, unit['file']]))
PY
