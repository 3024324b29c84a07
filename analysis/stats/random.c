/* random.c: xoshiro256** 1.0 (Blackman and Vigna 2018), its state filled by splitmix64. */

#include "stats/random.h"

#include <math.h>

static guint64
step_splitmix (guint64 *state)
{
  guint64 z = *state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ z >> 31;
}

static inline guint64
rotate_left (guint64 value, int bits)
{
  return value << bits | value >> (64 - bits);
}

void
mq_random_init (MqRandom *self, guint64 seed, guint64 stream)
{
  guint64 state = seed + stream * G_GUINT64_CONSTANT (0xd1b54a32d192ed03);

  for (guint i = 0; i < G_N_ELEMENTS (self->state); i++)
    self->state[i] = step_splitmix (&state);
}

guint64
mq_random_next (MqRandom *self)
{
  guint64 *s = self->state;
  guint64  result = rotate_left (s[1] * 5, 7) * 9;
  guint64  t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate_left (s[3], 45);
  return result;
}

guint64
mq_random_below (MqRandom *self, guint64 n)
{
  unsigned __int128 product;
  guint64           limit;

  g_return_val_if_fail (n > 0, 0);

  /* Lemire 2019: the high half of a product is the number; a low half under 2^64 mod n would be drawn once too often. */
  product = (unsigned __int128) mq_random_next (self) * n;
  if ((guint64) product < n)
    for (limit = -n % n; (guint64) product < limit;)
      product = (unsigned __int128) mq_random_next (self) * n;
  return product >> 64;
}

double
mq_random_uniform (MqRandom *self)
{
  return (mq_random_next (self) >> 11) * 0x1p-53;
}

double
mq_random_normal (MqRandom *self)
{
  double u, v, square;

  do
    {
      u = 2 * mq_random_uniform (self) - 1;
      v = 2 * mq_random_uniform (self) - 1;
      square = u * u + v * v;
    }
  while (square >= 1 || square == 0);
  return u * sqrt (-2 * log (square) / square);
}

double
mq_random_exponential (MqRandom *self)
{
  return -log1p (-mq_random_uniform (self));
}
