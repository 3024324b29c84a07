/* text-decoder.c: checks UTF-8 where it was read, converts everything else with iconv. */

#include "config.h"
#include "import/text-decoder.h"

#include <errno.h>
#include <string.h>
#include <glib/gi18n-lib.h>

#include "base/piece.h"
#include "import/csv-scan.h"
#include "import/encoding.h"
#include "import/import-error.h"

#define PENDING_BYTES MQ_PIECE (256 * 1024)
#define NO_CONVERTER ((GIConv) -1)

static gssize
fail_here (MqTextDecoder *self, gint64 bad, GError **error)
{
  self->bad = bad;
  g_set_error_literal (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_ENCODING, "undecodable");
  return -1;
}

static gssize
read_bytes (MqTextDecoder *self, char *buffer, gsize size, GError **error)
{
  gssize n = mq_raw_file_read (self->raw, self->position, buffer, MIN ((gint64) size, self->end - self->position), error);

  if (n > 0)
    {
      self->position += n;
      if (self->sha != NULL)
        mq_sha256_update (self->sha, buffer, n);
    }
  return n;
}

/* Marks what is no UTF-8; a character cut at the end is left to the next read. */
static gsize
mark_bad (MqTextDecoder *self, char *text, gsize length)
{
  gboolean more = self->position < self->end || self->raw->cut;
  gsize    valid = mq_utf8_check (text, length);

  while (valid < length && !(more && mq_utf8_is_cut (text + valid, length - valid)))
    {
      text[valid++] = '\0';
      self->n_marked++;
      valid += mq_utf8_check (text + valid, length - valid);
    }
  return valid;
}

static gssize
read_utf8 (MqTextDecoder *self, char *buffer, gsize size, GError **error)
{
  gsize  length = self->tail_length;
  gssize n;
  gsize  valid;
  gsize  rest;

  memcpy (buffer, self->tail, length);
  self->tail_length = 0;
  n = read_bytes (self, buffer + length, size - length, error);
  if (n < 0)
    return -1;
  length += n;
  valid = self->marks ? mark_bad (self, buffer, length) : mq_utf8_check (buffer, length);
  rest = length - valid;
  if (rest == 0)
    return valid;
  if (mq_utf8_is_cut (buffer + valid, rest) && (self->position < self->end || self->raw->cut))
    {
      self->tail_length = self->position < self->end ? rest : 0;
      memcpy (self->tail, buffer + valid, rest);
      return valid;
    }
  if (valid > 0) /* the text before it first; the next read finds it at the beginning */
    {
      self->position -= rest;
      return valid;
    }
  return fail_here (self, self->position - rest, error);
}

static gboolean
fill_pending (MqTextDecoder *self, GError **error)
{
  gsize  left = self->pending_to - self->pending_from;
  gssize n;

  memmove (self->pending, self->pending + self->pending_from, left);
  n = read_bytes (self, self->pending + left, PENDING_BYTES - left, error);
  self->pending_from = 0;
  self->pending_to = left + MAX (n, 0);
  return n >= 0;
}

/* One step: 0 text and more pending means that a character is cut at the end of what is pending. */
static gsize
convert_pending (MqTextDecoder *self, char *buffer, gsize size, int *number)
{
  char *in = self->pending + self->pending_from;
  gsize in_left = self->pending_to - self->pending_from;
  char *out = buffer;
  gsize out_left = size;

  errno = 0;
  *number = g_iconv (self->converter, &in, &in_left, &out, &out_left) == (gsize) -1 ? errno : 0;
  self->pending_from = self->pending_to - in_left;
  return out - buffer;
}

static gssize
read_converted (MqTextDecoder *self, char *buffer, gsize size, GError **error)
{
  for (;;)
    {
      gsize n;
      int   number;

      if (self->pending_to - self->pending_from < MQ_TEXT_DECODER_MIN_BUFFER && !fill_pending (self, error))
        return -1;
      if (self->pending_from == self->pending_to)
        return 0;
      n = convert_pending (self, buffer, size, &number);
      if (n > 0)
        return n;
      if (number == EINVAL && self->position == self->end && self->raw->cut)
        return 0;
      if (number == EILSEQ || (number == EINVAL && self->position == self->end))
        return fail_here (self, self->position - (self->pending_to - self->pending_from), error);
    }
}

gboolean
mq_text_decoder_init (MqTextDecoder *self, MqRawFile *raw, const char *encoding, gint64 begin, gint64 end, GError **error)
{
  *self = (MqTextDecoder){ .raw = raw, .position = begin, .end = end, .converter = NO_CONVERTER };
  if (g_str_equal (encoding, "UTF-8"))
    return TRUE;
  if (strchr (encoding, '/') == NULL)
    self->converter = g_iconv_open ("UTF-8", encoding);
  if (self->converter == NO_CONVERTER)
    {
      g_set_error (error, MQ_IMPORT_ERROR, MQ_IMPORT_ERROR_SETTING, _ ("The encoding “%s” is not known here. Give --encoding a name like UTF-8, GB18030, BIG5, SHIFT_JIS or WINDOWS-1252."), encoding);
      return FALSE;
    }
  self->pending = g_malloc (PENDING_BYTES);
  return TRUE;
}

void
mq_text_decoder_clear (MqTextDecoder *self)
{
  if (self->converter != NO_CONVERTER)
    g_iconv_close (self->converter);
  self->converter = NO_CONVERTER;
  g_clear_pointer (&self->pending, g_free);
}

gssize
mq_text_decoder_read (MqTextDecoder *self, char *buffer, gsize size, GError **error)
{
  gssize n = 0;

  if (self->converter != NO_CONVERTER)
    return read_converted (self, buffer, size, error);
  while (n == 0 && (self->position < self->end || self->tail_length > 0))
    n = read_utf8 (self, buffer, size, error);
  return n;
}

void
mq_text_place_advance (MqTextPlace *self, const char *text, gsize length)
{
  gsize start = length;

  if (length == 0)
    return;
  self->line += mq_csv_count_lines (text, length) - (self->after_cr && text[0] == '\n');
  self->after_cr = text[length - 1] == '\r';
  while (start > 0 && text[start - 1] != '\n' && text[start - 1] != '\r')
    start--;
  if (start > 0)
    self->column = 1;
  for (gsize i = start; i < length; i++)
    self->column += ((guint8) text[i] & 0xc0) != 0x80;
}
