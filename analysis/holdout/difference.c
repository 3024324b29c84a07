/* difference.c: Newcombe's and Welch's intervals. */

#include "config.h"

#include "holdout/difference.h"

#include <math.h>

#include "stats/interval.h"

MqDifference
mq_difference_of_shares (gint64 k1, gint64 n1, gint64 k2, gint64 n2)
{
  double p1, p2, low1, high1, low2, high2, difference;

  if (n1 <= 0 || n2 <= 0)
    return (MqDifference){ NAN, NAN, NAN };
  p1 = (double) k1 / n1;
  p2 = (double) k2 / n2;
  mq_wilson (p1, n1, &low1, &high1);
  mq_wilson (p2, n2, &low2, &high2);
  difference = p1 - p2;
  return (MqDifference){ difference,
                         difference - sqrt ((p1 - low1) * (p1 - low1) + (high2 - p2) * (high2 - p2)),
                         difference + sqrt ((high1 - p1) * (high1 - p1) + (p2 - low2) * (p2 - low2)) };
}

MqDifference
mq_difference_of_means (const MqSpread *one, const MqSpread *two)
{
  double       v1, v2, width;
  MqDifference result = { NAN, NAN, NAN };

  if (one->n <= 0 || two->n <= 0)
    return result;
  result.difference = one->sum / one->n - two->sum / two->n;
  if (one->n < 2 || two->n < 2)
    return result;
  v1 = one->squares / (one->n - 1) / one->n;
  v2 = two->squares / (two->n - 1) / two->n;
  width = v1 + v2 > 0 ? mq_student_quantile ((v1 + v2) * (v1 + v2) / (v1 * v1 / (one->n - 1) + v2 * v2 / (two->n - 1))) * sqrt (v1 + v2) : 0;
  result.low = result.difference - width;
  result.high = result.difference + width;
  return result;
}
