/* row-reader.c: the loop over rows. What can reject a row is read first (times, numbers, what is required), then texts and
 * keys, so that the dictionaries never hold a value of a rejected row. */

#include "config.h"

#include "import/row-reader.h"

#include "base/checksum.h"
#include "base/money.h"
#include "base/strings.h"
#include "import/import-error.h"
#include "import/reject-reasons.h"
#include "project/record-key.h"

#include <string.h>

#define MAX_REJECT_TEXT 65536
#define FIRST_ROOM 1024
#define DAY_CACHE 1024
#define LOOK_BLANK 1                      /* a blank, or part of a wide character, which may be one */
#define LOOK_TOKEN 2                      /* begins a token for "missing" */
#define LOOK_QUOTE 4                      /* begins a guarded formula */
#define LOOK_ANY 8                        /* every byte: in a column with guards */
#define LOOK_ENDS (LOOK_BLANK | LOOK_ANY) /* what matters in a last byte */

/* Where the row being read stands, for rejects. */
typedef struct
{
  const MqCsvCell *cells;
  guint            n_cells;
  const char      *record;
  gsize            length;
  gint64           line;
} Row;

/* A date as it is written and where its day begins; only days of 24 hours. */
typedef struct
{
  char   date[10];
  gint64 start;
} CachedDay;

struct _MqRowReader
{
  const MqRowPlan *plan; /* (borrowed) */
  guint            index;
  MqSource       **sources; /* (borrowed) by column */
  guint            n_targets;
  gint64         **values; /* (owned) scratch, one column a target */
  guint            room;   /* rows */
  guint            n_rows;
  MqDictionary   **dictionaries; /* (owned) one a text target, else NULL */
  MqText         **texts;        /* (owned) scratch, one column a text target: coded when the block is read */
  guint32         *codes;        /* (owned) scratch */
  gint64          *wide;         /* (owned) scratch */
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

  CachedDay *days; /* (owned) DAY_CACHE of them, by hash of the date */

  char currency[8]; /* the last row's, and its digits */
  int  digits;

  MqCsvCell *carried_cells; /* (owned) a row with what was carried down, MQ_MAX_COLUMNS cells */
  GString  **carried;       /* (owned) one a carried column: the order's last cell */
  GString   *order;         /* (owned) */
};

typedef enum
{
  CELL_MISSING,
  CELL_VALUE
} CellState;

static void
grow_scratch (MqRowReader *self)
{
  self->room = MAX (FIRST_ROOM, 2 * self->room);
  for (guint i = 0; i < self->n_targets; i++)
    if (self->dictionaries[i] != NULL)
      self->texts[i] = g_renew (MqText, self->texts[i], self->room);
    else
      self->values[i] = g_renew (gint64, self->values[i], self->room);
  self->codes = g_renew (guint32, self->codes, self->room);
  self->wide = g_renew (gint64, self->wide, self->room);
}

static gboolean
reject (MqRowReader *self, const Row *row, guint cell, const char *reason, GError **error)
{
  MqReject *item;
  gint64    line = row->line;
  gint64    column;

  mq_csv_cell_position (&self->plan->dialect, row->record, row->length, cell, &line, &column);
  if (self->plan->stop_on_bad_row)
    {
      mq_import_error_at (error, MQ_IMPORT_ERROR_BAD_ROW, line, column, "%s", mq_reject_sentence (reason));
      return FALSE;
    }
  item = g_new0 (MqReject, 1);
  item->line = line;
  item->column = column;
  item->reason = g_strdup (reason);
  item->text = g_strndup (row->record, MIN (row->length, MAX_REJECT_TEXT));
  if (row->length > MAX_REJECT_TEXT)
    {
      g_autofree char *cut = g_steal_pointer (&item->text);

      item->text = g_utf8_make_valid (cut, -1);
    }
  self->counts.reject_bytes += row->length + sizeof *item;
  if (self->rejects == NULL)
    self->rejects = g_ptr_array_new_with_free_func ((GDestroyNotify) mq_reject_free);
  g_ptr_array_add (self->rejects, item);
  return TRUE;
}

