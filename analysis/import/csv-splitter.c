/* csv-splitter.c: cuts a stream where a record ends. Looks only at quotes and, backwards from there, at what
 * stands before them; so unquoted text passes at the speed of memory. */

#include "config.h"
#include "import/csv-parser.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "base/room.h"
#include "import/csv-scan.h"
#include "import/import-error.h"

/* Buffers go round: a fresh page costs more than parsing what it holds. */
typedef struct
{
  gatomicrefcount ref_count;
  GMutex          lock;
  GPtrArray      *spare; /* (owned) (element-type Buffer) */
} Pool;

typedef struct
{
  Pool *pool; /* (owned) */
  gsize capacity;
  char *data; /* (owned) */
} Buffer;

typedef enum
{
  STATE_OUTSIDE,
  STATE_INSIDE,
  STATE_QUOTE, /* behind a quote inside: the next byte says whether it closes */
} State;

struct _MqCsvSplitter
{
  MqCsvDialect dialect;
  gsize        delimiter_length;
  gboolean     blanks_before_quote;
  gsize        max_record;
  Pool        *pool;   /* (owned) */
  Buffer      *buffer; /* (owned) (nullable) begins where a record begins */
  gsize        length;
  gint64       line;  /* of the buffer's first byte */
  gint64       lines; /* line ends in the buffer */

  State state;
  gsize searched; /* no end of a record lies between `cut` and here */
  gsize cut;      /* behind the last end of a record found */
  gsize open;     /* the opening quote, if not outside */
  gsize quote;    /* the last quote inside, in STATE_QUOTE */
};

#define MAX_SPARE 16
#define MIN_BUFFER (64 * 1024)

static void
free_buffer (Buffer *buffer)
{
  g_free (buffer->data);
  g_free (buffer);
}

static Pool *
new_pool (void)
{
  Pool *pool = g_new0 (Pool, 1);

  g_atomic_ref_count_init (&pool->ref_count);
  g_mutex_init (&pool->lock);
  pool->spare = g_ptr_array_new_with_free_func ((GDestroyNotify) free_buffer);
  return pool;
}

static void
unref_pool (Pool *pool)
{
  if (!g_atomic_ref_count_dec (&pool->ref_count))
    return;
  g_ptr_array_unref (pool->spare);
  g_mutex_clear (&pool->lock);
  g_free (pool);
}

static Buffer *
take_buffer (Pool *pool)
{
  Buffer *buffer = NULL;

  g_atomic_ref_count_inc (&pool->ref_count);
  g_mutex_lock (&pool->lock);
  if (pool->spare->len > 0)
    buffer = g_ptr_array_steal_index_fast (pool->spare, pool->spare->len - 1);
  g_mutex_unlock (&pool->lock);
  if (buffer == NULL)
    buffer = g_new0 (Buffer, 1);
  buffer->pool = pool;
  return buffer;
}

/* Any thread: a block's last reference may be dropped by the worker that parsed it. */
static void
return_buffer (gpointer data)
{
  Buffer *buffer = data;
  Pool   *pool = g_steal_pointer (&buffer->pool);

  g_mutex_lock (&pool->lock);
  if (pool->spare->len < MAX_SPARE)
    g_ptr_array_add (pool->spare, g_steal_pointer (&buffer));
  g_mutex_unlock (&pool->lock);
  if (buffer != NULL)
    free_buffer (buffer);
  unref_pool (pool);
}

static gboolean
reserve_bytes (MqCsvSplitter *self, gsize more)
{
  gsize needed;

  if (self->buffer == NULL)
    self->buffer = take_buffer (self->pool);
  if (!g_size_checked_add (&needed, self->length, more))
    return FALSE;
  if (needed <= self->buffer->capacity)
    return TRUE;
  return mq_make_room (&self->buffer->data, &self->buffer->capacity, MAX (needed + needed / 2, MIN_BUFFER), 1);
}

static inline gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

