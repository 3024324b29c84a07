/* retention-tables.c: the cells and their means. */

#include "config.h"

#include "retention/retention-tables.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/money.h"
#include "stats/interval.h"
#include "query/value-groups.h"

/* What is known of one cell, and what of several added up. */
typedef struct
{
  guint    first, last; /* periods */
  gboolean open;        /* the last has no end */
  gboolean complete;
  gint64   size, customers, orders, revenue;
} Cell;

/* Sums over the cohorts of a mean. */
typedef struct
{
  gint64   n, size, customers, revenue;
  __int128 weighted; /* value * size */
  gint64   values;   /* sum of the values, of shares nothing */
  double   shares;
} Mean;

enum
{
  CELL_COHORT,
  CELL_PERIOD,
  CELL_SIZE,
  CELL_VALUE,
  CELL_COMPLETE,
  CELL_CUSTOMERS,
  CELL_LOW,
  CELL_HIGH,
  CELL_COVERED,
  CELL_LAST,
  CELL_COUNTED,
};

enum
{
  MEAN_PERIOD,
  MEAN_COHORTS,
  MEAN_SIZE,
  MEAN_VALUE,
  MEAN_LOW,
  MEAN_HIGH,
  MEAN_LAST,
};

static guint
count_groups (const MqRetentionView *view)
{
  return view->grid->n_groups;
}

static gsize
find_row (const MqRetentionView *view, guint group, guint cohort)
{
  return (gsize) group * view->grid->n_cohorts + cohort;
}

static gint64
add_up (const gint64 *values, guint first, guint last)
{
  gint64 sum = 0;

  for (guint i = first; i <= last; i++)
    sum += values[i];
  return sum;
}

/* FALSE if the column's first period has not begun for anybody. */
static gboolean
read_cell (const MqRetentionView *view, guint group, guint cohort, guint column, Cell *cell)
{
  const MqCohortGrid       *grid = view->grid;
  const MqRetentionOptions *options = view->options;
  gsize                     row = find_row (view, group, cohort);
  guint                     n_periods = mq_cohort_grid_n_periods (grid, view->scale, group, cohort);
  guint                     first = options->n_brackets > 0 ? options->brackets[column][0] : column;
  guint                     last = options->n_brackets > 0 ? options->brackets[column][1] : column;

  if (first >= n_periods)
    return FALSE;
  *cell = (Cell){ .first = first, .last = last, .size = grid->sizes[row] };
  cell->open = last == MQ_PERIOD_OPEN || options->unbounded;
  cell->complete = mq_cohort_grid_is_complete (grid, view->scale, group, cohort, cell->open ? first : last);
  cell->customers = grid->customers[row * grid->n_columns + column];
  if (grid->orders != NULL)
    {
      guint end = MIN (cell->open ? MQ_PERIOD_OPEN : last, n_periods - 1);
      guint begin = options->measure == MQ_MEASURE_CUMULATIVE ? 0 : first;

      if (options->measure == MQ_MEASURE_CUMULATIVE && options->unbounded)
        end = first;
      cell->orders = add_up (grid->orders + row * grid->n_periods, begin, end);
      cell->revenue = add_up (grid->revenue + row * grid->n_periods, begin, end);
    }
  return TRUE;
}

static gint64
get_whole_value (const MqRetentionView *view, const Cell *cell)
{
  switch (view->options->measure)
    {
    case MQ_MEASURE_ORDERS:
      return cell->orders;
    case MQ_MEASURE_REVENUE:
      return cell->revenue;
    case MQ_MEASURE_CUMULATIVE:
      return mq_money_divide (cell->revenue, cell->size);
    case MQ_MEASURE_CUSTOMERS:
    case MQ_MEASURE_SHARE:
    default:
      return cell->customers;
    }
}

static MqColumnType
get_value_type (MqRetentionMeasure measure)
{
  switch (measure)
    {
    case MQ_MEASURE_SHARE:
      return MQ_COLUMN_SHARE;
    case MQ_MEASURE_REVENUE:
    case MQ_MEASURE_CUMULATIVE:
      return MQ_COLUMN_MONEY;
    case MQ_MEASURE_CUSTOMERS:
    case MQ_MEASURE_ORDERS:
    default:
      return MQ_COLUMN_INTEGER;
    }
}

