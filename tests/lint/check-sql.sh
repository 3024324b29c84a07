#!/bin/sh
# SQL that works on a newer SQLite and silently gives NULL on 3.40.
cd "$1" || exit 2
! grep -rnE "strftime *\([^)]*%[GV]|'subsec'|'floor'|'ceiling'" analysis --include='*.c' --include='*.sql'
