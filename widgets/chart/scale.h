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

typedef enum
{
  MQ_TICKS_ANY = 0,
  MQ_TICKS_WHOLE = 1 << 0,       /* integers only */
  MQ_TICKS_NO_QUARTERS = 1 << 1, /* no steps of 2.5: where figures are written with one decimal, "1.3 M" */
} MqTickFlags;

/* The most ticks, up to `most` (1 to MQ_TICKS_MAX), that lie inside low … high (finite, low <= high). A range without extent, or that holds no round value, gives the one tick nearest to it from below. */
MqTicks mq_ticks_inside (double low, double high, guint most, MqTickFlags flags);

/* Round class borders: the finest step whose borders around low … high (finite) make at most `most` (>= 1) classes; n borders,
 * at least two. */
MqTicks mq_ticks_around (double low, double high, guint most, MqTickFlags flags);

double mq_ticks_value (const MqTicks *ticks, guint index);

G_END_DECLS
