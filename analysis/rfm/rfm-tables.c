/* rfm-tables.c: the tables segments, customers, cuts and grid. */

#include "config.h"

#include "rfm/rfm-tables.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/money.h"

#define DAYS_A_YEAR 365

/* The columns of `segments` in the contract's order. */
enum
{
  SEGMENT,
  CUSTOMERS,
  SHARE,
  REVENUE,
  RECENCY_MEDIAN,
  FREQUENCY_MEDIAN,
  MONETARY_MEDIAN,
  RECENCY_MEAN,
  FREQUENCY_MEAN,
  MONETARY_MEAN,
  REVENUE_SHARE,
  VALUE_PER_YEAR,
  ACTION,
  REASON
};

static void
add_segments_columns (MqTableBuilder *builder)
{
  mq_table_builder_add_column (builder, "segment", N_ ("Segment"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "share", N_ ("Share of Customers"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "revenue", N_ ("Revenue"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "recency_median", N_ ("Recency, Median"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "frequency_median", N_ ("Frequency, Median"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "monetary_median", N_ ("Monetary, Median"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "recency_mean", N_ ("Recency, Mean"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "frequency_mean", N_ ("Frequency, Mean"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "monetary_mean", N_ ("Monetary, Mean"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "revenue_share", N_ ("Share of Revenue"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "value_per_year", N_ ("Value per Customer and Year"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "action", N_ ("Suggested Action"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "reason", N_ ("Reason"), MQ_COLUMN_TERM);
}

/* revenue / customers * year / days, rounded once; what does not fit is missing. */
static gint64
find_value_per_year (const MqSegmentFigures *figures, gint64 days)
{
  gint64 scaled, divisor;

  if (__builtin_mul_overflow (figures->revenue, (gint64) DAYS_A_YEAR, &scaled) || __builtin_mul_overflow (figures->customers, days, &divisor))
    return MQ_MONEY_MISSING;
  return mq_money_divide (scaled, divisor);
}

static void
add_segment (MqTableBuilder *builder, const MqSegment *segment, const MqSegmentFigures *figures, gint64 customers, gint64 revenue, gint64 days)
{
  double n = figures->customers;

  mq_table_builder_append (builder);
  mq_table_builder_set_text (builder, SEGMENT, segment->name);
  mq_table_builder_set_integer (builder, CUSTOMERS, figures->customers);
  if (customers > 0)
    mq_table_builder_set_double (builder, SHARE, n / customers);
  mq_table_builder_set_integer (builder, REVENUE, figures->revenue);
  mq_table_builder_set_text (builder, ACTION, segment->action);
  mq_table_builder_set_text (builder, REASON, segment->reason);
  /* Shares of a total that is not above zero would say nothing. */
  if (revenue > 0)
    mq_table_builder_set_double (builder, REVENUE_SHARE, (double) figures->revenue / revenue);
  if (figures->customers == 0)
    return;
  mq_table_builder_set_double (builder, RECENCY_MEDIAN, figures->recency_median);
  mq_table_builder_set_double (builder, FREQUENCY_MEDIAN, figures->frequency_median);
  mq_table_builder_set_integer (builder, MONETARY_MEDIAN, figures->monetary_median);
  mq_table_builder_set_double (builder, RECENCY_MEAN, figures->recency_sum / n);
  mq_table_builder_set_double (builder, FREQUENCY_MEAN, figures->frequency_sum / n);
  mq_table_builder_set_integer (builder, MONETARY_MEAN, mq_money_divide (figures->monetary_sum, figures->customers));
  mq_table_builder_set_integer (builder, VALUE_PER_YEAR, find_value_per_year (figures, days));
}

static gint64 *
widen (const guint32 *values, gsize n)
{
  gint64 *wide = g_new (gint64, n);

  for (gsize i = 0; i < n; i++)
    wide[i] = values[i];
  return wide;
}

static gint64 *
widen_codes (const guint8 *values, gsize n)
{
  gint64 *wide = g_new (gint64, n);

  for (gsize i = 0; i < n; i++)
    wide[i] = values[i];
  return wide;
}

static guint32 *
make_segment_codes (const MqRfmModel *model, gsize n)
{
  guint32 *codes = g_new (guint32, n);

  for (gsize i = 0; i < n; i++)
    codes[i] = model->segment[i] == MQ_NO_SEGMENT ? MQ_CODE_MISSING : model->segment[i];
  return codes;
}

static MqStrings *
make_segment_names (const MqSegmentMap *map)
{
  MqStringsBuilder *builder = mq_strings_builder_new ();

  for (guint i = 0; i < map->n_segments; i++)
    mq_strings_builder_add (builder, map->segments[i].name, strlen (map->segments[i].name));
  return mq_strings_builder_finish (builder);
}

/* Machine form of a value of a dimension, given as a fraction; at most 3 digits more than the currency has. */
static void
write_fraction (MqRfmDimension dimension, __int128 numerator, gint64 denominator, int digits, char *buffer)
{
  int      scale = (dimension == MQ_RFM_M ? digits : 0) + 3;
  __int128 thousandths = numerator * 1000 / denominator;
  gint64   whole = (gint64) thousandths;

  if (whole % 1000 == 0)
    buffer[mq_decimal_write (whole / 1000, scale - 3, buffer)] = '\0';
  else
    buffer[mq_decimal_write (whole, scale, buffer)] = '\0';
}

static void
set_value (MqTableBuilder *builder, guint column, MqRfmDimension dimension, gint64 value, int digits)
{
  char text[48];

  write_fraction (dimension, value, 1, digits, text);
  mq_table_builder_set_text (builder, column, text);
}

/* The bound from which a class begins (recency: up to which it reaches), where the rule states one. */
static void
set_threshold (MqTableBuilder *builder, guint column, MqRfmDimension dimension, const MqRfmClasses *classes, guint score, int digits)
{
  char text[48];

  if (classes->method == MQ_METHOD_QUANTILES || score == classes->lowest)
    return;
  if (classes->denominator != 0)
    {
      write_fraction (dimension, classes->numerator, classes->denominator, digits, text);
      mq_table_builder_set_text (builder, column, text);
    }
  else
    {
      gint64 limit = classes->scores.limits[score - 2];

      set_value (builder, column, dimension, dimension == MQ_RFM_R ? -limit : limit, digits);
    }
}

static void
add_dimension_cuts (MqTableBuilder *builder, const MqRfmMeasures *measures, const MqRfmModel *model, MqRfmDimension dimension, int digits)
{
  const MqRfmClasses *classes = &model->classes[dimension];
  gint64              low[MQ_SCORES_MAX + 1], high[MQ_SCORES_MAX + 1];
  gint64              n[MQ_SCORES_MAX + 1] = { 0 };

  for (guint i = 0; i < measures->n; i++)
    {
      guint  score = model->codes[dimension][i];
      gint64 value = mq_rfm_value (measures, dimension, i);

      low[score] = n[score] == 0 ? value : MIN (low[score], value);
      high[score] = n[score] == 0 ? value : MAX (high[score], value);
      n[score]++;
    }
  for (guint score = classes->lowest; score <= classes->highest; score++)
    {
      mq_table_builder_append (builder);
      mq_table_builder_set_text (builder, 0, mq_rfm_dimension_name (dimension));
      mq_table_builder_set_integer (builder, 1, score);
      if (n[score] > 0)
        {
          set_value (builder, 2, dimension, low[score], digits);
          set_value (builder, 3, dimension, high[score], digits);
        }
      mq_table_builder_set_integer (builder, 4, n[score]);
      mq_table_builder_set_text (builder, 5, mq_rfm_method_name (classes->method));
      set_threshold (builder, 6, dimension, classes, score, digits);
    }
}

MqTable *
mq_rfm_segments_table (const MqSegmentMap *map, const MqSegmentFigures *figures, gint64 customers, gint64 revenue, gint64 days, const char *currency)
{
  MqTableBuilder *builder = mq_table_builder_new ("segments", currency, NULL);

  add_segments_columns (builder);
  for (guint i = 0; i < map->n_segments; i++)
    add_segment (builder, &map->segments[i], &figures[i], customers, revenue, days);
  return mq_table_builder_finish (builder);
}

MqTable *
mq_rfm_customers_table (const MqRfmMeasures *measures, const MqRfmModel *model, const guint32 *before, const MqStrings *labels, const char *currency)
{
  MqTableBuilder *builder = mq_table_builder_new ("customers", currency, NULL);
  g_autoptr (MqStrings) names = make_segment_names (model->map);
  gsize n = measures->n;

  mq_table_builder_add_column (builder, "customer", N_ ("Customer"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "recency", N_ ("Recency"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "frequency", N_ ("Frequency"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "monetary", N_ ("Monetary"), MQ_COLUMN_MONEY);
  mq_table_builder_add_column (builder, "r", N_ ("R"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "f", N_ ("F"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "m", N_ ("M"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "segment", N_ ("Segment"), MQ_COLUMN_TERM);
  if (before != NULL)
    mq_table_builder_add_column (builder, "segment_before", N_ ("Segment Before"), MQ_COLUMN_TERM);
  mq_table_builder_take_codes (builder, 0, g_memdup2 (measures->persons, n * sizeof (guint32)), (MqStrings *) labels, n);
  mq_table_builder_take_integers (builder, 1, widen (measures->recency, n), n);
  mq_table_builder_take_integers (builder, 2, widen (measures->frequency, n), n);
  mq_table_builder_take_integers (builder, 3, g_memdup2 (mq_rfm_measures_monetary (measures), n * sizeof (gint64)), n);
  for (guint i = 0; i < MQ_RFM_N_DIMENSIONS; i++)
    mq_table_builder_take_integers (builder, 4 + i, widen_codes (model->codes[i], n), n);
  mq_table_builder_take_codes (builder, 7, make_segment_codes (model, n), names, n);
  if (before != NULL)
    mq_table_builder_take_codes (builder, 8, g_memdup2 (before, n * sizeof (guint32)), names, n);
  return mq_table_builder_finish (builder);
}

MqTable *
mq_rfm_cuts_table (const MqRfmMeasures *measures, const MqRfmModel *model, int digits)
{
  MqTableBuilder *builder = mq_table_builder_new ("cuts", NULL, NULL);

  mq_table_builder_add_column (builder, "dimension", N_ ("Dimension"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "score", N_ ("Score"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "low", N_ ("Lowest Value"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "high", N_ ("Highest Value"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "method", N_ ("Method"), MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "threshold", N_ ("Threshold"), MQ_COLUMN_TEXT);
  /* Without customers there is nothing to cut. */
  for (guint i = 0; i < MQ_RFM_N_DIMENSIONS && measures->n > 0; i++)
    add_dimension_cuts (builder, measures, model, i, digits);
  return mq_table_builder_finish (builder);
}

MqTable *
mq_rfm_totals_table (const MqRfmMeasures *measures, gint64 revenue, const char *currency)
{
  MqTableBuilder *builder = mq_table_builder_new ("totals", currency, NULL);
  gint64          orders = 0, once = 0;

  for (gsize i = 0; i < measures->n; i++)
    {
      orders += measures->frequency[i];
      once += measures->frequency[i] == 1;
    }
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "orders", N_ ("Valid Orders"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "bought_once", N_ ("Bought Once"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "revenue", N_ ("Revenue"), MQ_COLUMN_MONEY);
  mq_table_builder_append (builder);
  mq_table_builder_set_integer (builder, 0, measures->n);
  mq_table_builder_set_integer (builder, 1, orders);
  mq_table_builder_set_integer (builder, 2, once);
  mq_table_builder_set_integer (builder, 3, revenue);
  return mq_table_builder_finish (builder);
}
