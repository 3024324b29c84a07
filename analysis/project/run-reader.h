/* run-reader.h: the runs of a project file as they are stored: what dataset, matching, undo, compaction, export and the
 * integrity check read. Works on any MqDb connection; one thread at a time. */

#pragma once

#include "base/run.h"
#include "base/strings.h"
#include "project/db.h"
#include "project/record-kind.h"

G_BEGIN_DECLS

typedef struct
{
  guint       position;
  char       *name;
  char       *label;
  MqValueType type;
  int         scale;
  guint       n_strings;        /* of the dictionary; text columns */
  gint64      minimum, maximum; /* over all chunks; 0 and -1 if all are missing */
  gint64      missing;          /* cells */
  gint64      n_chunks;
  gboolean    is_damaged; /* the four above are not known: the file is damaged there */
} MqRunColumn;

typedef struct
{
  gint64     id;
  MqKind     kind;
  gint64     first_import, last_import;
  gsize      n_rows;
  GPtrArray *columns; /* (owned) (element-type MqRunColumn) by position */
} MqRunInfo;

/* Runs of a kind (MQ_N_KINDS: all), in order of (first_import, id). (element-type MqRunInfo) (transfer container) */
GPtrArray         *mq_runs_list (MqDb *db, MqKind kind, GError **error);
void               mq_run_info_free (MqRunInfo *self);
const MqRunColumn *mq_run_info_find (const MqRunInfo *self, const char *name); /* (nullable) */

/* The whole column: n_rows values; decoding runs on several threads. The error names import, rows and column. */
gboolean   mq_run_read_values (MqDb *db, const MqRunInfo *info, const MqRunColumn *column, gint64 *values, const MqRun *run, GError **error);
gboolean   mq_run_read_codes (MqDb *db, const MqRunInfo *info, const MqRunColumn *column, guint32 *codes, const MqRun *run, GError **error);
MqStrings *mq_run_read_strings (MqDb *db, const MqRunInfo *info, const MqRunColumn *column, GError **error); /* (transfer full) */

/* The error MQ_PROJECT_ERROR_DAMAGED that names import, rows and column; or the column that the run should have. */
void mq_run_set_damaged (const MqRunInfo *info, const MqRunColumn *column, gsize first, gsize n, GError **error);
void mq_run_set_lacking (const MqRunInfo *info, const char *name, GError **error);

/* Masks: row `row` of run `run` replaces row `old_row` of run `old_run`. */
typedef struct
{
  gint64   run, old_run;
  gsize    n;
  guint32 *rows;     /* (owned) */
  guint32 *old_rows; /* (owned) */
} MqMask;

GPtrArray *mq_masks_read (MqDb *db, MqKind kind, GError **error); /* (element-type MqMask) (transfer container) */
gboolean   mq_mask_write (MqDb *db, const MqMask *mask, GError **error);
void       mq_mask_free (MqMask *self);

G_END_DECLS
