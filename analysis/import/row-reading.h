/* row-reading.h: what the files of MqRowReader share. A block's rows are read in strips of MQ_STRIP_ROWS: numbers and times
 * go to `values` of the block at once, texts wait in `texts` of the strip until it is complete and are coded then, so that
 * the dictionaries never hold a value of a rejected row. */

#pragma once

#include "import/csv-grid.h"
#include "import/row-reader.h"

G_BEGIN_DECLS

#define MQ_STRIP_ROWS 1024
#define MQ_MAX_TIMES 16
#define MQ_DAY_CACHE 1024

#define MQ_LOOK_BLANK 1                            /* a blank, or part of a wide character, which may be one */
#define MQ_LOOK_TOKEN 2                            /* begins a token for "missing" */
#define MQ_LOOK_QUOTE 4                            /* begins a guarded formula */
#define MQ_LOOK_ANY 8                              /* every byte: in a column with guards */
#define MQ_LOOK_ENDS (MQ_LOOK_BLANK | MQ_LOOK_ANY) /* what matters in a last byte */

/* The record being read, one at a time. */
typedef struct
{
  const MqCsvCell *cells;
  guint            n_cells;
  const char      *record;
  gsize            length;
  gint64           line;
} MqRow;

/* A date as it is written and where its day begins; only days of 24 hours. */
typedef struct
{
  char   date[10];
  gint64 start;
} MqCachedDay;

/* A strip of rows that are read by columns. Rows with anything unusual in them are marked and read one by one after all. */
typedef struct
{
  guint   n;     /* rows */
  guint   first; /* the grid's record of the first */
  guint8  unusual[MQ_STRIP_ROWS];
  guint8  rejected[MQ_STRIP_ROWS]; /* of unusual ones */
  MqText  cells[2][MQ_STRIP_ROWS]; /* of the column being read: length 0 is missing */
  gint8   digits[MQ_STRIP_ROWS];   /* of the row's currency */
  guint  *filled;                  /* (owned) cells with anything in them, one a use */
  gint64 *instants;                /* (owned) MQ_STRIP_ROWS of each of plan->times */
  guint8 *precisions;              /* (owned) likewise */
} MqStrip;

struct _MqRowReader
{
  const MqRowPlan *plan; /* (borrowed) */
  guint            index;
  MqSource       **sources; /* (borrowed) by column */
  guint            n_targets;
  gint64         **values;       /* (owned) of the block, one column a target that is no text */
  guint32        **codes;        /* (owned) of the block, one column a text target: one more than the code, 0 is missing */
  MqSlab         **slabs;        /* (owned) one a target: what outlives the block */
  guint            room;         /* rows */
  guint            row;          /* where the row being read goes */
  guint            strip;        /* the strip's first row */
  MqDictionary   **dictionaries; /* (owned) one a text target, else NULL */
  MqText         **texts;        /* (owned) of the strip, one column a text target */
  const char      *block;        /* (borrowed) the block being read: texts in it need no copy */
  gsize            block_length;
  GStringChunk    *copies;  /* (owned) texts of this block that stand elsewhere */
  GPtrArray       *rejects; /* (owned) (nullable) of the block */
  GString         *key;     /* (owned) */
  GString         *scratch; /* (owned) */
  MqUseNotes      *notes;   /* (owned) one a use */
  MqUseNotes       ignored; /* of cells that are looked at twice */
  MqRowCounts      counts;

  guint8  looks[256]; /* what a byte at a cell's border may mean */
  guint8 *stops;      /* (owned) one a column: the looks that need a closer one */

  MqCachedDay *days; /* (owned) by hash of the date */

  char currency[8]; /* the last row's, and its digits */
  int  digits;

  MqCsvCell *row_cells; /* (owned) MQ_MAX_COLUMNS: a row with what was carried down, or out of a grid */

  MqCsvGrid *grid;    /* (owned) (nullable) where rows may be read by columns */
  MqStrip   *columns; /* (owned) (nullable) with the grid */
};

typedef enum
{
  MQ_CELL_MISSING,
  MQ_CELL_VALUE
} MqCellState;

