/* run-source.h: a run that can be read, whether it is stored in the project or still staged: what matching reads. Values
 * are compared as 128-bit hashes of their canonical form, so that runs with other dictionaries and types can be compared:
 * a number equals the text that writes it plainly. One thread at a time (each call decodes on several). */

#pragma once

#include "base/checksum.h"
#include "project/run-reader.h"
#include "project/staged-run.h"

G_BEGIN_DECLS

typedef struct
{
  MqDb              *db;     /* (borrowed) (nullable): a stored run */
  const MqRunInfo   *info;   /* (borrowed) (nullable) */
  const MqStagedRun *staged; /* (borrowed) (nullable): a staged run */
  gsize              n_rows;
} MqRunSource;

MqRunSource mq_run_source_stored (MqDb *db, const MqRunInfo *info);
MqRunSource mq_run_source_staged (const MqStagedRun *staged);

MqHash128 mq_run_source_hash_integer (gint64 value); /* what an integer cell hashes to */
MqHash128 mq_run_source_hash_text (const char *text, gsize length);

gboolean mq_run_source_has (const MqRunSource *self, const char *name);
gboolean mq_run_source_find (const MqRunSource *self, const char *name, MqValueType *type, int *scale); /* FALSE: not there */
/* The names of its columns but "#line" and "#import", added to `names` (set of owned strings). */
void mq_run_source_add_names (const MqRunSource *self, GHashTable *names);

/* The least and the greatest value, without reading; FALSE if some are missing or there is no such column. */
gboolean mq_run_source_range (const MqRunSource *self, const char *name, gint64 *first, gint64 *last);

/* n_rows values: (transfer full), NULL with error. A missing value hashes to zero. The column must be there. */
MqHash128 *mq_run_source_hashes (const MqRunSource *self, const char *name, const MqRun *run, GError **error);
gint64    *mq_run_source_values (const MqRunSource *self, const char *name, const MqRun *run, GError **error);
MqStrings *mq_run_source_strings (const MqRunSource *self, const char *name, GError **error);

G_END_DECLS
