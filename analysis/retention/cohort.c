/* cohort.c: who began when, and in which periods they came back. Slices of persons run in parallel; what they share are
 * sums of integers, so their order does not matter. */

#include "config.h"

#include "retention/cohort.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis.h"

#define GRAIN 16384
#define CHECK_PERSONS 4096
#define MAX_CELLS 8000000

typedef struct
{
  const MqRecords     *start;
  const MqCohortScale *scale;
  MqCohortStarts      *out;
  gint64               as_of;
  GMutex               lock;
} StartPass;

typedef struct
{
  const MqCohortCount *count;
  MqCohortGrid        *out;
  GMutex               lock;
  gboolean             overflow; /* guarded by lock */
} GridPass;

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory for the cohorts. Choose a longer unit or a shorter period."));
  return FALSE;
}

static MqPrecision
get_precision (const MqRecords *records, gsize row)
{
  return records->precision != NULL ? records->precision[row] : MQ_PRECISION_SECOND;
}

static gboolean
find_starts_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  StartPass       *pass = data;
  const MqRecords *start = pass->start;
  gint64           earliest = G_MAXINT64;

  for (gsize person = first; person < last; person++)
    {
      gsize row = start->offsets[person];
      gsize end = start->offsets[person + 1];

      if (person % CHECK_PERSONS == 0 && !mq_run_check (run, error))
        return FALSE;
      while (row < end && !mq_records_has (start, row))
        row++;
      if (row == end || start->time[row] > pass->as_of)
        {
          pass->out->row[person] = MQ_NO_ROW;
          continue;
        }
      pass->out->row[person] = row;
      earliest = MIN (earliest, start->time[row]);
    }
  g_mutex_lock (&pass->lock);
  if (earliest != G_MAXINT64)
    pass->out->first = pass->out->first == MQ_TIME_MISSING ? earliest : MIN (pass->out->first, earliest);
  g_mutex_unlock (&pass->lock);
  return TRUE;
}

gboolean
mq_cohort_starts_init (MqCohortStarts *self, const MqRecords *start, gint64 as_of, const MqRun *run, GError **error)
{
  StartPass pass = { .start = start, .out = self, .as_of = as_of };
  gsize     n = MAX (start->n_persons, 1);
  gboolean  ok;

  *self = (MqCohortStarts){ .n_persons = start->n_persons, .first = MQ_TIME_MISSING };
  self->row = g_try_new (guint32, n);
  self->cohort = g_try_new (guint32, n);
  if (self->row == NULL || self->cohort == NULL)
    return fail_memory (error);
  g_mutex_init (&pass.lock);
  ok = mq_run_parallel (run, start->n_persons, GRAIN, find_starts_cb, &pass, error);
  g_mutex_clear (&pass.lock);
  return ok;
}

static gboolean
assign_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  StartPass           *pass = data;
  const MqCohortScale *scale = pass->scale;
  gint64               begin = scale->edges[0];
  gint64               end = scale->edges[scale->n_cohorts];

  for (gsize person = first; person < last; person++)
    {
      guint32 row = pass->out->row[person];
      gint64  time;

      if (person % CHECK_PERSONS == 0 && !mq_run_check (run, error))
        return FALSE;
      pass->out->cohort[person] = MQ_NO_COHORT;
      if (row == MQ_NO_ROW)
        continue;
      time = pass->start->time[row];
      if (time >= begin && time < end)
        pass->out->cohort[person] = mq_cohort_scale_find (scale, time);
    }
  return TRUE;
}

gboolean
mq_cohort_starts_assign (MqCohortStarts *self, const MqRecords *start, const MqCohortScale *scale, const MqRun *run, GError **error)
{
  StartPass pass = { .start = start, .scale = scale, .out = self };

  return mq_run_parallel (run, self->n_persons, GRAIN, assign_cb, &pass, error);
}

void
mq_cohort_starts_clear (MqCohortStarts *self)
{
  g_clear_pointer (&self->row, g_free);
  g_clear_pointer (&self->cohort, g_free);
}

/* Where the rows of a person end that exist at the as-of date. */
static inline gsize
find_end (const MqRecords *records, gsize row, gsize end, gint64 as_of)
{
  if (row == end || records->time[end - 1] <= as_of)
    return end;
  while (end - row > 0)
    {
      gsize middle = row + (end - row) / 2;

      if (records->time[middle] <= as_of)
        row = middle + 1;
      else
        end = middle;
    }
  return end;
}