/* The cell without blanks and guard; tokens as the column's rule says. What most cells are is settled here. */
static inline CellState
get_cell (MqRowReader *self, const Row *row, guint column, MqUseNotes *notes, const char **text, gsize *length)
{
  int token;

  if (G_LIKELY (column < row->n_cells))
    {
      const MqCsvCell *cell = &row->cells[column];
      guint8           stops = self->stops[column];

      if (cell->length == 0)
        return CELL_MISSING;
      if (cell->quoted)
        stops &= ~LOOK_TOKEN;
      if (!(self->looks[(guint8) cell->text[0]] & stops) && !(self->looks[(guint8) cell->text[cell->length - 1]] & stops & LOOK_ENDS))
        {
          *text = cell->text;
          *length = cell->length;
          notes->filled++;
          return CELL_VALUE;
        }
    }
  if (mq_cell_read (self->plan->mapping, &self->plan->inference->tokens, row->cells, row->n_cells, column, text, length, &token))
    {
      notes->filled++;
      return CELL_VALUE;
    }
  if (token >= 0)
    {
      notes->filled++;
      notes->tokens[token]++;
    }
  return CELL_MISSING;
}

static inline int
read_pair (const char *text)
{
  guint tens = (guint8) text[0] - '0';
  guint ones = (guint8) text[1] - '0';

  return tens <= 9 && ones <= 9 ? (int) (tens * 10 + ones) : G_MAXINT;
}

/* Is it "YYYY-MM-DD HH:MM:SS"? Then *seconds of the day; the date itself is not looked at. */
static inline gboolean
is_plain_time (const char *text, gsize length, gint64 *seconds)
{
  int hour, minute, second;

  if (length != 19 || (text[10] != ' ' && text[10] != 'T') || text[13] != ':' || text[16] != ':')
    return FALSE;
  hour = read_pair (text + 11);
  minute = read_pair (text + 14);
  second = read_pair (text + 17);
  *seconds = (gint64) (hour % 24) * 3600 + minute % 60 * 60 + second % 60;
  return hour < 24 && minute < 60 && second < 60;
}

static inline CachedDay *
find_day (MqRowReader *self, const char *text)
{
  guint64 eight;
  guint16 two;

  memcpy (&eight, text, sizeof eight);
  memcpy (&two, text + sizeof eight, sizeof two);
  return &self->days[((eight ^ (guint64) two << 40) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) >> 54];
}

static void
remember_day (const MqZone *zone, CachedDay *cached, const char *text, gint64 instant, gint64 seconds)
{
  gint32 day = mq_zone_day (zone, instant, NULL);
  gint64 start = mq_zone_day_start (zone, day);

  if (instant != start + seconds * MQ_SECOND || mq_zone_day_start (zone, day + 1) - start != MQ_DAY_MICROSECONDS)
    return;
  memcpy (cached->date, text, sizeof cached->date);
  cached->start = start;
}

/* Most files write a few thousand dates a million times: what is known of a date is its first instant. */
static gboolean
parse_time (MqRowReader *self, const MqSource *source, const char *text, gsize length, gint64 *instant, MqPrecision *precision)
{
  const MqZone *zone = self->plan->inference->zone;
  gint64        seconds;
  CachedDay    *cached;

  if (source->format.order != MQ_DATE_YMD || !is_plain_time (text, length, &seconds))
    return mq_date_format_parse (&source->format, text, length, zone, instant, precision);
  cached = find_day (self, text);
  if (memcmp (cached->date, text, sizeof cached->date) == 0)
    {
      *instant = cached->start + seconds * MQ_SECOND;
      *precision = MQ_PRECISION_SECOND;
      return TRUE;
    }
  if (!mq_date_format_parse (&source->format, text, length, zone, instant, precision))
    return FALSE;
  if (*precision == MQ_PRECISION_SECOND)
    remember_day (zone, cached, text, *instant, seconds);
  return TRUE;
}