static const char *
get_value_title (MqRetentionMeasure measure)
{
  switch (measure)
    {
    case MQ_MEASURE_CUSTOMERS:
      return N_ ("Customers");
    case MQ_MEASURE_ORDERS:
      return N_ ("Orders");
    case MQ_MEASURE_REVENUE:
      return N_ ("Revenue");
    case MQ_MEASURE_CUMULATIVE:
      return N_ ("Revenue per customer, cumulative");
    case MQ_MEASURE_SHARE:
    default:
      return N_ ("Share of the cohort");
    }
}

/* The first column where there is a split; the others count from what it returns. */
static guint
add_group_column (MqTableBuilder *builder, const MqRetentionView *view)
{
  if (view->groups == NULL)
    return 0;
  mq_table_builder_add_column (builder, "group", N_ ("Group"), MQ_COLUMN_TEXT);
  return 1;
}

static void
set_period (MqTableBuilder *builder, guint column, const Cell *cell, guint last_column)
{
  mq_table_builder_set_integer (builder, column, cell->first);
  if (!cell->open)
    mq_table_builder_set_integer (builder, last_column, cell->last);
}

static void
set_interval (MqTableBuilder *builder, guint low_column, double share, double n)
{
  double low, high;

  mq_wilson (share, n, &low, &high);
  mq_table_builder_set_double (builder, low_column, low);
  mq_table_builder_set_double (builder, low_column + 1, high);
}

static gboolean
is_covered (const MqRetentionView *view, guint cohort)
{
  return view->scale->edges[cohort] >= view->covered;
}

static void
add_cell (MqTableBuilder *builder, const MqRetentionView *view, guint first, const char *cohort, gboolean covered, const Cell *cell)
{
  mq_table_builder_set_text (builder, first + CELL_COHORT, cohort);
  set_period (builder, first + CELL_PERIOD, cell, first + CELL_LAST);
  mq_table_builder_set_integer (builder, first + CELL_SIZE, cell->size);
  mq_table_builder_set_integer (builder, first + CELL_COMPLETE, cell->complete);
  mq_table_builder_set_integer (builder, first + CELL_CUSTOMERS, cell->customers);
  mq_table_builder_set_integer (builder, first + CELL_COVERED, covered);
  mq_table_builder_set_integer (builder, first + CELL_COUNTED, covered && cell->complete);
  if (view->options->measure != MQ_MEASURE_SHARE)
    {
      mq_table_builder_set_integer (builder, first + CELL_VALUE, get_whole_value (view, cell));
      return;
    }
  mq_table_builder_set_double (builder, first + CELL_VALUE, (double) cell->customers / cell->size);
  set_interval (builder, first + CELL_LOW, (double) cell->customers / cell->size, cell->size);
}

static void
add_cohort (MqTableBuilder *builder, const MqRetentionView *view, guint first, guint group, guint cohort)
{
  g_autofree char *name = mq_unit_format (view->scale->unit, view->scale->first + cohort);

  for (guint column = 0; column < view->grid->n_columns; column++)
    {
      Cell cell;

      if (!read_cell (view, group, cohort, column, &cell))
        break;
      mq_table_builder_append (builder);
      if (view->groups != NULL)
        mq_groups_set_name (builder, 0, view->groups[group]);
      add_cell (builder, view, first, name, is_covered (view, cohort), &cell);
    }
}

