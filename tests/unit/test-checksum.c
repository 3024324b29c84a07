/* test-checksum.c: the hashes do not change (values are stored), SHA-256 by the examples of FIPS 180-2. */

#include "base/checksum.h"

#include <string.h>

static void
test_stable (void)
{
  MqHash128 hash = mq_hash128 ("marquetry", 9);

  g_assert_cmphex (mq_checksum64 ("", 0), ==, G_GUINT64_CONSTANT (0xfbdf31b91285babd));
  g_assert_cmphex (mq_checksum64 ("marquetry", 9), ==, G_GUINT64_CONSTANT (0x1364ffca78175b45));
  g_assert_cmphex (hash.low, ==, G_GUINT64_CONSTANT (0xe668b60c44e9a09a));
  g_assert_cmphex (hash.high, ==, G_GUINT64_CONSTANT (0x3b0dc83b5039a4b5));
}

static void
test_one_bit (void)
{
  guint8    data[1000] = { 0 };
  guint64   first = mq_checksum64 (data, sizeof data);
  MqHash128 first128 = mq_hash128 (data, sizeof data);

  for (guint bit = 0; bit < 8 * sizeof data; bit++)
    {
      MqHash128 hash;

      data[bit / 8] ^= 1 << bit % 8;
      g_assert_cmphex (mq_checksum64 (data, sizeof data), !=, first);
      hash = mq_hash128 (data, sizeof data);
      g_assert_true (hash.low != first128.low && hash.high != first128.high);
      data[bit / 8] ^= 1 << bit % 8;
    }
}

static void
test_sha256 (void)
{
  g_autoptr (MqSha256) empty = mq_sha256_new ();
  g_autoptr (MqSha256) abc = mq_sha256_new ();
  g_autoptr (MqSha256) million = mq_sha256_new ();
  g_autofree char *text_empty = mq_sha256_finish (empty);
  g_autofree char *text_abc = NULL;
  g_autofree char *text_million = NULL;

  g_assert_cmpstr (text_empty, ==, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  mq_sha256_update (abc, "a", 1);
  mq_sha256_update (abc, "", 0);
  mq_sha256_update (abc, "bc", 2);
  text_abc = mq_sha256_finish (abc);
  g_assert_cmpstr (text_abc, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  for (guint i = 0; i < 100000; i++)
    mq_sha256_update (million, "aaaaaaaaaa", 10);
  text_million = mq_sha256_finish (million);
  g_assert_cmpstr (text_million, ==, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checksum/stable", test_stable);
  g_test_add_func ("/checksum/one-bit", test_one_bit);
  g_test_add_func ("/checksum/sha256", test_sha256);
  return g_test_run ();
}
