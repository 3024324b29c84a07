/* chunk.h: the chunk format, version 1 (HACKING.md has it byte by byte): at most 65,536 values of one column, packed.
 * Pure functions on memory; decoding trusts nothing: any damage is an error, never a read out of bounds. */

#pragma once

#include <gio/gio.h>
#include "base/strings.h"

G_BEGIN_DECLS

#define MQ_CHUNK_ROWS 65536

typedef enum
{
  MQ_CHUNK_ERROR_DAMAGED, /* checksum, length or header wrong */
  MQ_CHUNK_ERROR_VERSION, /* written by a newer version */
} MqChunkError;

#define MQ_CHUNK_ERROR (mq_chunk_error_quark ())
GQuark mq_chunk_error_quark (void);

typedef struct
{
  guint  n_rows;
  guint  n_missing;
  gint64 minimum; /* over the values that are not missing; 0 and -1 if all are */
  gint64 maximum;
} MqChunkStatistics;

/* Appends the encoded chunk to `out` (constant, run-length, or frame of reference with common divisor, plain or on
 * differences, bit-packed: whatever is shortest), checksum included. values[i] may be MQ_VALUE_MISSING. n: 1 to 65,536. */
void     mq_chunk_encode (const gint64 *values, guint n, GByteArray *out, MqChunkStatistics *statistics);
gboolean mq_chunk_decode (const guint8 *data, gsize length, guint n, gint64 *values, GError **error);
/* The same into 32-bit codes; missing is MQ_CODE_MISSING; a value of 2^32 - 1 or more is damage. */
gboolean mq_chunk_decode_codes (const guint8 *data, gsize length, guint n, guint32 *codes, GError **error);

/* A sorted list of strings as a blob (zstd over front-coded blocks), checksum included. NULL: there is no memory. */
GBytes    *mq_strings_encode (const MqStrings *strings, GError **error);
MqStrings *mq_strings_decode (const guint8 *data, gsize length, GError **error); /* (transfer full) */

G_END_DECLS
