/* random.h: seeded random numbers (xoshiro256**, seeded by splitmix64: Blackman and Vigna 2018), the same on every
 * machine; a stream a slice keeps parallel work reproducible. Not for secrets. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 state[4];
} MqRandom;

void    mq_random_init (MqRandom *self, guint64 seed, guint64 stream);
guint64 mq_random_next (MqRandom *self);
guint64 mq_random_below (MqRandom *self, guint64 n); /* 0 … n - 1, without bias */
double  mq_random_uniform (MqRandom *self);          /* [0, 1) */
double  mq_random_normal (MqRandom *self);
double  mq_random_exponential (MqRandom *self);

G_END_DECLS
