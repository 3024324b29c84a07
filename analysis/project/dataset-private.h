/* dataset-private.h: what the parts of MqDataset (dataset*.c) know of each other. */

#pragma once

#include "project/dataset.h"
#include "project/project.h"
#include "project/run-reader.h"

G_BEGIN_DECLS

/* The runs of one kind as they were when the dataset was made. The rows of all of them are counted through: row r of
 * run i is the stored row bases[i] + r. */
typedef struct
{
  guint       n_runs;
  MqRunInfo **runs;     /* (owned) the array; the elements belong to MqDataset.runs; by (first_import, id) */
  gsize      *bases;    /* (owned) n_runs + 1 */
  GPtrArray  *masks;    /* (owned) (element-type MqMask) checked: the runs are here, the rows exist */
  gboolean   *replaced; /* (owned) by run: some of its rows are replaced */
} MqDatasetKind;

typedef struct
{
  char    *text; /* (owned) */
  MqStatus status;
} MqStatusMeaning;

/* Index of the run with an id, or -1. */
int mq_dataset_kind_find_run (const MqDatasetKind *layout, gint64 id);

/* The small value that keeps the hash: "VERSION REVISION HASH". The version goes up when the hash's rules change. */
#define MQ_HASH_VALUE "data-hash"
#define MQ_HASH_VERSION "1"

typedef struct
{
  gboolean known;
  gint64   first, last;
} MqTimeRange;

struct _MqDataset
{
  gatomicrefcount ref_count;
  MqDataset      *base; /* (owned) (nullable) of the same records, which makes and keeps what follows from them alone */

  char         *path;         /* (owned) */
  char         *project_name; /* (owned) */
  char         *currency;     /* (owned) */
  GHashTable   *values;       /* (owned) (element-type utf8 utf8) the project's small values */
  const MqZone *zone;
  gint64        revision;
  char         *hash;     /* (owned) (nullable) kept in the file */
  MqStrings    *members;  /* (owned) (nullable) keys of the only customers it has; NULL: all */
  GPtrArray    *runs;     /* (owned) (element-type MqRunInfo) */
  GArray       *statuses; /* (owned) (element-type MqStatusMeaning) sorted by text */
  GArray       *traits;   /* (owned) (element-type MqImportTraits) sorted by number */
  MqDatasetKind kinds[MQ_N_KINDS];
  MqTimeRange   ranges[MQ_N_KINDS]; /* of a restricted one: those of the whole */

  GMutex lock;
  GCond  ready;
  GTree *slots; /* (owned) name to Slot; under `lock` */
  GList *parts; /* (owned) (element-type MqDataset) restricted ones, the newest first; under `lock` */
};

/* dataset.c */
MqDataset *mq_dataset_new (void);

/* Whose slots hold what follows from the records alone. */
static inline MqDataset *
mq_dataset_holder (MqDataset *self)
{
  return self->base != NULL ? self->base : self;
}

/* What is made once, on first use, by one thread, while others wait. make() returns TRUE with *value (NULL is a value
 * too), or FALSE with error: then the next caller tries again. Making one slot may use others, never in a circle. It is made for
 * the holder; `data` must not belong to another dataset. */
typedef gboolean (*MqSlotMake) (MqDataset *self, gconstpointer data, gpointer *value, const MqRun *run, GError **error);
gboolean mq_dataset_slot (MqDataset *self, const char *name, MqSlotMake make, gconstpointer data, GDestroyNotify free_func, gpointer *value, const MqRun *run, GError **error);
/* The value of a slot that is made, else NULL. */
gpointer mq_dataset_slot_peek (MqDataset *self, const char *name);

/* A read-only connection in a read transaction. MQ_PROJECT_ERROR_FAILED if a run of the dataset is gone, for then the
 * file was changed by an undo or a compaction. (transfer full) */
MqDb *mq_dataset_connect (MqDataset *self, GError **error);

/* Room for n items (at least one, so never NULL but with MQ_PROJECT_ERROR_FAILED); g_free. */
gpointer mq_dataset_alloc (gsize n, gsize size, GError **error);
gpointer mq_dataset_alloc0 (gsize n, gsize size, GError **error);

#define MQ_PERSON_OUTSIDE (MQ_BUCKET_OUTSIDE - 1)

/* Who is who. Key k of `keys` belongs to person person_of_key[k], or k - first where that is NULL. A restricted dataset
 * numbers only the customers it has; all other keys are MQ_PERSON_OUTSIDE. */
typedef struct
{
  MqStrings *keys;          /* (owned) the record keys of all live records, sorted */
  guint      first;         /* 1 if keys[0] is the empty record key (anonymous), else 0 */
  guint32   *person_of_key; /* (owned) (nullable) */
  guint      n_persons;     /* in all */
  MqStrings *labels;        /* (owned) (nullable) by person; NULL: the only key of key p + first */
  gboolean   is_part;       /* restricted */
  guint      n_runs[MQ_N_KINDS];
  guint32  **remaps[MQ_N_KINDS]; /* (owned) by run: code of the run to index in keys; NULL: the same */
} MqPersons;

