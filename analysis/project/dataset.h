/* dataset.h: MqDataset, the live records of a project in memory: immutable, atomic reference count, tagged with the
 * revision. All analyses read it and nothing else. Facts of a kind are a structure of arrays sorted by (person, time,
 * import, line) with person offsets: a per-customer analysis is one pass over a contiguous range. Columns load on
 * first use (any thread; one loads, the others wait).
 *
 * Persons are resolved from record keys (keys that stand on one record belong to one person) and numbered by their
 * first key (kind priority, then bytes): the same numbers whatever the order of rows or imports. */

#pragma once

#include "base/run.h"
#include "base/strings.h"
#include "base/table.h"
#include "base/checksum.h"
#include "base/civil-time.h"
#include "project/record-kind.h"
#include "project/import-draft.h"

G_BEGIN_DECLS

typedef struct _MqDataset MqDataset;

MqDataset *mq_dataset_ref (MqDataset *self);
void       mq_dataset_unref (MqDataset *self);

gint64        mq_dataset_revision (const MqDataset *self);
const char   *mq_dataset_zone_name (const MqDataset *self);
const MqZone *mq_dataset_zone (const MqDataset *self);
const char   *mq_dataset_currency (const MqDataset *self);
int           mq_dataset_currency_digits (const MqDataset *self);
/* A small value of the project as it was at load; NULL: none. */
const char *mq_dataset_value (const MqDataset *self, const char *name);
const char *mq_dataset_project_name (const MqDataset *self); /* the file's name without folder and suffix */
/* Order-independent hash over all live records (sum of row hashes, customers included), 32 hexadecimal digits. Made on
 * first use, which reads every column once; NULL with error on damage or cancellation. */
const char *mq_dataset_hash (MqDataset *self, const MqRun *run, GError **error);
gint64      mq_dataset_newest_import_time (const MqDataset *self); /* clock of the newest import, instant */

/* Text lists are sorted by bytes; codes are indexes into them; MQ_CODE_MISSING is "no value". */
typedef struct
{
  MqValueType      type;
  int              scale;   /* MONEY, DECIMAL */
  gsize            n;       /* rows */
  const gint64    *values;  /* all types but TEXT */
  const guint32   *codes;   /* TEXT */
  const MqStrings *strings; /* TEXT */
} MqColumn;

typedef struct
{
  MqKind kind;
  gsize  n_rows;    /* live rows */
  guint  n_persons; /* of the whole dataset */
  /* n_persons + 1 row indexes: person p has rows [offsets[p], offsets[p + 1]). Anonymous rows are [0, offsets[0]). */
  const gsize *offsets;
} MqFacts;

guint mq_dataset_n_persons (MqDataset *self, const MqRun *run, GError **error);
/* How a person is printed: the value of the first key. Loaded on first use: call mq_dataset_load_labels() before. */
gboolean         mq_dataset_load_labels (MqDataset *self, const MqRun *run, GError **error);
const MqStrings *mq_dataset_labels (MqDataset *self); /* n_persons strings; NULL before loading */

/* NULL with error on damage or cancellation; a kind without rows has n_rows 0. Lives as long as the dataset. */
const MqFacts *mq_dataset_facts (MqDataset *self, MqKind kind, const MqRun *run, GError **error);
gboolean       mq_dataset_has_column (MqDataset *self, MqKind kind, const char *name);
char         **mq_dataset_columns (MqDataset *self, MqKind kind); /* (transfer full) names, sorted; no # columns */
/* NULL without error if no live run has the column. */
const MqColumn *mq_dataset_column (MqDataset *self, MqKind kind, const char *name, const MqRun *run, GError **error);

/* One value a person, resolved over their customers records by the field's rule (latest import that has it; added_at
 * and first_channel: the earliest). `name` as in customers: "city", "attr:Level". n = n_persons. NULL without error if
 * nobody has it. */
const MqColumn *mq_dataset_attribute (MqDataset *self, const char *name, const MqRun *run, GError **error);

/* What the status texts of orders mean. */
MqStatus mq_dataset_status (MqDataset *self, const char *text);

/* Facts about the import a row came from (column "#import" has its number). */
typedef struct
{
  gint64     number;
  MqAmountOf amount_of;
  gboolean   refund_is_net;
  gint64     time;
  MqKind     kind;
  gint64     rows_read;
  gint64     rejected;
} MqImportTraits;

const MqImportTraits *mq_dataset_import_traits (MqDataset *self, gint64 number); /* (nullable) */

/* The rows that all imports of a kind that stand have read and rejected. */
void mq_dataset_count_read (const MqDataset *self, MqKind kind, gint64 *read, gint64 *rejected);

/* From-to of a kind's times (of its live rows; instants; of spend the first instants of its days); FALSE without error
 * if it has none. Cheap: from chunk statistics where possible. */
gboolean mq_dataset_range (MqDataset *self, MqKind kind, gint64 *first, gint64 *last, const MqRun *run, GError **error);

/* Analyses keep what they derive from a dataset (the order book) with it: made once, by one thread, while others wait.
 * make() returns a new object (freed by `free_func` with the dataset) or NULL with error. */
typedef gpointer (*MqDerive) (MqDataset *self, const MqRun *run, GError **error);
gpointer mq_dataset_derive (MqDataset *self, const char *name, MqDerive make, GDestroyNotify free_func, const MqRun *run, GError **error);
/* The same for what follows from mq_dataset_value() too: a dataset that was loaded again makes it anew. What is made by
 * mq_dataset_derive() must not look at these values. */
gpointer mq_dataset_derive_by_values (MqDataset *self, const char *name, MqDerive make, GDestroyNotify free_func, const MqRun *run, GError **error);

/* The same records of the customers of a saved segment alone: they are numbered anew in the same order, and nobody's rows are
 * not in it. What says which data it is - hash, ranges, revision - stays that of the whole. The few newest are kept with the
 * dataset. MQ_PROJECT_ERROR_NO_SEGMENT: there is none of that name. (transfer full) */
MqDataset *mq_dataset_restrict (MqDataset *self, const char *segment, const MqRun *run, GError **error);
/* By person: 1 for the customers of the segment. Errors as above. g_free. */
guint8 *mq_dataset_find_members (MqDataset *self, const char *segment, const MqRun *run, GError **error);
/* The first key, with its kind, of every person that is printed as one of the labels: what a segment keeps. Sorted. (transfer full) */
MqStrings *mq_dataset_keys_of_labels (MqDataset *self, const char *const *labels, gsize n, const MqRun *run, GError **error);

/* The customers of a segment that are in the data, as they are printed, and their keys of each kind that any of them has,
 * several joined by ";": `members` (customer, then customer_id, phone …). */
MqTable *mq_dataset_list_members (MqDataset *self, const char *segment, const MqRun *run, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqDataset, mq_dataset_unref)

G_END_DECLS
