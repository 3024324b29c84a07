/* timeline-private.h: what the parts of MqTimeline know of each other. */

#pragma once

#include "query/condition.h"
#include "query/timeline.h"

G_BEGIN_DECLS

typedef struct
{
  guint32       bit;
  gint          code;       /* of the name; -1: any */
  MqConditions *conditions; /* (owned) */
} MqTestedTerm;

/* Events or messages, read where they are. */
typedef struct
{
  MqMomentSource   source;
  const gsize     *offsets; /* NULL: not used */
  const gint64    *times;
  const gint64    *precision; /* (nullable) */
  const gint64    *imports;   /* (nullable) */
  const guint32   *codes;
  const MqStrings *names;
  guint            n_names;
  guint32         *plain;  /* (owned) by code, one more for no name: selectors without conditions */
  guint32         *asked;  /* (owned) by code: selectors whose conditions are to be asked */
  GArray          *tested; /* (owned) (element-type MqTestedTerm) */
} MqStream;

struct _MqTimeline
{
  MqDataset           *dataset; /* (borrowed) */
  gint64               as_of;
  gboolean             others;
  gboolean             several; /* more than one kind of record */
  gboolean             mixed;
  const MqFieldValues *hold; /* (nullable) (borrowed) */
  const char          *shop; /* (nullable) */
  guint                n_persons;
  gint64               n_rows;
  gint64               n_anonymous;
  MqStream             streams[2]; /* events, messages */

  /* what the orders did, timeline-orders.c */
  const MqOrderBook *book;          /* (nullable) */
  const gint64      *order_imports; /* (nullable) by row */
  const gint64      *line_amounts;  /* (nullable) by row */
  gint64            *net;           /* (owned) (nullable) by order */
  guint8            *states;        /* (owned) (nullable) by order: MqOrderState */
  GArray            *collected;     /* (owned) (nullable) (element-type MqListed) until finished */
  gsize              n_listed;
  MqMoment          *listed;       /* (owned) (nullable) by person */
  gsize             *list_offsets; /* (owned) (nullable) n_persons + 1 */
};

typedef struct
{
  guint    person;
  guint    act; /* what happened to the order */
  MqMoment moment;
} MqListed;

gboolean mq_timeline_load_orders (MqTimeline *self, const MqRun *run, GError **error);
gboolean mq_timeline_add_orders (MqTimeline *self, const MqTerm *term, guint32 bit, const char *setting, const MqRun *run, GError **error);
gboolean mq_timeline_finish_orders (MqTimeline *self, const MqRun *run, GError **error);
void     mq_timeline_clear_orders (MqTimeline *self);

G_END_DECLS