static gboolean
read_time (MqRowReader *self, const Row *row, const MqRowOp *op, gint64 *instant, MqPrecision *precision)
{
  const MqSource *source = self->sources[op->use->column];
  const char     *text;
  gsize           length;

  *instant = MQ_TIME_MISSING;
  *precision = MQ_PRECISION_SECOND;
  if (get_cell (self, row, op->use->column, &self->notes[op->index], &text, &length) == CELL_MISSING)
    return TRUE;
  return parse_time (self, source, text, length, instant, precision);
}

static void
put (MqRowReader *self, int target, gint64 value)
{
  if (target >= 0)
    self->values[target][self->n_rows] = value;
}

/* The first of time, paid_time, created_time that has a value is an order's time. */
static const char *
put_effective (MqRowReader *self, const gint64 *instants, const MqPrecision *precisions)
{
  const MqRowPlan *plan = self->plan;

  put (self, plan->time_target, MQ_VALUE_MISSING);
  for (guint i = 0; i < MQ_MAX_FALLBACKS && plan->effective[i] >= 0; i++)
    {
      gint64 instant = instants[plan->effective[i]];

      if (instant == MQ_TIME_MISSING)
        continue;
      put (self, plan->time_target, instant);
      put (self, plan->time_exact, precisions[plan->effective[i]]);
      return NULL;
    }
  return "no time";
}

static const char *
read_times (MqRowReader *self, const Row *row, guint *cell)
{
  const MqRowPlan *plan = self->plan;
  gint64           instants[16];
  MqPrecision      precisions[16];

  for (guint i = 0; i < plan->times->len && i < G_N_ELEMENTS (instants); i++)
    {
      const MqRowOp *op = &g_array_index (plan->times, MqRowOp, i);

      *cell = op->use->column;
      if (!read_time (self, row, op, &instants[i], &precisions[i]))
        return op->use->role == MQ_USE_DAY ? "not a date" : "not a time";
      if (instants[i] == MQ_TIME_MISSING && op->required != NULL && op->target >= 0)
        return op->required;
      if (instants[i] != MQ_TIME_MISSING && op->use->role == MQ_USE_DAY)
        put (self, op->target, mq_zone_day (plan->inference->zone, instants[i], NULL));
      else
        put (self, op->target, instants[i]);
      put (self, op->exact, precisions[i]);
    }
  if (plan->mapping->kind != MQ_KIND_ORDERS)
    return NULL;
  if (plan->effective[0] >= 0)
    *cell = g_array_index (plan->times, MqRowOp, plan->effective[0]).use->column;
  return put_effective (self, instants, precisions);
}

/* RMB and 人民币 are what people write for CNY. */
static void
set_currency (MqRowReader *self, const char *text, gsize length)
{
  char code[8] = "";

  if (length == 3)
    for (guint i = 0; i < 3; i++)
      code[i] = g_ascii_toupper (text[i]);
  if (strcmp (code, "RMB") == 0 || (length == 9 && memcmp (text, "人民币", 9) == 0))
    strcpy (code, "CNY");
  strcpy (self->currency, code);
  self->digits = mq_currency_digits (code);
  if (self->digits < 0)
    self->digits = self->plan->digits;
}

static void
read_currency (MqRowReader *self, const Row *row)
{
  const char *text;
  gsize       length;

  self->digits = self->plan->digits;
  self->currency[0] = '\0';
  if (self->plan->currency_column >= 0 && get_cell (self, row, self->plan->currency_column, &self->ignored, &text, &length) == CELL_VALUE)
    {
      set_currency (self, text, length);
      self->counts.strange_currencies += self->currency[0] == '\0' || mq_currency_digits (self->currency) < 0;
    }
}

static MqNumberStatus
parse_number (const MqSource *source, const char *text, gsize length, MqDecimal *value)
{
  if (source->style.decimal == '.' && mq_decimal_parse_plain (text, length, value))
    return MQ_NUMBER_OK;
  return mq_decimal_parse (text, length, source->style, value);
}

