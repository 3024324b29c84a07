/* csv-source.c: delimited text as a source of records. */

#include "config.h"
#include "import/record-source.h"

#include <string.h>
#include <glib/gi18n-lib.h>

#include "base/piece.h"
#include "base/room.h"

#define MAX_RECORD (8 * 1024 * 1024)
#define PIECE_BYTES MQ_PIECE (128 * 1024) /* read at a time: what looks at it one after the other finds it in the second cache */

typedef struct
{
  MqRecordSource base;
  MqCsvDialect   dialect;
  MqCsvSplitter *splitter; /* (owned) (nullable) */
  GString       *start;    /* (owned) (nullable) text from which the layout was found, to be split first */
  gsize          start_at;
  gboolean       start_is_all;
} CsvSource;

/* The text from which the layout is found. It may be cut anywhere. */
static gboolean
read_start (CsvSource *self, const MqRun *run, GError **error)
{
  gsize size = self->base.sniff_bytes;

  self->start = g_string_new (NULL);
  self->start_at = 0;
  self->start_is_all = FALSE;
  if (!mq_string_make_room (self->start, size))
    return mq_fail_memory (error);
  while (self->start->len < size)
    {
      gsize  length = self->start->len;
      gssize n = mq_run_check (run, error) ? mq_text_source_read (self->base.text, self->start->str + length, size - length, error) : -1;

      if (n < 0)
        return FALSE;
      self->start_is_all = n == 0;
      if (n == 0)
        break;
      g_string_set_size (self->start, length + n);
    }
  return TRUE;
}

/* Line ends outside of quotes: a file joined from several has more than one way to write them. */
static void
warn_of_line_ends (CsvSource *self)
{
  const char *text = self->start->str;
  gboolean    quoted = FALSE;
  guint       kinds = 0;

  for (gsize i = 0; i < self->start->len; i++)
    if (text[i] == '"' && self->dialect.quotes)
      quoted = !quoted;
    else if (!quoted && text[i] == '\n')
      kinds |= i > 0 && text[i - 1] == '\r' ? 1 : 2;
    else if (!quoted && text[i] == '\r' && text[i + 1] != '\n')
      kinds |= 4;
  if ((kinds & (kinds - 1)) != 0)
    mq_record_source_warn (&self->base, g_strdup (_ ("The lines end in more than one way (LF, CR, CRLF), as where files were joined: each way was taken.")));
}

static void
clear_reading (CsvSource *self)
{
  g_clear_pointer (&self->splitter, mq_csv_splitter_free);
  if (self->start != NULL)
    g_string_free (g_steal_pointer (&self->start), TRUE);
}

static gboolean
begin_csv (MqRecordSource *base, MqCsvLayout *layout, const MqRun *run, GError **error)
{
  CsvSource *self = (CsvSource *) base;

  clear_reading (self);
  if (mq_text_source_position (base->text) > 0 && !mq_text_source_rewind (base->text, error))
    return FALSE;
  if (!read_start (self, run, error) || !mq_csv_sniff (self->start->str, self->start->len, base->delimiter, layout, error))
    return FALSE;
  self->dialect = layout->dialect;
  warn_of_line_ends (self);
  self->splitter = mq_csv_splitter_new (&self->dialect, MAX_RECORD);
  return TRUE;
}

/* What was read for the layout, in pieces of the same size as the rest. */
static gssize
push_start (CsvSource *self, GError **error)
{
  gsize n = MIN (self->base.block_bytes, self->start->len - self->start_at);

  if (!mq_csv_splitter_push (self->splitter, self->start->str + self->start_at, n))
    {
      mq_fail_memory (error);
      return -1;
    }
  self->start_at += n;
  if (n == 0)
    g_string_free (g_steal_pointer (&self->start), TRUE);
  return n;
}

/* Returns how much was read: block_bytes, or less at the end. */
static gssize
read_block (CsvSource *self, const MqRun *run, GError **error)
{
  gsize  whole = self->base.block_bytes;
  gsize  done = 0;
  gssize n = 1;

  while (n > 0 && done < whole)
    {
      char *buffer = mq_csv_splitter_reserve (self->splitter, whole - done);

      if (buffer == NULL)
        {
          mq_fail_memory (error);
          return -1;
        }
      n = mq_run_check (run, error) ? mq_text_source_read (self->base.text, buffer, MIN (PIECE_BYTES, whole - done), error) : -1;
      if (n < 0)
        return -1;
      mq_csv_splitter_add (self->splitter, n);
      done += n;
    }
  return done;
}

static gssize
push_text (CsvSource *self, const MqRun *run, GError **error)
{
  gssize n = 0;

  if (self->start != NULL)
    n = push_start (self, error);
  if (n != 0 || (self->start == NULL && self->start_is_all))
    return n;
  return read_block (self, run, error);
}

static GBytes *
next_csv (MqRecordSource *base, gint64 *first_line, gboolean *at_end, const MqRun *run, GError **error)
{
  CsvSource *self = (CsvSource *) base;
  gssize     n = push_text (self, run, error);

  if (n < 0)
    return NULL;
  *at_end = n == 0;
  return mq_csv_splitter_pop (self->splitter, *at_end, first_line, error);
}

static gboolean
rewind_csv (MqRecordSource *base, GError **error)
{
  CsvSource *self = (CsvSource *) base;

  clear_reading (self);
  self->start_is_all = FALSE;
  self->splitter = mq_csv_splitter_new (&self->dialect, MAX_RECORD);
  return mq_text_source_rewind (base->text, error);
}

static void
clear_csv (MqRecordSource *base)
{
  CsvSource *self = (CsvSource *) base;

  clear_reading (self);
}

MqRecordSource *
mq_csv_source_new (MqTextSource *text, const MqRecordSourceOptions *options)
{
  static const MqRecordSourceClass class = { "text", begin_csv, next_csv, rewind_csv, NULL, clear_csv };
  CsvSource *self = g_new0 (CsvSource, 1);

  self->base.class = &class;
  self->base.text = text;
  return &self->base;
}
