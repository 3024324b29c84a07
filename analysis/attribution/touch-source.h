/* touch-source.h: where touches and conversions come from: the events, messages and orders of a dataset, as the settings of
 * attribution choose them. Immutable once made; read by any number of threads, each with its own reader. */

#pragma once

#include "attribution/attribution-options.h"
#include "attribution/journey.h"
#include "attribution/plain-touches.h"
#include "orders/order-fate.h"
#include "query/timeline.h"
#include "scope.h"

G_BEGIN_DECLS

typedef struct _MqTouchSource MqTouchSource;

/* (transfer full); borrows dataset, scope and options. */
MqTouchSource *mq_touch_source_new (MqDataset *dataset, const MqScope *scope, const MqAttributionOptions *options, const MqRun *run, GError **error);
void           mq_touch_source_free (MqTouchSource *self);

guint       mq_touch_source_n_persons (const MqTouchSource *self);
guint       mq_touch_source_n_channels (const MqTouchSource *self);
const char *mq_touch_source_channel (const MqTouchSource *self, guint channel); /* sorted by bytes */
/* Conversions and paths count in another period than the scope's. Not while a thread reads. */
void                mq_touch_source_set_period (MqTouchSource *self, gint64 from, gint64 to);
const MqWindowRule *mq_touch_source_rule (const MqTouchSource *self);

/* (nullable) The touches and conversions where they stand in the columns: the option that takes a customer's first conversion
 * alone, and the period, are still to be looked at. */
const MqPlainTouches *mq_touch_source_plain (const MqTouchSource *self);
/* Rows read and left out, by reason. */
void mq_touch_source_fill_provenance (const MqTouchSource *self, MqResult *result);

typedef struct
{
  gboolean  whole; /* journeys are to have MqTouch, for who asks about single touches */
  MqMoments moments;
  guint32  *rows; /* (owned) of a plain journey */
  gsize     room;
} MqTouchReader;

void mq_touch_reader_clear (MqTouchReader *self);

/* Fills the journey with one customer's touches and conversions up to the as-of date. */
gboolean mq_touch_source_read (const MqTouchSource *self, MqTouchReader *reader, guint person, MqJourney *journey, GError **error);

/* What a touch or a conversion is, for people: the event's name, "message.clicked", the order's number. g_free */
char *mq_touch_source_describe (const MqTouchSource *self, MqMomentSource source, gsize row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MqTouchSource, mq_touch_source_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqTouchReader, mq_touch_reader_clear)

G_END_DECLS