static const char *
read_money (MqRowReader *self, const Row *row, const MqRowOp *op, guint *cell)
{
  MqDecimal values[2];
  guint     columns[2] = { op->use->column, op->use->factor >= 0 ? (guint) op->use->factor : 0 };
  gint64    minor;

  put (self, op->target, MQ_VALUE_MISSING);
  for (guint i = 0; i < (op->use->factor >= 0 ? 2 : 1); i++)
    {
      const char    *text;
      gsize          length;
      MqNumberStatus status;

      *cell = columns[i];
      if (get_cell (self, row, columns[i], i == 0 ? &self->notes[op->index] : &self->ignored, &text, &length) == CELL_MISSING)
        return op->required;
      status = parse_number (self->sources[columns[i]], text, length, &values[i]);
      if (status == MQ_NUMBER_NOT || status == MQ_NUMBER_TOO_LONG)
        return status == MQ_NUMBER_TOO_LONG ? "amount out of range" : "not an amount";
    }
  if (!(op->use->factor >= 0 ? mq_money_multiply (values[0], values[1], self->digits, &minor) : mq_money_from_decimal (values[0], self->digits, &minor)))
    return "amount out of range";
  put (self, op->target, minor);
  return NULL;
}

/* A property that is no number is no error: the column was misjudged, and the file is read again. */
static const char *
read_numeric_property (MqRowReader *self, const MqRowOp *op, const char *text, gsize length)
{
  MqUseNotes *notes = &self->notes[op->index];
  MqDecimal   value;
  gint64      number;
  int         digits, scale;

  if (mq_value_canonical (text, length, &digits, &scale) == MQ_CANONICAL_NOT || !mq_decimal_parse_plain (text, length, &value))
    notes->needs_text = TRUE;
  else if (scale > op->use->scale)
    notes->needs_scale = MAX (notes->needs_scale, scale);
  else if (digits + op->use->scale > MQ_MAX_DIGITS || !mq_decimal_rescale (value, op->use->scale, &number))
    notes->needs_text = TRUE;
  else
    put (self, op->target, number);
  return NULL;
}

static const char *
read_number (MqRowReader *self, const Row *row, const MqRowOp *op, guint *cell)
{
  MqUseNotes *notes = &self->notes[op->index];
  const char *text;
  gsize       length;
  MqDecimal   value;
  gint64      number;

  *cell = op->use->column;
  put (self, op->target, MQ_VALUE_MISSING);
  if (get_cell (self, row, op->use->column, notes, &text, &length) == CELL_MISSING)
    return op->required;
  if (op->use->role == MQ_USE_PROPERTY)
    return read_numeric_property (self, op, text, length);
  if (parse_number (self->sources[op->use->column], text, length, &value) != MQ_NUMBER_OK)
    return "not a number";
  if (mq_decimal_rescale (value, op->use->scale, &number))
    put (self, op->target, number);
  else if (value.scale > op->use->scale)
    notes->needs_scale = MAX (notes->needs_scale, value.scale);
  else
    return "number out of range";
  return NULL;
}

static const char *
read_numbers (MqRowReader *self, const Row *row, guint *cell)
{
  for (guint i = 0; i < self->plan->numbers->len; i++)
    {
      const MqRowOp *op = &g_array_index (self->plan->numbers, MqRowOp, i);
      const char    *reason = op->use->role == MQ_USE_MONEY ? read_money (self, row, op, cell) : read_number (self, row, op, cell);

      if (reason != NULL)
        return reason;
    }
  return NULL;
}

static const char *
check_texts (MqRowReader *self, const Row *row, guint *cell)
{
  const char *text;
  gsize       length;

  for (guint i = 0; i < self->plan->texts->len; i++)
    {
      const MqRowOp *op = &g_array_index (self->plan->texts, MqRowOp, i);

      if (op->required == NULL || get_cell (self, row, op->use->column, &self->ignored, &text, &length) == CELL_VALUE)
        continue;
      *cell = op->use->column;
      return op->required;
    }
  return NULL;
}

