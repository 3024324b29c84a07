/* silence-groups.c: categories of orders that have gaps enough for a curve of their own. */

#include "config.h"

#include "retention/silence-groups.h"

#include "stats/interval.h"

static guint32
get_code (const MqSilenceGroups *self, const MqValidOrders *orders, guint person, gsize row)
{
  const MqMoment moment = { .time = orders->time[row], .row = orders->order[row], .source = MQ_MOMENT_ORDER };

  return mq_field_values_get (self->values, person, &moment);
}

/* The group of each order's row; of those without a category, or with a small one, n. */
static guint16 *
find_groups (MqSilenceGroups *self, const MqValidOrders *orders)
{
  guint              n_codes = mq_field_values_length (self->values);
  g_autofree gint64 *sizes = g_new0 (gint64, (gsize) n_codes + 1);
  guint16           *group = g_new (guint16, MAX (orders->n, 1));

  for (guint person = 0; person < orders->n_persons; person++)
    for (gsize row = orders->offsets[person]; row < orders->offsets[person + 1]; row++)
      sizes[MIN (get_code (self, orders, person, row), n_codes)]++;
  mq_value_groups_init (&self->groups, self->values, sizes, MQ_GROUPS_MOST);
  for (guint person = 0; person < orders->n_persons; person++)
    for (gsize row = orders->offsets[person]; row < orders->offsets[person + 1]; row++)
      group[row] = mq_value_groups_find (&self->groups, get_code (self, orders, person, row));
  return group;
}

/* Those with enough gaps move to the front. */
static void
keep_large (MqSilenceGroups *self, MqGaps *gaps, guint n_groups)
{
  guint n_values = MIN (n_groups, MQ_GROUPS_MOST);

  self->names = g_new0 (const char *, n_groups + 1);
  for (guint i = 0; i < n_groups; i++)
    {
      gsize                 n_days;
      g_autofree MqSilence *curve = mq_silence_curve (&gaps[i], &n_days);

      if (i >= n_values || self->groups.names[i] == NULL || n_days <= MQ_SILENCE_BASE || curve[MQ_SILENCE_BASE].n < MQ_N_SMALL)
        {
          mq_gaps_clear (&gaps[i]);
          continue;
        }
      self->names[self->n] = self->groups.names[i];
      self->gaps[1 + self->n++] = gaps[i];
    }
}

gboolean
mq_silence_groups_init (MqSilenceGroups *self, MqDataset *dataset, const MqRetentionSource *source, const MqGapCount *count, MqGaps *all, const MqRun *run, GError **error)
{
  g_autofree guint16 *group = NULL;
  g_autofree MqGaps  *gaps = NULL;
  MqGapCount          by_group = *count;
  gboolean            ok;

  *self = (MqSilenceGroups){ .gaps = g_new0 (MqGaps, MQ_GROUPS_MOST + 3) };
  self->gaps[0] = *all;
  *all = (MqGaps){ 0 };
  if (!source->has_orders || !mq_dataset_has_column (dataset, MQ_KIND_ORDERS, "category"))
    return TRUE;
  self->values = mq_field_values_new (dataset, "order.category", "by", run, error);
  if (self->values == NULL)
    return FALSE;
  by_group.group = group = find_groups (self, &source->orders);
  by_group.n_groups = self->groups.n;
  if (self->groups.n == 0)
    return TRUE;
  gaps = g_new0 (MqGaps, by_group.n_groups);
  ok = mq_gaps_count (&by_group, gaps, run, error);
  if (ok)
    keep_large (self, gaps, by_group.n_groups);
  else
    for (guint i = 0; i < by_group.n_groups; i++)
      mq_gaps_clear (&gaps[i]);
  return ok;
}

void
mq_silence_groups_clear (MqSilenceGroups *self)
{
  for (guint i = 0; self->gaps != NULL && i <= self->n; i++)
    mq_gaps_clear (&self->gaps[i]);
  g_clear_pointer (&self->gaps, g_free);
  g_clear_pointer (&self->names, g_free);
  mq_value_groups_clear (&self->groups);
  g_clear_pointer (&self->values, mq_field_values_free);
}