/* The period after `period` that holds `time`, and where it ends. */
static inline guint
advance (const MqCohortScale *scale, guint cohort, gint64 start, guint period, gint64 time, gint64 *edge)
{
  if (scale->rolling)
    {
      gint64 length = mq_cohort_scale_length (scale);

      period = (time - start) / length;
      *edge = start + (period + 1) * length;
      return period;
    }
  for (guint tries = 0; tries < 4; tries++)
    if (time < (*edge = scale->edges[cohort + ++period + 1]))
      return period;
  period = mq_cohort_scale_find (scale, time) - cohort;
  *edge = scale->edges[cohort + period + 1];
  return period;
}

static inline gint64
first_edge (const MqCohortScale *scale, guint cohort, gint64 start)
{
  return scale->rolling ? start + mq_cohort_scale_length (scale) : scale->edges[cohort + 1];
}

/* Calendar periods that are columns, each by itself: the common case, without a branch a row. */
static inline void
count_calendar (const MqCohortCount *count, guint cohort, gsize row, gsize end, gint64 *cells)
{
  const MqCohortScale *scale = count->scale;
  const gint64        *time = count->returns->time;
  const guint32       *codes = count->returns->codes;
  guint                last = G_MAXUINT;

  for (; codes == NULL && row < end; row++)
    {
      guint unit = mq_cohort_scale_find (scale, time[row]);

      cells[unit - cohort] += unit != last;
      last = unit;
    }
  for (; row < end; row++)
    {
      guint    unit = mq_cohort_scale_find (scale, time[row]);
      gboolean hit = count->returns->wanted[codes[row]];

      cells[unit - cohort] += hit & (unit != last);
      last = hit ? unit : last;
    }
}

/* The columns that a person returned in, one call each, ascending: the way without a look at precisions. */
static inline void
count_plain (const MqCohortCount *count, guint cohort, gint64 start, gsize row, gsize end, gint64 *cells)
{
  const MqCohortScale *scale = count->scale;
  const MqRecords     *returns = count->returns;
  const gint64        *time = returns->time;
  gint64               edge = first_edge (scale, cohort, start);
  guint                period = 0;
  guint                last = MQ_NO_COLUMN;

  while (row < end)
    {
      guint column;

      if (time[row] >= edge)
        period = advance (scale, cohort, start, period, time[row], &edge);
      if (returns->codes != NULL)
        while (row < end && time[row] < edge && !returns->wanted[returns->codes[row]])
          row++;
      if (row == end)
        break;
      if (time[row] >= edge)
        continue;
      column = scale->columns[period];
      if (column != last && column != MQ_NO_COLUMN)
        {
          last = column;
          if (!count->unbounded)
            cells[column]++;
        }
      while (row < end && time[row] < edge)
        row++;
    }
  if (count->unbounded && last != MQ_NO_COLUMN)
    cells[last]++;
}

/* The same where times have precisions: dates and times of one day make periods that do not ascend. seen: stamps by
 * column. */
static void
count_precisely (const MqCohortCount *count, guint person, gsize row, gsize end, gint64 *cells, guint32 *seen)
{
  const MqCohortScale *scale = count->scale;
  guint32              start_row = count->starts->row[person];
  gint64               start = count->start->time[start_row];
  MqPrecision          precision = get_precision (count->start, start_row);
  gint                 last = -1;

  for (; row < end; row++)
    {
      guint period;
      guint column;

      if (!mq_records_has (count->returns, row) ||
          !mq_cohort_period (scale, start, precision, count->returns->time[row], get_precision (count->returns, row), &period))
        continue;
      column = scale->columns[period];
      if (column == MQ_NO_COLUMN || seen[column] == person + 1)
        continue;
      seen[column] = person + 1;
      last = MAX (last, (gint) column);
      if (!count->unbounded)
        cells[column]++;
    }
  if (count->unbounded && last >= 0)
    cells[last]++;
}

/* Of one list: the first record that may be of the start's time, compared at the coarser precision, and stand before it. */
static inline gsize
find_alike (const MqCohortCount *count, gsize start_row, gsize first, gboolean exact)
{
  const gint64 *time = count->returns->time;
  gint64        from = time[start_row];
  gsize         row = start_row;

  if (!exact && row > first)
    from = mq_zone_day_start (count->scale->zone, mq_zone_day (count->scale->zone, from, NULL));
  while (row > first && time[row - 1] >= from)
    row--;
  return row;
}

static inline void
count_returns (const MqCohortCount *count, guint person, guint cohort, gint64 *cells, guint32 *seen)
{
  const MqRecords *returns = count->returns;
  guint32          start_row = count->starts->row[person];
  gint64           start = count->start->time[start_row];
  gboolean         exact = count->start->precision == NULL && returns->precision == NULL;
  gboolean         alike = FALSE;
  gsize            row = returns->offsets[person];
  gsize            end;

  if (count->same)
    {
      row = count->without_own ? start_row + 1 : find_alike (count, start_row, row, exact);
      alike = row < start_row;
    }
  end = find_end (returns, row, returns->offsets[person + 1], count->scale->as_of);
  if (alike || (!exact && (count->scale->rolling || !count->same)))
    {
      count_precisely (count, person, row, end, cells, seen);
      return;
    }
  while (!count->same && row < end && returns->time[row] < start)
    row++;
  if (count->scale->plain && !count->scale->rolling && !count->unbounded)
    count_calendar (count, cohort, row, end, cells);
  else
    count_plain (count, cohort, start, row, end, cells);
}

