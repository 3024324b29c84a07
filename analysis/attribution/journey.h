/* journey.h: the touches and conversions of one customer, put in order, and the path of touches of each conversion
 * (METHODS.md, section Attribution). */

#pragma once

#include "attribution/credit-models.h"
#include "base/civil-time.h"
#include "query/moment.h"

G_BEGIN_DECLS

typedef struct
{
  gint64  time;
  gsize   row; /* of the facts of its origin; of MQ_TOUCH_ORDER the order's number */
  guint32 channel;
  guint8  precision; /* MqPrecision */
  guint8  source;    /* MqMomentSource; of an order: how it says it came */
  guint8  direct;
  guint8  skipped; /* direct, and direct touches are skipped: never in a path */
  guint8  owned;   /* in the window of a conversion */
} MqTouch;

typedef struct
{
  gint64 time;
  gint64 end;    /* the last instant of `time` at its precision: touches up to here are not after it */
  gint64 value;  /* minor units */
  gsize  row;    /* by source */
  guint8 source; /* MqMomentSource */
  guint8 precision;
  guint8 counts;      /* in the period, and not left out by an option */
  guint  first, last; /* of a plain journey, once its path is made: the touches of it, [first, last) */
} MqConversion;

/* What the windows look like. */
typedef struct
{
  gint64        lookback; /* µs */
  gint64        collapse; /* µs; 0: repeats are kept */
  gboolean      since_last;
  gint64        as_of;
  gint64        from, to;      /* of the last touch of a path without a conversion, inclusive */
  gboolean      any_precision; /* some time is to the minute or day */
  const MqZone *zone;
} MqWindowRule;

/* What becomes of a run of touches that belong to no conversion. */
typedef enum
{
  MQ_RUN_RIPE,
  MQ_RUN_UNRIPE,  /* can still convert: its last touch is within the lookback of the as-of date */
  MQ_RUN_OUTSIDE, /* its last touch is not in the period */
} MqRunState;

/* By the time of its last touch. */
static inline MqRunState
mq_window_rule_state (const MqWindowRule *self, gint64 last)
{
  if (self->as_of - last <= self->lookback)
    return MQ_RUN_UNRIPE;
  return last >= self->from && last <= self->to ? MQ_RUN_RIPE : MQ_RUN_OUTSIDE;
}

/* Room for one customer after the other. A *plain* journey has its touches in `channels`, `times` and `directs` themselves:
 * a path is a range of them, and nothing is copied. That is so where times are of one precision, repeats are kept and no
 * touch is skipped. Else they stand in `touches`, and paths are copied together. */
typedef struct
{
  gboolean      plain;
  MqTouch      *touches; /* (owned) ascending by (time, source, row) */
  guint         n_touches;
  MqConversion *conversions; /* (owned) ascending by (end, source, row) */
  guint         n_conversions;
  guint         touch_room;
  guint         conversion_room;
  /* The path made last, or the touches of a plain journey; as much room as for touches. */
  guint32 *channels; /* (owned) */
  gint64  *times;    /* (owned) */
  guint8  *directs;  /* (owned) */
  guint    n_path;
  guint    last;  /* of a plain journey: the first touch after the conversion asked for last */
  guint    owner; /* of a plain journey: the first conversion whose path can lie before the next run's end */
} MqJourney;

/* All zero is a new one. */
void mq_journey_clear (MqJourney *self);
void mq_journey_reset (MqJourney *self);
void mq_journey_grow (MqJourney *self);
/* Room for n touches of a plain journey. FALSE: no memory. */
gboolean mq_journey_make_room (MqJourney *self, gsize n);

static inline void
mq_journey_add_touch (MqJourney *self, const MqTouch *touch)
{
  if (G_UNLIKELY (self->n_touches == self->touch_room))
    mq_journey_grow (self);
  self->touches[self->n_touches++] = *touch;
}

/* Sets `end` from time and precision. */
void mq_journey_add_conversion (MqJourney *self, MqConversion conversion, const MqZone *zone);
/* Once all are added: puts them in order. is_sorted: the touches came in order. */
void mq_journey_sort (MqJourney *self, gboolean is_sorted);

/* Why a touch is not in the path of a conversion. */
typedef enum
{
  MQ_TOUCH_COUNTS,
  MQ_TOUCH_AFTER,        /* the conversion */
  MQ_TOUCH_TOO_OLD,      /* before the lookback */
  MQ_TOUCH_OTHER_ORDERS, /* before the previous conversion */
  MQ_TOUCH_DIRECT,       /* skipped */
  MQ_TOUCH_REPEAT,       /* of the same channel within the minutes that count once */
} MqTouchFate;

/* Makes the path of conversion `index`; paths are asked for in ascending order, *first is 0 at the first and handed on. The
 * fates of all touches go to `fates` (nullable). The path lives until the next call. */
MqTouchPath mq_journey_path (MqJourney *self, guint index, const MqWindowRule *rule, guint *first, guint8 *fates);

/* After all paths: the next run of touches that belong to no conversion, from touch *first (0 at the first) on. FALSE if
 * there is none. */
gboolean mq_journey_next_run (MqJourney *self, const MqWindowRule *rule, guint *first, MqTouchPath *path, MqRunState *state);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqJourney, mq_journey_clear)

G_END_DECLS
