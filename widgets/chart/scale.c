/* scale.c: round ticks. Steps are tried in order, 1, 2, 2.5, 5, 10, …, from one certainly too fine. */

#include "config.h"

#include "chart/scale.h"

#include <float.h>
#include <math.h>

static const double mantissas[] = { 1, 2, 2.5, 5 };

/* The k-th step of the series 1, 2, 2.5, 5, 10, … around 10^exponent. */
static double
get_step (int exponent, guint k)
{
  return mantissas[k % G_N_ELEMENTS (mantissas)] * pow (10, exponent + (int) (k / G_N_ELEMENTS (mantissas)));
}

static int
get_finest_exponent (double extent, guint most)
{
  return (int) floor (log10 (CLAMP (extent, DBL_MIN * 1e20, DBL_MAX) / MAX (most, 1))) - 1;
}

/* A border that is one but for rounding must count as one. */
static double
floor_steps (double value, double step)
{
  double steps = value / step;
  double near = round (steps);

  return fabs (steps - near) <= 1e-9 * MAX (1.0, fabs (near)) ? near : floor (steps);
}

static double
ceil_steps (double value, double step)
{
  return -floor_steps (-value, step);
}

static gboolean
is_allowed (double step, guint k, MqTickFlags flags)
{
  if ((flags & MQ_TICKS_WHOLE) != 0 && (step < 1 || step != floor (step)))
    return FALSE;
  return (flags & MQ_TICKS_NO_QUARTERS) == 0 || mantissas[k % G_N_ELEMENTS (mantissas)] != 2.5;
}

MqTicks
mq_ticks_inside (double low, double high, guint most, MqTickFlags flags)
{
  MqTicks ticks = { 0 };
  int     exponent = get_finest_exponent (high - low, most);

  if (!(high > low))
    return (MqTicks){ .step = 1, .first = floor (low), .n = 1 };

  for (guint k = 0;; k++)
    {
      ticks.step = get_step (exponent, k);
      if (!is_allowed (ticks.step, k, flags))
        continue;
      ticks.first = ceil_steps (low, ticks.step);
      if (floor_steps (high, ticks.step) - ticks.first + 1 > most)
        continue;
      ticks.n = (guint) MAX (0, floor_steps (high, ticks.step) - ticks.first + 1);
      break;
    }
  if (ticks.n == 0)
    {
      ticks.first -= 1;
      ticks.n = 1;
    }
  return ticks;
}

MqTicks
mq_ticks_around (double low, double high, guint most, MqTickFlags flags)
{
  MqTicks ticks = { 0 };
  int     exponent;

  if (!(high > low))
    high = low + 1;
  exponent = get_finest_exponent (high - low, most);
  for (guint k = 0;; k++)
    {
      double last;

      ticks.step = get_step (exponent, k);
      if (!is_allowed (ticks.step, k, flags))
        continue;
      ticks.first = floor_steps (low, ticks.step);
      last = ceil_steps (high, ticks.step);
      if (last - ticks.first > most)
        continue;
      ticks.n = (guint) (last - ticks.first) + 1;
      return ticks;
    }
}

double
mq_ticks_value (const MqTicks *ticks, guint index)
{
  return (ticks->first + index) * ticks->step;
}