gboolean
mq_cohort_has_returned (const MqCohortCount *count, guint person, guint column, gint64 *scratch)
{
  guint               n = count->scale->n_columns;
  g_autofree guint32 *seen = g_new0 (guint32, n);

  memset (scratch, 0, n * sizeof *scratch);
  count_returns (count, person, count->starts->cohort[person], scratch, seen);
  for (guint i = column; i < (count->unbounded ? n : column + 1); i++)
    if (scratch[i] > 0)
      return TRUE;
  return FALSE;
}

static gboolean
add_money (gint64 *sum, gint64 amount)
{
  return !__builtin_add_overflow (*sum, amount, sum);
}

static gboolean
count_orders (const MqCohortCount *count, guint person, gint64 *orders, gint64 *revenue)
{
  const MqRecords *records = count->orders;
  guint32          start_row = count->starts->row[person];
  gsize            row = count->same_money ? start_row : records->offsets[person];
  gboolean         ok = TRUE;

  for (; row < records->offsets[person + 1]; row++)
    {
      guint period;

      if (!mq_cohort_period (count->scale, count->start->time[start_row], get_precision (count->start, start_row), records->time[row], get_precision (records, row), &period))
        continue;
      orders[period]++;
      ok = add_money (&revenue[period], count->net[row]) && ok;
    }
  return ok;
}

static void
widen_span (MqCohortSpan *span, const MqCohortCount *count, guint32 row)
{
  gint64 time = count->start->time[row];

  if (get_precision (count->start, row) == MQ_PRECISION_DAY)
    {
      gint32 day = mq_zone_day (count->scale->zone, time, NULL);

      span->earliest_day = span->earliest_day == MQ_DAY_MISSING ? day : MIN (span->earliest_day, day);
      span->latest_day = MAX (span->latest_day, day);
      return;
    }
  span->earliest = span->earliest == MQ_TIME_MISSING ? time : MIN (span->earliest, time);
  span->latest = MAX (span->latest, time);
}

static void
merge_span (MqCohortSpan *span, const MqCohortSpan *other)
{
  if (other->earliest != MQ_TIME_MISSING)
    span->earliest = span->earliest == MQ_TIME_MISSING ? other->earliest : MIN (span->earliest, other->earliest);
  if (other->earliest_day != MQ_DAY_MISSING)
    span->earliest_day = span->earliest_day == MQ_DAY_MISSING ? other->earliest_day : MIN (span->earliest_day, other->earliest_day);
  span->latest = MAX (span->latest, other->latest);
  span->latest_day = MAX (span->latest_day, other->latest_day);
}

static gboolean
allocate_grid (MqCohortGrid *self, const MqCohortCount *count, GError **error)
{
  const MqCohortScale *scale = count->scale;
  gsize                n_rows = (gsize) count->n_groups * scale->n_cohorts;

  *self = (MqCohortGrid){ .n_groups = count->n_groups, .n_cohorts = scale->n_cohorts, .n_periods = scale->n_periods, .n_columns = scale->n_columns };
  if (n_rows > MAX_CELLS / MAX (scale->n_periods, 1))
    {
      g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_SETTING, _ ("The setting “unit” gives more cells than can be counted. Choose a longer unit or a shorter period."));
      return FALSE;
    }
  self->sizes = g_try_new0 (gint64, n_rows);
  self->spans = g_try_new (MqCohortSpan, n_rows);
  self->customers = g_try_new0 (gint64, n_rows * scale->n_columns);
  if (count->orders != NULL)
    {
      self->orders = g_try_new0 (gint64, n_rows * scale->n_periods);
      self->revenue = g_try_new0 (gint64, n_rows * scale->n_periods);
    }
  if (!self->sizes || !self->spans || !self->customers || (count->orders != NULL && (!self->orders || !self->revenue)))
    return fail_memory (error);
  for (gsize i = 0; i < n_rows; i++)
    self->spans[i] = (MqCohortSpan){ MQ_TIME_MISSING, MQ_TIME_MISSING, MQ_DAY_MISSING, MQ_DAY_MISSING };
  return TRUE;
}

static gboolean
add_cells (gint64 *cells, const gint64 *more, gsize n)
{
  gboolean ok = TRUE;

  for (gsize i = 0; more != NULL && i < n; i++)
    ok = add_money (&cells[i], more[i]) && ok;
  return ok;
}

