/* difference.h: two groups compared: intervals of 95 % for the difference of two proportions and of two means. Pure. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double difference; /* first minus second; NaN where a group is empty */
  double low, high;
} MqDifference;

/* Newcombe 1998, method 10: the hybrid of two score intervals; k of n. */
MqDifference mq_difference_of_shares (gint64 k1, gint64 n1, gint64 k2, gint64 n2);

/* Of one group's values. */
typedef struct
{
  gint64 n;
  double sum;
  double squares; /* sum of squared deviations from the mean */
} MqSpread;

/* Welch 1947: unequal variances, Student's t at the degrees of freedom of Satterthwaite. NaN bounds below 2 in a group. */
MqDifference mq_difference_of_means (const MqSpread *one, const MqSpread *two);

G_END_DECLS
