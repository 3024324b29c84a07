/* infer.h: what the cells of whole columns say: types, number styles, date formats, guards, tokens for "no value".
 * Evidence is counted cell by cell (MqEvidence, one a column, mergeable: any cut of the file gives the same), then
 * decided once. Nothing is decided from a single cell and nothing is guessed where two readings differ. */

#pragma once

#include "base/civil-time.h"
#include "import/csv-parser.h"
#include "import/mapping.h"

G_BEGIN_DECLS

#define MQ_MAX_TOKENS 32
#define MQ_N_STYLES 6
#define MQ_N_FORMATS 7
#define MQ_N_EXAMPLES 3
#define MQ_MAX_INTEGER_DIGITS 14 /* a whole number of more is an identifier */
#define MQ_MAX_DIGITS 18

/* The tokens that may mean "no value". */
typedef struct
{
  char   **texts; /* (owned) */
  gsize    lengths[MQ_MAX_TOKENS];
  guint    n;
  guint8   first[256]; /* 1: a token begins with this byte */
  gboolean given;      /* by --missing: hold in every column */
} MqTokenList;

typedef struct
{
  const MqMapping *mapping; /* (borrowed) */
  MqTokenList      tokens;
  MqDateFormat     format;  /* given by --date-format; MQ_DATE_NONE: decide */
  char             decimal; /* given, or 0 */
  const MqZone    *zone;    /* of the file's wall clocks */
  guint8          *roles;   /* (owned) by column: bit 1 a time or day, bit 2 a number */
} MqInference;

typedef struct
{
  gint64 filled;                /* cells with anything in them, tokens included */
  gint64 guards[MQ_N_GUARDS];   /* cells that wear one */
  gint64 formulas;              /* cells guarded as formulas; of guards[MQ_GUARD_NONE] */
  gint64 tokens[MQ_MAX_TOKENS]; /* unquoted tokens, by list index */

  /* Values: filled cells that are no unquoted token, without guard. */
  gint64 values;
  gint64 quoted;
  gint64 plain;       /* numbers, dates or identifiers, up to the first value that is none of them */
  gint64 masked;      /* 138****1234, ##… */
  gint64 integers;    /* of canonical form: no leading zero, no '+', at most 14 digits */
  gint64 decimals;    /* the same with a point */
  gint64 first_other; /* line of the first value that is neither, G_MAXINT64 for none */
  gint64 damaged;     /* 1.38E+10, or 16 digits and more that end in 000: identifiers that a spreadsheet has spoilt */
  gint64 first_damaged;
  gint64 long_numbers; /* values of 16 digits and more */
  gint64 long_zeros;   /* of them those that end in 000: among `damaged` */
  int    integer_digits;
  int    scale;

  gint64  notes;                     /* cells of a number column with a note in brackets behind */
  gint64  styles[MQ_N_STYLES];       /* cells that read as numbers in each style */
  int     style_scales[MQ_N_STYLES]; /* most digits after the point */
  gint64  styles_differ;             /* cells that point and comma styles both read, and differently */
  gint64  formats[MQ_N_FORMATS];     /* cells that read as times */
  gint64  formats_differ;            /* cells that dmy and mdy both read, and differently */
  gint64  years_differ;              /* cells that ymd and one of them read: the year has two digits */
  guint32 firsts, lasts;             /* of these the first and last parts that occur: bit n for n, which is 1 to 31 */

  char *examples[MQ_N_EXAMPLES]; /* (owned) */
} MqEvidence;

gboolean mq_inference_init (MqInference *self, const MqMapping *mapping, const char *missing, const char *date_format, char decimal, const MqZone *zone, GError **error);
void     mq_inference_clear (MqInference *self);

/* One array element a column of the mapping. */
MqEvidence *mq_evidence_new (guint n_columns);
void        mq_evidence_free (MqEvidence *evidence, guint n_columns);
void        mq_evidence_add (MqEvidence *evidence, const MqInference *inference, guint column, const MqCsvCell *cell, gint64 line);
void        mq_evidence_merge (MqEvidence *into, const MqEvidence *later, guint n_columns);

/* Decides every column of the mapping and every use: guards, tokens, styles, formats, types, scales; a guessed use
 * that its cells contradict becomes a property (with a sentence in `warnings`). proofs, warnings: (element-type utf8).
 * MQ_IMPORT_ERROR_AMBIGUOUS where two readings fit and differ. currency_digits: of the project. */
gboolean mq_infer_decide (MqMapping *mapping, const MqInference *inference, const MqEvidence *evidence, int currency_digits, GPtrArray *proofs, GPtrArray *warnings, GError **error);

/* What both inference and reading do with a cell. */
/* A line that is no record, as exports put above and below tables: "total" (its first cell that is not empty says "Total",
 * 合计 …), "note" (it begins with # and has no other cell, or has no digit anywhere where every record has a time). NULL for
 * any other. */
const char *mq_cells_aside (MqKind kind, const MqCsvCell *cells, guint n_cells);
void        mq_cell_trim (const char **text, gsize *length); /* blanks, TABs, no-break and full-width blanks around */
/* The cell of a record without blanks and guard; FALSE if it is missing by the column's rule. *token (nullable): which
 * token made it missing, or -1. */
gboolean mq_cell_read (const MqMapping *mapping, const MqTokenList *list, const MqCsvCell *cells, guint n_cells, guint column, const char **text, gsize *length, int *token);
int      mq_token_find (const MqTokenList *list, const char *text, gsize length); /* index or -1 */
gboolean mq_value_is_plain (const char *text, gsize length, const MqZone *zone);  /* a number, date or identifier */
gboolean mq_value_is_masked (const char *text, gsize length);

typedef enum
{
  MQ_CANONICAL_NOT,
  MQ_CANONICAL_INTEGER,
  MQ_CANONICAL_DECIMAL
} MqCanonical;

/* A number that comes back the same when written again: no leading zero, no '+', no exponent. digits: before the point;
 * scale: after it. */
MqCanonical mq_value_canonical (const char *text, gsize length, int *digits, int *scale);

G_END_DECLS
