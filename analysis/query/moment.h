/* moment.h: MqMoment, one thing that a customer did, as funnels, cohorts and paths see it. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MQ_MOMENT_SELECTORS 31 /* at most, in one timeline */

typedef enum
{
  MQ_MOMENT_EVENT,   /* row: of the events */
  MQ_MOMENT_MESSAGE, /* row: of the messages */
  MQ_MOMENT_ORDER,   /* row: number in the order book */
  MQ_MOMENT_LINE,    /* row: of the orders (order lines) */
  MQ_N_MOMENT_SOURCES
} MqMomentSource;

typedef struct
{
  gint64  time;      /* instant; of a coarser precision the first of its minute or day */
  guint32 bits;      /* bit i: selector i means it; 0: another record */
  guint32 row;       /* by source */
  guint32 value;     /* code of the held field, MQ_CODE_MISSING */
  guint8  source;    /* MqMomentSource */
  guint8  precision; /* MqPrecision */
  guint8  early;     /* stands before all others of its instant: an order is never the next one after itself */
} MqMoment;

G_END_DECLS
