/* quantile.c: type 7 quantiles by selection. Quickselect with the median of three; where the input defeats it (the range
 * does not shrink), the rest is sorted, so the worst case is that of sorting. */

#include "stats/quantile.h"

#include "base/money.h"

#include <math.h>
#include <stdlib.h>

#define SMALL 16

/* Both types have the same code: `values[k]` becomes the one of rank k, smaller ones before it, larger ones after it. */
#define DEFINE_SELECT(NAME, TYPE)                                                                                      \
  static int compare_##NAME##_cb (const void *a, const void *b)                                                        \
  {                                                                                                                    \
    TYPE x = *(const TYPE *) a, y = *(const TYPE *) b;                                                                 \
    return x < y ? -1 : x > y;                                                                                         \
  }                                                                                                                    \
                                                                                                                       \
  static inline TYPE median_##NAME (TYPE a, TYPE b, TYPE c)                                                            \
  {                                                                                                                    \
    return a < b ? (b < c ? b : MAX (a, c)) : (a < c ? a : MAX (b, c));                                                \
  }                                                                                                                    \
                                                                                                                       \
  static void select_##NAME (TYPE *values, gsize n, gsize k)                                                           \
  {                                                                                                                    \
    gsize first = 0, last = n - 1;                                                                                     \
                                                                                                                       \
    for (guint budget = 2 * g_bit_storage (n); last - first > SMALL; budget--)                                         \
      {                                                                                                                \
        TYPE  pivot = median_##NAME (values[first], values[first + (last - first) / 2], values[last]);                 \
        gsize i = first, j = last;                                                                                     \
                                                                                                                       \
        if (budget == 0)                                                                                               \
          break;                                                                                                       \
        for (;;)                                                                                                       \
          {                                                                                                            \
            TYPE swap;                                                                                                 \
                                                                                                                       \
            while (values[i] < pivot)                                                                                  \
              i++;                                                                                                     \
            while (values[j] > pivot)                                                                                  \
              j--;                                                                                                     \
            if (i >= j)                                                                                                \
              break;                                                                                                   \
            swap = values[i];                                                                                          \
            values[i++] = values[j];                                                                                   \
            values[j--] = swap;                                                                                        \
          }                                                                                                            \
        /* [first, i) <= pivot, (j, last] >= pivot */                                                                  \
        if (k <= j && j < last)                                                                                        \
          last = j;                                                                                                    \
        else if (k >= i && i > first)                                                                                  \
          first = i;                                                                                                   \
        else                                                                                                           \
          return;                                                                                                      \
      }                                                                                                                \
    qsort (values + first, last - first + 1, sizeof (TYPE), compare_##NAME##_cb);                                      \
  }                                                                                                                    \
                                                                                                                       \
  /* The smallest of values[k], values[k + 1] … : the one of rank k, where all before it are known to be smaller. */ \
  static TYPE find_least_##NAME (const TYPE *values, gsize n, gsize k)                                                 \
  {                                                                                                                    \
    TYPE least = values[k];                                                                                            \
                                                                                                                       \
    for (gsize i = k + 1; i < n; i++)                                                                                  \
      least = MIN (least, values[i]);                                                                                  \
    return least;                                                                                                      \
  }

DEFINE_SELECT (double, double)
DEFINE_SELECT (int64, gint64)

static double
interpolate (double low, double high, double part)
{
  return part == 0 ? low : low + part * (high - low);
}

double
mq_quantile_sorted (const double *sorted, gsize n, double p)
{
  double h = (n - 1) * p;
  gsize  k;

  if (n == 0)
    return NAN;
  g_return_val_if_fail (p >= 0 && p <= 1, NAN);
  k = h;
  return interpolate (sorted[k], sorted[MIN (k + 1, n - 1)], h - k);
}

double
mq_quantile (double *values, gsize n, double p)
{
  double h = (n - 1) * p;
  gsize  k;

  if (n == 0)
    return NAN;
  g_return_val_if_fail (p >= 0 && p <= 1, NAN);
  k = h;
  select_double (values, n, k);
  return h == k ? values[k] : interpolate (values[k], find_least_double (values, n, k + 1), h - k);
}

double
mq_quantile_int64 (gint64 *values, gsize n, double p)
{
  double h = (n - 1) * p;
  gsize  k;

  if (n == 0)
    return NAN;
  g_return_val_if_fail (p >= 0 && p <= 1, NAN);
  k = h;
  select_int64 (values, n, k);
  return h == k ? values[k] : interpolate (values[k], find_least_int64 (values, n, k + 1), h - k);
}

gint64
mq_median_money (gint64 *values, gsize n)
{
  gint64   low, high, mean;
  __int128 sum;

  if (n == 0)
    return MQ_MONEY_MISSING;
  select_int64 (values, n, (n - 1) / 2);
  low = values[(n - 1) / 2];
  if (n % 2 == 1)
    return low;
  high = find_least_int64 (values, n, n / 2);
  sum = (__int128) low + high;
  mean = sum >> 1;
  return (sum & 1) != 0 && (mean & 1) != 0 ? mean + 1 : mean;
}

/* The value of the case of that rank, from 0. */
static gsize
find_ranked (const gint64 *counts, gsize n_values, gint64 rank)
{
  gsize value = 0;

  while (value + 1 < n_values && rank >= counts[value])
    rank -= counts[value++];
  return value;
}

double
mq_quantile_counts (const gint64 *counts, gsize n_values, double p)
{
  gint64 n = 0;
  double position;
  gint64 rank;
  double low, high;

  for (gsize i = 0; i < n_values; i++)
    n += counts[i];
  if (n == 0)
    return NAN;
  position = (n - 1) * p;
  rank = (gint64) position;
  low = find_ranked (counts, n_values, rank);
  high = find_ranked (counts, n_values, MIN (rank + 1, n - 1));
  return low + (position - rank) * (high - low);
}
