/* interval.c: Wilson's interval. */

#include "stats/interval.h"

#include <math.h>

#define Z 1.959963984540054 /* the 97.5 % point of the normal distribution */

void
mq_wilson (double proportion, double n, double *low, double *high)
{
  double z2 = Z * Z / n;
  double middle, half;

  *low = *high = NAN;
  if (!(n > 0) || isnan (proportion))
    return;
  middle = (proportion + z2 / 2) / (1 + z2);
  half = Z / (1 + z2) * sqrt (proportion * (1 - proportion) / n + z2 / (4 * n));
  *low = proportion <= 0 ? 0 : MAX (middle - half, 0);
  *high = proportion >= 1 ? 1 : MIN (middle + half, 1);
}

double
mq_student_quantile (double freedom)
{
  const double z = 1.959963984540054, z2 = z * z;

  return z * (1 + (z2 + 1) / (4 * freedom) + ((5 * z2 + 16) * z2 + 3) / (96 * freedom * freedom) + (((3 * z2 + 19) * z2 + 17) * z2 - 15) / (384 * freedom * freedom * freedom));
}
