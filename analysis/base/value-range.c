/* value-range.c: four values at a time, for compilers see no way to do it with 64 bits. */

#include "base/value-range.h"

#include "base/vector.h"

#include <string.h>

#define LANES 4

typedef gint64  Lanes __attribute__ ((vector_size (8 * LANES)));
typedef guint64 Words __attribute__ ((vector_size (8 * LANES))); /* may go round */

#define CHOOSE(mask, yes, no) (((mask) & (yes)) | (~(mask) & (no)))

static void
take_lanes (MqValueRange *self, const Lanes *least, const Lanes *greatest)
{
  for (guint k = 0; k < LANES; k++)
    {
      self->least = MIN (self->least, (*least)[k]);
      self->greatest = MAX (self->greatest, (*greatest)[k]);
    }
}

/* One less than each value: so a missing one becomes the greatest there is, and none of the others changes its place. */
MQ_VECTOR MqValueRange
mq_value_range (const gint64 *values, gsize n)
{
  MqValueRange self = { G_MAXINT64, G_MININT64, 0, 0 };
  Lanes        least = { G_MAXINT64, G_MAXINT64, G_MAXINT64, G_MAXINT64 };
  Lanes        greatest = ~least;
  Lanes        missing = { 0 };
  Lanes        same = { 0 };
  gsize        i = 1;

  if (n == 0)
    return self;
  for (; i + LANES <= n; i += LANES)
    {
      Lanes value, before, lower;

      memcpy (&value, values + i, sizeof value);
      memcpy (&before, values + i - 1, sizeof before);
      lower = (Lanes) ((Words) value - 1);

      missing += value == G_MININT64;
      same += value == before;
      least = CHOOSE (lower < least, lower, least);
      greatest = CHOOSE (value > greatest, value, greatest);
    }
  self.n_changes = i - 1;
  for (guint k = 0; k < LANES; k++)
    {
      least[k] = least[k] == G_MAXINT64 ? G_MAXINT64 : least[k] + 1;
      self.n_missing -= missing[k];
      self.n_changes += same[k];
    }
  take_lanes (&self, &least, &greatest);
  for (gsize k = 0; k < n; k = k == 0 ? i : k + 1)
    {
      gint64 value = values[k];

      self.n_missing += value == G_MININT64;
      self.n_changes += k > 0 && value != values[k - 1];
      self.greatest = MAX (self.greatest, value);
      self.least = MIN (self.least, value == G_MININT64 ? G_MAXINT64 : value);
    }
  return self;
}

MQ_VECTOR MqValueRange
mq_value_range_differences (const guint64 *values, gsize n)
{
  MqValueRange self = { G_MAXINT64, G_MININT64, 0, 0 };
  Lanes        least = { G_MAXINT64, G_MAXINT64, G_MAXINT64, G_MAXINT64 };
  Lanes        greatest = ~least;
  gsize        i = 1;

  for (; i + LANES <= n; i += LANES)
    {
      Words value, before;
      Lanes difference;

      memcpy (&value, values + i, sizeof value);
      memcpy (&before, values + i - 1, sizeof before);
      difference = (Lanes) (value - before);
      least = CHOOSE (difference < least, difference, least);
      greatest = CHOOSE (difference > greatest, difference, greatest);
    }
  take_lanes (&self, &least, &greatest);
  for (; i < n; i++)
    {
      gint64 difference = (gint64) (values[i] - values[i - 1]);

      self.least = MIN (self.least, difference);
      self.greatest = MAX (self.greatest, difference);
    }
  return self;
}
