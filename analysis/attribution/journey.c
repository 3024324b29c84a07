/* journey.c: windows over the touches of one customer. */

#include "config.h"

#include "attribution/journey.h"

#include <stdlib.h>

#define FIRST_ROOM 64

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
  gint64 end = self->conversions[index].end;

  while (index-- > 0)
    if (self->conversions[index].end < end)
      return self->conversions[index].end;
  return MQ_TIME_MISSING;
}

static inline void
add_to_path (MqJourney *self, const MqTouch *touch)
{
  self->channels[self->n_path] = touch->channel;
  self->times[self->n_path] = touch->time;
  self->directs[self->n_path] = touch->direct;
  self->n_path++;
}

static inline MqTouchPath
get_path (const MqJourney *self)
{
  return (MqTouchPath){ self->channels, self->times, self->directs, self->n_path };
}

/* last_seen: of the run of one channel at the end of the path, repeats that count no more included. */
static gboolean
is_repeat (const MqJourney *self, const MqTouch *touch, const MqWindowRule *rule, gint64 *last_seen)
{
  gboolean repeat = rule->collapse > 0 && self->n_path > 0 && self->channels[self->n_path - 1] == touch->channel &&
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
mq_journey_clear (MqJourney *self)
{
  g_clear_pointer (&self->touches, g_free);
  g_clear_pointer (&self->conversions, g_free);
  g_clear_pointer (&self->channels, g_free);
  g_clear_pointer (&self->times, g_free);
  g_clear_pointer (&self->directs, g_free);
}

void
mq_journey_reset (MqJourney *self)
{
  self->plain = FALSE;
  self->n_touches = self->n_conversions = self->last = self->owner = 0;
}

gboolean
mq_journey_make_room (MqJourney *self, gsize n)
{
  gsize    room = MAX (n, FIRST_ROOM);
  guint32 *channels;
  gint64  *times;
  guint8  *directs;

  if (room <= self->touch_room)
    return TRUE;
  room += room / 2;
  if (room > G_MAXUINT32 / 2)
    return FALSE;
  channels = g_try_renew (guint32, self->channels, room);
  self->channels = channels != NULL ? channels : self->channels;
  times = g_try_renew (gint64, self->times, room);
  self->times = times != NULL ? times : self->times;
  directs = g_try_renew (guint8, self->directs, room);
  self->directs = directs != NULL ? directs : self->directs;
  if (channels == NULL || times == NULL || directs == NULL)
    return FALSE;
  self->touches = g_renew (MqTouch, self->touches, room);
  self->touch_room = room;
  return TRUE;
}

/* A customer's rows are fewer than 2^32: the sizes fit. */
void
mq_journey_grow (MqJourney *self)
{
  self->touch_room = MAX (self->touch_room * 2, FIRST_ROOM);
  self->touches = g_renew (MqTouch, self->touches, self->touch_room);
  self->channels = g_renew (guint32, self->channels, self->touch_room);
  self->times = g_renew (gint64, self->times, self->touch_room);
  self->directs = g_renew (guint8, self->directs, self->touch_room);
}

void
mq_journey_add_conversion (MqJourney *self, MqConversion conversion, const MqZone *zone)
{
  conversion.end = find_end (conversion.time, conversion.precision, zone);
  if (self->n_conversions == self->conversion_room)
    {
      self->conversion_room = MAX (self->conversion_room * 2, FIRST_ROOM);
      self->conversions = g_renew (MqConversion, self->conversions, self->conversion_room);
    }
  self->conversions[self->n_conversions++] = conversion;
}

/* Mostly they are in order already. */
static void
sort_conversions (MqJourney *self)
{
  for (guint i = 1; i < self->n_conversions; i++)
    if (compare_conversions_cb (&self->conversions[i - 1], &self->conversions[i]) > 0)
      {
        qsort (self->conversions, self->n_conversions, sizeof *self->conversions, compare_conversions_cb);
        return;
      }
}

void
mq_journey_sort (MqJourney *self, gboolean is_sorted)
{
  if (!is_sorted && self->n_touches > 1)
    qsort (self->touches, self->n_touches, sizeof *self->touches, compare_touches_cb);
  sort_conversions (self);
}

static inline MqTouchPath
get_range (const MqJourney *self, guint first, guint last)
{
  return (MqTouchPath){ self->channels + first, self->times + first, self->directs + first, last - first };
}

/* Windows end, and so begin, in ascending order: both ends only move on. */
static MqTouchPath
find_range (MqJourney *self, guint index, const MqWindowRule *rule, guint *first)
{
  MqConversion *conversion = &self->conversions[index];
  gint64        previous = rule->since_last ? find_previous_end (self, index) : MQ_TIME_MISSING;
  gint64        oldest = MAX (conversion->end - rule->lookback, previous != MQ_TIME_MISSING ? previous + 1 : MQ_TIME_MISSING);
  guint         n = self->n_touches, at = *first, last = self->last;

  while (at < n && self->times[at] < oldest)
    at++;
  last = MAX (last, at);
  while (last < n && self->times[last] <= conversion->end)
    last++;
  *first = at;
  self->last = last;
  conversion->first = at;
  conversion->last = last;
  return get_range (self, at, last);
}

/* Touches in a row that belong to no conversion, from touch *first on. A touch before a conversion's window and one after it
 * are further apart than the lookback, so the ranges of the paths cut runs as well. */
static gboolean
find_free (MqJourney *self, guint *first, MqTouchPath *path)
{
  guint start = *first, end;

  for (; self->owner < self->n_conversions && self->conversions[self->owner].first <= start; self->owner++)
    start = MAX (start, self->conversions[self->owner].last);
  *first = start;
  if (start >= self->n_touches)
    return FALSE;
  end = self->owner < self->n_conversions ? self->conversions[self->owner].first : self->n_touches;
  *first = end;
  *path = get_range (self, start, end);
  return TRUE;
}

static gboolean
find_run (MqJourney *self, const MqWindowRule *rule, guint *first, MqTouchPath *path)
{
  guint n = 1;

  if (!find_free (self, first, path))
    return FALSE;
  while (n < path->n && path->times[n] - path->times[n - 1] <= rule->lookback)
    n++;
  *first -= path->n - n;
  path->n = n;
  return TRUE;
}

MqTouchPath
mq_journey_path (MqJourney *self, guint index, const MqWindowRule *rule, guint *first, guint8 *fates)
{
  const MqConversion *conversion = &self->conversions[index];
  MqTouch            *touches = self->touches;
  guint               n = self->n_touches;
  gint64              previous = rule->since_last ? find_previous_end (self, index) : MQ_TIME_MISSING;
  gint64              oldest = conversion->end - rule->lookback - (rule->any_precision ? MQ_DAY_MICROSECONDS : 0);
  gint64              last_seen = 0;

  if (self->plain)
    return find_range (self, index, rule, first);
  self->n_path = 0;
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
            add_to_path (self, &touches[i]);
        }
      if (fates != NULL)
        fates[i] = fate;
    }
  return get_path (self);
}

gboolean
mq_journey_next_run (MqJourney *self, const MqWindowRule *rule, guint *first, MqTouchPath *path, MqRunState *state)
{
  const MqTouch *last = NULL;
  gint64         last_seen = 0;

  if (self->plain)
    {
      if (!find_run (self, rule, first, path))
        return FALSE;
      *state = mq_window_rule_state (rule, path->times[path->n - 1]);
      return TRUE;
    }
  self->n_path = 0;
  for (; *first < self->n_touches; (*first)++)
    {
      const MqTouch *touch = &self->touches[*first];

      if (touch->owned || touch->skipped)
        continue;
      if (last != NULL && touch->time - last->time > rule->lookback)
        break;
      last = touch;
      if (!is_repeat (self, touch, rule, &last_seen))
        add_to_path (self, touch);
    }
  if (last == NULL)
    return FALSE;
  *path = get_path (self);
  *state = mq_window_rule_state (rule, last->time);
  return TRUE;
}
