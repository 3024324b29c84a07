/* rfm-score.c: scores by quantiles with ties by value, by cut points, and the automatic rule for frequency.
 *
 * Score j needs worse(v) >= q, with q = ceil((j - 1) * n / k) and worse(v) = how many values are worse than v: the index
 * of the first v among the values sorted from worst to best. So the limit of score j is the value at index q if that is
 * its first place, else the next better value there is. */

#include "config.h"

#include "rfm/rfm-score.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* Values are sorted into buckets by sign, exponent and the first bits of the mantissa of their double: order is kept, and
 * money's wide range still fills many small buckets. */
#define BUCKET_SHIFT 46

typedef struct
{
  const gint64 *values;
  gsize         n;
  gint64        lowest_key;
  guint32      *sizes; /* (owned) of the buckets */
  gsize         n_buckets;
} Buckets;

static inline gint64
find_key (gint64 value)
{
  double  number = (double) value;
  guint64 bits;

  memcpy (&bits, &number, sizeof bits);
  bits = (bits >> 63) != 0 ? ~bits : bits | (G_GUINT64_CONSTANT (1) << 63);
  return (gint64) (bits >> BUCKET_SHIFT);
}

static gsize
find_least_worse (gsize n, guint k, guint score)
{
  return (gsize) (((unsigned __int128) (score - 1) * n + k - 1) / k);
}

static int
compare_values_cb (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static gboolean
fill_buckets (Buckets *buckets, GError **error)
{
  gint64 lowest = G_MAXINT64;
  gint64 highest = G_MININT64;

  for (gsize i = 0; i < buckets->n; i++)
    {
      lowest = MIN (lowest, buckets->values[i]);
      highest = MAX (highest, buckets->values[i]);
    }
  buckets->lowest_key = find_key (lowest);
  buckets->n_buckets = find_key (highest) - buckets->lowest_key + 1;
  buckets->sizes = g_try_new0 (guint32, buckets->n_buckets);
  if (buckets->sizes == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("There is not enough memory to score the customers."));
      return FALSE;
    }
  for (gsize i = 0; i < buckets->n; i++)
    buckets->sizes[find_key (buckets->values[i]) - buckets->lowest_key]++;
  return TRUE;
}

/* The values of one bucket in order: (transfer full). */
static gint64 *
sort_bucket (const Buckets *buckets, gsize bucket, GError **error)
{
  gsize              size = buckets->sizes[bucket];
  g_autofree gint64 *sorted = g_try_new (gint64, size);
  gsize              filled = 0;

  if (sorted == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("There is not enough memory to score the customers."));
      return NULL;
    }
  for (gsize i = 0; i < buckets->n && filled < size; i++)
    if (find_key (buckets->values[i]) - buckets->lowest_key == (gint64) bucket)
      sorted[filled++] = buckets->values[i];
  qsort (sorted, size, sizeof (gint64), compare_values_cb);
  return g_steal_pointer (&sorted);
}

/* The least value from index `least` of the sorted values on that stands at its first place. `first` is the index of the
 * first value of `bucket`, which holds the index `least`. */
static gboolean
find_limit (const Buckets *buckets, gsize bucket, gsize first, gsize least, gint64 *limit, GError **error)
{
  g_autofree gint64 *sorted = sort_bucket (buckets, bucket, error);
  gsize              size = buckets->sizes[bucket];
  gsize              i = least - first;

  if (sorted == NULL)
    return FALSE;
  while (i > 0 && i < size && sorted[i] == sorted[i - 1])
    i++;
  if (i < size)
    {
      *limit = sorted[i];
      return TRUE;
    }
  for (bucket++; bucket < buckets->n_buckets && buckets->sizes[bucket] == 0;)
    bucket++;
  *limit = MQ_SCORE_NEVER;
  if (bucket < buckets->n_buckets)
    {
      g_autofree gint64 *next = sort_bucket (buckets, bucket, error);

      if (next == NULL)
        return FALSE;
      *limit = next[0];
    }
  return TRUE;
}

gboolean
mq_scores_from_values (MqScores *self, guint k, const gint64 *values, gsize n, GError **error)
{
  Buckets  buckets = { values, n, 0, NULL, 0 };
  gsize    bucket = 0;
  gsize    first = 0;
  gboolean ok = TRUE;

  g_return_val_if_fail (k >= 2 && k <= MQ_SCORES_MAX && n > 0, FALSE);

  if (!fill_buckets (&buckets, error))
    return FALSE;
  self->k = k;
  for (guint score = 2; score <= k && ok; score++)
    {
      gsize least = find_least_worse (n, k, score);

      self->limits[score - 2] = MQ_SCORE_NEVER;
      if (least >= n)
        continue;
      while (first + buckets.sizes[bucket] <= least)
        first += buckets.sizes[bucket++];
      ok = find_limit (&buckets, bucket, first, least, &self->limits[score - 2], error);
    }
  g_free (buckets.sizes);
  return ok;
}

void
mq_scores_from_counts (MqScores *self, guint k, const guint32 *counts, gsize n_values, gboolean descending)
{
  gsize n = 0;
  gsize worse = 0;
  guint score = 2;

  g_return_if_fail (k >= 2 && k <= MQ_SCORES_MAX);

  self->k = k;
  for (gsize i = 0; i < n_values; i++)
    n += counts[i];
  for (gsize i = 0; i < n_values && score <= k; i++)
    {
      gsize value = descending ? n_values - 1 - i : i;

      if (counts[value] == 0)
        continue;
      while (score <= k && worse >= find_least_worse (n, k, score))
        self->limits[score++ - 2] = descending ? -(gint64) value : (gint64) value;
      worse += counts[value];
    }
  while (score <= k)
    self->limits[score++ - 2] = MQ_SCORE_NEVER;
}

void
mq_scores_from_cuts (MqScores *self, const gint64 *bounds, guint n_bounds, gboolean descending)
{
  g_return_if_fail (n_bounds >= 1 && n_bounds < MQ_SCORES_MAX);

  self->k = n_bounds + 1;
  for (guint i = 0; i < n_bounds; i++)
    self->limits[i] = descending ? -bounds[n_bounds - 1 - i] : bounds[i] + 1;
}

gboolean
mq_scores_most_have_lowest (const guint32 *counts, gsize n_values)
{
  gsize n = 0;
  gsize lowest = 0;

  for (gsize i = 0; i < n_values; i++)
    {
      if (n == 0)
        lowest = counts[i];
      n += counts[i];
    }
  return (unsigned __int128) lowest * 10 > (unsigned __int128) n * 4;
}

void
mq_scores_frequency_default (MqScores *self)
{
  static const gint64 bounds[] = { 1, 2, 3, 5 };

  mq_scores_from_cuts (self, bounds, G_N_ELEMENTS (bounds), FALSE);
}