/* Whether the quote at `at`, outside of quotes, stands at a cell's start. */
static gboolean
opens_cell (const MqCsvSplitter *self, gsize at)
{
  const char *text = self->buffer->data;

  if (self->delimiter_length == 1 && at > 0 && text[at - 1] == self->dialect.delimiter[0])
    return TRUE;
  if (self->blanks_before_quote)
    while (at > 0 && is_blank (text[at - 1]))
      at--;
  if (at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r')
    return TRUE;
  if (self->delimiter_length == 0)
    return is_blank (text[at - 1]);
  return at >= self->delimiter_length && memcmp (text + at - self->delimiter_length, self->dialect.delimiter, self->delimiter_length) == 0;
}

/* Moves `cut` behind the last line end of the text outside of quotes up to `end`: mostly near, and no byte is looked at
 * twice. */
static inline void
find_cut (MqCsvSplitter *self, gsize end)
{
  const char *text = self->buffer->data;
  gsize       at = end;

  while (at > self->searched && text[at - 1] != '\n' && text[at - 1] != '\r')
    at--;
  if (at > self->searched)
    self->cut = at;
  self->searched = MAX (self->searched, end);
}

static inline void
take_quote (MqCsvSplitter *self, gsize at)
{
  if (self->state == STATE_INSIDE)
    {
      self->state = STATE_QUOTE;
      self->quote = at;
      return;
    }
  if (self->state == STATE_QUOTE && at == self->quote + 1)
    {
      self->state = STATE_INSIDE;
      return;
    }
  if (self->state == STATE_QUOTE)
    {
      self->state = STATE_OUTSIDE;
      self->searched = self->quote + 1;
    }
  if (!opens_cell (self, at))
    return;
  find_cut (self, at);
  self->open = at;
  self->state = STATE_INSIDE;
}

static void
scan_quotes (MqCsvSplitter *self, gsize from)
{
  static const MqCsvNeedles quote = { { '"', '"', '"', '"', '"' } };
  MqCsvScanFunc             scan = mq_csv_scan_best ();
  guint64                   masks[MQ_CSV_CHUNK_WORDS];

  for (; from < self->length; from += MQ_CSV_CHUNK_BYTES)
    {
      gsize n_words = mq_csv_scan_chunk (scan, &quote, self->buffer->data + from, MIN (self->length - from, MQ_CSV_CHUNK_BYTES), masks);

      for (gsize i = 0; i < n_words; i++)
        for (guint64 mask = masks[i]; mask != 0; mask &= mask - 1)
          take_quote (self, from + 64 * i + __builtin_ctzll (mask));
    }
  if (self->state == STATE_QUOTE && self->quote + 1 < self->length)
    {
      self->state = STATE_OUTSIDE;
      self->searched = self->quote + 1;
    }
}

/* Gives the first `size` bytes away and keeps the rest in another buffer. */
static GBytes *
take_block (MqCsvSplitter *self, gsize size, GError **error)
{
  Buffer *full = g_steal_pointer (&self->buffer);
  gsize   rest = self->length - size;

  self->length = 0;
  if (rest > 0)
    {
      if (!reserve_bytes (self, rest))
        {
          return_buffer (full);
          mq_fail_memory (error);
          return NULL;
        }
      memcpy (self->buffer->data, full->data + size, rest);
      self->length = rest;
    }
  self->line += self->lines;
  self->lines = rest > 0 ? mq_csv_count_lines (self->buffer->data, rest) : 0;
  self->line -= self->lines;
  self->searched -= MIN (self->searched, size);
  self->open -= MIN (self->open, size);
  self->quote -= MIN (self->quote, size);
  self->cut = 0;
  return g_bytes_new_with_free_func (full->data, size, return_buffer, full);
}

static void
set_length_error (const MqCsvSplitter *self, gint64 line, GError **error)
{
  g_autofree char *limit = g_format_size_full (self->max_record, G_FORMAT_SIZE_IEC_UNITS);

  mq_import_error_at (error, MQ_IMPORT_ERROR_FORMAT, line, 1, _ ("The record that begins here is longer than %s, which is the limit. Look for a quote that is never closed, or split the file."), limit);
}

static gboolean
check_record_cb (const MqCsvCell *cells, guint n_cells, const char *record, gsize record_length, gint64 line, gpointer data, GError **error)
{
  const MqCsvSplitter *self = data;

  if (record_length <= self->max_record)
    return TRUE;
  set_length_error (self, line, error);
  return FALSE;
}

/* Records that end in the block: only a block that could hold one too long is parsed for it. */
static gboolean
check_whole_records (MqCsvSplitter *self, gsize size, GError **error)
{
  if (size <= self->max_record)
    return TRUE;
  return mq_csv_parse (&self->dialect, self->buffer->data, size, self->line, G_MAXUINT, check_record_cb, self, error);
}

static gboolean
check_last_record (MqCsvSplitter *self, GError **error)
{
  gsize size = self->length - self->cut;

  if (size > 0 && self->buffer->data[self->length - 1] == '\r')
    size--;
  if (size <= self->max_record)
    return TRUE;
  set_length_error (self, self->line + mq_csv_count_lines (self->buffer->data, self->cut), error);
  return FALSE;
}

static gboolean
check_closed (MqCsvSplitter *self, GError **error)
{
  const char *text = self->buffer->data;
  gsize       start = self->open;
  gint64      column = 1;

  if (self->state != STATE_INSIDE)
    return TRUE;
  while (start > 0 && text[start - 1] != '\n' && text[start - 1] != '\r')
    start--;
  for (gsize i = start; i < self->open; i++)
    column += ((guint8) text[i] & 0xc0) != 0x80;
  mq_import_error_at (error, MQ_IMPORT_ERROR_SYNTAX, self->line + mq_csv_count_lines (text, self->open), column, _ ("The quote that opens here is never closed. Close it, or double it if it is part of the text."));
  return FALSE;
}

MqCsvSplitter *
mq_csv_splitter_new (const MqCsvDialect *dialect, gsize max_record)
{
  MqCsvSplitter *self = g_new0 (MqCsvSplitter, 1);

  self->dialect = *dialect;
  self->delimiter_length = strlen (dialect->delimiter);
  self->blanks_before_quote = self->delimiter_length > 0 && !is_blank (dialect->delimiter[0]);
  self->max_record = max_record;
  self->pool = new_pool ();
  self->line = 1;
  return self;
}

void
mq_csv_splitter_free (MqCsvSplitter *self)
{
  if (self->buffer != NULL)
    return_buffer (self->buffer);
  unref_pool (self->pool);
  g_free (self);
}

char *
mq_csv_splitter_reserve (MqCsvSplitter *self, gsize size)
{
  return reserve_bytes (self, size) ? self->buffer->data + self->length : NULL;
}

void
mq_csv_splitter_add (MqCsvSplitter *self, gsize length)
{
  const char *data = self->buffer->data + self->length;

  if (length == 0)
    return;
  if (self->length > 0 && data[-1] == '\r' && data[0] == '\n')
    self->lines--;
  self->lines += mq_csv_count_lines (data, length);
  self->length += length;
  if (self->dialect.quotes)
    scan_quotes (self, self->length - length);
}

gboolean
mq_csv_splitter_push (MqCsvSplitter *self, const char *data, gsize length)
{
  char *room = length > 0 ? mq_csv_splitter_reserve (self, length) : NULL;

  if (room == NULL)
    return length == 0;
  memcpy (room, data, length);
  mq_csv_splitter_add (self, length);
  return TRUE;
}

GBytes *
mq_csv_splitter_pop (MqCsvSplitter *self, gboolean at_end, gint64 *first_line, GError **error)
{
  gsize size;

  if (self->length == 0)
    return NULL;
  /* An LF may follow a CR that came last. */
  if (self->state == STATE_OUTSIDE)
    find_cut (self, self->length - (!at_end && self->buffer->data[self->length - 1] == '\r'));
  if (!check_whole_records (self, self->cut, error))
    return NULL;
  if ((at_end || self->cut == 0) && !check_last_record (self, error))
    return NULL;
  if (at_end && !check_closed (self, error))
    return NULL;
  size = at_end ? self->length : self->cut;
  if (size == 0)
    return NULL;
  *first_line = self->line;
  return take_block (self, size, error);
}
