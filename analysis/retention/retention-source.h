/* retention-source.h: the records that a retention request speaks of: what begins a cohort, what is a return, and the
 * valid orders. */

#pragma once

#include "retention/cohort.h"
#include "retention/retention-options.h"
#include "query/timeline.h"
#include "scope.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean      has_orders; /* the project has any */
  MqOrderFilter filter;
  MqValidOrders orders;     /* filled if has_orders */
  MqRecords     order_list; /* the same as records */
  guint32      *paid_codes; /* (owned) (nullable) the rows' codes into { 0, 1 } */
  guint8        wanted_paid[2];

  const MqFacts *events;          /* (nullable) */
  guint8        *event_precision; /* (owned) (nullable) */
  guint8        *wanted_start;    /* (owned) (nullable) by code of the event's name */
  guint8        *wanted_return;   /* (owned) (nullable) */

  /* filled where names have conditions, lists or other kinds of records */
  gsize    *list_offsets;   /* (owned) (nullable) */
  gint64   *list_time;      /* (owned) */
  guint8   *list_precision; /* (owned) */
  guint32  *list_bits;      /* (owned) 1: begins a cohort; 2: is a return */
  MqMoment *list_moments;   /* (owned) */

  MqRecords start;
  MqRecords returns;
  gboolean  start_is_order; /* an order of whatever conditions */
  gboolean  return_is_order;
  gboolean  start_in_orders; /* start's rows are those of `orders` */
  gint64    rows_read;       /* of records other than orders */
  gint64    n_anonymous;     /* of them of nobody */
  gboolean  same;            /* start and returns are rows of one list */
  char     *start_name;      /* (owned) as it was asked, or the default */
  char     *return_name;
} MqRetentionSource;

/* FALSE with MQ_ANALYSIS_ERROR_SETTING (a name that the project does not have), MQ_ANALYSIS_ERROR_DATA, or another error. */
gboolean mq_retention_source_init (MqRetentionSource *self, MqDataset *dataset, const MqScope *scope, const MqRetentionOptions *options, const MqRun *run, GError **error);
void     mq_retention_source_clear (MqRetentionSource *self);

/* The record of `start` in a row. */
MqMoment mq_retention_source_moment (const MqRetentionSource *self, gsize row);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqRetentionSource, mq_retention_source_clear)

G_END_DECLS
