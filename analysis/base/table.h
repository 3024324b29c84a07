/* table.h: MqTable, the one form of every figure: immutable typed columns, read alike by charts, the table view, CSV,
 * JSON, the command line, reports and tests. Atomic reference count; shared between threads. */

#pragma once

#include "base/strings.h"

G_BEGIN_DECLS

typedef enum
{
  MQ_COLUMN_INTEGER,  /* gint64 */
  MQ_COLUMN_DOUBLE,   /* double; machine form: shortest text that reads back the same */
  MQ_COLUMN_SHARE,    /* double from 0 to 1; people see per cent */
  MQ_COLUMN_MONEY,    /* gint64 minor units of the table's currency */
  MQ_COLUMN_DAY,      /* gint64 holding an MqCivil day */
  MQ_COLUMN_TIME,     /* gint64 instant, written in the table's zone */
  MQ_COLUMN_DURATION, /* double seconds */
  MQ_COLUMN_BOOLEAN,  /* gint64 0 or 1 */
  MQ_COLUMN_TEXT,     /* text from data: shown as it is, but for words of the program among it: mq_table_builder_set_word() */
  MQ_COLUMN_TERM,     /* text of the program's own (segment, state, reason): machine output has it as it is, people see _(text) */
} MqColumnType;

/* Missing: G_MININT64, NaN, NULL or MQ_CODE_MISSING; null in JSON, empty in CSV, a dash on screen. */
#define MQ_CODE_MISSING G_MAXUINT32

typedef struct _MqTable        MqTable;
typedef struct _MqTableBuilder MqTableBuilder;

/* `name` is the contract's name ("segments"). currency: ISO code for MONEY columns or NULL; zone: IANA name for TIME or NULL. */
MqTableBuilder *mq_table_builder_new (const char *name, const char *currency, const char *zone);
void            mq_table_builder_free (MqTableBuilder *self);
/* id: the contract's column name; title: N_() text for people. Returns the column's index. Columns first, then rows. */
guint mq_table_builder_add_column (MqTableBuilder *self, const char *id, const char *title, MqColumnType type);

/* How people read the texts of a column, where they are not themselves nor terms. (transfer full), translated. */
typedef char *(*MqTableWords) (const char *text);
void mq_table_builder_set_words (MqTableBuilder *self, guint column, MqTableWords words);

/* Row by row: append a row (all cells missing), then set its cells. */
void mq_table_builder_append (MqTableBuilder *self);
void mq_table_builder_set_integer (MqTableBuilder *self, guint column, gint64 value); /* INTEGER MONEY DAY TIME BOOLEAN */
void mq_table_builder_set_double (MqTableBuilder *self, guint column, double value);  /* DOUBLE SHARE DURATION */
void mq_table_builder_set_text (MqTableBuilder *self, guint column, const char *value /* (nullable) */);
/* In a TEXT column: a word of the program's own among texts from data ("Other", "(none)"): people see _(text), and it is not taken
 * for a text of data that is spelled the same. */
void mq_table_builder_set_word (MqTableBuilder *self, guint column, const char *word);

/* Or a whole column at once (transfer full, g_free); all columns must be given n values then. */
void mq_table_builder_take_integers (MqTableBuilder *self, guint column, gint64 *values, gsize n);
void mq_table_builder_take_doubles (MqTableBuilder *self, guint column, double *values, gsize n);
/* codes[i] indexes strings (borrowed: a reference is taken); codes NULL means row i is strings[i]. */
void mq_table_builder_take_codes (MqTableBuilder *self, guint column, guint32 *codes, MqStrings *strings, gsize n);

MqTable *mq_table_builder_finish (MqTableBuilder *self); /* (transfer full); frees the builder */

/* The first n rows (all, if there are fewer). (transfer full) */
MqTable *mq_table_head (const MqTable *self, gsize n);

MqTable     *mq_table_ref (MqTable *self);
void         mq_table_unref (MqTable *self);
const char  *mq_table_name (const MqTable *self);
const char  *mq_table_currency (const MqTable *self); /* (nullable) */
const char  *mq_table_zone (const MqTable *self);     /* (nullable) */
gsize        mq_table_n_rows (const MqTable *self);
guint        mq_table_n_columns (const MqTable *self);
const char  *mq_table_column_id (const MqTable *self, guint column);
const char  *mq_table_column_title (const MqTable *self, guint column); /* untranslated */
MqColumnType mq_table_column_type (const MqTable *self, guint column);
gint         mq_table_find_column (const MqTable *self, const char *id); /* or -1 */
MqTableWords mq_table_column_words (const MqTable *self, guint column);  /* (nullable) */

gboolean    mq_table_is_missing (const MqTable *self, gsize row, guint column);
gint64      mq_table_integer (const MqTable *self, gsize row, guint column);
double      mq_table_number (const MqTable *self, gsize row, guint column);  /* any numeric type as a double (money in major units); NaN if missing */
const char *mq_table_text (const MqTable *self, gsize row, guint column);    /* (nullable) */
gboolean    mq_table_is_word (const MqTable *self, gsize row, guint column); /* people see it translated: terms, and words among texts */

/* Machine form of a cell as CSV has it: C locale, "" if missing. Appends to `out`. */
void mq_table_write_cell (const MqTable *self, gsize row, guint column, GString *out);

/* RFC 4180 with a header of column ids, LF line ends. for_spreadsheet: text that a spreadsheet would execute (= + - @
 * TAB CR at the start) gets a leading quote. */
void mq_table_write_csv (const MqTable *self, gboolean for_spreadsheet, GString *out);
/* The JSON array of objects of the contract. */
void mq_table_write_json (const MqTable *self, GString *out);

/* (transfer full) These rows in this order, the same columns. */
MqTable *mq_table_subset (const MqTable *self, const guint32 *rows, gsize n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqTable, mq_table_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqTableBuilder, mq_table_builder_free)

G_END_DECLS
