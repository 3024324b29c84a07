/* strings-codec.c: a sorted list of strings as a blob: front-coded (each string says how many bytes it shares with the
 * one before), then zstd. HACKING.md, section "The project file", describes every byte. */

#include "config.h"

#include "project/chunk.h"

#include "base/checksum.h"

#include <glib/gi18n-lib.h>
#include <errno.h>
#include <string.h>
#include <zstd.h>

#define VERSION 1
#define HEADER_LENGTH 24
#define CHECKSUM_LENGTH 8
#define MAX_RAW_BLOCK 131072 /* the longest block that zstd allows */
#define MORE_FRAME 32
#define LEVEL 3
#define MAX_BYTES (G_GUINT64_CONSTANT (1) << 32)

typedef struct
{
  guint   n;
  guint64 coded; /* bytes of the front-coded stream */
  guint64 bytes; /* of all strings with a NUL after each */
} Header;

static void
write_u64 (guint8 *out, guint64 value)
{
  value = GUINT64_TO_LE (value);
  memcpy (out, &value, sizeof value);
}

static guint64
read_u64 (const guint8 *data)
{
  guint64 value;

  memcpy (&value, data, sizeof value);
  return GUINT64_FROM_LE (value);
}

/* Returns what is behind it. */
static guint8 *
write_number (guint8 *out, guint64 value)
{
  for (; value >= 128; value >>= 7)
    *out++ = (guint8) (value | 128);
  *out++ = (guint8) value;
  return out;
}

static gboolean
read_number (const guint8 **at, const guint8 *end, guint64 *value)
{
  *value = 0;
  for (guint shift = 0; shift < 63 && *at < end; shift += 7)
    {
      guint8 byte = *(*at)++;

      *value |= (guint64) (byte & 127) << shift;
      if (byte < 128)
        return TRUE;
    }
  return FALSE;
}

static gsize
count_shared (const char *a, gsize a_length, const char *b, gsize b_length)
{
  gsize length = MIN (a_length, b_length);
  gsize n = 0;

  while (n < length && a[n] == b[n])
    n++;
  return n;
}

static guint
count_number (guint64 value)
{
  guint n = 1;

  for (; value >= 128; value >>= 7)
    n++;
  return n;
}

/* The string's part of the stream, or without `out` only its length. */
static gsize
code_string (const MqStrings *strings, guint i, guint8 *out)
{
  const char *text = mq_strings_get (strings, i);
  gsize       length = mq_strings_get_length (strings, i);
  gsize       shared = i > 0 ? count_shared (mq_strings_get (strings, i - 1), mq_strings_get_length (strings, i - 1), text, length) : 0;
  gsize       before = count_number (shared) + count_number (length - shared);

  if (out != NULL)
    {
      write_number (write_number (out, shared), length - shared);
      memcpy (out + before, text + shared, length - shared);
    }
  return before + length - shared;
}

/* NULL: there is no memory. */
static guint8 *
code_strings (const MqStrings *strings, guint64 *coded, guint64 *bytes)
{
  guint   n = mq_strings_length (strings);
  gsize   at = 0;
  guint8 *stream;

  *bytes = *coded = 0;
  for (guint i = 0; i < n; i++)
    {
      *bytes += mq_strings_get_length (strings, i) + 1;
      *coded += code_string (strings, i, NULL);
    }
  stream = g_try_malloc (MAX (*coded, 1));
  for (guint i = 0; i < n && stream != NULL; i++)
    at += code_string (strings, i, stream + at);
  return stream;
}

static void
set_no_memory (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, g_strerror (ENOMEM));
}

static void
set_damaged (GError **error)
{
  g_set_error_literal (error, MQ_CHUNK_ERROR, MQ_CHUNK_ERROR_DAMAGED, _ ("The stored list of values is damaged."));
}

static gboolean
read_header (const guint8 *data, gsize length, Header *header, GError **error)
{
  guint64 n;

  if (length > 0 && data[0] > VERSION)
    {
      g_set_error_literal (error, MQ_CHUNK_ERROR, MQ_CHUNK_ERROR_VERSION, _ ("The data was stored by a newer version of Marquetry. Open it with that version."));
      return FALSE;
    }
  if (length < HEADER_LENGTH + CHECKSUM_LENGTH || mq_checksum64 (data, length - CHECKSUM_LENGTH) != read_u64 (data + length - CHECKSUM_LENGTH) || data[0] != VERSION)
    {
      set_damaged (error);
      return FALSE;
    }
  n = read_u64 (data) >> 8;
  header->coded = read_u64 (data + 8);
  header->bytes = read_u64 (data + 16);
  /* A string takes two bytes or more of the stream and one or more of memory. */
  if (n >= G_MAXUINT32 || header->coded > MAX_BYTES || header->bytes > MAX_BYTES || n > header->coded / 2 || n > header->bytes)
    {
      set_damaged (error);
      return FALSE;
    }
  header->n = n;
  return TRUE;
}