static gboolean
is_in_block (const MqRowReader *self, const char *text)
{
  return (guintptr) text - (guintptr) self->block < self->block_length;
}

static void
put_slice (MqRowReader *self, int target, const char *text, gsize length)
{
  if (length == 0)
    text = "";
  else if (!is_in_block (self, text))
    text = g_string_chunk_insert_len (self->copies, text, length);
  self->texts[target][self->n_rows] = (MqText){ text, length };
}

static void
put_text (MqRowReader *self, const Row *row, const MqRowOp *op)
{
  const char *text;
  gsize       length;

  self->texts[op->target][self->n_rows].text = NULL;
  if (get_cell (self, row, op->use->column, &self->notes[op->index], &text, &length) == CELL_MISSING)
    return;
  if ((int) op->use->column == self->plan->currency_column && op->use->role == MQ_USE_TEXT && self->currency[0] != '\0')
    {
      text = self->currency;
      length = strlen (self->currency);
    }
  if (self->sources[op->use->column]->tokens == MQ_TOKENS_WHILE_QUOTED && !row->cells[op->use->column].quoted)
    self->notes[op->index].breaks_tokens = TRUE;
  put_slice (self, op->target, text, length);
}

static void
put_status (MqRowReader *self)
{
  const MqRowPlan *plan = self->plan;
  const MqRowOp   *paid;
  const char      *text;

  if (plan->status_target < 0)
    return;
  paid = &g_array_index (plan->times, MqRowOp, plan->paid);
  text = self->values[paid->target][self->n_rows] != MQ_VALUE_MISSING ? "paid" : "unpaid";
  self->texts[plan->status_target][self->n_rows] = (MqText){ text, strlen (text) };
}

/* A customers row without a key: the hash of its cells, under their headers, stands for one. */
static void
set_contact (MqRowReader *self, const Row *row)
{
  GString  *content = self->scratch;
  MqHash128 hash;

  g_string_truncate (content, 0);
  for (guint i = 0; i < row->n_cells && i < self->plan->mapping->sources->len; i++)
    if (row->cells[i].length > 0)
      {
        const char *text = row->cells[i].text;
        gsize       length = row->cells[i].length;

        mq_guard_strip_formula (&text, &length);
        g_string_append (content, mq_mapping_source (self->plan->mapping, i)->header);
        g_string_append_c (content, '\x1f');
        g_string_append_len (content, text, length);
        g_string_append_c (content, '\x1e');
      }
  hash = mq_hash128 (content->str, content->len);
  g_string_printf (self->key, "%c%016" G_GINT64_MODIFIER "x%016" G_GINT64_MODIFIER "x", MQ_RAW_CONTACT, hash.high, hash.low);
  self->counts.contacts++;
}

static gboolean
makes_key (MqRowReader *self, const MqRowOp *op, const char *text, gsize length)
{
  g_string_truncate (self->scratch, 0);
  return mq_record_key_append (self->scratch, op->use->name + strlen ("key."), text, length);
}

/* Of one key column the cell itself stands for the keys, of several all cells joined. */
static gboolean
join_keys (MqRowReader *self, const Row *row, gboolean customers)
{
  const GArray *keys = self->plan->keys;
  gboolean      found = FALSE;
  const char   *text;
  gsize         length;

  g_string_truncate (self->key, 0);
  for (guint i = 0; i < keys->len; i++)
    {
      const MqRowOp *op = &g_array_index (keys, MqRowOp, i);

      if (i > 0)
        g_string_append_c (self->key, MQ_RAW_SEPARATOR);
      if (get_cell (self, row, op->use->column, &self->notes[op->index], &text, &length) == CELL_MISSING || (customers && !makes_key (self, op, text, length)))
        continue;
      found = TRUE;
      if (keys->len == 1 || memchr (text, MQ_RAW_SEPARATOR, length) == NULL)
        g_string_append_len (self->key, text, length);
    }
  if (!found)
    g_string_truncate (self->key, 0);
  return found;
}

