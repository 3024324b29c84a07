/* bit-pack.c: packing, and unpacking with one loop a width: eight values of w bits are w bytes, so in a loop that
 * knows its width every shift and mask is a constant. */

#include "config.h"

#include "project/bit-pack.h"

#include <string.h>

typedef void (*Unpacker) (const guint8 *data, gsize n_groups, guint64 *values);

static inline guint64
load64 (const guint8 *data)
{
  guint64 word;

  memcpy (&word, data, sizeof word);
  return GUINT64_FROM_LE (word);
}

static inline __attribute__ ((always_inline)) guint64
extract (const guint8 *group, guint index, guint width)
{
  const guint   bit = index * width;
  const guint8 *at = group + bit / 8;
  const guint   shift = bit % 8;
  const guint64 mask = width == 64 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << width) - 1;
  guint64       value = load64 (at) >> shift;

  if (shift + width > 64)
    value |= (guint64) at[8] << (64 - shift);
  return value & mask;
}

static inline __attribute__ ((always_inline)) void
unpack_groups (const guint8 *data, gsize n_groups, guint64 *values, guint width)
{
  for (gsize i = 0; i < n_groups; i++)
    {
      for (guint j = 0; j < 8; j++)
        values[j] = extract (data, j, width);
      data += width;
      values += 8;
    }
}

#define UNPACKER(width)                                                    \
  static void                                                              \
      unpack_##width (const guint8 *data, gsize n_groups, guint64 *values) \
  {                                                                        \
    unpack_groups (data, n_groups, values, width);                         \
  }

#define EIGHT(DO, a, b, c, d, e, f, g, h) DO (a) DO (b) DO (c) DO (d) DO (e) DO (f) DO (g) DO (h)
#define WIDTHS(DO)                           \
  EIGHT (DO, 1, 2, 3, 4, 5, 6, 7, 8)         \
  EIGHT (DO, 9, 10, 11, 12, 13, 14, 15, 16)  \
  EIGHT (DO, 17, 18, 19, 20, 21, 22, 23, 24) \
  EIGHT (DO, 25, 26, 27, 28, 29, 30, 31, 32) \
  EIGHT (DO, 33, 34, 35, 36, 37, 38, 39, 40) \
  EIGHT (DO, 41, 42, 43, 44, 45, 46, 47, 48) \
  EIGHT (DO, 49, 50, 51, 52, 53, 54, 55, 56) \
  EIGHT (DO, 57, 58, 59, 60, 61, 62, 63, 64)

WIDTHS (UNPACKER)

#define UNPACKER_NAME(width) unpack_##width,

static const Unpacker unpackers[65] = { NULL, WIDTHS (UNPACKER_NAME) };

void
mq_bits_pack (const guint64 *values, gsize n, guint width, GByteArray *out)
{
  gsize   length = mq_bits_length (n, width);
  guint   start = out->len;
  guint8 *at;
  guint64 word = 0;
  guint   filled = 0;

  if (length == 0)
    return;
  g_byte_array_set_size (out, start + length + 8);
  at = out->data + start;
  for (gsize i = 0; i < n; i++)
    {
      word |= values[i] << filled;
      filled += width;
      if (filled >= 64)
        {
          guint64 full = GUINT64_TO_LE (word);

          memcpy (at, &full, 8);
          at += 8;
          filled -= 64;
          word = filled > 0 ? values[i] >> (width - filled) : 0;
        }
    }
  word = GUINT64_TO_LE (word);
  memcpy (at, &word, 8);
  g_byte_array_set_size (out, start + length);
}

void
mq_bits_unpack (const guint8 *data, gsize n, guint width, guint64 *values)
{
  gsize   n_groups = n / 8;
  gsize   rest = n % 8;
  guint8  tail[64 + MQ_BITS_SLACK] = { 0 };
  guint64 last[8];

  if (width == 0)
    {
      memset (values, 0, n * sizeof *values);
      return;
    }
  unpackers[width](data, n_groups, values);
  if (rest == 0)
    return;
  memcpy (tail, data + n_groups * width, mq_bits_length (rest, width));
  unpackers[width](tail, 1, last);
  memcpy (values + n_groups * 8, last, rest * sizeof *values);
}
