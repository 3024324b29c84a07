/* event-count.c: one pass over the timeline. Slices of persons run in parallel; what they share are sums of integers. */

#include "config.h"

#include "events/event-count.h"

#include <glib/gi18n-lib.h>

#include "analysis.h"

#define GRAIN 8192

typedef struct
{
  const MqEventCount *count;
  MqEventGrid        *out;
  GMutex              lock;
  gboolean            overflow; /* guarded by lock */
} Pass;

/* One slice at work. */
typedef struct
{
  const MqEventCount *count;
  MqEventGrid         grid;
  guint32            *seen;     /* (owned) by group and unit: 1 + the person counted last */
  guint32            *seen_all; /* (owned) by group */
  gboolean            overflow;
} Slice;

static void
clear_slice (Slice *slice)
{
  mq_event_grid_clear (&slice->grid);
  g_free (slice->seen);
  g_free (slice->seen_all);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Slice, clear_slice)

static gboolean
allocate (MqEventGrid *self, const MqEventCount *count, GError **error)
{
  gsize n = (gsize) count->n_groups * count->scale->n_cohorts;

  *self = (MqEventGrid){ .n_groups = count->n_groups, .n_units = count->scale->n_cohorts };
  self->events = g_try_new0 (gint64, n);
  self->customers = g_try_new0 (gint64, n);
  self->identified = g_try_new0 (gint64, n);
  self->sums = g_try_new0 (gint64, n);
  self->all_customers = g_try_new0 (gint64, count->n_groups);
  if (count->by != NULL && count->groups == NULL)
    self->sizes = g_try_new0 (gint64, (gsize) mq_field_values_length (count->by) + 1);
  if (self->events && self->customers && self->identified && self->sums && self->all_customers && (self->sizes || count->by == NULL || count->groups != NULL))
    return TRUE;
  g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory for the counts. Choose a longer unit or a shorter period."));
  return FALSE;
}

static gint64
get_amount (const MqEventCount *count, const MqMoment *moment)
{
  gint64 value;

  if (count->amounts)
    return mq_timeline_amount (count->timeline, moment);
  if (count->property == NULL || moment->source != MQ_MOMENT_EVENT)
    return 0;
  value = count->property->values[moment->row];
  return value == MQ_VALUE_MISSING ? 0 : value;
}

static guint
find_group (const MqEventCount *count, guint person, const MqMoment *moment, MqEventGrid *grid)
{
  guint32 code;

  if (count->by == NULL)
    return 0;
  code = mq_field_values_is_customer (count->by) && person == MQ_ANONYMOUS ? MQ_CODE_MISSING : mq_field_values_get (count->by, person, moment);
  if (count->groups != NULL)
    return mq_value_groups_find (count->groups, code);
  grid->sizes[MIN (code, mq_field_values_length (count->by))]++;
  return 0;
}

static void
add_moment (Slice *slice, guint person, const MqMoment *moment)
{
  const MqEventCount *count = slice->count;
  MqEventGrid        *grid = &slice->grid;
  guint               group;
  gsize               cell;

  if (moment->bits == 0 || moment->time < count->from || moment->time > count->to)
    return;
  group = find_group (count, person, moment, grid);
  cell = (gsize) group * grid->n_units + mq_cohort_scale_find (count->scale, moment->time);
  grid->events[cell]++;
  if (__builtin_add_overflow (grid->sums[cell], get_amount (count, moment), &grid->sums[cell]))
    slice->overflow = TRUE;
  if (person == MQ_ANONYMOUS)
    return;
  grid->identified[cell]++;
  if (slice->seen[cell] != person + 1)
    grid->customers[cell]++;
  slice->seen[cell] = person + 1;
  if (slice->seen_all[group] != person + 1)
    grid->all_customers[group]++;
  slice->seen_all[group] = person + 1;
}

static gboolean
begin_slice (Slice *slice, const MqEventCount *count, GError **error)
{
  *slice = (Slice){ .count = count };
  if (!allocate (&slice->grid, count, error))
    return FALSE;
  slice->seen = g_new0 (guint32, (gsize) slice->grid.n_groups * slice->grid.n_units);
  slice->seen_all = g_new0 (guint32, slice->grid.n_groups);
  return TRUE;
}

