/* inflater.c: zlib over a raw file. */

#include "config.h"
#include "import/inflater.h"

#include <string.h>
#include <glib/gi18n-lib.h>
#include <zlib.h>

#include "base/piece.h"
#include "import/import-error.h"

#define INPUT_BYTES MQ_PIECE (64 * 1024)
#define FREE_BYTES (64 * 1024 * 1024) /* up to here any ratio may be */
#define MAX_RATIO 200                 /* tables unpack to 5 to 40 times, files made to do harm to 1,000 times */
#define RAW_WINDOW (-15)
#define GZIP_WINDOW (15 + 16)

struct _MqInflater
{
  MqRawFile      *raw; /* (borrowed) */
  gint64          begin;
  gint64          at;
  gint64          end;
  MqInflateMethod method;
  z_stream        stream;
  gboolean        open;  /* the stream is initialised */
  gboolean        ended; /* the stream, or member, is complete */
  guint8         *input; /* (owned) INPUT_BYTES */
  guint64         size;
  guint32         crc;
};

static gssize
fail (GError **error, const char *sentence)
{
  g_set_error_literal (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_FORMAT, sentence);
  return -1;
}

static gssize
fail_damaged (GError **error)
{
  return fail (error, _ ("The compressed data is damaged or was not written to its end. Get the file again from where it came."));
}

static gssize
fill_input (MqInflater *self, GError **error)
{
  gssize n = mq_raw_file_read (self->raw, self->at, (char *) self->input, MIN (INPUT_BYTES, self->end - self->at), error);

  if (n > 0)
    {
      self->at += n;
      self->stream.next_in = self->input;
      self->stream.avail_in = n;
    }
  return n;
}

static gssize
read_stored (MqInflater *self, char *buffer, gsize size, GError **error)
{
  gssize n = mq_raw_file_read (self->raw, self->at, buffer, MIN ((gint64) size, self->end - self->at), error);

  self->at += MAX (n, 0);
  return n;
}

/* A gzip file may be several, one behind the other. */
static gboolean
begin_member (MqInflater *self, GError **error)
{
  if (!self->open)
    {
      self->open = inflateInit2 (&self->stream, self->method == MQ_INFLATE_RAW ? RAW_WINDOW : GZIP_WINDOW) == Z_OK;
      if (!self->open)
        {
          fail (error, _ ("There is not enough memory to unpack the file."));
          return FALSE;
        }
    }
  else
    inflateReset (&self->stream);
  self->ended = FALSE;
  return TRUE;
}

/* TRUE at the end of everything; also -1 in *n with an error. */
static gboolean
is_at_end (MqInflater *self, gssize *n, GError **error)
{
  *n = 0;
  if (self->ended && self->method == MQ_INFLATE_RAW)
    return TRUE;
  if (self->stream.avail_in == 0 && self->at < self->end)
    *n = fill_input (self, error);
  if (*n < 0)
    return TRUE;
  *n = 0;
  if (self->stream.avail_in > 0)
    {
      /* Zeros behind the last member are padding. */
      if (self->ended && self->stream.next_in[0] != 0x1f)
        return TRUE;
      return FALSE;
    }
  if (!self->ended && !self->raw->cut)
    *n = fail_damaged (error);
  return TRUE;
}

static gssize
read_deflated (MqInflater *self, char *buffer, gsize size, GError **error)
{
  gssize n = 0;

  self->stream.next_out = (guint8 *) buffer;
  self->stream.avail_out = MIN (size, G_MAXINT32);
  size = self->stream.avail_out;
  if (!self->open && !begin_member (self, error))
    return -1;
  while (self->stream.avail_out == size)
    {
      int status;

      if (is_at_end (self, &n, error))
        return n;
      if (self->ended && !begin_member (self, error))
        return -1;
      status = inflate (&self->stream, Z_NO_FLUSH);
      self->ended = status == Z_STREAM_END;
      if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
        return fail_damaged (error);
    }
  return size - self->stream.avail_out;
}

MqInflater *
mq_inflater_new (MqRawFile *raw, gint64 begin, gint64 end, MqInflateMethod method)
{
  MqInflater *self = g_new0 (MqInflater, 1);

  self->raw = raw;
  self->begin = self->at = begin;
  self->end = end;
  self->method = method;
  self->input = g_malloc (INPUT_BYTES);
  self->crc = crc32 (0, NULL, 0);
  return self;
}

void
mq_inflater_free (MqInflater *self)
{
  if (self->open)
    inflateEnd (&self->stream);
  g_free (self->input);
  g_free (self);
}

gssize
mq_inflater_read (MqInflater *self, char *buffer, gsize size, GError **error)
{
  gssize n = self->method == MQ_INFLATE_STORED ? read_stored (self, buffer, size, error) : read_deflated (self, buffer, size, error);

  if (n <= 0)
    return n;
  self->size += n;
  if (self->method != MQ_INFLATE_GZIP)
    self->crc = crc32 (self->crc, (const guint8 *) buffer, n);
  if (self->size > FREE_BYTES && self->size / MAX_RATIO > (guint64) (self->at - self->begin))
    return fail (error, _ ("The file unpacks to more than 200 times its size, as files made to do harm do. Unpack it yourself if it is what it should be."));
  return n;
}

guint32
mq_inflater_crc (const MqInflater *self)
{
  return self->crc;
}

guint64
mq_inflater_size (const MqInflater *self)
{
  return self->size;
}

gint64
mq_inflater_position (const MqInflater *self)
{
  return self->at - self->begin;
}
