/* csv-parser.c: records and cells of a block. One state machine over the bytes that mean something, which csv-scan finds. */

#include "config.h"
#include "import/csv-parser.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "import/csv-scan.h"
#include "import/import-error.h"
#include "import/record-pack.h"

typedef enum
{
  STATE_PLAIN,  /* in a cell without quotes, or before its first byte */
  STATE_QUOTED, /* between quotes */
  STATE_CLOSED, /* behind the closing quote */
} State;

typedef struct
{
  /* what is asked */
  const char  *block;
  gsize        length;
  const char  *delimiter;
  gsize        delimiter_length; /* 0: runs of blanks */
  gboolean     quotes;
  gboolean     blanks_before_quote;
  gboolean     has_nul;
  guint        max_cells;
  MqCsvHandler handler;
  gpointer     data;
  GError     **error;

  /* where it is: offsets in the block */
  State    state;
  gsize    skip; /* bytes before this one are dealt with */
  gsize    record;
  gsize    cell;
  gsize    open;
  gsize    close;
  gboolean odd;
  gboolean escaped; /* the quoted cell has doubled quotes */
  gint64   line;
  gint64   record_line;

  MqCsvCell *cells; /* (owned) */
  guint      n_cells;
  guint      capacity;
  char      *scratch; /* (owned) (nullable) length bytes: unescaped text is never longer than what it came from */
  gsize      scratch_used;
  gboolean   full;   /* stopped at the cell after max_cells, which begins at `cell` */
  gboolean   memory; /* stopped for want of memory */
} Parser;

static inline gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

static gboolean
is_all_blank (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!is_blank (text[i]))
      return FALSE;
  return TRUE;
}

static gboolean
grow_cells (Parser *self)
{
  gsize      capacity = MIN (self->capacity == 0 ? 64 : (gsize) self->capacity * 2, self->max_cells);
  MqCsvCell *cells;

  if (self->n_cells >= self->max_cells)
    {
      self->full = TRUE;
      return FALSE;
    }
  cells = g_try_renew (MqCsvCell, self->cells, capacity);
  if (cells == NULL)
    {
      self->memory = TRUE;
      return FALSE;
    }
  self->cells = cells;
  self->capacity = capacity;
  return TRUE;
}

/* Writes what stands between the quotes, then what stands behind them, to the scratch. */
static gboolean
unescape_cell (Parser *self, MqCsvCell *cell, gsize tail_end)
{
  char *out;

  if (self->scratch == NULL)
    self->scratch = g_try_malloc (self->length);
  if (self->scratch == NULL)
    {
      self->memory = TRUE;
      return FALSE;
    }
  cell->text = out = self->scratch + self->scratch_used;
  for (gsize from = self->open + 1; from < self->close;)
    {
      const char *quote = memchr (self->block + from, '"', self->close - from);
      gsize       size = quote != NULL ? quote + 1 - (self->block + from) : self->close - from;

      memcpy (out, self->block + from, size);
      out += size;
      from += size + (quote != NULL);
    }
  memcpy (out, self->block + self->close + 1, tail_end - self->close - 1);
  out += tail_end - self->close - 1;
  cell->length = out - cell->text;
  self->scratch_used += cell->length;
  return TRUE;
}

static gboolean
fill_quoted_cell (Parser *self, MqCsvCell *cell, gsize end)
{
  gsize tail = self->close + 1;

  cell->quoted = TRUE;
  cell->odd = !is_all_blank (self->block + tail, end - tail);
  if (cell->odd || self->escaped)
    return unescape_cell (self, cell, cell->odd ? end : tail);
  cell->text = self->block + self->open + 1;
  cell->length = self->close - self->open - 1;
  return TRUE;
}

static inline gboolean
end_cell (Parser *self, gsize end)
{
  MqCsvCell *cell;

  if (G_UNLIKELY (self->n_cells == self->capacity) && !grow_cells (self))
    return FALSE;
  cell = &self->cells[self->n_cells++];
  *cell = (MqCsvCell){ .text = self->block + self->cell, .length = end - self->cell, .odd = self->odd };
  if (G_UNLIKELY (self->state == STATE_CLOSED) && !fill_quoted_cell (self, cell, end))
    return FALSE;
  self->state = STATE_PLAIN;
  self->odd = FALSE;
  return TRUE;
}

static void
mark_nul_cells (Parser *self)
{
  for (guint i = 0; i < self->n_cells; i++)
    self->cells[i].nul = self->cells[i].length > 0 && memchr (self->cells[i].text, '\0', self->cells[i].length) != NULL;
}

