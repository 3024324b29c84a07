/* journey.c: windows over the touches of one customer. */

#include "config.h"

#include "attribution/journey.h"

#include <stdlib.h>

static int
compare_touches_cb (gconstpointer a, gconstpointer b)
{
  const MqTouch *x = a, *y = b;

  if (x->time != y->time)
    return x->time < y->time ? -1 : 1;
  if (x->source != y->source)
    return x->source < y->source ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

static int
compare_conversions_cb (gconstpointer a, gconstpointer b)
{
  const MqConversion *x = a, *y = b;

  if (x->end != y->end)
    return x->end < y->end ? -1 : 1;
  if (x->source != y->source)
    return x->source < y->source ? -1 : 1;
  return x->row < y->row ? -1 : x->row > y->row;
}

static gint64
find_end (gint64 time, MqPrecision precision, const MqZone *zone)
{
  if (precision == MQ_PRECISION_SECOND)
    return time;
  if (precision == MQ_PRECISION_MINUTE)
    return time + 60 * MQ_SECOND - 1;
  return mq_zone_day_start (zone, mq_zone_day (zone, time, NULL) + 1) - 1;
}

/* How long before the conversion, at the coarser precision of the two; a conversion to the day is at the end of its day. */
static gint64
find_age (const MqTouch *touch, const MqConversion *conversion, const MqZone *zone)
{
  gint64 from;

  if (touch->precision == MQ_PRECISION_DAY)
    return (gint64) (mq_zone_day (zone, conversion->time, NULL) - mq_zone_day (zone, touch->time, NULL)) * MQ_DAY_MICROSECONDS;
  from = conversion->precision == MQ_PRECISION_DAY ? conversion->end : conversion->time;
  return MAX (from - touch->time, 0);
}

/* The end of the latest conversion that is earlier than this one: those of one time share their touches. */
static gint64
find_previous_end (const MqJourney *self, guint index)
{
  gint64 end = g_array_index (self->conversions, MqConversion, index).end;

  while (index-- > 0)
    {
      const MqConversion *earlier = &g_array_index (self->conversions, MqConversion, index);

      if (earlier->end < end)
        return earlier->end;
    }
  return MQ_TIME_MISSING;
}

static void
clear_path (MqJourney *self)
{
  g_array_set_size (self->channels, 0);
  g_array_set_size (self->times, 0);
  g_array_set_size (self->directs, 0);
  g_array_set_size (self->members, 0);
}

static void
add_to_path (MqJourney *self, guint index)
{
  const MqTouch *touch = &g_array_index (self->touches, MqTouch, index);

  g_array_append_val (self->channels, touch->channel);
  g_array_append_val (self->times, touch->time);
  g_array_append_val (self->directs, touch->direct);
  g_array_append_val (self->members, index);
}

static MqTouchPath
get_path (const MqJourney *self)
{
  return (MqTouchPath){ (const guint32 *) self->channels->data, (const gint64 *) self->times->data, (const guint8 *) self->directs->data, self->channels->len };
}

/* last_seen: of the run of one channel at the end of the path, repeats that count no more included. */
static gboolean
is_repeat (const MqJourney *self, const MqTouch *touch, const MqWindowRule *rule, gint64 *last_seen)
{
  gboolean repeat = rule->collapse > 0 && self->channels->len > 0 &&
                    g_array_index (self->channels, guint32, self->channels->len - 1) == touch->channel &&
                    touch->time - *last_seen <= rule->collapse;

  *last_seen = touch->time;
  return repeat;
}

static MqTouchFate
find_fate (const MqTouch *touch, const MqConversion *conversion, gint64 previous, const MqWindowRule *rule)
{
  if (touch->time > conversion->end)
    return MQ_TOUCH_AFTER;
  if (find_age (touch, conversion, rule->zone) > rule->lookback)
    return MQ_TOUCH_TOO_OLD;
  if (touch->time <= previous)
    return MQ_TOUCH_OTHER_ORDERS;
  return touch->skipped ? MQ_TOUCH_DIRECT : MQ_TOUCH_COUNTS;
}

void
mq_journey_init (MqJourney *self)
{
  self->touches = g_array_new (FALSE, FALSE, sizeof (MqTouch));
  self->conversions = g_array_new (FALSE, FALSE, sizeof (MqConversion));
  self->channels = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->times = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->directs = g_array_new (FALSE, FALSE, sizeof (guint8));
  self->members = g_array_new (FALSE, FALSE, sizeof (guint));
}

void
mq_journey_clear (MqJourney *self)
{
  g_clear_pointer (&self->touches, g_array_unref);
  g_clear_pointer (&self->conversions, g_array_unref);
  g_clear_pointer (&self->channels, g_array_unref);
  g_clear_pointer (&self->times, g_array_unref);
  g_clear_pointer (&self->directs, g_array_unref);
  g_clear_pointer (&self->members, g_array_unref);
}

void
mq_journey_reset (MqJourney *self)
{
  g_array_set_size (self->touches, 0);
  g_array_set_size (self->conversions, 0);
}

void
mq_journey_add_touch (MqJourney *self, const MqTouch *touch)
{
  g_array_append_vals (self->touches, touch, 1);
}

void
mq_journey_add_conversion (MqJourney *self, MqConversion conversion, const MqZone *zone)
{
  conversion.end = find_end (conversion.time, conversion.precision, zone);
  g_array_append_val (self->conversions, conversion);
}

void
mq_journey_sort (MqJourney *self, gboolean is_sorted)
{
  if (!is_sorted && self->touches->len > 1)
    qsort (self->touches->data, self->touches->len, sizeof (MqTouch), compare_touches_cb);
  if (self->conversions->len > 1)
    qsort (self->conversions->data, self->conversions->len, sizeof (MqConversion), compare_conversions_cb);
}

MqTouchPath
mq_journey_path (MqJourney *self, guint index, const MqWindowRule *rule, guint *first, guint8 *fates)
{
  const MqConversion *conversion = &g_array_index (self->conversions, MqConversion, index);
  MqTouch            *touches = (MqTouch *) self->touches->data;
  guint               n = self->touches->len;
  gint64              previous = rule->since_last ? find_previous_end (self, index) : MQ_TIME_MISSING;
  gint64              oldest = conversion->end - rule->lookback - (rule->any_precision ? MQ_DAY_MICROSECONDS : 0);
  gint64              last_seen = 0;

  clear_path (self);
  while (*first < n && touches[*first].time < oldest)
    (*first)++;
  for (guint i = fates != NULL ? 0 : *first; i < n && (fates != NULL || touches[i].time <= conversion->end); i++)
    {
      MqTouchFate fate = find_fate (&touches[i], conversion, previous, rule);

      if (fate == MQ_TOUCH_COUNTS)
        {
          touches[i].owned = TRUE;
          if (is_repeat (self, &touches[i], rule, &last_seen))
            fate = MQ_TOUCH_REPEAT;
          else
            add_to_path (self, i);
        }
      if (fates != NULL)
        fates[i] = fate;
    }
  return get_path (self);
}

gboolean
mq_journey_next_run (MqJourney *self, const MqWindowRule *rule, guint *first, MqTouchPath *path, MqRunState *state)
{
  const MqTouch *touches = (const MqTouch *) self->touches->data;
  const MqTouch *last = NULL;
  gint64         last_seen = 0;

  clear_path (self);
  for (; *first < self->touches->len; (*first)++)
    {
      const MqTouch *touch = &touches[*first];

      if (touch->owned || touch->skipped)
        continue;
      if (last != NULL && touch->time - last->time > rule->lookback)
        break;
      last = touch;
      if (!is_repeat (self, touch, rule, &last_seen))
        add_to_path (self, *first);
    }
  if (last == NULL)
    return FALSE;
  *path = get_path (self);
  if (rule->as_of - last->time <= rule->lookback)
    *state = MQ_RUN_UNRIPE;
  else
    *state = last->time >= rule->from && last->time <= rule->to ? MQ_RUN_RIPE : MQ_RUN_OUTSIDE;
  return TRUE;
}
