/* exact-division.h: dividing many numbers by one divisor that most or all of them are multiples of: a multiplication
 * with the inverse of its odd part modulo 2^64 and a rotation by its power of two, a tenth of what a division costs. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 inverse; /* of the divisor's odd part */
  guint64 most;    /* the greatest quotient */
  guint   shift;   /* the divisor's power of two */
} MqExactDivision;

/* divisor > 0. */
static inline MqExactDivision
mq_exact_division (guint64 divisor)
{
  guint   shift = __builtin_ctzll (divisor);
  guint64 odd = divisor >> shift;
  guint64 inverse = odd; /* right in the last 3 bits; each step doubles them */

  for (guint bits = 3; bits < 64; bits *= 2)
    inverse *= 2 - odd * inverse;
  return (MqExactDivision){ inverse, G_MAXUINT64 / divisor, shift };
}

/* Of a multiple of the divisor; of any other number something that mq_exact_divides() knows. */
static inline guint64
mq_exact_quotient (MqExactDivision self, guint64 number)
{
  guint64 product = number * self.inverse;

  return product >> self.shift | product << (-self.shift & 63);
}

static inline gboolean
mq_exact_divides (MqExactDivision self, guint64 number)
{
  return mq_exact_quotient (self, number) <= self.most;
}

G_END_DECLS
