#!/usr/bin/env python3
"""embed-sql.py IN OUT: an SQL file as a C string, comments and needless blanks taken out (the stored schema must not
change with them)."""

import re
import sys

with open(sys.argv[1], encoding="utf-8") as source:
    sql = re.sub(r"--[^\n]*", "", source.read())
statements = [re.sub(r"\s+", " ", s).strip() for s in sql.split(";")]
with open(sys.argv[2], "w", encoding="utf-8") as out:
    out.write("/* Generated from schema.sql. */\n\n#include \"project/schema.h\"\n\nconst char mq_schema_sql[] =\n")
    for statement in filter(None, statements):
        out.write('  "%s;\\n"\n' % statement.replace("\\", "\\\\").replace('"', '\\"'))
    out.write("  \"\";\n")
