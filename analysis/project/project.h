/* project.h: MqProject, the project file: open, lock, commit, undo, backup, integrity. One connection, used by one thread
 * at a time (the store thread in the window; the main thread of the command line). Every call blocks. */

#pragma once

#include "base/run.h"
#include "base/table.h"
#include "project/dataset.h"
#include "project/import-draft.h"

G_BEGIN_DECLS

typedef enum
{
  MQ_PROJECT_ERROR_MISSING,     /* no such file */
  MQ_PROJECT_ERROR_NOT_PROJECT, /* a file, but none of ours */
  MQ_PROJECT_ERROR_FUTURE,      /* written by a newer version: named, untouched */
  MQ_PROJECT_ERROR_HOSTILE,     /* triggers, views or tables that are not ours */
  MQ_PROJECT_ERROR_LOCKED,      /* another process writes: the message says which (pid, host) */
  MQ_PROJECT_ERROR_READ_ONLY,   /* opened read-only, or the file or folder cannot be written */
  MQ_PROJECT_ERROR_DAMAGED,     /* a chunk or the database: the message names import, rows and column */
  MQ_PROJECT_ERROR_NO_IMPORT,   /* no import of that number */
  MQ_PROJECT_ERROR_NO_PERSON,   /* no customer of that key, or several */
  MQ_PROJECT_ERROR_NO_SEGMENT,  /* no segment of that name */
  MQ_PROJECT_ERROR_EXISTS,      /* create: the file is there already; the name of a segment is taken */
  MQ_PROJECT_ERROR_SETTING,     /* unknown zone or currency */
  MQ_PROJECT_ERROR_FAILED,      /* SQLite or the system; the message says what */
} MqProjectError;

#define MQ_PROJECT_ERROR (mq_project_error_quark ())
GQuark mq_project_error_quark (void);

typedef struct _MqProject MqProject;

typedef enum
{
  MQ_OPEN_READ,          /* no lock, nothing is written */
  MQ_OPEN_WRITE,         /* the sidecar lock or MQ_PROJECT_ERROR_LOCKED */
  MQ_OPEN_WRITE_OR_READ, /* the lock, else read-only: mq_project_is_read_only() and mq_project_holder() tell */
} MqOpenMode;

/* Creates the file (0600) and opens it for writing. zone: IANA name; currency: ISO 4217. */
MqProject *mq_project_create (const char *path, const char *zone, const char *currency, GError **error);
MqProject *mq_project_open (const char *path, MqOpenMode mode, GError **error);
/* Checkpoints back to one file, frees the lock, frees the object even if it fails. */
gboolean mq_project_close (MqProject *self, GError **error);

const char *mq_project_path (MqProject *self);
gboolean    mq_project_is_read_only (MqProject *self);
const char *mq_project_holder (MqProject *self); /* (nullable) "pid 123 on host" */
const char *mq_project_zone (MqProject *self);
const char *mq_project_currency (MqProject *self);
gint64      mq_project_revision (MqProject *self); /* grows with every commit */

typedef struct
{
  gint64 number;                                     /* 0 in a dry run */
  gint64 read, stored, updated, unchanged, rejected; /* read = the sum of the others */
} MqImportOutcome;

/* Matches the draft with what is there (natural key, multiplicity) and commits it in one short transaction. dry_run:
 * only the outcome. A failure or cancellation leaves the file byte for byte as it was. */
gboolean mq_project_commit_import (MqProject *self, MqImportDraft *draft, gboolean dry_run, MqImportOutcome *outcome, const MqRun *run, GError **error);

/* Takes one import back, wholly; number 0: the newest. Afterwards the dataset is what replaying the others gives. */
gboolean mq_project_undo_import (MqProject *self, gint64 number, gint64 *undone, const MqRun *run, GError **error);

/* Tables of the contract. imports: number file kind rows rejected time (+ sha256, stored, updated, unchanged). rejects:
 * import line column reason text. info: `project`, `kinds`, `fields` (kind field type filled distinct), `integrity`. */
MqTable   *mq_project_list_imports (MqProject *self, GError **error);
MqTable   *mq_project_list_rejects (MqProject *self, gint64 import /* 0: all */, GError **error);
GPtrArray *mq_project_info (MqProject *self, const MqRun *run, GError **error); /* (element-type MqTable) (transfer container) */

/* Status text to meaning, changeable later without re-import. */
gboolean mq_project_set_status (MqProject *self, const char *text, MqStatus status, GError **error);

/* Small named values: page settings, window state of the project, report. JSON text or plain. */
char    *mq_project_get_value (MqProject *self, const char *name, GError **error); /* (nullable) */
gboolean mq_project_set_value (MqProject *self, const char *name, const char *value /* (nullable) */, GError **error);
/* (transfer full) (element-type utf8 utf8) all of them, by name. */
GHashTable *mq_project_list_values (MqProject *self, GError **error);

/* Rewrites the runs of a kind as one, masks kept as they act; the dataset stays equal (checked by hash). */
gboolean mq_project_compact (MqProject *self, const MqRun *run, GError **error);
gboolean mq_project_backup (MqProject *self, const char *path, const MqRun *run, GError **error);
/* Every checksum, SQLite's integrity_check; FALSE with the first damage named in error. */
gboolean mq_project_check (MqProject *self, const MqRun *run, GError **error);

/* The columns in memory, at the current revision: opens in milliseconds, columns load on first use through a read-only
 * connection of the dataset's own, closed between loads. May be used from any thread and outlives the project object. */
MqDataset *mq_project_load (MqProject *self, const MqRun *run, GError **error);
/* The same after a small value was set: if the records are those of `before`, what follows from them alone - columns, persons,
 * order book - is not made a second time; `before` may go. */
MqDataset *mq_project_load_again (MqProject *self, MqDataset *before /* (transfer none) (nullable) */, const MqRun *run, GError **error);

/* Reads everything once to find the data hash and keeps it in the file, so that the datasets of this revision have it at
 * once. Worth it after a large import. */
gboolean mq_project_keep_hash (MqProject *self, const MqRun *run, GError **error);

/* The records of a kind as they came, as CSV: identifiers verbatim, live rows only, in order (key, time, import, line). */
gboolean mq_project_export (MqProject *self, MqKind kind, gboolean for_spreadsheet, GOutputStream *out, const MqRun *run, GError **error);

G_END_DECLS
