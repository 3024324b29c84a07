/* events-tables.c: the course of the counts and their totals. */

#include "config.h"

#include "events/events-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* What a cell adds up to. */
typedef struct
{
  gint64 events, customers, identified, sum;
} Counts;

enum
{
  TREND_PERIOD,
  TREND_VALUE,
  TREND_EVENTS,
  TREND_CUSTOMERS,
  TREND_PER_CUSTOMER,
  TREND_SUM,
  TREND_AVERAGE,
  TREND_PREVIOUS,
  TREND_COMPLETE,
};

static Counts
read_cell (const MqEventGrid *grid, guint group, guint unit)
{
  gsize cell = (gsize) group * grid->n_units + unit;

  return (Counts){ grid->events[cell], grid->customers[cell], grid->identified[cell], grid->sums[cell] };
}

static Counts
read_total (const MqEventGrid *grid, guint group)
{
  Counts total = { .customers = grid->all_customers[group] };

  for (guint unit = 0; unit < grid->n_units; unit++)
    {
      Counts cell = read_cell (grid, group, unit);

      total.events += cell.events;
      total.identified += cell.identified;
      total.sum += cell.sum;
    }
  return total;
}

static double
per_customer (const Counts *counts)
{
  return counts->customers > 0 ? (double) counts->identified / counts->customers : NAN;
}

static double
get_value (const MqEventsView *view, const Counts *counts)
{
  switch (view->measure)
    {
    case MQ_EVENT_MEASURE_CUSTOMERS:
      return counts->customers;
    case MQ_EVENT_MEASURE_PER_CUSTOMER:
      return per_customer (counts);
    case MQ_EVENT_MEASURE_SUM:
      return counts->sum;
    case MQ_EVENT_MEASURE_EVENTS:
    default:
      return counts->events;
    }
}

static MqColumnType
get_value_type (const MqEventsView *view)
{
  if (view->measure == MQ_EVENT_MEASURE_SUM)
    return view->sum_type;
  return view->measure == MQ_EVENT_MEASURE_PER_CUSTOMER ? MQ_COLUMN_DOUBLE : MQ_COLUMN_INTEGER;
}

static const char *
get_value_title (const MqEventsView *view)
{
  static const char *const titles[] = { N_ ("Events"), N_ ("Customers"), N_ ("Per customer"), N_ ("Sum") };

  return titles[view->measure];
}

static void
set_sum (MqTableBuilder *builder, const MqEventsView *view, guint column, gint64 sum)
{
  if (view->property == NULL)
    return;
  if (view->sum_type == MQ_COLUMN_DOUBLE)
    mq_table_builder_set_double (builder, column, sum * view->sum_factor);
  else
    mq_table_builder_set_integer (builder, column, sum);
}

static void
set_value (MqTableBuilder *builder, const MqEventsView *view, guint column, const Counts *counts)
{
  if (view->measure == MQ_EVENT_MEASURE_SUM)
    set_sum (builder, view, column, counts->sum);
  else if (view->measure == MQ_EVENT_MEASURE_PER_CUSTOMER)
    mq_table_builder_set_double (builder, column, per_customer (counts));
  else
    mq_table_builder_set_integer (builder, column, (gint64) get_value (view, counts));
}

/* Whether the period holds the whole unit, and the as-of date has passed it. */
static gboolean
is_complete (const MqEventsView *view, guint unit)
{
  gint64 from = view->scope->from != MQ_TIME_MISSING ? view->scope->from : view->scale->edges[0];

  return view->scale->edges[unit] >= from && view->scale->edges[unit + 1] - 1 <= view->scope->to;
}

/* Of the unit and those before it, if all of them are complete. */
static void
set_average (MqTableBuilder *builder, const MqEventsView *view, guint column, guint group, guint unit)
{
  double sum = 0;

  if (view->window < 2 || unit + 1 < view->window)
    return;
  for (guint i = unit + 1 - view->window; i <= unit; i++)
    {
      Counts counts = read_cell (view->grid, group, i);

      if (!is_complete (view, i))
        return;
      sum += get_value (view, &counts);
    }
  sum /= view->window;
  if (view->measure == MQ_EVENT_MEASURE_SUM && view->sum_type == MQ_COLUMN_MONEY)
    mq_table_builder_set_integer (builder, column, (gint64) nearbyint (sum));
  else
    mq_table_builder_set_double (builder, column, view->measure == MQ_EVENT_MEASURE_SUM && view->sum_type == MQ_COLUMN_DOUBLE ? sum * view->sum_factor : sum);
}

static void
add_unit (MqTableBuilder *builder, const MqEventsView *view, guint first, guint group, guint unit)
{
  g_autofree char *name = mq_unit_format (view->unit, view->scale->first + (gint32) unit);
  Counts           counts = read_cell (view->grid, group, unit);

  mq_table_builder_append (builder);
  if (view->groups != NULL)
    mq_groups_set_name (builder, 0, view->groups[group]);
  mq_table_builder_set_text (builder, first + TREND_PERIOD, name);
  set_value (builder, view, first + TREND_VALUE, &counts);
  mq_table_builder_set_integer (builder, first + TREND_EVENTS, counts.events);
  mq_table_builder_set_integer (builder, first + TREND_CUSTOMERS, counts.customers);
  mq_table_builder_set_double (builder, first + TREND_PER_CUSTOMER, per_customer (&counts));
  set_sum (builder, view, first + TREND_SUM, counts.sum);
  set_average (builder, view, first + TREND_AVERAGE, group, unit);
  if (view->previous != NULL && unit < view->previous->n_units)
    {
      Counts before = read_cell (view->previous, group, unit);

      set_value (builder, view, first + TREND_PREVIOUS, &before);
    }
  mq_table_builder_set_integer (builder, first + TREND_COMPLETE, is_complete (view, unit));
}

