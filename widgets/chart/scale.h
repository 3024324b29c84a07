/* scale.h: ticks of a linear axis at round values. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MQ_TICKS_MAX 6

typedef struct
{
  double step;  /* 1, 2, 2.5 or 5 times a power of ten */
  double first; /* in steps: tick i has the value (first + i) * step */
  guint  n;
} MqTicks;

/* The most ticks, up to `most` (1 to MQ_TICKS_MAX), that lie inside low … high (finite, low <= high). whole: steps are
 * integers. A range without extent, or that holds no round value, gives the one tick nearest to it from below. */
MqTicks mq_ticks_inside (double low, double high, guint most, gboolean whole);

/* Round class borders: the finest step whose borders around low … high (finite) make at most `most` (>= 1) classes; n borders,
 * at least two. */
MqTicks mq_ticks_around (double low, double high, guint most, gboolean whole);

double mq_ticks_value (const MqTicks *ticks, guint index);

G_END_DECLS
