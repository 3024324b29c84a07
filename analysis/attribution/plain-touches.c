/* plain-touches.c: which codes make an event a touch or a conversion. */

#include "config.h"

#include "attribution/plain-touches.h"

/* The events that are meant by one selector and not by an earlier one. */
static void
init_events (MqCodeSet *set, const MqPlainTimeline *events, guint32 bit, guint32 not_bits)
{
  g_autofree gboolean *has = g_new0 (gboolean, events->n_codes + 1);

  for (guint32 code = 0; code <= events->n_codes; code++)
    has[code] = (events->bits[code] & bit) != 0 && (events->bits[code] & not_bits) == 0;
  mq_code_set_init (set, has, events->n_codes);
}

static void
init_taken (MqCodeSet *set, const MqTouchColumns *columns, gboolean skip_direct)
{
  g_autofree gboolean *has = g_new0 (gboolean, columns->n_channels + 1);

  for (guint32 code = 0; code < columns->n_channels; code++)
    has[code] = !(skip_direct && columns->directs[code]);
  mq_code_set_init (set, has, columns->n_channels);
}

gboolean
mq_plain_touches_init (MqPlainTouches *self, const MqTimeline *timeline, const MqTouchNames *names, gboolean skip_direct)
{
  const MqTouchColumns *columns = &names->kinds[MQ_KIND_EVENTS];
  const guint32         conversion = 1u << MQ_TOUCH_SELECTOR_CONVERSION, touch = 1u << MQ_TOUCH_SELECTOR_TOUCH;

  *self = (MqPlainTouches){ .channels = columns->channels, .campaigns = names->by_campaign ? columns->campaigns : NULL, .names = columns->names, .directs = columns->directs, .n_names = columns->n_names };
  if (columns->channels == NULL || (names->by_campaign && columns->campaigns == NULL) || !mq_timeline_get_plain (timeline, &self->events) ||
      self->events.offsets[mq_timeline_n_persons (timeline)] > G_MAXUINT32 - MQ_CODE_SET_SLACK)
    return FALSE;
  init_events (&self->conversions, &self->events, conversion, 0);
  init_events (&self->touches, &self->events, touch, conversion);
  init_taken (&self->taken, columns, skip_direct);
  return TRUE;
}

void
mq_plain_touches_clear (MqPlainTouches *self)
{
  mq_code_set_clear (&self->touches);
  mq_code_set_clear (&self->conversions);
  mq_code_set_clear (&self->taken);
}

gsize
mq_plain_touches_find (const MqPlainTouches *self, gsize first, gsize last, guint32 *rows)
{
  return mq_code_set_find_both (&self->touches, self->events.codes, &self->taken, self->channels, first, last, rows);
}

gsize
mq_plain_touches_find_conversions (const MqPlainTouches *self, gsize first, gsize last, guint32 *rows)
{
  return mq_code_set_find (&self->conversions, self->events.codes, first, last, rows);
}
