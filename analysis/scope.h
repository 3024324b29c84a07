/* scope.h: the project bar that every analysis obeys: as-of date, period, comparison, shop, segment. */

#pragma once

#include "analysis.h"

G_BEGIN_DECLS

/* as-of, period (365d, all), from, to, compare-as-of, shop, segment, ended by a NULL name. */
extern const MqSetting mq_scope_settings[];

typedef struct
{
  const MqZone *zone;
  gint32        as_of_day;
  gint64        as_of;    /* the last microsecond of as_of_day (or the instant given) */
  gint32        from_day; /* first day of the period; MQ_DAY_MISSING for `all` */
  gint64        from;     /* its first instant; MQ_TIME_MISSING */
  gint32        to_day;   /* last day: as_of_day unless --to */
  gint64        to;
  gint32        period_days; /* 0 for `all` */
  char         *period;      /* "365d", "all" or "2011-01-01/2011-06-30" (owned) */
  const char   *shop;        /* (nullable) (borrowed from the settings) its name, verbatim */
} MqScope;

/* As-of: by default the end of the day of the newest order, event or message, never after the newest import's clock.
 * Period: N days are the dates as_of - N + 1 … as_of. Also fills the provenance of `result` and its warnings (orders that
 * end before the as-of date; records dated after the import's clock). */
gboolean mq_scope_init (MqScope *self, MqDataset *dataset, GVariant *settings, MqResult *result /* (nullable) */, const MqRun *run, GError **error);
void     mq_scope_clear (MqScope *self);

/* The same rules at the date of the setting compare-as-of: a period of as many days that ends as long before it. */
gboolean mq_scope_init_compare (MqScope *self, const MqScope *scope, GVariant *settings, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (MqScope, mq_scope_clear)

G_END_DECLS
