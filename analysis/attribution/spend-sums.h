/* spend-sums.h: what was spent, by what gets the credit and by day, as the project's channel table names it. */

#pragma once

#include "attribution/attribution-options.h"
#include "channels/channel-table.h"
#include "scope.h"

G_BEGIN_DECLS

/* What was spent under one name. */
typedef struct
{
  const char *name; /* (borrowed) of the channel table or the dataset */
  gint64      amount;
  double      platform_conversions; /* NaN: not stated */
  gint64      platform_value;       /* MQ_MONEY_MISSING: not stated */
} MqSpend;

/* One record of it. */
typedef struct
{
  guint  spend; /* index into the list */
  gint32 day;
  gint64 amount;
} MqSpendRecord;

typedef struct
{
  MqChannelTable *table;   /* (owned) */
  GArray         *list;    /* (owned) (nullable: the project has no spend) (element-type MqSpend) sorted by name's bytes */
  GArray         *records; /* (owned) (nullable) (element-type MqSpendRecord) of the period, with an amount */
} MqSpendSums;

/* Names without spend in the period are left out. FALSE with error. */
gboolean mq_spend_sums_init (MqSpendSums *self, MqDataset *dataset, const MqScope *scope, MqCreditBy by, const MqRun *run, GError **error);
void     mq_spend_sums_clear (MqSpendSums *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqSpendSums, mq_spend_sums_clear)

G_END_DECLS
