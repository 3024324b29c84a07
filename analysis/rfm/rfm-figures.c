/* rfm-figures.c: counts, sums and medians of each segment: customers are grouped by segment, then each group is counted
 * on its own, groups in parallel. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "rfm/rfm-tables.h"
#include "stats/quantile.h"

typedef struct
{
  const MqRfmMeasures *measures;
  guint32             *sorted; /* (owned) customers by segment */
  gsize               *starts; /* (owned) of each segment, and the end */
  guint32              highest_recency, highest_frequency;
  MqSegmentFigures    *figures;
} FiguresJob;

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory for the segments' figures. Close other programs and try again."));
  return FALSE;
}

static double
find_median (const guint32 *counts, gsize n)
{
  gsize seen = 0;
  gsize value = 0;
  gsize lower;

  if (n == 0)
    return NAN;
  while (seen + counts[value] <= (n - 1) / 2)
    seen += counts[value++];
  lower = value;
  while (seen + counts[value] <= n / 2)
    seen += counts[value++];
  return (lower + value) / 2.0;
}

/* Median and sum of a dimension of whole numbers over a group. */
static gboolean
count_group (const guint32 *values, guint32 highest, const guint32 *group, gsize n, double *median, gint64 *sum, GError **error)
{
  g_autofree guint32 *counts = g_try_new0 (guint32, (gsize) highest + 1);

  if (counts == NULL)
    return fail_memory (error);
  *sum = 0;
  for (gsize i = 0; i < n; i++)
    {
      counts[values[group[i]]]++;
      *sum += values[group[i]];
    }
  *median = find_median (counts, n);
  return TRUE;
}

static gboolean
add_money (gint64 *sum, gint64 amount, GError **error)
{
  if (!__builtin_add_overflow (*sum, amount, sum))
    return TRUE;
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("The sum of the order amounts is too large. Look for a column that is no amount and import the orders again."));
  return FALSE;
}

static gboolean
sum_money (const MqRfmMeasures *measures, const guint32 *group, gsize n, MqSegmentFigures *figures, GError **error)
{
  const gint64      *monetary = mq_rfm_measures_monetary (measures);
  g_autofree gint64 *values = g_try_new (gint64, MAX (n, 1));

  if (values == NULL)
    return fail_memory (error);
  for (gsize i = 0; i < n; i++)
    {
      values[i] = monetary[group[i]];
      if (!add_money (&figures->monetary_sum, values[i], error) || !add_money (&figures->revenue, measures->revenue[group[i]], error))
        return FALSE;
    }
  figures->monetary_median = mq_median_money (values, n);
  return TRUE;
}

static gboolean
make_figures_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  FiguresJob          *job = data;
  const MqRfmMeasures *measures = job->measures;

  for (gsize segment = first; segment < last; segment++)
    {
      const guint32    *group = job->sorted + job->starts[segment];
      gsize             n = job->starts[segment + 1] - job->starts[segment];
      MqSegmentFigures *figures = &job->figures[segment];

      figures->customers = n;
      if (!count_group (measures->recency, job->highest_recency, group, n, &figures->recency_median, &figures->recency_sum, error) ||
          !count_group (measures->frequency, job->highest_frequency, group, n, &figures->frequency_median, &figures->frequency_sum, error) ||
          !sum_money (measures, group, n, figures, error) ||
          !mq_run_check (run, error))
        return FALSE;
    }
  return TRUE;
}

/* Fills sorted and starts: a counting sort that keeps the order of customers. */
static void
group_customers (FiguresJob *job, const MqRfmModel *model)
{
  const MqRfmMeasures *measures = job->measures;
  gsize                next[MQ_NO_SEGMENT + 1] = { 0 };

  for (guint i = 0; i < measures->n; i++)
    {
      next[model->segment[i]]++;
      job->highest_recency = MAX (job->highest_recency, measures->recency[i]);
      job->highest_frequency = MAX (job->highest_frequency, measures->frequency[i]);
    }
  job->starts[0] = 0;
  for (guint segment = 0; segment < model->map->n_segments; segment++)
    {
      job->starts[segment + 1] = job->starts[segment] + next[segment];
      next[segment] = job->starts[segment];
    }
  for (guint i = 0; i < measures->n && model->has_segments; i++)
    job->sorted[next[model->segment[i]]++] = i;
}

MqSegmentFigures *
mq_rfm_segment_figures (const MqRfmMeasures *measures, const MqRfmModel *model, const MqRun *run, GError **error)
{
  guint                        n_segments = model->map->n_segments;
  g_autofree MqSegmentFigures *figures = g_new0 (MqSegmentFigures, n_segments);
  g_autofree guint32          *sorted = g_try_new (guint32, MAX (measures->n, 1));
  g_autofree gsize            *starts = g_new (gsize, n_segments + 1);
  FiguresJob                   job = { measures, sorted, starts, 0, 0, figures };

  if (sorted == NULL)
    {
      fail_memory (error);
      return NULL;
    }
  group_customers (&job, model);
  if (!mq_run_parallel (run, n_segments, 1, make_figures_cb, &job, error))
    return NULL;
  return g_steal_pointer (&figures);
}
