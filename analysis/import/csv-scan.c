/* csv-scan.c: bytes to bit masks, with the instructions at hand. */

#include "import/csv-scan.h"

#include "base/vector.h"

#include <string.h>

#if defined(__x86_64__)
#define HAVE_X86 1
#include <immintrin.h>
#else
#define HAVE_X86 0
#endif

typedef guint8 Bytes16 __attribute__ ((vector_size (16)));
typedef guint8 Bytes32 __attribute__ ((vector_size (32)));

/* One bit a lane, then the sum of each half: no two lanes share a bit. */
static inline guint
collect_bits (Bytes16 hits)
{
  const Bytes16 weights = { 1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128 };
  guint64       halves[2];

  hits &= weights;
  memcpy (halves, &hits, sizeof halves);
  return (guint) ((halves[0] * 0x0101010101010101) >> 56) | (guint) ((halves[1] * 0x0101010101010101) >> 56) << 8;
}

static void
scan_portable (const MqCsvNeedles *needles, const char *text, gsize n_words, guint64 *masks)
{
  for (gsize i = 0; i < n_words; i++)
    {
      guint64 mask = 0;

      for (guint j = 0; j < 4; j++)
        {
          Bytes16 bytes;
          Bytes16 hits = { 0 };

          memcpy (&bytes, text + 64 * i + 16 * j, sizeof bytes);
          for (guint k = 0; k < MQ_CSV_NEEDLES; k++)
            hits |= (Bytes16) (bytes == needles->bytes[k]);
          mask |= (guint64) collect_bits (hits) << (16 * j);
        }
      masks[i] = mask;
    }
}

#if HAVE_X86
static void
scan_sse2 (const MqCsvNeedles *needles, const char *text, gsize n_words, guint64 *masks)
{
  __m128i wanted[MQ_CSV_NEEDLES];

  for (guint k = 0; k < MQ_CSV_NEEDLES; k++)
    wanted[k] = _mm_set1_epi8 ((char) needles->bytes[k]);
  for (gsize i = 0; i < n_words; i++)
    {
      guint64 mask = 0;

      for (guint j = 0; j < 4; j++)
        {
          __m128i bytes = _mm_loadu_si128 ((const __m128i *) (gconstpointer) (text + 64 * i + 16 * j));
          __m128i hits = _mm_cmpeq_epi8 (bytes, wanted[0]);

          for (guint k = 1; k < MQ_CSV_NEEDLES; k++)
            hits = _mm_or_si128 (hits, _mm_cmpeq_epi8 (bytes, wanted[k]));
          mask |= (guint64) (guint32) _mm_movemask_epi8 (hits) << (16 * j);
        }
      masks[i] = mask;
    }
}

__attribute__ ((target ("avx2"))) static void
scan_avx2 (const MqCsvNeedles *needles, const char *text, gsize n_words, guint64 *masks)
{
  __m256i wanted[MQ_CSV_NEEDLES];

  for (guint k = 0; k < MQ_CSV_NEEDLES; k++)
    wanted[k] = _mm256_set1_epi8 ((char) needles->bytes[k]);
  for (gsize i = 0; i < n_words; i++)
    {
      guint64 mask = 0;

      for (guint j = 0; j < 2; j++)
        {
          __m256i bytes = _mm256_loadu_si256 ((const __m256i *) (gconstpointer) (text + 64 * i + 32 * j));
          __m256i hits = _mm256_cmpeq_epi8 (bytes, wanted[0]);

          for (guint k = 1; k < MQ_CSV_NEEDLES; k++)
            hits = _mm256_or_si256 (hits, _mm256_cmpeq_epi8 (bytes, wanted[k]));
          mask |= (guint64) (guint32) _mm256_movemask_epi8 (hits) << (32 * j);
        }
      masks[i] = mask;
    }
}
#endif

MqCsvScanFunc
mq_csv_scan_variant (guint index)
{
  if (index == 0)
    return scan_portable;
#if HAVE_X86
  if (index == 1)
    return scan_sse2;
  if (index == 2 && __builtin_cpu_supports ("avx2"))
    return scan_avx2;
#endif
  return NULL;
}

MqCsvScanFunc
mq_csv_scan_best (void)
{
  for (guint i = MQ_CSV_SCAN_VARIANTS - 1; i > 0; i--)
    if (mq_csv_scan_variant (i) != NULL)
      return mq_csv_scan_variant (i);
  return mq_csv_scan_variant (0);
}

gsize
mq_csv_scan_chunk (MqCsvScanFunc scan, const MqCsvNeedles *needles, const char *text, gsize length, guint64 masks[MQ_CSV_CHUNK_WORDS])
{
  gsize whole = length / 64;
  gsize rest = length % 64;

  scan (needles, text, whole, masks);
  if (rest > 0)
    {
      char padded[64];

      memset (padded, 0xff, sizeof padded); /* no needle: it is in no UTF-8 */
      memcpy (padded, text + 64 * whole, rest);
      scan (needles, padded, 1, masks + whole);
    }
  return whole + (rest > 0);
}

/* Line ends begin at an LF and at a CR that no LF follows: as many as end here. Looks one byte beyond each step. */
MQ_VECTOR static gint64
count_lines_32 (const char *text, gsize n_steps)
{
  gint64 n = 0;

  for (gsize first = 0; first < n_steps; first += 255)
    {
      Bytes32 counts = { 0 };

      for (gsize i = first; i < MIN (first + 255, n_steps); i++)
        {
          Bytes32 bytes;
          Bytes32 next;

          memcpy (&bytes, text + 32 * i, sizeof bytes);
          memcpy (&next, text + 32 * i + 1, sizeof next);
          counts -= (Bytes32) (bytes == '\n') | ((Bytes32) (bytes == '\r') & (Bytes32) (next != '\n'));
        }
      for (guint i = 0; i < 32; i++)
        n += counts[i];
    }
  return n;
}

gint64
mq_csv_count_lines (const char *text, gsize length)
{
  gsize  n_steps = length > 0 ? (length - 1) / 32 : 0;
  gint64 n = count_lines_32 (text, n_steps);

  for (gsize i = 32 * n_steps; i < length; i++)
    n += text[i] == '\n' || (text[i] == '\r' && !(i + 1 < length && text[i + 1] == '\n'));
  return n;
}
