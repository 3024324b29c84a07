/* code-set.c: which rows are wanted is not to be guessed: each row is written down, and stays where the next is not written
 * over it. Eight codes become eight bits by shifting the set by each, and the bits say which lanes close ranks. */

#include "config.h"

#include "base/code-set.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_X86 1
#include <immintrin.h>
#endif

/* b_codes NULL: one column decides. */
static inline __attribute__ ((always_inline)) gsize
find_portably (const MqCodeSet *a, const guint32 *a_codes, const MqCodeSet *b, const guint32 *b_codes, gsize first, gsize last, guint32 *rows)
{
  gsize n = 0;

  for (gsize row = first; row < last; row++)
    {
      rows[n] = (guint32) row;
      n += a->has[MIN (a_codes[row], a->n_codes)] & (b_codes == NULL || b->has[MIN (b_codes[row], b->n_codes)]);
    }
  return n;
}

#if HAVE_X86
#define AVX2 __attribute__ ((target ("avx2,popcnt")))

/* In the lowest bit of each lane: whether the code is in. A shift by 32 or more, as by the code of none, gives 0: a set that
 * has those holds what is out instead. */
AVX2 static inline __m256i
look_up_eight (const MqCodeSet *set, const guint32 *codes)
{
  __m256i bits = _mm256_srlv_epi32 (_mm256_set1_epi32 ((int) set->few), _mm256_loadu_si256 ((const __m256i *) (gconstpointer) codes));

  return _mm256_xor_si256 (bits, _mm256_set1_epi32 (set->has_rest));
}

AVX2 static inline __attribute__ ((always_inline)) gsize
find_avx2 (const MqCodeSet *a, const guint32 *a_codes, const MqCodeSet *b, const guint32 *b_codes, gsize first, gsize last, guint32 *rows)
{
  const __m256i eight = _mm256_set1_epi32 (8);
  __m256i       here = _mm256_add_epi32 (_mm256_set1_epi32 ((int) first), _mm256_setr_epi32 (0, 1, 2, 3, 4, 5, 6, 7));
  gsize         row = first, n = 0;

  for (; row + 8 <= last; row += 8)
    {
      __m256i  in_a = look_up_eight (a, a_codes + row);
      __m256i  in = b_codes == NULL ? in_a : _mm256_and_si256 (in_a, look_up_eight (b, b_codes + row));
      unsigned bits = (unsigned) _mm256_movemask_ps (_mm256_castsi256_ps (_mm256_slli_epi32 (in, 31)));
      __m256i  lanes = _mm256_cvtepu8_epi32 (_mm_cvtsi64_si128 ((gint64) a->places[bits]));

      _mm256_storeu_si256 ((__m256i *) (gpointer) (rows + n), _mm256_permutevar8x32_epi32 (here, lanes));
      n += (gsize) __builtin_popcount (bits);
      here = _mm256_add_epi32 (here, eight);
    }
  return n + find_portably (a, a_codes, b, b_codes, row, last, rows + n);
}

AVX2 static gsize
find_one_avx2 (const MqCodeSet *self, const guint32 *codes, gsize first, gsize last, guint32 *rows)
{
  return find_avx2 (self, codes, NULL, NULL, first, last, rows);
}

AVX2 static gsize
find_both_avx2 (const MqCodeSet *a, const guint32 *a_codes, const MqCodeSet *b, const guint32 *b_codes, gsize first, gsize last, guint32 *rows)
{
  return find_avx2 (a, a_codes, b, b_codes, first, last, rows);
}

static gboolean
has_avx2 (void)
{
  return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("popcnt");
}
#endif

static guint64
find_places (guint bits)
{
  guint64 places = 0;

  for (guint i = 0, n = 0; i < 8; i++)
    if (bits >> i & 1)
      places |= (guint64) i << (8 * n++);
  return places;
}

void
mq_code_set_init (MqCodeSet *self, const gboolean *has, guint32 n_codes)
{
  const guint8 has_rest = has[n_codes] != FALSE;

  *self = (MqCodeSet){ .has = g_new (guint8, (gsize) n_codes + 1), .n_codes = n_codes, .is_few = TRUE, .has_rest = has_rest };
  for (gsize code = 0; code <= n_codes; code++)
    {
      self->has[code] = has[code] != FALSE;
      if (self->has[code] == has_rest)
        continue;
      if (code < 32)
        self->few |= 1u << code;
      else
        self->is_few = FALSE;
    }
  for (guint bits = 0; bits < G_N_ELEMENTS (self->places); bits++)
    self->places[bits] = find_places (bits);
}

void
mq_code_set_clear (MqCodeSet *self)
{
  g_clear_pointer (&self->has, g_free);
}

gsize
mq_code_set_find (const MqCodeSet *self, const guint32 *codes, gsize first, gsize last, guint32 *rows)
{
#if HAVE_X86
  if (self->is_few && has_avx2 ())
    return find_one_avx2 (self, codes, first, last, rows);
#endif
  return find_portably (self, codes, NULL, NULL, first, last, rows);
}

gsize
mq_code_set_find_both (const MqCodeSet *a, const guint32 *a_codes, const MqCodeSet *b, const guint32 *b_codes, gsize first, gsize last, guint32 *rows)
{
#if HAVE_X86
  if (a->is_few && b->is_few && has_avx2 ())
    return find_both_avx2 (a, a_codes, b, b_codes, first, last, rows);
#endif
  return find_portably (a, a_codes, b, b_codes, first, last, rows);
}