static guint
add_group_column (MqTableBuilder *builder, const MqEventsView *view)
{
  if (view->groups == NULL)
    return 0;
  mq_table_builder_add_column (builder, "group", N_ ("Group"), MQ_COLUMN_TEXT);
  return 1;
}

MqTable *
mq_events_trend_table (const MqEventsView *view)
{
  MqTableBuilder *builder = mq_table_builder_new ("trend", view->currency, NULL);
  guint           first = add_group_column (builder, view);
  MqColumnType    type = get_value_type (view);

  mq_table_builder_add_column (builder, "period", N_ ("Period"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "value", get_value_title (view), type);
  mq_table_builder_add_column (builder, "events", N_ ("Events"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "per_customer", N_ ("Per customer"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "sum", N_ ("Sum"), view->sum_type);
  mq_table_builder_add_column (builder, "moving_average", N_ ("Moving average"), type == MQ_COLUMN_INTEGER ? MQ_COLUMN_DOUBLE : type);
  mq_table_builder_add_column (builder, "previous", N_ ("Period before"), type);
  mq_table_builder_add_column (builder, "complete", N_ ("Complete"), MQ_COLUMN_BOOLEAN);
  for (guint group = 0; group < view->grid->n_groups; group++)
    for (guint unit = 0; unit < view->grid->n_units; unit++)
      add_unit (builder, view, first, group, unit);
  return mq_table_builder_finish (builder);
}

typedef enum
{
  SERIES_VALUE,
  SERIES_AVERAGE,
  SERIES_PREVIOUS,
} Series;

static void
add_course (MqTableBuilder *builder, const MqEventsView *view, Series series, const char *name, guint group)
{
  for (guint unit = 0; unit < view->grid->n_units; unit++)
    {
      g_autofree char *period = mq_unit_format (view->unit, view->scale->first + (gint32) unit);
      Counts           counts = read_cell (view->grid, group, unit);

      if (series == SERIES_PREVIOUS && unit >= view->previous->n_units)
        return;
      mq_table_builder_append (builder);
      mq_groups_set_name (builder, 0, name);
      mq_table_builder_set_text (builder, 1, period);
      if (series == SERIES_AVERAGE)
        set_average (builder, view, 2, group, unit);
      else
        {
          if (series == SERIES_PREVIOUS)
            counts = read_cell (view->previous, group, unit);
          if (get_value_type (view) != MQ_COLUMN_INTEGER)
            set_value (builder, view, 2, &counts);
          else
            mq_table_builder_set_double (builder, 2, get_value (view, &counts));
        }
      mq_table_builder_set_integer (builder, 3, series != SERIES_VALUE || is_complete (view, unit));
    }
}

MqTable *
mq_events_course_table (const MqEventsView *view)
{
  MqTableBuilder *builder = mq_table_builder_new ("course", view->currency, NULL);
  MqColumnType    type = get_value_type (view);

  /* an average of whole numbers is none */
  mq_table_builder_add_column (builder, "series", N_ ("Series"), view->groups != NULL ? MQ_COLUMN_TEXT : MQ_COLUMN_TERM);
  mq_table_builder_add_column (builder, "period", N_ ("Period"), MQ_COLUMN_TEXT);
  mq_table_builder_add_column (builder, "value", get_value_title (view), type == MQ_COLUMN_MONEY ? type : MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "complete", N_ ("Complete"), MQ_COLUMN_BOOLEAN);
  for (guint group = 0; group < view->grid->n_groups; group++)
    add_course (builder, view, SERIES_VALUE, view->groups != NULL ? view->groups[group] : N_ ("this period"), group);
  if (view->groups == NULL && view->window > 1)
    add_course (builder, view, SERIES_AVERAGE, N_ ("moving average"), 0);
  if (view->groups == NULL && view->previous != NULL)
    add_course (builder, view, SERIES_PREVIOUS, N_ ("period before"), 0);
  return mq_table_builder_finish (builder);
}

static void
set_total (MqTableBuilder *builder, const MqEventsView *view, guint first, const Counts *counts)
{
  mq_table_builder_set_integer (builder, first, counts->events);
  mq_table_builder_set_integer (builder, first + 1, counts->customers);
  mq_table_builder_set_double (builder, first + 2, per_customer (counts));
  set_sum (builder, view, first + 3, counts->sum);
}

MqTable *
mq_events_totals_table (const MqEventsView *view)
{
  MqTableBuilder *builder = mq_table_builder_new ("totals", view->currency, NULL);
  guint           first = add_group_column (builder, view);

  mq_table_builder_add_column (builder, "events", N_ ("Events"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "customers", N_ ("Customers"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "per_customer", N_ ("Per customer"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "sum", N_ ("Sum"), view->sum_type);
  mq_table_builder_add_column (builder, "previous_events", N_ ("Events, period before"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "previous_customers", N_ ("Customers, period before"), MQ_COLUMN_INTEGER);
  mq_table_builder_add_column (builder, "previous_per_customer", N_ ("Per customer, period before"), MQ_COLUMN_DOUBLE);
  mq_table_builder_add_column (builder, "previous_sum", N_ ("Sum, period before"), view->sum_type);
  for (guint group = 0; group < view->grid->n_groups; group++)
    {
      Counts counts = read_total (view->grid, group);

      mq_table_builder_append (builder);
      if (view->groups != NULL)
        mq_groups_set_name (builder, 0, view->groups[group]);
      set_total (builder, view, first, &counts);
      if (view->previous != NULL)
        {
          counts = read_total (view->previous, group);
          set_total (builder, view, first + 4, &counts);
        }
    }
  return mq_table_builder_finish (builder);
}
