/* row-reader.h: from the cells of a record to values of the stored columns. MqRowPlan is made once a reading and then
 * only read; each worker has an MqRowReader with its own dictionaries and scratch columns. */

#pragma once

#include "import/csv-parser.h"
#include "import/infer.h"
#include "import/order-carry.h"
#include "import/staging.h"
#include "project/import-draft.h"

G_BEGIN_DECLS

#define MQ_MAX_FALLBACKS 3

/* One use and where its value goes. */
typedef struct
{
  const MqUse *use;      /* (borrowed) */
  guint        index;    /* of the use in the mapping */
  int          target;   /* index of the stored column, or -1 */
  int          exact;    /* index of the column "NAME#precision", or -1 */
  const char  *required; /* (nullable) reason of the reject when missing */
  const char  *raw_kind; /* (nullable) the raw form of a key of this kind, where it is not written as the key is */
} MqRowOp;

typedef struct
{
  const MqMapping    *mapping;   /* (borrowed) */
  const MqInference  *inference; /* (borrowed) */
  const char         *currency;  /* (borrowed) of the project */
  int                 digits;
  gint64              now;
  gint64              header_line; /* records up to this line are no rows */
  gboolean            has_marks;   /* a NUL may be a byte that is no text in the file's encoding */
  gboolean            stop_on_bad_row;
  gboolean            by_rows; /* no columns, see MqImportOptions */
  const MqOrderCarry *carry;   /* (borrowed) (nullable) what lines of an order lack and others have */
  MqCsvDialect        dialect;

  GPtrArray *targets; /* (owned) (element-type MqTarget) MQ_TARGET_KEY, MQ_TARGET_LINE, … */
  GArray    *keys;    /* (owned) (element-type MqRowOp) */
  GArray    *times;   /* (owned) */
  GArray    *numbers; /* (owned) NUMBER, MONEY, numeric PROPERTY */
  GArray    *texts;   /* (owned) */

  int effective[MQ_MAX_FALLBACKS]; /* orders: indexes into times that make "time", -1 at the end */
  int time_target;                 /* of "time" or "date", or -1 */
  int time_exact;
  int paid;            /* index into times, or -1 */
  int status_target;   /* derived status, or -1 */
  int currency_column; /* of the file, or -1 */
  int order_column;    /* of the file, or -1 */
} MqRowPlan;

MqRowPlan *mq_row_plan_new (const MqMapping *mapping, const MqInference *inference, const char *currency, MqAmountOf amount_of);
void       mq_row_plan_free (MqRowPlan *self);

/* What a reading found out that its decisions did not foresee: it must be read again. One a use. */
typedef struct
{
  gboolean needs_text;    /* a property that is no number after all */
  int      needs_scale;   /* a number with more digits after the point, or 0 */
  gboolean breaks_tokens; /* a value that ends the rule by which tokens are missing */
  gint64   filled;        /* cells with anything in them, of stored rows */
  gint64   tokens[MQ_MAX_TOKENS];
} MqUseNotes;

/* Counts that become warnings; `first` are lines, G_MAXINT64 for none. All merge by sum and minimum. */
typedef struct
{
  gint64 rows;
  gint64 short_rows, first_short;
  gint64 odd_cells, first_odd;
  gint64 formulas; /* cells that lost the guard of a formula */
  gint64 future_rows;
  gint64 contacts;
  gint64 strange_currencies;
  gint64 rounded, first_rounded; /* amounts with more digits than their currency */
  gsize  reject_bytes;
} MqRowCounts;

typedef struct _MqRowReader MqRowReader;

MqRowReader *mq_row_reader_new (const MqRowPlan *plan, guint index);
void         mq_row_reader_free (MqRowReader *self);

/* Parses a block. staged: its rows (transfer full) (nullable: none); rejects: those of the block in order (transfer
 * full) (element-type MqReject) (nullable: none). An error begins with "LINE:COLUMN: ". */
gboolean mq_row_reader_read (MqRowReader *self, GBytes *block, gint64 first_line, MqStagedBlock **staged, GPtrArray **rejects, GError **error);

MqDictionary      *mq_row_reader_dictionary (MqRowReader *self, guint target); /* (nullable) */
void               mq_row_reader_reset_dictionaries (MqRowReader *self);       /* a new run begins */
void               mq_row_reader_seal_dictionaries (MqRowReader *self);        /* no more rows of this run */
void               mq_row_reader_drop_dictionary (MqRowReader *self, guint target);
gsize              mq_row_reader_bytes (MqRowReader *self); /* of the dictionaries */
const MqUseNotes  *mq_row_reader_notes (MqRowReader *self);
const MqRowCounts *mq_row_reader_counts (MqRowReader *self);

/* The file's column of a key cell among the joined ones, and the kinds, for the record keys: see run-sort.c. */
#define MQ_RAW_SEPARATOR '\x1e'
#define MQ_RAW_CONTACT '\x1d' /* begins the hash of a customers row without a key */

G_END_DECLS
