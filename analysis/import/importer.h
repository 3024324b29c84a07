/* importer.h: from a file to an MqImportDraft: sniff, infer, parse in parallel, check, sort, encode. Never touches a
 * project file. Blocks; call it from a worker. */

#pragma once

#include "base/date-format.h"
#include "base/decimal.h"
#include "base/run.h"
#include "base/table.h"
#include "import/import-error.h"
#include "project/import-draft.h"

G_BEGIN_DECLS

/* Where an error or reject is: the message of a GError of this domain begins with FILE:LINE:COLUMN: where these are known. */

typedef struct
{
  MqKind kind;

  GStrv       map;          /* (nullable) "field=Column", "key.phone=Mobile", "amount=Quantity*UnitPrice", "#3" is the third column */
  const char *encoding;     /* (nullable) iconv name */
  const char *sheet;        /* (nullable) of a workbook: its name or "#2"; NULL: the first that is not hidden */
  const char *part;         /* (nullable) of a zip: one of mq_importer_parts() */
  const char *delimiter;    /* (nullable) one character, "\\t" or "tab", or "blanks" for runs of blanks */
  char        decimal;      /* '.' ',' or 0: decide from the column */
  const char *date_format;  /* (nullable) */
  const char *file_zone;    /* (nullable) IANA name; NULL: project_zone */
  const char *project_zone; /* IANA name */
  const char *currency;     /* of the project */
  gboolean    no_header;
  gint64      header_row; /* physical line of the header; 0: found */
  gboolean    stop_on_bad_row;
  const char *amount_of; /* (nullable) "line", "order", "order-first" */
  const char *refund;    /* (nullable) "net": the amount is after the refund column already, "gross": before it; NULL: proved from the data */
  GStrv       statuses;  /* (nullable) "TEXT=paid" */
  const char *missing;   /* (nullable) "NA,-": the tokens; "" for none; NULL: decide by column */
  gint64      now;       /* the clock, instant: rows dated later are warned about */

  gsize    block_bytes;   /* 0: 1 MiB; tests use 1, 2, 7 */
  gboolean by_rows;       /* tests: read row by row also what could be read by columns: a project is the same */
  gsize    head_bytes;    /* 0: 32 MB; what is looked at before the file is read */
  gsize    memory_budget; /* 0: 512 MiB; a file whose columns need more gives several runs */
} MqImportOptions;

/* One column of the file and what becomes of it: the table `columns` of the contract and the mapping dialog. */
typedef struct
{
  char       *header; /* as displayed: trimmed, "#3" without a header, " (2)" on a second one */
  char       *field;  /* field, "key.KIND", "prop:NAME", "attr:NAME", or "" if left out */
  MqValueType type;
  char       *format;  /* "ymd", "1.234,56", "USD", "" */
  char       *missing; /* tokens taken as missing, with counts: "NA 135080" */
  gint64      filled;
  GStrv       examples; /* at most 3 */
  char       *second;   /* (nullable) header of the column whose word goes behind it */
  gboolean    constant; /* no column of the file: the header is its text in quotes, on every row the same */
} MqImportColumn;

typedef struct
{
  char      *format;    /* "text", "workbook", "json", "web-table" */
  char      *sheet;     /* of a workbook; else "" */
  char      *encoding;  /* "UTF-8", "GB18030" … */
  char      *delimiter; /* ",", "\t", "blanks"; "" of what is no text */
  gboolean   has_header;
  GPtrArray *columns; /* (element-type MqImportColumn) in the file's order */
  MqAmountOf amount_of;
  gboolean   refund_is_net;
  GPtrArray *statuses; /* (element-type MqStatusCount) */
  GPtrArray *proofs;   /* (element-type utf8) translated sentences: why it is read so */
  GPtrArray *rows;     /* (element-type MqPreviewRow, import-preview.h) the first ones: as they stand and as they are read */
  char      *trouble;  /* (nullable) why it cannot be read like this: a column that is needed, dates that fit two ways */
} MqImportPlan;

/* How the file will be read, from its beginning (at most 32 MB): for the mapping dialog, which shows the columns of what is
 * not settled yet as well. */
MqImportPlan *mq_importer_plan (GInputStream *in, const char *name, const MqImportOptions *options, const MqRun *run, GError **error);
void          mq_import_plan_free (MqImportPlan *plan);

/* The files that a path stands for: of a zip or folder its files (names for options->part, or in the folder) by name,
 * else one "" (transfer full). NULL with error. */
char **mq_importer_parts (const char *path, const MqRun *run, GError **error);

/* Reads the whole file. `path` "-" is standard input (spooled to an unlinked temporary file). plan: how it was read
 * (transfer full) (out) (optional). Progress in bytes of the file. */
MqImportDraft *mq_importer_read (const char *path, const MqImportOptions *options, MqImportPlan **plan, const MqRun *run, GError **error);

/* The same of a stream: what was copied from a spreadsheet (delimiter "tab"), what a program sends. */
MqImportDraft *mq_importer_read_stream (GInputStream *in, const char *name, const MqImportOptions *options, MqImportPlan **plan, const MqRun *run, GError **error);

/* The contract's tables `columns` of a plan and `rejected` of a draft. */
MqTable *mq_import_plan_table (const MqImportPlan *plan);
MqTable *mq_import_rejects_table (const MqImportDraft *draft);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqImportPlan, mq_import_plan_free)

G_END_DECLS