static void
merge_grid (GridPass *pass, const MqCohortGrid *part, gboolean ok)
{
  MqCohortGrid *out = pass->out;
  gsize         n_rows = (gsize) out->n_groups * out->n_cohorts;

  g_mutex_lock (&pass->lock);
  for (gsize i = 0; i < n_rows; i++)
    merge_span (&out->spans[i], &part->spans[i]);
  add_cells (out->sizes, part->sizes, n_rows);
  add_cells (out->customers, part->customers, n_rows * out->n_columns);
  add_cells (out->orders, part->orders, n_rows * out->n_periods);
  ok = add_cells (out->revenue, part->revenue, n_rows * out->n_periods) && ok;
  pass->overflow = pass->overflow || !ok;
  g_mutex_unlock (&pass->lock);
}

static gboolean
count_slice_cb (gsize slice, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  GridPass            *pass = data;
  const MqCohortCount *count = pass->count;
  g_auto (MqCohortGrid) part = { 0 };
  g_autofree guint32 *seen = g_new0 (guint32, count->scale->n_columns);
  gboolean            ok = TRUE;

  if (!allocate_grid (&part, count, error))
    return FALSE;
  for (gsize person = first; person < last; person++)
    {
      guint32 cohort = count->starts->cohort[person];
      gsize   row;

      if (person % CHECK_PERSONS == 0 && !mq_run_check (run, error))
        return FALSE;
      if (cohort == MQ_NO_COHORT)
        continue;
      row = (gsize) (count->group != NULL ? count->group[person] : 0) * part.n_cohorts + cohort;
      part.sizes[row]++;
      widen_span (&part.spans[row], count, count->starts->row[person]);
      if (count->returns != NULL)
        count_returns (count, person, cohort, part.customers + row * part.n_columns, seen);
      if (count->orders != NULL)
        ok = count_orders (count, person, part.orders + row * part.n_periods, part.revenue + row * part.n_periods) && ok;
    }
  merge_grid (pass, &part, ok);
  return TRUE;
}

static gboolean
subtract_cuts (GridPass *pass)
{
  const MqCohortCount *count = pass->count;
  MqCohortGrid        *out = pass->out;
  gboolean             ok = TRUE;

  for (gsize i = 0; count->orders != NULL && i < count->n_cuts; i++)
    {
      const MqRevenueCut *cut = &count->cuts[i];
      guint32             cohort = count->starts->cohort[cut->person];
      guint32             start = count->starts->row[cut->person];
      gsize               row;
      guint               period;

      if (cohort == MQ_NO_COHORT || !mq_cohort_period (count->scale, count->start->time[start], get_precision (count->start, start), cut->time, MQ_PRECISION_SECOND, &period))
        continue;
      row = (gsize) (count->group != NULL ? count->group[cut->person] : 0) * out->n_cohorts + cohort;
      ok = add_money (&out->revenue[row * out->n_periods + period], -cut->amount) && ok;
    }
  return ok;
}

/* Who came in a period came in all before it: "on or after". */
static void
add_up_later_periods (MqCohortGrid *self)
{
  gsize n_rows = (gsize) self->n_groups * self->n_cohorts;

  for (gsize row = 0; row < n_rows; row++)
    for (guint column = self->n_columns; column > 1; column--)
      self->customers[row * self->n_columns + column - 2] += self->customers[row * self->n_columns + column - 1];
}

gboolean
mq_cohort_grid_init (MqCohortGrid *self, const MqCohortCount *count, const MqRun *run, GError **error)
{
  GridPass pass = { .count = count, .out = self };
  gsize    n_cells = (gsize) count->n_groups * count->scale->n_cohorts * count->scale->n_periods;
  gboolean ok;

  if (!allocate_grid (self, count, error))
    return FALSE;
  g_mutex_init (&pass.lock);
  ok = mq_run_parallel (run, count->starts->n_persons, MAX (GRAIN, n_cells / 4), count_slice_cb, &pass, error);
  g_mutex_clear (&pass.lock);
  if (!ok)
    return FALSE;
  if (pass.overflow || !subtract_cuts (&pass))
    {
      g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("The sum of the order amounts is too large. Look for a column that is no amount and import the orders again."));
      return FALSE;
    }
  if (count->unbounded)
    add_up_later_periods (self);
  return TRUE;
}

void
mq_cohort_grid_clear (MqCohortGrid *self)
{
  g_clear_pointer (&self->sizes, g_free);
  g_clear_pointer (&self->customers, g_free);
  g_clear_pointer (&self->orders, g_free);
  g_clear_pointer (&self->revenue, g_free);
  g_clear_pointer (&self->spans, g_free);
}