static inline gboolean
is_blank_line (const Parser *self)
{
  return self->n_cells == 0 ||
         (self->n_cells == 1 && !self->cells[0].quoted && is_all_blank (self->cells[0].text, self->cells[0].length));
}

/* In runs of blanks those at the line's end open no cell. */
static inline gboolean
end_record (Parser *self, gsize end)
{
  if ((self->delimiter_length > 0 || end > self->cell) && !end_cell (self, end))
    return FALSE;
  if (!is_blank_line (self))
    {
      if (G_UNLIKELY (self->has_nul))
        mark_nul_cells (self);
      if (!self->handler (self->cells, self->n_cells, self->block + self->record, end - self->record, self->record_line, self->data, self->error))
        return FALSE;
    }
  self->n_cells = 0;
  self->scratch_used = 0;
  return TRUE;
}

static inline gboolean
take_line_end (Parser *self, gsize at)
{
  gboolean pair = self->block[at] == '\r' && at + 1 < self->length && self->block[at + 1] == '\n';

  if (!end_record (self, at))
    return FALSE;
  self->skip = at + 1 + pair;
  self->record = self->cell = self->skip;
  self->record_line = ++self->line;
  return TRUE;
}

static inline gboolean
take_delimiter (Parser *self, gsize at)
{
  if (self->delimiter_length == 0)
    {
      if (at > self->cell && !end_cell (self, at))
        return FALSE;
      self->cell = at + 1;
      return TRUE;
    }
  if (self->delimiter_length > 1 &&
      (self->length - at < self->delimiter_length || memcmp (self->block + at, self->delimiter, self->delimiter_length) != 0))
    return TRUE;
  if (!end_cell (self, at))
    return FALSE;
  self->cell = at + self->delimiter_length;
  return TRUE;
}

static inline void
take_quote (Parser *self, gsize at)
{
  if (self->state == STATE_CLOSED || self->odd)
    return;
  if (at == self->cell || (self->blanks_before_quote && is_all_blank (self->block + self->cell, at - self->cell)))
    {
      self->state = STATE_QUOTED;
      self->open = at;
      self->escaped = FALSE;
    }
  else
    self->odd = TRUE;
}

static inline void
take_quoted (Parser *self, gsize at)
{
  char next = at + 1 < self->length ? self->block[at + 1] : '\0';

  switch (self->block[at])
    {
    case '"':
      if (next == '"')
        {
          self->escaped = TRUE;
          self->skip = at + 2;
        }
      else
        {
          self->state = STATE_CLOSED;
          self->close = at;
        }
      break;
    case '\n':
      self->line++;
      break;
    case '\r':
      self->line += next != '\n';
      break;
    default:
      break;
    }
}

static inline gboolean
take_byte (Parser *self, gsize at)
{
  char c = self->block[at];

  if (G_UNLIKELY (at < self->skip))
    return TRUE;
  if (self->state == STATE_QUOTED)
    {
      take_quoted (self, at);
      return TRUE;
    }
  if (c == '\n' || c == '\r')
    return take_line_end (self, at);
  if (c == '"' && self->quotes)
    {
      take_quote (self, at);
      return TRUE;
    }
  return take_delimiter (self, at);
}

static MqCsvNeedles
list_needles (const MqCsvDialect *dialect)
{
  MqCsvNeedles needles = { { '\n', '\r', '\n', '\n', '\n' } };

  if (dialect->quotes)
    needles.bytes[2] = '"';
  needles.bytes[3] = dialect->delimiter[0] != '\0' ? dialect->delimiter[0] : ' ';
  needles.bytes[4] = dialect->delimiter[0] != '\0' ? dialect->delimiter[0] : '\t';
  return needles;
}

