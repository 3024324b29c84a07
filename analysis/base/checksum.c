/* checksum.c: XXH3 (inlined, so that the version on the machine does not matter) and libcrypto's SHA-256. */

#include "base/checksum.h"

#include <openssl/evp.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

/* "Marquetr" in ASCII. Stored values depend on it. */
#define SEED G_GUINT64_CONSTANT (0x4d61727175657472)

struct _MqSha256
{
  EVP_MD_CTX *context; /* (owned) (nullable): NULL once finished */
};

guint64
mq_checksum64 (gconstpointer data, gsize length)
{
  return XXH3_64bits_withSeed (data, length, SEED);
}

MqHash128
mq_hash128 (gconstpointer data, gsize length)
{
  XXH128_hash_t hash = XXH3_128bits_withSeed (data, length, SEED);

  return (MqHash128){ hash.low64, hash.high64 };
}

MqSha256 *
mq_sha256_new (void)
{
  MqSha256 *self = g_new0 (MqSha256, 1);

  self->context = EVP_MD_CTX_new ();
  if (self->context == NULL || EVP_DigestInit_ex (self->context, EVP_sha256 (), NULL) != 1)
    g_error ("libcrypto has no SHA-256");
  return self;
}

void
mq_sha256_free (MqSha256 *self)
{
  EVP_MD_CTX_free (self->context);
  g_free (self);
}

void
mq_sha256_update (MqSha256 *self, gconstpointer data, gsize length)
{
  g_return_if_fail (self->context != NULL);
  EVP_DigestUpdate (self->context, data, length);
}

char *
mq_sha256_finish (MqSha256 *self)
{
  guint8   digest[EVP_MAX_MD_SIZE];
  guint    length = 0;
  GString *text;

  g_return_val_if_fail (self->context != NULL, NULL);
  EVP_DigestFinal_ex (self->context, digest, &length);
  g_clear_pointer (&self->context, EVP_MD_CTX_free);
  text = g_string_sized_new (2 * length);
  for (guint i = 0; i < length; i++)
    g_string_append_printf (text, "%02x", digest[i]);
  return g_string_free (text, FALSE);
}