MqTable *
mq_retention_cells_table (const MqRetentionView *view)
{
  MqRetentionMeasure measure = view->options->measure;
  MqTableBuilder    *builder = mq_table_builder_new ("cells", view->currency, NULL);
  guint              first = add_group_column (builder, view);

  mq_table_builder_add_column (builder, "cohort", N_ ("Cohort"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "period", N_ ("Period"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "size", N_ ("Cohort size"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "value", get_value_title (measure), get_value_type (measure));
  mq_table_builder_add_column (builder, "complete", N_ ("Complete"), MQ_COLUMN_BOOLEAN);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "low", N_ ("Low (95 %)"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "high", N_ ("High (95 %)"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "covered", N_ ("Records complete"), MQ_COLUMN_BOOLEAN);
  mq_table_builder_add_column (builder, "last_period", N_ ("Last period"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "counted", N_ ("In the mean"), MQ_COLUMN_BOOLEAN);
  for (guint group = 0; group < count_groups (view); group++)
    for (guint cohort = 0; cohort < view->grid->n_cohorts; cohort++)
      if (view->grid->sizes[find_row (view, group, cohort)] > 0)
        add_cohort (builder, view, first, group, cohort);
  return mq_table_builder_finish (builder);
}

static void
add_to_mean (const MqRetentionView *view, Mean *mean, const Cell *cell)
{
  gint64 value = get_whole_value (view, cell);

  mean->n++;
  mean->size += cell->size;
  mean->customers += cell->customers;
  mean->revenue += cell->revenue;
  mean->values += value;
  mean->weighted += (__int128) value * cell->size;
  mean->shares += (double) cell->customers / cell->size;
}

/* Half to even. */
static gint64
divide_wide (__int128 sum, gint64 divisor)
{
  __int128 quotient = sum / divisor;
  __int128 twice = 2 * (sum - quotient * divisor);

  if (twice > divisor || (twice == divisor && quotient % 2 != 0))
    quotient++;
  if (twice < -(__int128) divisor || (twice == -(__int128) divisor && quotient % 2 != 0))
    quotient--;
  return quotient;
}

static void
set_mean (MqTableBuilder *builder, const MqRetentionView *view, guint column, const Mean *mean)
{
  gboolean simple = view->options->simple_mean;
  double   share = simple ? mean->shares / mean->n : (double) mean->customers / mean->size;

  switch (view->options->measure)
    {
    case MQ_MEASURE_SHARE:
      mq_table_builder_set_double (builder, column, share);
      if (!simple)
        set_interval (builder, column + 1, share, mean->size);
      break;
    case MQ_MEASURE_REVENUE:
      mq_table_builder_set_integer (builder, column, simple ? mq_money_divide (mean->values, mean->n) : divide_wide (mean->weighted, mean->size));
      break;
    case MQ_MEASURE_CUMULATIVE:
      mq_table_builder_set_integer (builder, column, simple ? mq_money_divide (mean->values, mean->n) : mq_money_divide (mean->revenue, mean->size));
      break;
    case MQ_MEASURE_CUSTOMERS:
    case MQ_MEASURE_ORDERS:
    default:
      mq_table_builder_set_double (builder, column, simple ? (double) mean->values / mean->n : (double) mean->weighted / mean->size);
      break;
    }
}

/* One row a period that a cohort has reached; without a value where none is complete. */
static void
add_mean (MqTableBuilder *builder, const MqRetentionView *view, guint first, guint group, guint column)
{
  Mean     mean = { 0 };
  Cell     cell;
  Cell     shown;
  gboolean found = FALSE;

  for (guint cohort = 0; cohort < view->grid->n_cohorts; cohort++)
    {
      if (view->grid->sizes[find_row (view, group, cohort)] == 0 || !read_cell (view, group, cohort, column, &cell))
        continue;
      found = TRUE;
      shown = cell;
      if (cell.complete && is_covered (view, cohort))
        add_to_mean (view, &mean, &cell);
    }
  if (!found)
    return;
  mq_table_builder_append (builder);
  if (view->groups != NULL)
    mq_groups_set_name (builder, 0, view->groups[group]);
  set_period (builder, first + MEAN_PERIOD, &shown, first + MEAN_LAST);
  mq_table_builder_set_integer (builder, first + MEAN_COHORTS, mean.n);
  mq_table_builder_set_integer (builder, first + MEAN_SIZE, mean.size);
  if (mean.n > 0)
    set_mean (builder, view, first + MEAN_VALUE, &mean);
}

MqTable *
mq_retention_means_table (const MqRetentionView *view)
{
  MqRetentionMeasure measure = view->options->measure;
  MqColumnType       type = get_value_type (measure);
  MqTableBuilder    *builder = mq_table_builder_new ("means", view->currency, NULL);
  guint              first = add_group_column (builder, view);

  mq_table_builder_add_column (builder, "period", N_ ("Period"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "cohorts", N_ ("Cohorts"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "size", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "value", get_value_title (measure), type == MQ_COLUMN_INTEGER ? MQ_COLUMN_DOUBLE : type);
  mq_table_builder_add_column (builder, "low", N_ ("Low (95 %)"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "high", N_ ("High (95 %)"), MQ_COLUMN_SHARE);
  mq_table_builder_add_column (builder, "last_period", N_ ("Last period"), MQ_COLUMN_INTEGER);
  for (guint group = 0; group < count_groups (view); group++)
    for (guint column = 0; column < view->grid->n_columns; column++)
      add_mean (builder, view, first, group, column);
  return mq_table_builder_finish (builder);
}