/* FALSE if the handler stopped, a cell was one too many or memory ended; an open quote at the end is the caller's to see. */
static gboolean
run_parser (Parser *self, const MqCsvDialect *dialect)
{
  MqCsvScanFunc scan = mq_csv_scan_best ();
  MqCsvNeedles  needles = list_needles (dialect);
  guint64       masks[MQ_CSV_CHUNK_WORDS];

  self->delimiter = dialect->delimiter;
  self->delimiter_length = strlen (dialect->delimiter);
  self->quotes = dialect->quotes;
  self->blanks_before_quote = self->delimiter_length > 0 && !is_blank (dialect->delimiter[0]);
  self->has_nul = self->length > 0 && memchr (self->block, '\0', self->length) != NULL;
  for (gsize chunk = 0; chunk < self->length; chunk += MQ_CSV_CHUNK_BYTES)
    {
      gsize n_words = mq_csv_scan_chunk (scan, &needles, self->block + chunk, MIN (self->length - chunk, MQ_CSV_CHUNK_BYTES), masks);

      for (gsize i = 0; i < n_words; i++)
        for (guint64 mask = masks[i]; mask != 0; mask &= mask - 1)
          if (!take_byte (self, chunk + 64 * i + __builtin_ctzll (mask)))
            return FALSE;
    }
  if (self->state == STATE_QUOTED || self->record == self->length)
    return self->state != STATE_QUOTED;
  return end_record (self, self->length);
}

/* Line and column of a byte, from the start of the record it is in. */
static void
locate_byte (const char *record, gsize offset, gint64 *line, gint64 *column)
{
  gsize start = offset;

  *line += mq_csv_count_lines (record, offset);
  while (start > 0 && record[start - 1] != '\n' && record[start - 1] != '\r')
    start--;
  *column = 1;
  for (gsize i = start; i < offset; i++)
    *column += ((guint8) record[i] & 0xc0) != 0x80;
}

static void
set_parser_error (Parser *self)
{
  gboolean unclosed = self->state == STATE_QUOTED && !self->full && !self->memory;
  gint64   line = self->record_line;
  gint64   column;

  locate_byte (self->block + self->record, (unclosed ? self->open : self->cell) - self->record, &line, &column);
  if (self->memory)
    mq_import_error_at (self->error, MQ_IMPORT_ERROR_FORMAT, line, column, _ ("There is not enough memory for this record."));
  else if (self->full)
    mq_import_error_at (self->error, MQ_IMPORT_ERROR_FORMAT, line, column, ngettext ("The record has more than %u cell, which is the limit. Check the delimiter, or split the file.", "The record has more than %u cells, which is the limit. Check the delimiter, or split the file.", self->max_cells), self->max_cells);
  else if (unclosed)
    mq_import_error_at (self->error, MQ_IMPORT_ERROR_SYNTAX, line, column, _ ("The quote that opens here is never closed. Close it, or double it if it is part of the text."));
}

static gboolean
ignore_record_cb (const MqCsvCell *cells, guint n_cells, const char *record, gsize record_length, gint64 line, gpointer data, GError **error)
{
  return TRUE;
}

gboolean
mq_csv_parse (const MqCsvDialect *dialect, const char *block, gsize length, gint64 first_line, guint max_cells, MqCsvHandler handler, gpointer data, GError **error)
{
  Parser   self = { .block = block, .length = length, .max_cells = max_cells, .handler = handler, .data = data, .error = error };
  gboolean done;

  g_return_val_if_fail (length <= G_MAXUINT32, FALSE);

  if (dialect->packed)
    return mq_record_pack_parse (block, length, max_cells, handler, data, error);
  self.line = self.record_line = first_line;
  done = run_parser (&self, dialect);
  if (!done)
    set_parser_error (&self);
  g_free (self.cells);
  g_free (self.scratch);
  return done;
}

void
mq_csv_cell_position (const MqCsvDialect *dialect, const char *record, gsize record_length, guint cell, gint64 *line, gint64 *column)
{
  Parser self = { .block = record, .length = record_length, .max_cells = cell, .handler = ignore_record_cb };
  gsize  at;

  if (dialect->packed)
    {
      mq_record_pack_position (record, cell, column);
      return;
    }
  run_parser (&self, dialect);
  at = self.full ? self.cell : record_length;
  locate_byte (record, at, line, column);
  g_free (self.cells);
  g_free (self.scratch);
}

char *
mq_csv_record_text (const MqCsvDialect *dialect, const char *record, gsize record_length, gsize max)
{
  g_autofree char *packed = dialect->packed ? mq_record_pack_text (record, record_length) : NULL;
  const char      *text = packed != NULL ? packed : record;
  gsize            length = packed != NULL ? strlen (packed) : record_length;
  GString         *out = g_string_new_len (text, MIN (length, max));
  char            *valid;

  /* A NUL would end the text. */
  for (gsize i = 0; i < out->len; i++)
    if (out->str[i] == '\0')
      {
        g_string_erase (out, i, 1);
        g_string_insert (out, i, "\xef\xbf\xbd");
      }
  valid = g_utf8_make_valid (out->str, out->len);
  g_string_free (out, TRUE);
  return valid;
}