const MqPersons *mq_dataset_persons (MqDataset *self, const MqRun *run, GError **error);

/* dataset-segment.c. Restricted datasets that are kept for who asks again: nobody asks this one any more. */
void mq_dataset_forget_parts (MqDataset *self);

/* dataset-segment.c. By person: 1 where one of the person's keys is among `keys`. g_free. restrict: leaves only these. */
gboolean mq_persons_restrict (MqPersons *self, const MqStrings *keys, const MqRun *run, GError **error);
guint8  *mq_persons_find_members (const MqPersons *self, const MqStrings *keys, const MqRun *run, GError **error);

/* Where the live rows of a kind are. */
typedef struct
{
  MqFacts  facts;
  gsize   *offsets; /* (owned) facts.offsets */
  guint32 *order;   /* (owned) (nullable) live row to stored row; NULL: the same */
} MqRowOrder;

#define MQ_BUCKET_OUTSIDE G_MAXUINT32

/* By stored row: 0 if it is anonymous, else its person + 1; of a restricted dataset MQ_BUCKET_OUTSIDE if it is nobody's that
 * it has. g_free. */
guint32 *mq_dataset_read_buckets (MqDataset *self, MqDb *db, MqKind kind, const MqRun *run, GError **error);

const MqRowOrder *mq_dataset_row_order (MqDataset *self, MqKind kind, const MqRun *run, GError **error);

/* The column that orders rows in time; NULL for customers. */
const char *mq_kind_time_column (MqKind kind);

/* dataset-read.c: columns of runs by name; MQ_PROJECT_ERROR_DAMAGED where one that must be there is not. Codes are
 * checked by the reader: an index into the run's list or MQ_CODE_MISSING. */
MqStrings *mq_dataset_read_strings (MqDb *db, const MqRunInfo *info, const char *name, GError **error);
gboolean   mq_dataset_read_codes (MqDb *db, const MqRunInfo *info, const char *name, guint32 *codes, const MqRun *run, GError **error);
/* The same chunk by chunk on this thread, without an array for all. */
typedef void (*MqVisitCodes) (const guint32 *codes, guint n, gpointer data);
gboolean mq_dataset_visit_codes (MqDb *db, const MqRunInfo *info, const char *name, guint n_strings, MqVisitCodes visit, gpointer data, const MqRun *run, GError **error);
gboolean mq_dataset_read_values (MqDb *db, const MqRunInfo *info, const char *name, gint64 *values, const MqRun *run, GError **error);
/* A column over all stored rows of a kind; runs without it are filled with missing. g_free. */
gint64 *mq_dataset_read_stored (MqDataset *self, MqDb *db, MqKind kind, const char *name, const MqRun *run, GError **error);

/* dataset-stored.c: one column over all stored rows, the runs one after the other; `values` or `codes` and `strings`. */
typedef struct
{
  MqValueType type;
  int         scale;
  gint64     *values;  /* (owned) (nullable) */
  guint32    *codes;   /* (owned) (nullable) */
  MqStrings  *strings; /* (owned) (nullable) */
} MqStored;

/* The least general type of all runs; missing where a run has no such column. The kind must have the column. */
gboolean mq_dataset_read_stored_column (MqDataset *self, MqDb *db, MqKind kind, const char *name, MqStored *stored, const MqRun *run, GError **error);
void     mq_stored_clear (MqStored *self);
/* Takes texts out of the list that none of the n rows has. */
gboolean mq_stored_drop_unused_texts (MqStored *self, gsize n, GError **error);
/* "time" for "time#precision", else the name itself. g_free. */
char *mq_column_base_name (const char *name);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqStored, mq_stored_clear)

/* dataset-columns.c: where a row's import has no such column, its cell (of `size` bytes, one a stored row) becomes that of
 * the newest row it replaces whose import has one. */
gboolean mq_dataset_inherit (MqDataset *self, MqKind kind, const char *name, gpointer cells, gsize size, const MqRun *run, GError **error);

/* dataset-keys.c. By stored row: 1 if it names somebody, else it inherits its keys (orders); NULL without error if all do
 * or nothing is replaced. */
gboolean mq_dataset_own_keys (MqDataset *self, MqKind kind, const guint8 **own, const MqRun *run, GError **error);
/* By stored row: 1 if the keys of a live row come from it. */
gboolean mq_dataset_key_rows (MqDataset *self, MqKind kind, const guint8 **rows, const MqRun *run, GError **error);

/* By stored row: 1 if another row replaces it. NULL without error if no row of the kind is replaced. */
gboolean mq_dataset_replaced_rows (MqDataset *self, MqKind kind, const guint8 **rows, const MqRun *run, GError **error);

G_END_DECLS
