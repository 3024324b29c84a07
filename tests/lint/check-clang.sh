#!/bin/bash
# Where the core uses what is no standard C, clang understands it as well: the fuzz targets are built with it.
set -euo pipefail
cd "$2"
python3 - <<'PY' | xargs -d '\n' -P 2 -I '{}' sh -c '{}'
import json, re, shlex
for unit in json.load(open('compile_commands.json')):
    if '/analysis/' in unit['file'] and re.search('__builtin|__attribute|immintrin', open(unit['file']).read()):
        options = [word for word in shlex.split(unit['command']) if word.startswith(('-I', '-D', '-std'))]
        print(shlex.join(['clang-14', '-fsyntax-only', '-Werror=implicit-function-declaration', *options, unit['file']]))
PY
