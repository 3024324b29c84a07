/* rake.c: weights under which the speakers are as the base in every field at once (Deming and Stephan 1940). */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sentiment/speakers.h"

#define MOST_ROUNDS 200
#define CLOSE_ENOUGH 1e-9

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static double
find_median (const double *weights, gsize n)
{
  g_autofree double *sorted = g_memdup2 (weights, n * sizeof *weights);

  qsort (sorted, n, sizeof *sorted, compare_doubles);
  return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

/* One field: every class gets its share. Returns the largest change. */
static double
fit_field (double *weights, const guint16 *classes, gsize n, const double *target, guint n_classes)
{
  g_autofree double *sums = g_new0 (double, MAX (n_classes, 1));
  double             all = 0, change = 0;

  for (guint c = 0; c < n_classes; c++)
    all += target[c];
  for (gsize i = 0; i < n; i++)
    sums[classes[i]] += weights[i];
  for (guint c = 0; c < n_classes; c++)
    {
      double factor = sums[c] > 0 && all > 0 ? target[c] / all * n / sums[c] : 1;

      change = MAX (change, fabs (factor - 1));
      sums[c] = factor;
    }
  for (gsize i = 0; i < n; i++)
    weights[i] *= sums[classes[i]];
  return change;
}

double *
mq_rake (const guint16 *classes, gsize n, guint n_fields, const double *const *targets, const guint *n_classes, guint *rounds)
{
  double *weights = g_new (double, MAX (n, 1));
  double  change = 1, cap, sum = 0;

  for (gsize i = 0; i < n; i++)
    weights[i] = 1;
  for (*rounds = 0; *rounds < MOST_ROUNDS && change > CLOSE_ENOUGH && n > 0; ++*rounds)
    {
      change = 0;
      for (guint f = 0; f < n_fields; f++)
        {
          double moved = fit_field (weights, classes + f * n, n, targets[f], n_classes[f]); /* MAX would fit twice */

          change = MAX (change, moved);
        }
    }
  if (n == 0)
    return weights;
  cap = MQ_RAKE_CAP * find_median (weights, n);
  for (gsize i = 0; i < n; i++)
    sum += weights[i] = MIN (weights[i], cap);
  for (gsize i = 0; i < n; i++)
    weights[i] *= n / sum;
  return weights;
}
