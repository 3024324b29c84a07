/* code-set.c: which rows are wanted is not to be guessed: each row is written down, and stays where the next is not written
 * over it. Eight codes become eight bits by shifting the set by each, and the bits say which lanes close ranks. */

#include "config.h"

#include "base/code-set.h"

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_X86 1
#include <immintrin.h>
#endif

static gsize
find_portably (const MqCodeSet *self, const guint32 *codes, gsize first, gsize last, guint32 *rows)
{
  const guint8 *has = self->has;
  const guint32 n_codes = self->n_codes;
  gsize         n = 0;

  for (gsize row = first; row < last; row++)
    {
      rows[n] = (guint32) row;
      n += has[MIN (codes[row], n_codes)];
    }
  return n;
}

#if HAVE_X86
/* A shift by 32 or more, as by the code of none, gives 0. */
__attribute__ ((target ("avx2,popcnt"))) static gsize
find_avx2 (const MqCodeSet *self, const guint32 *codes, gsize first, gsize last, guint32 *rows)
{
  const __m256i few = _mm256_set1_epi32 ((int) self->few);
  const __m256i eight = _mm256_set1_epi32 (8);
  __m256i       here = _mm256_add_epi32 (_mm256_set1_epi32 ((int) first), _mm256_setr_epi32 (0, 1, 2, 3, 4, 5, 6, 7));
  gsize         row = first, n = 0;

  for (; row + 8 <= last; row += 8)
    {
      __m256i  eight_codes = _mm256_loadu_si256 ((const __m256i *) (gconstpointer) (codes + row));
      __m256i  signs = _mm256_slli_epi32 (_mm256_srlv_epi32 (few, eight_codes), 31);
      unsigned bits = (unsigned) _mm256_movemask_ps (_mm256_castsi256_ps (signs));
      __m256i  lanes = _mm256_cvtepu8_epi32 (_mm_cvtsi64_si128 ((gint64) self->places[bits]));

      _mm256_storeu_si256 ((__m256i *) (gpointer) (rows + n), _mm256_permutevar8x32_epi32 (here, lanes));
      n += (gsize) __builtin_popcount (bits);
      here = _mm256_add_epi32 (here, eight);
    }
  return n + find_portably (self, codes, row, last, rows + n);
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
  *self = (MqCodeSet){ .has = g_new (guint8, (gsize) n_codes + 1), .n_codes = n_codes, .is_few = TRUE };
  for (gsize code = 0; code <= n_codes; code++)
    {
      self->has[code] = has[code] != FALSE;
      if (has[code] && code < 32 && code < n_codes)
        self->few |= 1u << code;
      else if (has[code])
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
  if (self->is_few && __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("popcnt"))
    return find_avx2 (self, codes, first, last, rows);
#endif
  return find_portably (self, codes, first, last, rows);
}
