/* touch-names.h: the names that get the credit - channels, groups of them or campaigns - of events, messages and orders in
 * one list, channels as the project's channel table has them. */

#pragma once

#include "attribution/attribution-options.h"
#include "channels/channel-table.h"

G_BEGIN_DECLS

/* What stands for a touch without a campaign. */
#define MQ_NO_CAMPAIGN N_ ("(no campaign)")

/* Of one kind of record. */
typedef struct
{
  const guint32 *channels;   /* (nullable) codes by row of the column channel (of orders: source); NULL: the kind has none */
  const guint32 *campaigns;  /* (nullable) codes by row */
  guint32       *names;      /* (owned) by the code of what gets the credit, one more for none: index into the list */
  guint8        *directs;    /* (owned) by the channel's code, one more for none */
  guint32        n_channels; /* codes of channels */
  guint32        n_names;    /* codes of what gets the credit */
  guint32        no_campaign;
} MqTouchColumns;

typedef struct
{
  MqTouchColumns  kinds[MQ_N_KINDS]; /* of events, messages, orders */
  gboolean        by_campaign;
  MqChannelTable *table; /* (owned) the names of channels and groups are its */
  GPtrArray      *list;  /* (owned) (element-type utf8, borrowed) sorted by bytes */
} MqTouchNames;

/* with_orders: how orders say they came is a touch too. */
gboolean mq_touch_names_init (MqTouchNames *self, MqDataset *dataset, MqCreditBy by, gboolean with_orders, const MqRun *run, GError **error);
void     mq_touch_names_clear (MqTouchNames *self);

static inline guint32
mq_touch_names_credited (const MqTouchNames *self, const MqTouchColumns *columns, gsize row, guint32 channel)
{
  if (!self->by_campaign)
    return columns->names[channel];
  if (columns->campaigns == NULL || columns->campaigns[row] == G_MAXUINT32)
    return columns->no_campaign;
  return columns->names[columns->campaigns[row]];
}

/* The name that a record's touch credits, MQ_CODE_MISSING if it has no channel. */
static inline guint32
mq_touch_names_get (const MqTouchNames *self, MqKind kind, gsize row, guint8 *direct)
{
  const MqTouchColumns *columns = &self->kinds[kind];
  guint32               channel = columns->channels != NULL ? columns->channels[row] : G_MAXUINT32;

  if (channel == G_MAXUINT32)
    return G_MAXUINT32;
  *direct = columns->directs[channel];
  return mq_touch_names_credited (self, columns, row, channel);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqTouchNames, mq_touch_names_clear)

G_END_DECLS