static void
put_key (MqRowReader *self, const Row *row)
{
  const GArray *keys = self->plan->keys;
  gboolean      customers = self->plan->mapping->kind == MQ_KIND_CUSTOMERS;
  const char   *text = "";
  gsize         length = 0;

  if (keys->len == 1 && !customers)
    {
      const MqRowOp *op = &g_array_index (keys, MqRowOp, 0);

      if (get_cell (self, row, op->use->column, &self->notes[op->index], &text, &length) == CELL_MISSING)
        length = 0;
      put_slice (self, MQ_TARGET_KEY, text, length);
      return;
    }
  if (!join_keys (self, row, customers) && customers)
    set_contact (self, row);
  put_slice (self, MQ_TARGET_KEY, self->key->str, self->key->len);
}

static const char *
check_cells (MqRowReader *self, const Row *row, guint *cell)
{
  guint n_columns = self->plan->mapping->sources->len;

  for (guint i = 0; i < row->n_cells; i++)
    {
      if (G_LIKELY (i < n_columns && !row->cells[i].nul && !row->cells[i].odd && !(row->cells[i].length > 1 && row->cells[i].text[0] == '\'')))
        continue;
      *cell = i;
      if (row->cells[i].nul)
        return "text with NUL";
      if (i >= n_columns && row->cells[i].length > 0)
        return "too many cells";
      if (row->cells[i].length > 1 && row->cells[i].text[0] == '\'' && i < n_columns && self->sources[i]->guard == MQ_GUARD_NONE)
        self->counts.formulas += mq_text_count_guards (row->cells[i].text, row->cells[i].length) > 0;
      if (row->cells[i].odd)
        {
          self->counts.odd_cells++;
          self->counts.first_odd = MIN (self->counts.first_odd, row->line);
        }
    }
  if (row->n_cells < n_columns)
    {
      self->counts.short_rows++;
      self->counts.first_short = MIN (self->counts.first_short, row->line);
    }
  return NULL;
}

static gboolean
is_same_order (MqRowReader *self, const Row *row)
{
  const char *text;
  gsize       length;

  if (get_cell (self, row, self->plan->order_column, &self->ignored, &text, &length) == CELL_MISSING)
    {
      g_string_truncate (self->order, 0);
      return FALSE;
    }
  if (self->order->len == length && memcmp (self->order->str, text, length) == 0)
    return TRUE;
  g_string_truncate (self->order, 0);
  g_string_append_len (self->order, text, length);
  return FALSE;
}

/* Puts the order's cells where a later line of it has none; remembers those of this line. */
static void
carry_down (MqRowReader *self, Row *row)
{
  const GArray *columns = self->plan->carried;
  gboolean      same = is_same_order (self, row);

  memcpy (self->carried_cells, row->cells, row->n_cells * sizeof (MqCsvCell));
  for (; row->n_cells < self->plan->mapping->sources->len; row->n_cells++)
    self->carried_cells[row->n_cells] = (MqCsvCell){ "", 0, FALSE, FALSE, FALSE };
  row->cells = self->carried_cells;
  for (guint i = 0; i < columns->len; i++)
    {
      guint       column = g_array_index (columns, guint, i);
      const char *text;
      gsize       length;

      if (get_cell (self, row, column, &self->ignored, &text, &length) == CELL_VALUE)
        {
          g_string_truncate (self->carried[i], 0);
          g_string_append_len (self->carried[i], text, length);
        }
      else if (!same)
        g_string_truncate (self->carried[i], 0);
      else if (column < row->n_cells && self->carried[i]->len > 0)
        self->carried_cells[column] = (MqCsvCell){ self->carried[i]->str, self->carried[i]->len, TRUE, FALSE, FALSE };
    }
}

