/* checksum.h: the two hashes. XXH3 for damage and for equality of rows (128 bits: a chance collision among 10^8 rows
 * has a probability under 10^-21); SHA-256 (libcrypto) for the identity of a file. Values are stored: never change the seed. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 low;
  guint64 high;
} MqHash128;

guint64   mq_checksum64 (gconstpointer data, gsize length);
MqHash128 mq_hash128 (gconstpointer data, gsize length);

typedef struct _MqSha256 MqSha256;

MqSha256 *mq_sha256_new (void);
void      mq_sha256_free (MqSha256 *self);
void      mq_sha256_update (MqSha256 *self, gconstpointer data, gsize length);
char     *mq_sha256_finish (MqSha256 *self); /* (transfer full) 64 hexadecimal digits; nothing can be added after it */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqSha256, mq_sha256_free)

G_END_DECLS