/* The next string at bytes + *filled, after the last one at bytes + last. Refuses what is not strictly ascending. */
static gboolean
decode_string (const guint8 **at, const guint8 *end, char *bytes, guint64 size, guint64 last, guint64 *filled, gboolean is_first)
{
  guint64     shared, rest;
  guint64     last_length = is_first ? 0 : *filled - last - 1;
  char       *text = bytes + *filled;
  const char *before = bytes + last;

  if (!read_number (at, end, &shared) || !read_number (at, end, &rest))
    return FALSE;
  if (shared > last_length || rest > (guint64) (end - *at) || shared + rest + 1 > size - *filled)
    return FALSE;
  if (!is_first && (rest == 0 || (shared < last_length && (guchar) before[shared] >= **at)))
    return FALSE;
  memcpy (text, before, shared);
  memcpy (text + shared, *at, rest);
  text[shared + rest] = '\0';
  *at += rest;
  *filled += shared + rest + 1;
  return g_utf8_validate_len (text, shared + rest, NULL);
}

static gboolean
decode_strings (const guint8 *coded, const Header *header, guint64 *offsets, char *bytes)
{
  const guint8 *at = coded;
  const guint8 *end = coded + header->coded;
  guint64       filled = 0;

  offsets[0] = 0;
  for (guint i = 0; i < header->n; i++)
    {
      if (!decode_string (&at, end, bytes, header->bytes, i == 0 ? 0 : offsets[i - 1], &filled, i == 0))
        return FALSE;
      offsets[i + 1] = filled;
    }
  return at == end && filled == header->bytes;
}

/* A frame of blocks as they are (RFC 8878): what can be written where zstd has no memory to compress. Returns its length;
 * there is room for it where there is for ZSTD_compressBound() and MORE_FRAME. */
static gsize
store_frame (guint8 *out, const guint8 *data, gsize length)
{
  static const guint8 head[] = { 0x28, 0xb5, 0x2f, 0xfd, 0xe0 }; /* magic; one segment, its size in 8 bytes */
  gsize               at = sizeof head;
  gsize               done = 0;

  memcpy (out, head, sizeof head);
  for (guint i = 0; i < 8; i++)
    out[at++] = (guint8) ((guint64) length >> (8 * i));
  do
    {
      gsize   n = MIN (length - done, MAX_RAW_BLOCK);
      guint32 block = (guint32) n << 3 | (done + n == length);

      for (guint i = 0; i < 3; i++)
        out[at++] = (guint8) (block >> (8 * i));
      memcpy (out + at, data + done, n);
      at += n;
      done += n;
    }
  while (done < length);
  return at;
}

GBytes *
mq_strings_encode (const MqStrings *strings, GError **error)
{
  guint64            n_coded, bytes;
  g_autofree guint8 *coded = code_strings (strings, &n_coded, &bytes);
  gsize              bound = ZSTD_compressBound (n_coded) + MORE_FRAME + n_coded / MAX_RAW_BLOCK * 3;
  guint8            *out = coded != NULL ? g_try_malloc (HEADER_LENGTH + bound + CHECKSUM_LENGTH) : NULL;
  gsize              length;

  if (out == NULL)
    {
      set_no_memory (error);
      return NULL;
    }
  write_u64 (out, (guint64) mq_strings_length (strings) << 8 | VERSION);
  write_u64 (out + 8, n_coded);
  write_u64 (out + 16, bytes);
  length = ZSTD_compress (out + HEADER_LENGTH, bound, coded, n_coded, LEVEL);
  if (ZSTD_isError (length))
    length = store_frame (out + HEADER_LENGTH, coded, n_coded);
  length += HEADER_LENGTH;
  write_u64 (out + length, mq_checksum64 (out, length));
  return g_bytes_new_take (out, length + CHECKSUM_LENGTH);
}

MqStrings *
mq_strings_decode (const guint8 *data, gsize length, GError **error)
{
  Header              header;
  g_autofree guint8  *coded = NULL;
  g_autofree guint64 *offsets = NULL;
  g_autofree char    *bytes = NULL;
  gsize               result;

  if (!read_header (data, length, &header, error))
    return NULL;
  coded = g_try_malloc (header.coded + 1);
  offsets = g_try_new (guint64, (gsize) header.n + 1);
  bytes = g_try_malloc (header.bytes + 1);
  if (coded == NULL || offsets == NULL || bytes == NULL)
    {
      set_no_memory (error);
      return NULL;
    }
  result = ZSTD_decompress (coded, header.coded, data + HEADER_LENGTH, length - HEADER_LENGTH - CHECKSUM_LENGTH);
  if (ZSTD_isError (result) || result != header.coded || !decode_strings (coded, &header, offsets, bytes))
    {
      set_damaged (error);
      return NULL;
    }
  return mq_strings_new_take (header.n, g_steal_pointer (&offsets), g_steal_pointer (&bytes));
}
