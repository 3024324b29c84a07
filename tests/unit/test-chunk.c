/* test-chunk.c: what is encoded decodes to itself, for every width and shape; every damage is noticed. */

#include "base/table.h"
#include "project/chunk.h"
#include "project/record-kind.h"

#include <string.h>

static guint64 state;

/* splitmix64: its own, so that the test does not lean on the code it tests. */
static guint64
next_random (void)
{
  guint64 z = state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ z >> 31;
}

static gsize
assert_round_trip (const gint64 *values, guint n)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *decoded = g_new (gint64, n);
  g_autofree guint8 *exact = NULL;
  MqChunkStatistics  statistics;
  gint64             minimum = 0, maximum = -1;
  guint              n_missing = 0;

  for (guint i = 0; i < n; i++)
    if (values[i] == MQ_VALUE_MISSING)
      n_missing++;
    else if (n_missing == i)
      minimum = maximum = values[i];
    else
      {
        minimum = MIN (minimum, values[i]);
        maximum = MAX (maximum, values[i]);
      }
  mq_chunk_encode (values, n, out, &statistics);
  g_assert_cmpuint (statistics.n_rows, ==, n);
  g_assert_cmpuint (statistics.n_missing, ==, n_missing);
  g_assert_cmpint (statistics.minimum, ==, minimum);
  g_assert_cmpint (statistics.maximum, ==, maximum);
  exact = g_memdup2 (out->data, out->len); /* so that a sanitizer sees a read beyond the end */
  mq_chunk_decode (exact, out->len, n, decoded, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (decoded, n * sizeof *decoded, values, n * sizeof *values);
  return out->len;
}

static void
test_widths (void)
{
  static const guint sizes[] = { 1, 2, 7, 8, 9, 63, 64, 65, 1000, 1023, 1024, 1025, 2047, 3000 };
  gint64             values[3000];

  for (guint width = 0; width <= 64; width++)
    for (guint size = 0; size < G_N_ELEMENTS (sizes); size++)
      for (guint missing = 0; missing < 3; missing++)
        {
          guint64 mask = width == 64 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << width) - 1;

          for (guint i = 0; i < sizes[size]; i++)
            {
              values[i] = (gint64) (next_random () & mask);
              if (values[i] == MQ_VALUE_MISSING && missing == 0)
                values[i]++;
              if (missing == 1 && next_random () % 10 == 0)
                values[i] = MQ_VALUE_MISSING;
              if (missing == 2 && next_random () % 10 != 0)
                values[i] = MQ_VALUE_MISSING;
            }
          assert_round_trip (values, sizes[size]);
        }
}

static void
test_extremes (void)
{
  const gint64 values[] = { G_MININT64 + 1, G_MAXINT64, MQ_VALUE_MISSING, 0, -1, 1, G_MAXINT64, G_MININT64 + 1, MQ_VALUE_MISSING };

  for (guint start = 0; start < G_N_ELEMENTS (values); start++)
    for (guint n = 1; start + n <= G_N_ELEMENTS (values); n++)
      assert_round_trip (values + start, n);
}

static void
test_shapes (void)
{
  g_autofree gint64 *values = g_new (gint64, MQ_CHUNK_ROWS);
  gint64             sum = G_GINT64_CONSTANT (1300000000) * 1000000;

  for (guint i = 0; i < MQ_CHUNK_ROWS; i++)
    values[i] = 42;
  g_assert_cmpuint (assert_round_trip (values, MQ_CHUNK_ROWS), <=, 48);
  for (guint i = 0; i < MQ_CHUNK_ROWS; i++)
    values[i] = MQ_VALUE_MISSING;
  g_assert_cmpuint (assert_round_trip (values, MQ_CHUNK_ROWS), <=, 48);
  values[MQ_CHUNK_ROWS - 1] = -7;
  g_assert_cmpuint (assert_round_trip (values, MQ_CHUNK_ROWS), <=, 64);

  /* Whole seconds of two years take 26 bits, not 46. */
  for (guint i = 0; i < MQ_CHUNK_ROWS; i++)
    values[i] = sum + (gint64) (next_random () % 63072000) * 1000000;
  g_assert_cmpuint (assert_round_trip (values, MQ_CHUNK_ROWS), <=, 26 * MQ_CHUNK_ROWS / 8 + 40);

  /* Ascending: only the differences count. */
  for (guint i = 0; i < MQ_CHUNK_ROWS; i++)
    values[i] = sum += (gint64) (next_random () % 16) * 1000000;
  g_assert_cmpuint (assert_round_trip (values, MQ_CHUNK_ROWS), <=, 4 * MQ_CHUNK_ROWS / 8 + 56);

  /* One value in a hundred: a bit a row and the values. */
  for (guint i = 0; i < MQ_CHUNK_ROWS; i++)
    values[i] = i % 100 == 0 ? (gint64) (next_random () % 100000) : MQ_VALUE_MISSING;
  g_assert_cmpuint (assert_round_trip (values, MQ_CHUNK_ROWS), <=, MQ_CHUNK_ROWS / 8 + 17 * 656 / 8 + 41);

  /* Long runs of wide values. */
  for (guint i = 0; i < MQ_CHUNK_ROWS; i++)
    values[i] = i % 5000 == 0 ? (gint64) (next_random () >> 1) : values[i - 1];
  g_assert_cmpuint (assert_round_trip (values, MQ_CHUNK_ROWS), <=, 300);
}

