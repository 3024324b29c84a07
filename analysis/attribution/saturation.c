/* saturation.c: a line through the logarithms of spend and value. */

#include "config.h"

#include "attribution/saturation.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "stats/interval.h"

#define LEAST_SPREAD 0.1 /* standard deviation of ln spend: about 10 % up and down */

typedef struct
{
  guint  n;
  double x, y; /* means */
  double xx, xy, yy;
} Moments;

static gboolean
is_used (double spend, double value)
{
  return spend > 0 && value > 0;
}

/* Two passes: means first. */
static Moments
find_moments (const double *spend, const double *value, guint n)
{
  Moments sums = { 0 };

  for (guint i = 0; i < n; i++)
    if (is_used (spend[i], value[i]))
      {
        sums.n++;
        sums.x += log (spend[i]);
        sums.y += log (value[i]);
      }
  sums.x /= MAX (sums.n, 1);
  sums.y /= MAX (sums.n, 1);
  for (guint i = 0; i < n; i++)
    if (is_used (spend[i], value[i]))
      {
        double x = log (spend[i]) - sums.x, y = log (value[i]) - sums.y;

        sums.xx += x * x;
        sums.xy += x * y;
        sums.yy += y * y;
      }
  return sums;
}

static void
find_range (const double *spend, const double *value, guint n, MqSaturation *fit)
{
  fit->least_spend = INFINITY;
  for (guint i = 0; i < n; i++)
    if (is_used (spend[i], value[i]))
      {
        fit->mean_spend += spend[i];
        fit->mean_value += value[i];
        fit->least_spend = fmin (fit->least_spend, spend[i]);
        fit->most_spend = fmax (fit->most_spend, spend[i]);
      }
  fit->mean_spend /= MAX (fit->n, 1);
  fit->mean_value /= MAX (fit->n, 1);
}

void
mq_saturation_fit (const double *spend, const double *value, guint n, MqSaturation *fit)
{
  Moments sums = find_moments (spend, value, n);
  double  width;

  *fit = (MqSaturation){ .state = MQ_SATURATION_FEW, .n = sums.n, .elasticity = NAN, .low = NAN, .high = NAN };
  find_range (spend, value, n, fit);
  if (sums.n < MQ_SATURATION_PERIODS)
    return;
  fit->state = MQ_SATURATION_STEADY;
  if (sqrt (sums.xx / (sums.n - 1)) < LEAST_SPREAD)
    return;
  fit->elasticity = sums.xy / sums.xx;
  width = mq_student_quantile (sums.n - 2) * sqrt (fmax (sums.yy - fit->elasticity * sums.xy, 0) / (sums.n - 2) / sums.xx);
  fit->low = fit->elasticity - width;
  fit->high = fit->elasticity + width;
  if (fit->low <= 0)
    fit->state = MQ_SATURATION_LOOSE;
  else
    fit->state = fit->high >= 1 ? MQ_SATURATION_NONE : MQ_SATURATION_SEEN;
}

const char *
mq_saturation_state_name (MqSaturationState state)
{
  static const char *const names[] = {
    [MQ_SATURATION_FEW] = N_ ("too few periods"),
    [MQ_SATURATION_STEADY] = N_ ("spend hardly varied"),
    [MQ_SATURATION_LOOSE] = N_ ("value does not follow spend"),
    [MQ_SATURATION_NONE] = N_ ("no saturation seen"),
    [MQ_SATURATION_SEEN] = N_ ("saturates"),
  };

  return names[state];
}
