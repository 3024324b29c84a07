/* fuzz-chunk.c: the chunk and string decoders on any bytes. The checksum, which would stop nearly every variation, is put
 * right by the target: the decoder must stand a hostile file whose checksums are good.
 * First byte: 0 chunk to values, 1 chunk to codes, 2 strings, 3 strings whose front-coded stream is given plain,
 * 4 values that are encoded first. Chunks have the number of rows in the next two bytes. */

#include <gio/gio.h>
#include <string.h>
#include <zstd.h>

#include "base/checksum.h"
#include "fuzz.h"
#include "project/chunk.h"
#include "project/record-kind.h"

#define MAX_ROWS 4096

static void
append_u64 (GByteArray *bytes, guint64 value)
{
  value = GUINT64_TO_LE (value);
  g_byte_array_append (bytes, (const guint8 *) &value, sizeof value);
}

static void
decode_chunk (const uint8_t *data, size_t size, gboolean codes)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gint64  values[MAX_ROWS];
  guint32 small[MAX_ROWS];
  guint   n;

  if (size < 2)
    return;
  n = (data[0] | data[1] << 8) % (MAX_ROWS + 1);
  g_byte_array_append (bytes, data + 2, size - 2);
  append_u64 (bytes, mq_checksum64 (data + 2, size - 2));
  if (codes)
    mq_chunk_decode_codes (bytes->data, bytes->len, n, small, NULL);
  else
    mq_chunk_decode (bytes->data, bytes->len, n, values, NULL);
}

static void
check_strings (MqStrings *strings)
{
  g_autoptr (GBytes) again = NULL;
  g_autoptr (MqStrings) decoded = NULL;

  if (strings == NULL)
    return;
  for (guint i = 0; i < mq_strings_length (strings); i++)
    if (strlen (mq_strings_get (strings, i)) != mq_strings_get_length (strings, i))
      g_error ("string %u has a NUL inside", i);
  again = mq_strings_encode (strings, NULL);
  decoded = mq_strings_decode (g_bytes_get_data (again, NULL), g_bytes_get_size (again), NULL);
  if (decoded == NULL || mq_strings_length (decoded) != mq_strings_length (strings))
    g_error ("strings do not come back");
}

static void
decode_strings (const uint8_t *data, size_t size)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (MqStrings) strings = NULL;

  g_byte_array_append (bytes, data, size);
  append_u64 (bytes, mq_checksum64 (data, size));
  /* A header may ask for gigabytes; the memory is not what is tested here. */
  if (size >= 24 && (data[12] | data[13] | data[14] | data[15] | data[20] | data[21] | data[22] | data[23] | (data[11] & 0xfe) | (data[19] & 0xfe)) != 0)
    return;
  strings = mq_strings_decode (bytes->data, bytes->len, NULL);
  check_strings (strings);
}

static void
decode_stream (const uint8_t *data, size_t size)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (MqStrings) strings = NULL;
  g_autofree guint8 *packed = g_malloc (ZSTD_compressBound (size));
  gsize              length;

  if (size < 4)
    return;
  append_u64 (bytes, (guint64) data[0] << 8 | 1);
  append_u64 (bytes, size - 4);
  append_u64 (bytes, data[1] | data[2] << 8 | data[3] << 16);
  length = ZSTD_compress (packed, ZSTD_compressBound (size), data + 4, size - 4, 1);
  g_byte_array_append (bytes, packed, length);
  append_u64 (bytes, mq_checksum64 (bytes->data, bytes->len));
  strings = mq_strings_decode (bytes->data, bytes->len, NULL);
  check_strings (strings);
}

static void
round_trip (const uint8_t *data, size_t size)
{
  guint             n = MIN (size / sizeof (gint64), MAX_ROWS);
  gint64            values[MAX_ROWS], decoded[MAX_ROWS];
  MqChunkStatistics statistics;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  if (n == 0)
    return;
  memcpy (values, data, n * sizeof *values);
  mq_chunk_encode (values, n, bytes, &statistics);
  if (!mq_chunk_decode (bytes->data, bytes->len, n, decoded, NULL) || memcmp (values, decoded, n * sizeof *values) != 0)
    g_error ("values do not come back");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size == 0)
    return 0;
  switch (data[0] % 5)
    {
    case 0:
    case 1:
      decode_chunk (data + 1, size - 1, data[0] % 5);
      break;
    case 2:
      decode_strings (data + 1, size - 1);
      break;
    case 3:
      decode_stream (data + 1, size - 1);
      break;
    default:
      round_trip (data + 1, size - 1);
      break;
    }
  return 0;
}