/* row-cells.c */
void        mq_row_init_looks (MqRowReader *self);
MqCellState mq_row_read_cell (MqRowReader *self, const MqRow *row, guint column, MqUseNotes *notes, const char **text, gsize *length);
const char *mq_row_check_cells (MqRowReader *self, const MqRow *row, guint *cell);
void        mq_row_carry_down (MqRowReader *self, MqRow *row);

/* row-times.c, row-numbers.c: a reason for a reject, with *cell, or NULL */
const char *mq_row_read_times (MqRowReader *self, const MqRow *row, guint *cell);
gboolean    mq_row_parse_time (MqRowReader *self, const MqSource *source, const char *text, gsize length, gint64 *instant, MqPrecision *precision);
void        mq_row_read_currency (MqRowReader *self, const MqRow *row);
const char *mq_row_read_numbers (MqRowReader *self, const MqRow *row, guint *cell);
/* One factor of an amount, then of one or two of them the amount in minor units. A reason, or NULL. */
const char *mq_row_parse_factor (const MqSource *source, const char *text, gsize length, MqDecimal *value);
const char *mq_row_make_money (const MqDecimal *factors, guint n, int digits, gint64 *minor);
/* FALSE: it is none that fits; the reason for a reject, or, where that is NULL, the notes say why. */
gboolean mq_row_parse_number (const MqRowOp *op, const MqSource *source, const char *text, gsize length, MqUseNotes *notes, gint64 *number, const char **reason);

/* row-texts.c */
const char         *mq_row_check_texts (MqRowReader *self, const MqRow *row, guint *cell);
gboolean            mq_row_is_other_form (MqRowReader *self, const MqRowOp *op, const char *text, gsize length); /* than its key */
void                mq_row_put_texts (MqRowReader *self, const MqRow *row);                                      /* with the key and a derived status */
void                mq_row_code_strip (MqRowReader *self, guint n);                                              /* the strip's texts into values */
extern const MqText mq_row_paid, mq_row_unpaid;

/* row-reader.c: the one row that goes to self->row. *kept: it was not rejected. FALSE with error: stop. */
gboolean mq_row_read (MqRowReader *self, MqRow *row, gboolean *kept, GError **error);
gboolean mq_row_make_room (MqRowReader *self, guint n); /* for n rows in all; FALSE: there is no memory */

/* The strip's rows of one of plan->times or plan->numbers, from its cells. */
void mq_row_put_times (MqRowReader *self, guint index);
void mq_row_put_numbers (MqRowReader *self, const MqRowOp *op);

/* row-columns.c: the rows of a block in self->grid. */
gboolean mq_row_can_read_columns (const MqRowPlan *plan);
MqStrip *mq_strip_new (const MqRowPlan *plan);
void     mq_strip_free (MqStrip *self);
gboolean mq_row_read_columns (MqRowReader *self, gint64 first_line, GError **error);

static inline void
mq_row_put (MqRowReader *self, int target, gint64 value)
{
  if (target >= 0)
    self->values[target][self->row] = value;
}

/* The cell without blanks and guard; tokens as the column's rule says. What most cells are is settled here. */
static inline MqCellState
mq_row_cell (MqRowReader *self, const MqRow *row, guint column, MqUseNotes *notes, const char **text, gsize *length)
{
  if (G_LIKELY (column < row->n_cells))
    {
      const MqCsvCell *cell = &row->cells[column];
      guint8           stops = self->stops[column];

      if (cell->length == 0)
        return MQ_CELL_MISSING;
      if (cell->quoted)
        stops &= ~MQ_LOOK_TOKEN;
      if (!(self->looks[(guint8) cell->text[0]] & stops) && !(self->looks[(guint8) cell->text[cell->length - 1]] & stops & MQ_LOOK_ENDS))
        {
          *text = cell->text;
          *length = cell->length;
          notes->filled++;
          return MQ_CELL_VALUE;
        }
    }
  return mq_row_read_cell (self, row, column, notes, text, length);
}

G_END_DECLS
