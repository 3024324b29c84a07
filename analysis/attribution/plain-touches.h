/* plain-touches.h: events alone as touches and conversions, each at its second, without orders among them: what a loop can
 * take from the columns as they stand, without a journey of copies. Immutable once made; any thread. */

#pragma once

#include "attribution/attribution-options.h"
#include "attribution/touch-names.h"
#include "base/code-set.h"
#include "query/timeline.h"

G_BEGIN_DECLS

/* What the selectors of a timeline of touches stand for. */
enum
{
  MQ_TOUCH_SELECTOR_CONVERSION,
  MQ_TOUCH_SELECTOR_TOUCH,
  MQ_TOUCH_N_SELECTORS
};

typedef struct
{
  MqPlainTimeline events;
  const guint32  *channels;  /* codes by row */
  const guint32  *campaigns; /* (nullable) codes by row, where campaigns get the credit */
  const guint32  *names;     /* by the code of what gets the credit, one more for none */
  const guint8   *directs;   /* by the channel's code */
  const gint64   *amounts;   /* (nullable) minor units by row */
  guint32         n_names;
  MqCodeSet       touches; /* by the event's name: it is a touch and no conversion */
  MqCodeSet       conversions;
  MqCodeSet       taken; /* by the channel: touches by it count */
} MqPlainTouches;

/* The selectors of the timeline are conversion, then touch. FALSE where journeys are not plain: nothing is to be cleared. */
gboolean mq_plain_touches_init (MqPlainTouches *self, const MqTimeline *timeline, const MqTouchNames *names, gboolean skip_direct);
void     mq_plain_touches_clear (MqPlainTouches *self);

/* The rows of a person up to the as-of date end here. */
static inline gsize
mq_plain_touches_end (const MqPlainTouches *self, guint person)
{
  gsize first = self->events.offsets[person], last = self->events.offsets[person + 1];

  while (last > first && self->events.times[last - 1] > self->events.as_of)
    last--;
  return last;
}

static inline guint32
mq_plain_touches_name (const MqPlainTouches *self, gsize row)
{
  return self->names[self->campaigns == NULL ? self->channels[row] : MIN (self->campaigns[row], self->n_names)];
}

static inline gint64
mq_plain_touches_value (const MqPlainTouches *self, gsize row)
{
  gint64 amount = self->amounts != NULL ? self->amounts[row] : MQ_VALUE_MISSING;

  return amount != MQ_VALUE_MISSING ? amount : 0;
}

/* Rows of touches, and of conversions, ascending; room for last - first + MQ_CODE_SET_SLACK. Returns how many. */
gsize mq_plain_touches_find (const MqPlainTouches *self, gsize first, gsize last, guint32 *rows);
gsize mq_plain_touches_find_conversions (const MqPlainTouches *self, gsize first, gsize last, guint32 *rows);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqPlainTouches, mq_plain_touches_clear)

G_END_DECLS