static void
test_codes (void)
{
  gint64            values[] = { 0, 5, MQ_VALUE_MISSING, (gint64) G_MAXUINT32 - 1 };
  guint32           codes[4];
  MqChunkStatistics statistics;
  g_autoptr (GByteArray) good = g_byte_array_new ();
  g_autoptr (GByteArray) bad = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  mq_chunk_encode (values, 4, good, &statistics);
  g_assert_true (mq_chunk_decode_codes (good->data, good->len, 4, codes, NULL));
  g_assert_cmpuint (codes[1], ==, 5);
  g_assert_cmpuint (codes[2], ==, MQ_CODE_MISSING);
  g_assert_cmpuint (codes[3], ==, G_MAXUINT32 - 1);
  values[3]++;
  mq_chunk_encode (values, 4, bad, &statistics);
  g_assert_false (mq_chunk_decode_codes (bad->data, bad->len, 4, codes, &error));
  g_assert_error (error, MQ_CHUNK_ERROR, MQ_CHUNK_ERROR_DAMAGED);
}

static void
test_damage (void)
{
  gint64            values[100];
  gint64            decoded[101];
  MqChunkStatistics statistics;
  g_autoptr (GByteArray) out = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100; i++)
    values[i] = i % 7 == 0 ? MQ_VALUE_MISSING : (gint64) (next_random () % 1000);
  mq_chunk_encode (values, 100, out, &statistics);
  for (guint i = 0; i < out->len; i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        out->data[i] ^= 1 << bit;
        g_assert_false (mq_chunk_decode (out->data, out->len, 100, decoded, NULL));
        out->data[i] ^= 1 << bit;
      }
  for (guint length = 0; length < out->len; length++)
    g_assert_false (mq_chunk_decode (out->data, length, 100, decoded, NULL));
  g_assert_false (mq_chunk_decode (out->data, out->len, 99, decoded, NULL));
  g_assert_false (mq_chunk_decode (out->data, out->len, 101, decoded, NULL));
  g_assert_false (mq_chunk_decode (out->data, out->len, 0, decoded, NULL));
  out->data[0] = 2;
  g_assert_false (mq_chunk_decode (out->data, out->len, 100, decoded, &error));
  g_assert_error (error, MQ_CHUNK_ERROR, MQ_CHUNK_ERROR_VERSION);
}

static MqStrings *
make_strings (const char *const *texts)
{
  MqStringsBuilder *builder = mq_strings_builder_new ();

  for (; *texts != NULL; texts++)
    mq_strings_builder_add (builder, *texts, strlen (*texts));
  return mq_strings_builder_finish (builder);
}

static void
assert_strings (const MqStrings *strings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) out = mq_strings_encode (strings, &error);
  g_autoptr (MqStrings) decoded = NULL;
  g_autofree guint8 *exact = NULL;

  g_assert_no_error (error);
  exact = g_memdup2 (g_bytes_get_data (out, NULL), g_bytes_get_size (out));
  decoded = mq_strings_decode (exact, g_bytes_get_size (out), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mq_strings_length (decoded), ==, mq_strings_length (strings));
  for (guint i = 0; i < mq_strings_length (strings); i++)
    g_assert_cmpstr (mq_strings_get (decoded, i), ==, mq_strings_get (strings, i));
}

static void
test_strings (void)
{
  static const char *const none[] = { NULL };
  static const char *const empty[] = { "", NULL };
  static const char *const some[] = { "", "a", "aa", "aab", "ab", "b", "淘宝", "淘宝订单", NULL };
  MqStringsBuilder        *builder = mq_strings_builder_new ();
  g_autoptr (MqStrings) a = make_strings (none);
  g_autoptr (MqStrings) b = make_strings (empty);
  g_autoptr (MqStrings) c = make_strings (some);
  g_autoptr (MqStrings) d = NULL;

  for (guint i = 0; i < 100000; i++)
    {
      char text[32];

      mq_strings_builder_add (builder, text, g_snprintf (text, sizeof text, "!%08u", i * 7));
    }
  d = mq_strings_builder_finish (builder);
  assert_strings (a);
  assert_strings (b);
  assert_strings (c);
  assert_strings (d);
}

static GByteArray *
encode (const MqStrings *strings)
{
  return g_bytes_unref_to_array (mq_strings_encode (strings, NULL));
}

static void
test_strings_damage (void)
{
  static const char *const some[] = { "alpha", "beta", "gamma", NULL };
  static const char *const unsorted[] = { "beta", "alpha", NULL };
  static const char *const twice[] = { "beta", "beta", NULL };
  g_autoptr (MqStrings) good = make_strings (some);
  g_autoptr (MqStrings) bad = make_strings (unsorted);
  g_autoptr (MqStrings) doubled = make_strings (twice);
  g_autoptr (GByteArray) out = encode (good);
  g_autoptr (GByteArray) out_bad = encode (bad);
  g_autoptr (GByteArray) out_doubled = encode (doubled);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < out->len; i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        out->data[i] ^= 1 << bit;
        g_assert_null (mq_strings_decode (out->data, out->len, NULL));
        out->data[i] ^= 1 << bit;
      }
  for (guint length = 0; length < out->len; length++)
    g_assert_null (mq_strings_decode (out->data, length, NULL));
  g_assert_null (mq_strings_decode (out_bad->data, out_bad->len, &error));
  g_assert_error (error, MQ_CHUNK_ERROR, MQ_CHUNK_ERROR_DAMAGED);
  g_assert_null (mq_strings_decode (out_doubled->data, out_doubled->len, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chunk/widths", test_widths);
  g_test_add_func ("/chunk/extremes", test_extremes);
  g_test_add_func ("/chunk/shapes", test_shapes);
  g_test_add_func ("/chunk/codes", test_codes);
  g_test_add_func ("/chunk/damage", test_damage);
  g_test_add_func ("/strings/round-trip", test_strings);
  g_test_add_func ("/strings/damage", test_strings_damage);
  return g_test_run ();
}