static gboolean
read_record_cb (const MqCsvCell *cells, guint n_cells, const char *record, gsize record_length, gint64 line, gpointer data, GError **error)
{
  MqRowReader *self = data;
  Row          row = { cells, n_cells, record, record_length, line };
  const char  *reason;
  guint        cell = 0;

  if (line <= self->plan->header_line)
    return TRUE;
  if (self->n_rows == self->room)
    grow_scratch (self);
  self->counts.rows++;
  reason = check_cells (self, &row, &cell);
  if (reason == NULL && self->plan->carry)
    carry_down (self, &row);
  if (reason == NULL)
    reason = read_times (self, &row, &cell);
  if (reason == NULL)
    {
      read_currency (self, &row);
      reason = read_numbers (self, &row, &cell);
    }
  if (reason == NULL)
    reason = check_texts (self, &row, &cell);
  if (reason != NULL)
    return reject (self, &row, cell, reason, error);
  for (guint i = 0; i < self->plan->texts->len; i++)
    put_text (self, &row, &g_array_index (self->plan->texts, MqRowOp, i));
  put_status (self);
  put_key (self, &row);
  put (self, MQ_TARGET_LINE, line);
  if (self->plan->time_target >= 0 && self->values[self->plan->time_target][self->n_rows] > self->plan->now)
    self->counts.future_rows++;
  self->n_rows++;
  return TRUE;
}

/* A value that is no number, date or identifier ends the rule by which tokens of its column are missing. */
static void
note_new_texts (MqRowReader *self, guint target, guint known)
{
  const MqDictionary *dictionary = self->dictionaries[target];

  for (guint i = 0; i < self->plan->texts->len; i++)
    {
      const MqRowOp *op = &g_array_index (self->plan->texts, MqRowOp, i);

      if (op->target != (int) target || self->sources[op->use->column]->tokens != MQ_TOKENS_WHILE_PLAIN)
        continue;
      for (guint code = known; code < mq_dictionary_length (dictionary) && !self->notes[op->index].breaks_tokens; code++)
        {
          gsize       length;
          const char *text = mq_dictionary_get (dictionary, code, &length);

          self->notes[op->index].breaks_tokens = !mq_value_is_plain (text, length, self->plan->inference->zone);
        }
    }
}

static const gint64 *
code_texts (MqRowReader *self, guint target)
{
  guint known = mq_dictionary_length (self->dictionaries[target]);

  mq_dictionary_add_all (self->dictionaries[target], self->texts[target], self->n_rows, self->codes);
  for (guint i = 0; i < self->n_rows; i++)
    self->wide[i] = self->codes[i] == MQ_TEXT_NONE ? MQ_VALUE_MISSING : (gint64) self->codes[i];
  note_new_texts (self, target, known);
  return self->wide;
}

static MqStagedBlock *
pack_rows (MqRowReader *self)
{
  MqStagedBlock *block = mq_staged_block_new (self->index, self->n_rows, self->n_targets);

  for (guint i = 0; i < self->n_targets; i++)
    {
      const MqTarget *target = g_ptr_array_index (self->plan->targets, i);
      const gint64   *values = self->dictionaries[i] != NULL ? code_texts (self, i) : self->values[i];

      mq_packed_init (&block->columns[i], values, self->n_rows, target->type == MQ_VALUE_TIME);
    }
  return block;
}

static void
init_looks (MqRowReader *self)
{
  const MqTokenList *tokens = &self->plan->inference->tokens;

  for (guint i = 0; i < G_N_ELEMENTS (self->looks); i++)
    self->looks[i] = LOOK_ANY | (i <= ' ' || i >= 0x80 ? LOOK_BLANK : 0) | (tokens->first[i] ? LOOK_TOKEN : 0) | (i == '\'' ? LOOK_QUOTE : 0);
  self->stops = g_new0 (guint8, MQ_MAX_COLUMNS);
  for (guint i = 0; i < self->plan->mapping->sources->len; i++)
    if (self->sources[i]->guard != MQ_GUARD_NONE)
      self->stops[i] = LOOK_ANY;
    else
      self->stops[i] = LOOK_BLANK | LOOK_QUOTE | (self->sources[i]->tokens == MQ_TOKENS_KEEP ? 0 : LOOK_TOKEN);
}

