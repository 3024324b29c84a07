/* quality-score.c: a weighted mean of what is known. */

#include "config.h"

#include "quality/quality-score.h"

#include <glib/gi18n-lib.h>
#include <math.h>

const int mq_score_weights[MQ_N_PARTS] = { 40, 30, 20, 10 };

const char *
mq_score_part_name (MqScorePart part)
{
  static const char *const names[] = { N_ ("filled"), N_ ("valid"), N_ ("unique"), N_ ("current") };

  return names[part];
}

double
mq_score_compute (const double *values)
{
  double sum = 0;
  int    weights = 0;

  for (guint i = 0; i < MQ_N_PARTS; i++)
    if (!isnan (values[i]))
      {
        sum += mq_score_weights[i] * values[i];
        weights += mq_score_weights[i];
      }
  return weights > 0 ? 100 * sum / weights : NAN;
}
