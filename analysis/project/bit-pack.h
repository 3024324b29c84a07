/* bit-pack.h: unsigned values of 0 to 64 bits in a little-endian bit stream: value i has the bits [i * width, (i + 1) *
 * width), bit 0 being the lowest of the first byte. Pure functions. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MQ_BITS_SLACK 8 /* bytes after the stream that mq_bits_unpack() may read (their values do not matter) */

static inline guint
mq_bits_width (guint64 value)
{
  return value == 0 ? 0 : 64 - __builtin_clzll (value);
}

static inline gsize
mq_bits_length (gsize n, guint width)
{
  return (n * width + 7) / 8;
}

void mq_bits_pack (const guint64 *values, gsize n, guint width, GByteArray *out);
/* Reads mq_bits_length() bytes and may touch MQ_BITS_SLACK more. */
void mq_bits_unpack (const guint8 *data, gsize n, guint width, guint64 *values);

G_END_DECLS