static void
init_carried (MqRowReader *self)
{
  guint n = self->plan->carried->len;

  self->carried_cells = g_new0 (MqCsvCell, MQ_MAX_COLUMNS);
  self->carried = g_new0 (GString *, n + 1);
  for (guint i = 0; i < n; i++)
    self->carried[i] = g_string_new (NULL);
}

MqRowReader *
mq_row_reader_new (const MqRowPlan *plan, guint index)
{
  MqRowReader *self = g_new0 (MqRowReader, 1);

  self->plan = plan;
  self->index = index;
  self->n_targets = plan->targets->len;
  self->values = g_new0 (gint64 *, self->n_targets);
  self->dictionaries = g_new0 (MqDictionary *, self->n_targets);
  self->texts = g_new0 (MqText *, self->n_targets);
  self->copies = g_string_chunk_new (4096);
  self->days = g_new0 (CachedDay, DAY_CACHE);
  self->sources = (MqSource **) plan->mapping->sources->pdata;
  self->key = g_string_new (NULL);
  self->scratch = g_string_new (NULL);
  self->order = g_string_new (NULL);
  self->notes = g_new0 (MqUseNotes, plan->mapping->uses->len + 1);
  self->counts.first_short = self->counts.first_odd = G_MAXINT64;
  init_looks (self);
  init_carried (self);
  mq_row_reader_reset_dictionaries (self);
  return self;
}

void
mq_row_reader_free (MqRowReader *self)
{
  for (guint i = 0; i < self->n_targets; i++)
    {
      g_free (self->values[i]);
      g_free (self->texts[i]);
      g_clear_pointer (&self->dictionaries[i], mq_dictionary_free);
    }
  for (guint i = 0; i < self->plan->carried->len; i++)
    g_string_free (self->carried[i], TRUE);
  g_free (self->carried);
  g_free (self->carried_cells);
  g_free (self->values);
  g_free (self->dictionaries);
  g_free (self->texts);
  g_free (self->codes);
  g_free (self->wide);
  g_string_chunk_free (self->copies);
  g_free (self->days);
  g_clear_pointer (&self->rejects, g_ptr_array_unref);
  g_string_free (self->key, TRUE);
  g_string_free (self->scratch, TRUE);
  g_string_free (self->order, TRUE);
  g_free (self->notes);
  g_free (self->stops);
  g_free (self);
}

gboolean
mq_row_reader_read (MqRowReader *self, GBytes *block, gint64 first_line, MqStagedBlock **staged, GPtrArray **rejects, GError **error)
{
  gsize       length;
  const char *text = g_bytes_get_data (block, &length);
  gboolean    ok;

  *staged = NULL;
  *rejects = NULL;
  self->n_rows = 0;
  self->block = text;
  self->block_length = length;
  ok = mq_csv_parse (&self->plan->dialect, text, length, first_line, MQ_MAX_COLUMNS, read_record_cb, self, error);
  if (ok && self->n_rows > 0)
    *staged = pack_rows (self);
  g_string_chunk_clear (self->copies);
  *rejects = g_steal_pointer (&self->rejects);
  return ok;
}

MqDictionary *
mq_row_reader_dictionary (MqRowReader *self, guint target)
{
  return self->dictionaries[target];
}

void
mq_row_reader_reset_dictionaries (MqRowReader *self)
{
  for (guint i = 0; i < self->n_targets; i++)
    {
      const MqTarget *target = g_ptr_array_index (self->plan->targets, i);

      g_clear_pointer (&self->dictionaries[i], mq_dictionary_free);
      if (target->type == MQ_VALUE_TEXT)
        self->dictionaries[i] = mq_dictionary_new ();
    }
}

gsize
mq_row_reader_bytes (MqRowReader *self)
{
  gsize bytes = 0;

  for (guint i = 0; i < self->n_targets; i++)
    if (self->dictionaries[i] != NULL)
      bytes += mq_dictionary_bytes (self->dictionaries[i]);
  return bytes;
}

const MqUseNotes *
mq_row_reader_notes (MqRowReader *self)
{
  return self->notes;
}

const MqRowCounts *
mq_row_reader_counts (MqRowReader *self)
{
  return &self->counts;
}
