#!/bin/sh
# Every C file is formatted as .clang-format says.
cd "$1" || exit 2
find analysis widgets app tests -name '*.[ch]' -print0 | xargs -0 clang-format-14 --dry-run -Werror