static gboolean
add_up (gint64 *sums, const gint64 *more, gsize n)
{
  gboolean ok = TRUE;

  for (gsize i = 0; more != NULL && i < n; i++)
    ok = !__builtin_add_overflow (sums[i], more[i], &sums[i]) && ok;
  return ok;
}

static void
merge_slice (Pass *pass, const Slice *slice)
{
  MqEventGrid       *out = pass->out;
  const MqEventGrid *grid = &slice->grid;
  gsize              n = (gsize) out->n_groups * out->n_units;

  g_mutex_lock (&pass->lock);
  add_up (out->events, grid->events, n);
  add_up (out->customers, grid->customers, n);
  add_up (out->identified, grid->identified, n);
  add_up (out->all_customers, grid->all_customers, out->n_groups);
  if (grid->sizes != NULL)
    add_up (out->sizes, grid->sizes, (gsize) mq_field_values_length (slice->count->by) + 1);
  if (!add_up (out->sums, grid->sums, n) || slice->overflow)
    pass->overflow = TRUE;
  g_mutex_unlock (&pass->lock);
}

static gboolean
count_slice_cb (gsize number, gsize first, gsize last, gpointer data, const MqRun *run, GError **error)
{
  Pass *pass = data;
  g_auto (Slice) slice = { 0 };
  g_auto (MqMoments) moments = { 0 };

  if (!begin_slice (&slice, pass->count, error))
    return FALSE;
  for (gsize person = first; person < last; person++)
    {
      if (person % 1024 == 0 && !mq_run_check (run, error))
        return FALSE;
      if (!mq_timeline_read (pass->count->timeline, person, &moments))
        {
          g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("There is not enough memory for the records. Close other programs and try again."));
          return FALSE;
        }
      for (guint i = 0; i < moments.n; i++)
        add_moment (&slice, person, &moments.moments[i]);
    }
  merge_slice (pass, &slice);
  return TRUE;
}

static gboolean
count_anonymous (Pass *pass, const MqRun *run, GError **error)
{
  const MqEventCount *count = pass->count;
  g_auto (Slice) slice = { 0 };

  if (count->n_anonymous == 0)
    return TRUE;
  if (!begin_slice (&slice, count, error))
    return FALSE;
  for (gsize row = 0; row < count->n_anonymous; row++)
    {
      const MqMoment moment = { .time = count->time[row], .bits = count->names == NULL || count->wanted[count->names[row]], .row = row, .source = MQ_MOMENT_EVENT };

      if (row % 4096 == 0 && !mq_run_check (run, error))
        return FALSE;
      add_moment (&slice, MQ_ANONYMOUS, &moment);
    }
  merge_slice (pass, &slice);
  return TRUE;
}

gboolean
mq_event_grid_init (MqEventGrid *self, const MqEventCount *count, const MqRun *run, GError **error)
{
  Pass     pass = { .count = count, .out = self };
  gboolean ok;

  if (!allocate (self, count, error))
    return FALSE;
  g_mutex_init (&pass.lock);
  ok = count_anonymous (&pass, run, error) &&
       mq_run_parallel (run, mq_timeline_n_persons (count->timeline), GRAIN, count_slice_cb, &pass, error);
  g_mutex_clear (&pass.lock);
  if (ok && pass.overflow)
    {
      g_set_error_literal (error, MQ_ANALYSIS_ERROR, MQ_ANALYSIS_ERROR_OVERFLOW, _ ("The sum of the property is too large."));
      return FALSE;
    }
  return ok;
}

void
mq_event_grid_clear (MqEventGrid *self)
{
  g_clear_pointer (&self->events, g_free);
  g_clear_pointer (&self->customers, g_free);
  g_clear_pointer (&self->identified, g_free);
  g_clear_pointer (&self->sums, g_free);
  g_clear_pointer (&self->all_customers, g_free);
  g_clear_pointer (&self->sizes, g_free);
}
