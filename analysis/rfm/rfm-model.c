/* rfm-model.c: classes of each dimension, then the cell and the segment of each customer. High/low thresholds are
 * fractions, compared without rounding: "better than the mean" is value * n > sum. */

#include "config.h"

#include "rfm/rfm-model.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#define GRAIN 65536

typedef struct
{
  MqRfmModel          *model;
  const MqRfmMeasures *measures;
} AssignJob;

static const char *const method_names[] = {
  [MQ_METHOD_QUANTILES] = N_ ("quantiles"),
  [MQ_METHOD_AUTO_CUTS] = N_ ("1 | 2 | 3 | 4-5 | 6+"),
  [MQ_METHOD_OWN_CUTS] = N_ ("own cut points"),
  [MQ_METHOD_INTERVAL] = N_ ("median repurchase interval"),
  [MQ_METHOD_REPEATED] = N_ ("2 orders or more"),
  [MQ_METHOD_MEAN] = N_ ("mean"),
  [MQ_METHOD_MEDIAN] = N_ ("median"),
  [MQ_METHOD_VALUE] = N_ ("own value"),
};

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory for the customers' figures. Close other programs and try again."));
  return FALSE;
}

/* How many customers have the value 0, 1, 2 …: (transfer full) */
static guint32 *
count_values (const guint32 *values, guint n, gsize *n_values, GError **error)
{
  guint32  highest = 0;
  guint32 *counts;

  for (guint i = 0; i < n; i++)
    highest = MAX (highest, values[i]);
  *n_values = (gsize) highest + 1;
  counts = g_try_new0 (guint32, *n_values);
  if (counts == NULL)
    {
      fail_memory (error);
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    counts[values[i]]++;
  return counts;
}

/* Twice the median (type 7) of values given by their counts; FALSE if there are none. */
static gboolean
find_median_of_counts (const guint32 *counts, gsize n_values, gint64 *twice)
{
  gint64 n = 0;
  gint64 seen = 0;
  gint64 lower = -1;

  for (gsize i = 0; i < n_values; i++)
    n += counts[i];
  for (gsize i = 0; i < n_values && n > 0; i++)
    {
      seen += counts[i];
      if (lower < 0 && seen > (n - 1) / 2)
        lower = i;
      if (seen > n / 2)
        {
          *twice = lower + (gint64) i;
          return TRUE;
        }
    }
  return FALSE;
}

static int
compare_values_cb (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

/* Twice the median: exact, also of large sums. */
static gboolean
find_median (const MqRfmMeasures *measures, MqRfmDimension dimension, gint64 *twice, GError **error)
{
  g_autofree gint64 *values = g_try_new (gint64, measures->n);

  if (values == NULL)
    return fail_memory (error);
  for (guint i = 0; i < measures->n; i++)
    values[i] = mq_rfm_value (measures, dimension, i);
  qsort (values, measures->n, sizeof *values, compare_values_cb);
  if (__builtin_add_overflow (values[(measures->n - 1) / 2], values[measures->n / 2], twice))
    return fail_memory (error);
  return TRUE;
}

static void
use_mean (const MqRfmMeasures *measures, MqRfmDimension dimension, MqRfmClasses *classes)
{
  classes->method = MQ_METHOD_MEAN;
  classes->numerator = 0;
  classes->denominator = measures->n;
  for (guint i = 0; i < measures->n; i++)
    classes->numerator += mq_rfm_value (measures, dimension, i);
}

/* Days up to the median repurchase interval are high; who never came back says nothing, so without any interval the
 * median recency stands for it. */
static gboolean
use_interval (const MqRfmMeasures *measures, MqRfmClasses *classes, GError **error)
{
  gint64 twice;

  classes->method = MQ_METHOD_INTERVAL;
  if (!find_median_of_counts (measures->intervals, measures->n_intervals, &twice) && !find_median (measures, MQ_RFM_R, &twice, error))
    return FALSE;
  classes->numerator = twice;
  classes->denominator = 2;
  return TRUE;
}

static gint64
floor_divide (__int128 numerator, gint64 denominator)
{
  __int128 quotient = numerator / denominator;

  return (gint64) (quotient - (numerator % denominator < 0));
}

/* The least goodness that is high: strictly better than the threshold, or equal to it where `inclusive`. */
static void
set_limit (MqRfmClasses *classes, MqRfmDimension dimension, gboolean inclusive)
{
  gboolean descending = dimension == MQ_RFM_R;
  __int128 threshold = descending ? -classes->numerator : classes->numerator;
  gint64   floor = floor_divide (threshold, classes->denominator);
  gboolean whole = (__int128) floor * classes->denominator == threshold;

  classes->scores.k = 2;
  classes->scores.limits[0] = inclusive && whole ? floor : floor + 1;
  classes->lowest = 0;
  classes->highest = 1;
}

static gboolean
find_threshold (const MqRfmMeasures *measures, const MqThresholdChoice *choice, MqRfmDimension dimension, MqRfmClasses *classes, GError **error)
{
  gboolean standard = choice->kind == MQ_THRESHOLD_DEFAULT;
  gint64   twice;

  if (standard && dimension == MQ_RFM_R)
    {
      if (!use_interval (measures, classes, error))
        return FALSE;
    }
  else if (standard && dimension == MQ_RFM_F)
    {
      classes->method = MQ_METHOD_REPEATED;
      classes->numerator = 2;
      classes->denominator = 1;
    }
  else if (standard || choice->kind == MQ_THRESHOLD_MEAN)
    use_mean (measures, dimension, classes);
  else if (choice->kind == MQ_THRESHOLD_MEDIAN)
    {
      if (!find_median (measures, dimension, &twice, error))
        return FALSE;
      classes->method = MQ_METHOD_MEDIAN;
      classes->numerator = twice;
      classes->denominator = 2;
    }
  else
    {
      classes->method = MQ_METHOD_VALUE;
      classes->numerator = choice->numerator;
      classes->denominator = choice->denominator;
    }
  set_limit (classes, dimension, standard && dimension != MQ_RFM_M);
  return TRUE;
}

static gboolean
use_quantiles (const MqRfmMeasures *measures, MqRfmDimension dimension, const MqRfmOptions *options, MqRfmClasses *classes, GError **error)
{
  g_autofree guint32 *counts = NULL;
  gsize               n_values;

  classes->method = MQ_METHOD_QUANTILES;
  if (dimension == MQ_RFM_M)
    return mq_scores_from_values (&classes->scores, options->k, mq_rfm_measures_monetary (measures), measures->n, error);
  counts = count_values (dimension == MQ_RFM_R ? measures->recency : measures->frequency, measures->n, &n_values, error);
  if (counts == NULL)
    return FALSE;
  if (dimension == MQ_RFM_F && options->k == 5 && options->scoring != MQ_SCORING_QUANTILES && mq_scores_most_have_lowest (counts, n_values))
    {
      classes->method = MQ_METHOD_AUTO_CUTS;
      mq_scores_frequency_default (&classes->scores);
    }
  else
    mq_scores_from_counts (&classes->scores, options->k, counts, n_values, dimension == MQ_RFM_R);
  return TRUE;
}

static gboolean
find_classes (const MqRfmMeasures *measures, MqRfmDimension dimension, const MqRfmOptions *options, MqRfmClasses *classes, GError **error)
{
  if (options->map->shape == MQ_MAP_HIGH)
    return find_threshold (measures, &options->thresholds[dimension], dimension, classes, error);
  if (options->n_cuts[dimension] > 0)
    {
      classes->method = MQ_METHOD_OWN_CUTS;
      mq_scores_from_cuts (&classes->scores, options->cuts[dimension], options->n_cuts[dimension], dimension == MQ_RFM_R);
    }
  else if (!use_quantiles (measures, dimension, options, classes, error))
    return FALSE;
  classes->lowest = 1;
  classes->highest = classes->scores.k;
  return TRUE;
}

static gboolean
assign_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  AssignJob           *job = data;
  MqRfmModel          *model = job->model;
  const MqRfmMeasures *measures = job->measures;
  const gint64        *monetary = mq_rfm_measures_monetary (measures);
  const MqRfmClasses  *classes = model->classes;
  guint                base = 1 - classes[0].lowest;

  for (gsize i = first; i < last; i++)
    {
      guint r = mq_score (&classes[MQ_RFM_R].scores, -(gint64) measures->recency[i]) - base;
      guint f = mq_score (&classes[MQ_RFM_F].scores, measures->frequency[i]) - base;
      guint m = mq_score (&classes[MQ_RFM_M].scores, monetary[i]) - base;

      model->codes[MQ_RFM_R][i] = r;
      model->codes[MQ_RFM_F][i] = f;
      model->codes[MQ_RFM_M][i] = m;
      model->segment[i] = model->has_segments ? model->map->cells[mq_segment_map_cell (model->map->shape, r, f, m)] : MQ_NO_SEGMENT;
    }
  return mq_run_check (run, error);
}

/* The maps are made for the scores 1 to 5. */
static gboolean
has_cells (const MqRfmModel *model)
{
  if (model->map->shape == MQ_MAP_HIGH)
    return TRUE;
  return model->classes[MQ_RFM_R].scores.k == 5 && model->classes[MQ_RFM_F].scores.k == 5 &&
         (model->map->shape == MQ_MAP_RF || model->classes[MQ_RFM_M].scores.k == 5);
}

const char *
mq_rfm_method_name (MqRfmMethod method)
{
  return method_names[method];
}

gboolean
mq_rfm_model_init (MqRfmModel *self, const MqRfmMeasures *measures, const MqRfmOptions *options, const MqRun *run, GError **error)
{
  AssignJob job = { self, measures };

  g_return_val_if_fail (measures->n > 0, FALSE);

  *self = (MqRfmModel){ .map = options->map };
  for (guint i = 0; i < MQ_RFM_N_DIMENSIONS; i++)
    {
      self->codes[i] = g_try_new (guint8, measures->n);
      if (self->codes[i] == NULL)
        return fail_memory (error);
      if (!find_classes (measures, i, options, &self->classes[i], error))
        return FALSE;
    }
  self->segment = g_try_new (guint8, measures->n);
  if (self->segment == NULL)
    return fail_memory (error);
  self->has_segments = has_cells (self);
  return mq_run_parallel (run, measures->n, GRAIN, assign_slice_cb, &job, error);
}

void
mq_rfm_model_clear (MqRfmModel *self)
{
  for (guint i = 0; i < MQ_RFM_N_DIMENSIONS; i++)
    g_clear_pointer (&self->codes[i], g_free);
  g_clear_pointer (&self->segment, g_free);
}
