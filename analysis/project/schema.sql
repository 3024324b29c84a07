-- The project file, version 1. SQLite holds what is small and the transaction; facts are column chunks (HACKING.md).
CREATE TABLE project (
  name  TEXT PRIMARY KEY NOT NULL,  -- zone, currency, revision, created; "value:NAME" for small named values
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE import (
  number        INTEGER PRIMARY KEY,  -- never used twice
  kind          INTEGER NOT NULL,     -- MqKind
  file_name     TEXT NOT NULL,
  file_size     INTEGER NOT NULL,
  sha256        TEXT NOT NULL,
  time          INTEGER NOT NULL,
  mapping       TEXT NOT NULL,        -- JSON
  amount_of     INTEGER NOT NULL,     -- MqAmountOf
  refund_is_net INTEGER NOT NULL,
  rows_read     INTEGER NOT NULL,
  stored        INTEGER NOT NULL,
  updated       INTEGER NOT NULL,
  unchanged     INTEGER NOT NULL,
  rejected      INTEGER NOT NULL,
  undone        INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE run (
  id        INTEGER PRIMARY KEY,
  kind      INTEGER NOT NULL,
  first_import INTEGER NOT NULL,      -- smallest and largest "#import" in it; equal but after compaction
  last_import  INTEGER NOT NULL,
  rows      INTEGER NOT NULL
) STRICT;

CREATE TABLE run_column (
  run        INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  name       TEXT NOT NULL,           -- "#key", "time", "prop:Colour" …
  label      TEXT NOT NULL,           -- the file's own header
  type       INTEGER NOT NULL,        -- MqValueType
  scale      INTEGER NOT NULL,
  strings    INTEGER NOT NULL,        -- length of the dictionary
  dictionary BLOB,                    -- mq_strings_encode; text columns
  PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE chunk (
  id       INTEGER PRIMARY KEY,
  run      INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  position INTEGER NOT NULL,          -- of the column
  sequence INTEGER NOT NULL,          -- rows [65536 * sequence, …)
  rows     INTEGER NOT NULL,
  missing  INTEGER NOT NULL,
  minimum  INTEGER NOT NULL,
  maximum  INTEGER NOT NULL,
  data     BLOB NOT NULL,
  UNIQUE (run, position, sequence)
) STRICT;

-- Which row of which run replaces which older one: pairs of rows of (run, old_run), packed as chunks (mask.c).
CREATE TABLE mask (
  id      INTEGER PRIMARY KEY,
  run     INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  old_run INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  pairs   INTEGER NOT NULL,
  data    BLOB NOT NULL
) STRICT;

CREATE TABLE reject (
  import INTEGER NOT NULL REFERENCES import ON DELETE CASCADE,
  line   INTEGER NOT NULL,
  column INTEGER NOT NULL,
  reason TEXT NOT NULL,
  text   TEXT NOT NULL
) STRICT;
CREATE INDEX reject_import ON reject (import, line);

-- What each import says a status text of orders means. What was set in the project itself counts before what was given
-- with an import, the newest first, and that before what the dictionary proposed.
CREATE TABLE status (
  text   TEXT NOT NULL,
  import INTEGER NOT NULL,            -- 0: set in the project
  status INTEGER NOT NULL,            -- MqStatus
  given  INTEGER NOT NULL,            -- 0: proposed by the dictionary
  PRIMARY KEY (text, import)
) STRICT, WITHOUT ROWID;

-- Static segments: customers chosen once. Files made before there were any get the table with their first one.
CREATE TABLE segment (
  name      TEXT PRIMARY KEY NOT NULL,
  time      INTEGER NOT NULL,         -- when it was saved
  source    TEXT NOT NULL,            -- where it was saved from, in words
  customers INTEGER NOT NULL,
  keys      BLOB NOT NULL             -- mq_strings_encode: the first key of each with its kind (record-key.h), sorted
) STRICT, WITHOUT ROWID;
